"""The store: built, updated, damaged, killed and fought over. Each test works on a small store of its own."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS

from assistant.assistant import Assistant
from index import build as building
from index import manifest as manifests
from index.build import Report, build
from index.embedders import local
from index.embedders.types import Matrix, Placed
from index.errors import IndexProblem, SourceProblem, StoreProblem
from index.store import Store
from index.verify import verify

MODEL = local()
KIRKLEES = "# SEND in Kirklees\n\nFamilies in Kirklees wait 40 weeks for speech therapy. Leaders know it.\n"
DORSET = "# SEND in Dorset\n\nPortage workers in Dorset see children within 2 weeks. Parents praise them.\n"


class Counting:
    """The real model, counting the texts it is given."""

    model = MODEL.model

    def __init__(self) -> None:
        self.texts = 0

    def passages(self, texts: Sequence[Placed]) -> Matrix:
        self.texts += len(texts)
        return MODEL.passages(texts)

    def queries(self, texts: Sequence[str]) -> Matrix:
        return MODEL.queries(texts)


class Renamed(Counting):
    """The same model under another name, as after an upgrade."""

    model = "another-model@1"


def folder(path: Path, **files: str | bytes) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        raw = content.encode() if isinstance(content, str) else content
        (path / name.replace("__", ".")).write_bytes(raw)
    return path


def names(store: Path) -> list[str]:
    return [document.name for document in Store.open(store, MODEL).documents]


def reasons(report: Report) -> dict[str, str]:
    return {failure.name: failure.reason for failure in report.failures}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with sources of two areas (``sources``) and a store made from it (``store``): to be copied."""
    base = tmp_path_factory.mktemp("two")
    folder(base / "sources", kirklees__txt=KIRKLEES, dorset__txt=DORSET)
    build([base / "sources"], base / "store", MODEL)
    return base


