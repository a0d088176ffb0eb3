"""The light scorer for CLAPNQ: what it is fitted on, what it expects, and that nothing is judged by its own fold."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from evals.clapnq.choice import Menu, chances, fitted
from evals.clapnq.cues import Rarity, ends, tells
from evals.clapnq.data import Question, Reference, read_questions
from evals.clapnq.folds import FOLDS, apart, folds
from evals.clapnq.light import LightScorer
from evals.clapnq.ordering import LightOrder
from evals.clapnq.sentences import Read
from evals.clapnq.sets import is_set, nearest, sets_of
from evals.clapnq.vectors import Vectors, read_vectors
from index.console import progress_bar

THINGS = ("kettle", "bridge", "owl", "violin", "glacier", "compass", "lantern", "beehive", "harbour", "printing press",
          "windmill", "sundial")  # fmt: skip


def about(thing: str, answerable: bool) -> Question:
    """A passage about a thing, and a question about that thing or, with the same title, about something else."""
    sentences = (
        f"The {thing} is an old invention .",
        f"People first used a {thing} in 1604 .",
        "Many are painted blue .",
        "Some families keep one at home .",
    )
    asked = f"when was the {thing} first used" if answerable else f"who sang the song about the {thing}"
    given = (Reference(f"A {thing} was first used in 1604.", frozenset({0, 1})),) if answerable else ()
    return Question(f"{thing}-{answerable}", asked, thing.title(), sentences, given)


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    return [about(thing, answerable) for answerable in (True, False) for thing in THINGS]


@pytest.fixture(scope="module")
def vectors(questions: list[Question], tmp_path_factory: pytest.TempPathFactory) -> tuple[Vectors, ...]:
    """The real models."""
    return read_vectors(questions, tmp_path_factory.mktemp("clapnq") / "vectors.npz", progress_bar())


# --- folds


def test_questions_on_one_article_stand_in_one_fold(questions: list[Question]) -> None:
    for learned, judged in apart(questions, lambda _: True):
        assert not {questions[at].title for at in learned} & {questions[at].title for at in judged}


def test_each_question_is_judged_once_and_learned_from_otherwise(questions: list[Question]) -> None:
    parts = list(apart(questions, lambda one: one.answerable))
    assert sorted(at for _, judged in parts for at in judged) == list(range(len(questions)))
    assert len(parts) == len(set(folds(questions))) == FOLDS
    assert all(questions[at].answerable for learned, _ in parts for at in learned)


def test_one_article_alone_cannot_be_held_out() -> None:
    with pytest.raises(ValueError, match="too few articles"):
        list(apart([about("kettle", True)], lambda _: True))


# --- the model of choosing


def test_the_model_learns_what_people_choose() -> None:
    higher = Menu(np.array([[0.0], [1.0]]), np.array([0.0, 1.0]))
    weights = fitted([higher] * 20)
    assert chances(higher.options, weights)[1] > 0.9
    assert chances(higher.options, weights).sum() == pytest.approx(1.0)


def test_choices_that_tell_nothing_weigh_nothing() -> None:
    either = Menu(np.array([[0.0], [1.0]]), np.array([0.5, 0.5]))
    assert fitted([either] * 20) == pytest.approx([0.0])


def test_one_that_stands_out_of_many_is_learned_without_leaping_away() -> None:
    draw = np.random.default_rng(1)
    menus = []
    for _ in range(60):
        options = draw.normal(size=(30, 3))
        options[0] += 4.0
        menus.append(Menu(options, np.eye(30)[0]))
    weights = fitted(menus)
    assert (np.abs(weights) < 10).all()
    assert np.mean([chances(menu.options, weights)[0] for menu in menus]) > 0.95


# --- sets of sentences


def passage(*lengths: float) -> Read:
    """A passage of which it is only known how long its sentences are, and that the first is worth more."""
    count = len(lengths)
    worth = (np.arange(count) == 0).astype(np.float64)
    return Read(worth[:, None], worth, np.array(lengths), np.zeros((count, count)), np.zeros(1))


def test_every_set_of_sentences_is_thought_of_once() -> None:
    sets = sets_of(passage(5, 5, 5))
    assert len(sets.members) == 7
    assert is_set(sets, {0, 2}).sum() == 1
    assert not is_set(sets, {0, 3}).any()


def test_the_set_with_the_highest_expected_f1_is_chosen() -> None:
    one = passage(10, 10)
    sets = sets_of(one)  # {0}, {1}, {0, 1}
    weights = np.zeros(sets.features.shape[1])
    weights[0] = 1.0  # {0} and {0, 1} are e times as likely as {1}
    # F1 against the three: {0} has 1, 0 and 2/3, in all 5/3 e; {0, 1} has 2/3, 2/3 and 1, in all 5/3 e + 2/3.
    assert nearest(one, sets, weights) == (0, 1)
    # Where an answer keeps a tenth of the words, what may be too much costs more.
    assert nearest(one, sets, weights, kept=0.1) == (0,)


# --- cues


@pytest.mark.parametrize(
    ("question", "sentence", "told"),
    [
        ("when was the bridge built", "It was built in 1604 .", True),
        ("when was the bridge built", "It was built of stone .", False),
        ("how many arches does it have", "It has seven arches .", True),
        ("who built the bridge", "It was built by Ann Wey .", True),
        ("who built the bridge", "It was built by masons .", False),
        ("why do owls make no sound", "They are silent because of their feathers .", True),
        ("old stone bridges", "It was built in 1604 .", False),
    ],
)
def test_a_sentence_tells_the_kind_of_thing_asked(question: str, sentence: str, told: bool) -> None:
    assert tells(question, sentence) is told


@pytest.mark.parametrize(("sentence", "whole"), [("It is so .", True), ("He said `` no . ''", True), ("Eagles", False)])
def test_pieces_of_tables_have_no_end(sentence: str, whole: bool) -> None:
    assert ends(sentence) is whole


def test_rare_words_cover_more(questions: list[Question]) -> None:
    rarity = Rarity(questions)
    assert rarity.of({"kettl"}) > rarity.of({"blue"})
    assert rarity.covered({"kettl", "blue"}, "A kettle .") > 0.5 > rarity.covered({"kettl", "blue"}, "It is blue .")
    assert rarity.covered((), "Anything .") == 1.0


# --- the whole


def test_vectors_are_kept_for_the_same_questions_only(tmp_path: Path, questions: list[Question]) -> None:
    file, seen = tmp_path / "vectors.npz", list[str]()
    note: Callable[[str, int, int], None] = lambda stage, *_: seen.append(stage)  # noqa: E731 - a "def" would need a longer body
    made = read_vectors(questions[:2], file, note)
    kept = read_vectors(questions[:2], file, note)
    assert len(seen) == 2
    assert all((one.placed == other.placed).all() for one, other in zip(made, kept, strict=True))
    assert made[0].placed.shape == (4, 384)
    read_vectors(questions[2:3], file, note)
    assert len(seen) == 3


def test_held_out_questions_get_their_evidence_and_foreign_ones_none(
    questions: list[Question], vectors: tuple[Vectors, ...]
) -> None:
    scorer = LightScorer(questions, vectors)
    right = [scorer.evidence(one).sentences == (0, 1) for one in questions if one.answerable]
    assert sum(right) >= 10
    refused = [not scorer.evidence(one).sentences for one in questions if not one.answerable]
    assert sum(refused) >= 10
    assert all(scorer.evidence(one, forced=True).sentences and scorer.answer(one).sentences for one in questions)


def test_its_own_evidence_does_not_tell_a_question_what_to_choose(
    questions: list[Question], vectors: tuple[Vectors, ...]
) -> None:
    lied = [Question(one.id, one.text, one.title, one.sentences, (Reference("x", frozenset({3})),))
            if one is questions[0] else one for one in questions]  # fmt: skip
    before, after = LightScorer(questions, vectors), LightScorer(lied, vectors)
    assert after.evidence(lied[0], forced=True) == before.evidence(questions[0], forced=True)


def test_a_question_finds_its_passage_among_all(questions: list[Question], vectors: tuple[Vectors, ...]) -> None:
    order = LightOrder(questions, vectors)
    first = [order.passages(one)[0] for one in questions if one.answerable]
    assert len(set(first)) == len(THINGS)
    assert len(order.passages(questions[0])) == len(THINGS)


CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpora" / "clapnq"


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no CLAPNQ in {CORPUS}")
def test_annotators_seldom_choose_neighbours_only() -> None:
    first = [sorted(one.references[0].sentences) for one in read_questions(CORPUS) if one.answerable]
    together = [chosen for chosen in first if len(chosen) > 1 and chosen[-1] - chosen[0] + 1 == len(chosen)]
    assert len(together) < 0.1 * len(first)