@pytest.fixture
def own(two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of ``two`` to be changed. The sources are named relative to it."""
    shutil.copytree(two, tmp_path / "own")
    monkeypatch.chdir(tmp_path / "own")
    manifest = next((tmp_path / "own" / "store" / "generations").iterdir()) / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(str(two), str(tmp_path / "own")), encoding="utf-8")
    manifests.publish(tmp_path / "own" / "store", manifest.parent.name)
    return tmp_path / "own"


def test_a_second_build_has_nothing_to_do(own: Path) -> None:
    before = (own / "store" / "CURRENT").read_text(encoding="utf-8")
    model = Counting()
    report = build([own / "sources"], own / "store", model)
    assert (report.changed, report.documents, report.embedded, model.texts) == (False, 2, 0, 0)
    assert (own / "store" / "CURRENT").read_text(encoding="utf-8") == before


def test_only_a_changed_file_is_read_and_embedded_again(own: Path) -> None:
    (own / "sources" / "dorset.txt").write_text(DORSET + "\nA new finding about Dorset.\n", encoding="utf-8")
    model = Counting()
    report = build([own / "sources"], own / "store", model)
    assert (report.changed, report.read, report.embedded, model.texts) == (True, ("dorset.txt",), 1, 1)
    assert "A new finding" in Store.open(own / "store", MODEL).document("dorset.txt").text


def test_a_store_of_another_model_is_refused_with_the_command_and_rebuilt_by_it(own: Path) -> None:
    with pytest.raises(StoreProblem, match=r"another-model@1.*python -m index build") as problem:
        Store.open(own / "store", Renamed())
    assert "\n" not in str(problem.value)
    report = build([own / "sources"], own / "store", Renamed())
    assert report.embedded == report.sentences
    with pytest.raises(StoreProblem, match="python -m index build"):
        Store.open(own / "store", MODEL)


def flipped(file: Path, at: int) -> None:
    raw = bytearray(file.read_bytes())
    raw[at] ^= 0x01
    file.write_bytes(raw)


def files_of(store: Path) -> list[str]:
    generation = next((store / "generations").iterdir())
    return sorted(path.relative_to(store).as_posix() for path in generation.rglob("*") if path.is_file())


def test_one_changed_bit_in_any_file_is_refused_and_a_build_repairs_it(own: Path) -> None:
    accepted = []
    for name in files_of(own / "store"):
        file = own / "store" / name
        whole = file.read_bytes()
        for at in {0, len(whole) // 2, len(whole) - 1} if whole else ():
            flipped(file, at)
            try:
                Store.open(own / "store", MODEL)
                accepted.append((Path(name).name, at))
            except StoreProblem as problem:
                assert "python -m index build" in str(problem)
                assert "\n" not in str(problem)
            file.write_bytes(whole)
    assert not accepted
    flipped(own / "store" / next(name for name in files_of(own / "store") if name.endswith("sentences.npy")), 300)
    assert build([own / "sources"], own / "store", MODEL).changed
    assert names(own / "store") == ["dorset.txt", "kirklees.txt"]


@pytest.mark.parametrize("field", ["sentences", "embedding_dimension", "generation", "created", "roots", "sources"])
def test_a_manifest_that_was_changed_is_refused(own: Path, field: str) -> None:
    manifest = own / "store" / next(name for name in files_of(own / "store") if name.endswith("manifest.json"))
    text = manifest.read_text(encoding="utf-8")
    at = text.index(f'"{field}"') + len(field) + 4
    while not text[at].isalnum():
        at += 1
    changed = chr(ord(text[at]) ^ 1)
    manifest.write_text(text[:at] + changed + text[at + 1 :], encoding="utf-8")
    with pytest.raises(StoreProblem):
        Store.open(own / "store", MODEL)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"..", b"nothing-there", b"../../etc", b"x" * 5000, b"a\0b", b"20240101\n20240102"]
)
def test_a_damaged_pointer_is_refused_in_one_line(own: Path, content: bytes) -> None:
    (own / "store" / "CURRENT").write_bytes(content)
    with pytest.raises(StoreProblem, match="python -m index build") as problem:
        Store.open(own / "store", MODEL)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize("missing", ["documents.jsonl", "sentences.npy", "manifest.json", "chroma", "lexicon"])
def test_a_missing_part_is_refused(own: Path, missing: str) -> None:
    part = next((own / "store" / "generations").iterdir()) / missing
    shutil.rmtree(part) if part.is_dir() else part.unlink()
    with pytest.raises(StoreProblem, match="python -m index build"):
        Store.open(own / "store", MODEL)


@pytest.mark.parametrize("path", ["absent", "file", "empty"])
def test_where_there_is_no_store_the_command_that_builds_one_is_named(tmp_path: Path, path: str) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    with pytest.raises(StoreProblem, match="python -m index build") as problem:
        Store.open(tmp_path / path, MODEL)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "no documents under"),
        ({"README__md": "notes"}, "no documents under"),
        ({"__hidden__txt": "hidden"}, "no documents under"),
        ({"a__pdf": b"%PDF-1.7\0"}, "none of 1 files could be read"),
        ({"empty__txt": ""}, "is empty"),
        ({"binary__txt": b"\0\1\2"}, "not a text file"),
    ],
)
def test_a_folder_without_a_document_is_refused_in_one_line(tmp_path: Path, files: dict[str, str], says: str) -> None:
    folder(tmp_path / "sources", **files)
    with pytest.raises(SourceProblem, match=says) as problem:
        build([tmp_path / "sources"], tmp_path / "store", MODEL)
    assert "\n" not in str(problem.value)
    assert not (tmp_path / "store" / "CURRENT").exists()


def test_a_missing_source_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceProblem, match="nowhere"):
        build([tmp_path / "nowhere"], tmp_path / "store", MODEL)


@pytest.mark.parametrize("text", ["# Only a title\n", "-\n", "# One\n\n## Two\n", "1. \n"])
def test_a_document_without_a_sentence_is_named_and_breaks_nothing(tmp_path: Path, text: str) -> None:
    folder(tmp_path / "sources", only__txt=text)
    try:
        report = build([tmp_path / "sources"], tmp_path / "store", MODEL)
    except IndexProblem as problem:
        assert "only.txt" in str(problem)
    else:
        assert report.documents == 1


def test_what_cant_be_read_is_named_and_the_rest_is_indexed(own: Path) -> None:
    sources = folder(
        own / "sources",
        binary__txt=b"\0\1\2\3",
        empty__txt="",
        picture__png=b"\x89PNG",
        README__md="About this folder.",
        copy__txt=KIRKLEES,
        title__txt="# Only a title\n",
    )
    (sources / "locked.txt").symlink_to(sources / "binary.txt")
    (sources / "a strange 🙂 náme.txt").write_text("# Strange\n\nA sentence about Suffolk.\n", encoding="utf-8")
    outside = folder(own / "elsewhere", private__txt="# Secret\n\nNobody may read this.\n")
    (sources / "link.txt").symlink_to(outside / "private.txt")
    (sources / "linked").symlink_to(outside, target_is_directory=True)
    (sources / "dangling.txt").symlink_to(own / "gone.txt")
    (sources / "folder.txt").mkdir()
    (sources / ".hidden.txt").write_text("# Hidden\n\nNot a source.\n", encoding="utf-8")
    report = build([sources], own / "store", MODEL)
    loaded = names(own / "store")
    assert "a strange 🙂 náme.txt" in loaded
    assert set(loaded) - {"title.txt"} == {"a strange 🙂 náme.txt", "copy.txt", "dorset.txt"}
    left_out = reasons(report)
    assert {"binary.txt", "empty.txt", "picture.png"} <= set(left_out)
    assert all(name in reason and "\n" not in reason for name, reason in left_out.items())
    assert [name for name, reason in left_out.items() if "same file" in reason] == ["kirklees.txt"]
    again = build([sources], own / "store", MODEL)
    assert (again.changed, reasons(again)) == (False, left_out)


def test_files_of_the_same_name_in_three_folders_are_all_kept(tmp_path: Path) -> None:
    roots = []
    for year in ("2022", "2023", "2024"):
        text = f"# SEND in Suffolk\n\nIn {year} families in Suffolk waited {year[-2:]} weeks.\n"
        roots.append(folder(tmp_path / year / "reports", suffolk__txt=text))
    report = build(roots, tmp_path / "store", MODEL)
    assert (report.documents, report.failures) == (3, ())


def test_a_folder_named_twice_is_read_once_and_loses_nothing(own: Path) -> None:
    report = build([own / "sources", own / "sources"], own / "store", MODEL)
    assert (report.documents, report.failures) == (2, ())


def test_a_document_is_added_removed_and_added_again(own: Path) -> None:
    extra = folder(own / "extra", suffolk__txt="# Suffolk\n\nPlans in Suffolk are late.\n") / "suffolk.txt"
    assert building.add([extra], own / "store", MODEL).read == ("suffolk.txt",)
    assert names(own / "store") == ["dorset.txt", "kirklees.txt", "suffolk.txt"]
    building.remove(["kirklees.txt", "suffolk.txt"], own / "store", MODEL)
    assert names(own / "store") == ["dorset.txt"]
    assert (own / "sources" / "kirklees.txt").exists()
    report = build([own / "sources"], own / "store", MODEL)
    assert (names(own / "store"), report.removed) == (["dorset.txt"], ("kirklees.txt", "suffolk.txt"))
    building.add([own / "sources" / "kirklees.txt", extra], own / "store", MODEL)
    assert names(own / "store") == ["dorset.txt", "kirklees.txt", "suffolk.txt"]


def test_what_is_not_loaded_cant_be_removed_and_not_everything_can(own: Path) -> None:
    with pytest.raises(StoreProblem, match=r"no document called nothing\.txt"):
        building.remove(["nothing.txt"], own / "store", MODEL)
    with pytest.raises(StoreProblem, match="nothing in the index"):
        building.remove(["dorset.txt", "kirklees.txt"], own / "store", MODEL)
    assert names(own / "store") == ["dorset.txt", "kirklees.txt"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("absent.txt", None, "absent.txt"),
        ("binary.txt", b"\0\1", "binary.txt"),
        ("report.pdf", b"%PDF", "report.pdf"),
    ],
)
def test_a_file_that_cant_be_added_changes_nothing(own: Path, name: str, content: bytes | None, says: str) -> None:
    if content is not None:
        (own / name).write_bytes(content)
    with pytest.raises(SourceProblem, match=says):
        building.add([own / name], own / "store", MODEL)
    assert not (own / "store" / "added").exists()
    assert names(own / "store") == ["dorset.txt", "kirklees.txt"]


def test_two_added_files_of_one_name_are_both_kept_or_refused(own: Path) -> None:
    paths = [
        folder(own / side, suffolk__txt=f"# Suffolk\n\nThe {side} words stand here.\n") / "suffolk.txt"
        for side in ("left", "right")
    ]
    try:
        building.add(paths, own / "store", MODEL)
    except IndexProblem:
        return
    text = "".join(document.text for document in Store.open(own / "store", MODEL).documents)
    assert "left words" in text
    assert "right words" in text


@pytest.mark.parametrize("name", ["README.md", "licence.txt", ".hidden.txt"])
def test_a_file_that_was_added_by_name_is_loaded_or_refused(own: Path, name: str) -> None:
    (own / name).write_text("# Suffolk\n\nPlans in Suffolk are late.\n", encoding="utf-8")
    try:
        building.add([own / name], own / "store", MODEL)
    except IndexProblem as problem:
        assert name in str(problem)
    else:
        assert name in names(own / "store")


def test_adding_works_from_any_directory(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build([Path("sources")], Path("store"), MODEL)
    extra = folder(own / "extra", suffolk__txt="# Suffolk\n\nPlans in Suffolk are late.\n") / "suffolk.txt"
    monkeypatch.chdir(own / "extra")
    building.add([extra], own / "store", MODEL)
    assert names(own / "store") == ["dorset.txt", "kirklees.txt", "suffolk.txt"]


def held(store: Path) -> "subprocess.Popen[str]":
    """Another process that holds the store's lock until it is told to end."""
    lock = str(store / "LOCK")
    code = f"from filelock import FileLock\nwith FileLock({lock!r}):\n    print('held', flush=True)\n    input()"
    other = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    other.stdout.readline()
    return other


def test_a_second_builder_is_told_and_changes_nothing(own: Path) -> None:
    extra = folder(own / "extra", suffolk__txt="# Suffolk\n\nPlans in Suffolk are late.\n") / "suffolk.txt"
    building.add([extra], own / "store", MODEL)
    before = sorted(path.as_posix() for path in (own / "store").rglob("*"))
    other = held(own / "store")
    try:
        (own / "sources" / "new.txt").write_text("# New\n\nA sentence about Suffolk.\n", encoding="utf-8")
        another = folder(own / "extra", leeds__txt="# Leeds\n\nPlans in Leeds are late.\n") / "leeds.txt"
        attempts: tuple[Callable[[], Report], ...] = (
            lambda: build([own / "sources"], own / "store", MODEL),
            lambda: building.remove(["suffolk.txt"], own / "store", MODEL),
            lambda: building.add([another], own / "store", MODEL),
        )
        for attempt in attempts:
            with pytest.raises(StoreProblem, match="another build"):
                attempt()
            assert sorted(path.as_posix() for path in (own / "store").rglob("*")) == before
            assert names(own / "store") == ["dorset.txt", "kirklees.txt", "suffolk.txt"]
    finally:
        other.communicate("\n", timeout=10)


def test_two_builds_at_once_leave_a_whole_store(own: Path) -> None:
    (own / "sources" / "new.txt").write_text("# New\n\nA sentence about Suffolk.\n", encoding="utf-8")
    outcomes: list[str] = []

    def attempt() -> None:
        try:
            outcomes.append("built" if build([own / "sources"], own / "store", MODEL).changed else "nothing to do")
        except StoreProblem as problem:
            outcomes.append("told" if "another build" in str(problem) else str(problem))

    builders = [threading.Thread(target=attempt) for _ in range(2)]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()
    assert sorted(outcomes) in (["built", "told"], ["built", "nothing to do"])
    assert names(own / "store") == ["dorset.txt", "kirklees.txt", "new.txt"]


@pytest.mark.parametrize("path", ["file/store", "file", "/proc/store"])
def test_a_path_that_cant_be_written_is_refused_in_one_line(own: Path, path: str) -> None:
    (own / "file").write_text("x", encoding="utf-8")
    attempts: tuple[Callable[[], Report], ...] = (
        lambda: build([own / "sources"], own / path, MODEL),
        lambda: building.add([own / "sources" / "dorset.txt"], own / path, MODEL),
    )
    for attempt in attempts:
        with pytest.raises(StoreProblem, match=r"can't write to .*--store DIR") as problem:
            attempt()
        assert "\n" not in str(problem.value)
        assert "None" not in str(problem.value)


@pytest.mark.parametrize("after", [0.05, 0.8, 1.6, 2.6])
def test_a_build_killed_at_any_moment_leaves_the_old_generation_serving(own: Path, after: float) -> None:
    for number in range(60):
        text = f"# Paper {number}\n\nFinding {number} about Suffolk, {number * 7} times.\n"
        (own / "sources" / f"paper{number}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "index", "build", "--source", "sources", "--store", "store"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    killed = subprocess.Popen(
        command, cwd=own, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(after)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait(timeout=10)
    loaded = names(own / "store")
    assert loaded == ["dorset.txt", "kirklees.txt"] or len(loaded) == 62
    verify(manifests.current_folder(own / "store"))
    if after == 1.6:
        assert build([own / "sources"], own / "store", MODEL).documents == 62
        assert not list((own / "store" / "generations").glob("*.partial"))


def test_a_reader_sees_the_generation_that_was_built_after_it_was_opened(own: Path) -> None:
    reader = Assistant(own / "store", MODEL)
    assert [document.name for document in reader.documents] == ["dorset.txt", "kirklees.txt"]
    reader.ask("How long do families in Kirklees wait?")
    for number in range(3):
        text = f"# Suffolk\n\nPlans in Suffolk are {number} weeks late.\n"
        (own / "sources" / "suffolk.txt").write_text(text, encoding="utf-8")
        build([own / "sources"], own / "store", MODEL)
        assert text.endswith(reader.document("suffolk.txt").text[-20:])
        answer = reader.ask("How late are plans in Suffolk?")
        assert any(f"{number} weeks late" in citation.quote for citation in answer.citations)


def test_a_failed_build_leaves_the_old_generation_serving(own: Path) -> None:
    class Failing(Counting):
        def passages(self, texts: Sequence[Placed]) -> Matrix:
            raise StoreProblem(f"the model went away from {len(texts)} texts")

    (own / "sources" / "new.txt").write_text("# New\n\nA sentence about Suffolk.\n", encoding="utf-8")
    with pytest.raises(StoreProblem, match="went away"):
        build([own / "sources"], own / "store", Failing())
    assert names(own / "store") == ["dorset.txt", "kirklees.txt"]
    assert not list((own / "store" / "generations").glob("*.partial"))


@pytest.mark.parametrize("largest", [5_000, 60_000])  # bytes a file: the first stops at our files, the second in Chroma
def test_a_full_disk_costs_one_line_and_leaves_the_old_generation_serving(own: Path, largest: int) -> None:
    (own / "sources" / "new.txt").write_text("# New\n\nA sentence about Suffolk.\n", encoding="utf-8")
    limited = (
        f"import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({largest}, {largest})); "
        "from index.__main__ import main; sys.exit(main(['build', '--source', 'sources', '--store', 'store']))"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", limited],
        cwd=own,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    errors = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert len(errors) == 1 and "the old one still serves; free some space" in errors[0], done.stderr
    assert "Traceback" not in done.stderr
    assert names(own / "store") == ["dorset.txt", "kirklees.txt"]
    assert not list((own / "store" / "generations").glob("*.partial"))
    assert build([own / "sources"], own / "store", MODEL).documents == 3


def test_a_file_that_changes_or_vanishes_while_it_is_read_breaks_nothing(own: Path) -> None:
    changing, vanishing = own / "sources" / "changing.txt", own / "sources" / "vanishing.txt"
    changing.write_text("# Suffolk\n\nPlans are late.\n", encoding="utf-8")
    vanishing.write_text("# Dudley\n\nPlans are on time.\n", encoding="utf-8")

    def meddle(stage: str, done: int, _total: int) -> None:
        if (stage, done) == ("read", 0):
            changing.write_text("# Suffolk\n\nPlans in Suffolk are early.\n", encoding="utf-8")
            vanishing.unlink()

    report = build([own / "sources"], own / "store", MODEL, meddle)
    assert [failure.reason for failure in report.failures] == [
        "vanishing.txt: can't be read (No such file or directory)"
    ]
    document = Store.open(own / "store", MODEL).document("changing.txt")
    assert "early" in document.text
    assert document.sha256 == hashlib.sha256(changing.read_bytes()).hexdigest()
    verify(manifests.current_folder(own / "store"))
    assert build([own / "sources"], own / "store", MODEL).failures == ()


def test_a_renamed_file_is_neither_read_nor_embedded_again(own: Path) -> None:
    (own / "sources" / "kirklees.txt").rename(own / "sources" / "renamed.txt")
    model = Counting()
    report = build([own / "sources"], own / "store", model)
    assert (report.read, report.embedded, model.texts) == ((), 0, 0)
    assert names(own / "store") == ["dorset.txt", "renamed.txt"]


def test_the_same_words_in_another_file_are_loaded_once_and_said_so(own: Path) -> None:
    text = (own / "sources" / "kirklees.txt").read_text(encoding="utf-8")
    (own / "sources" / "with-other-line-ends.txt").write_bytes(text.replace("\n", "\r\n").encode())
    report = build([own / "sources"], own / "store", MODEL)
    assert report.duplicates == (("with-other-line-ends.txt", "kirklees.txt"),)
    assert names(own / "store") == ["dorset.txt", "kirklees.txt"]
    assert [f.reason for f in report.failures] == ["with-other-line-ends.txt: has the same words as kirklees.txt"]


def test_the_notes_in_the_seeds_folder_are_no_document(store: Path) -> None:
    assert (SEEDS / "README.md").exists()
    assert all(document.name.endswith(".txt") for document in Store.open(store, MODEL).documents)
    assert verify(manifests.current_folder(store)).startswith("whole: 5 documents")


def test_reading_a_store_never_changes_a_file_of_it(store: Path, assistant: Assistant) -> None:
    assistant.ask("What must get better in Brent?")
    current = manifests.current_folder(store)
    manifests.check_files(current, manifests.load(current))
