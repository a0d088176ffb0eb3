"""The tables of the report: the scoreboard with the other systems beside ours, and the measures by tag."""

from collections import defaultdict
from collections.abc import Sequence
from html import escape

from evals.charts import interval_bar
from evals.floors import Floor
from evals.metrics.tally import ratio
from evals.records import Record
from evals.scoring import LATENCY, Measure
from evals.side import NAMED, Side, arrow, ms, number, reach

_GROUPS = (
    ("Answers", ("passed", "status", "nugget_recall_vital", "nugget_recall_all", "forbidden", "verdict",
                 "partly_right", "owned_up", "every_wording", "wordings_agree", "errors")),
    ("Retrieval", ("retrieved_10", "retrieved_ndcg_10", "retrieved_mrr", "passages_5", "passages_ndcg_10",
                   "passages_mrr")),
    ("Evidence", ("evidence_recall", "evidence_precision", "evidence_f1")),
    ("Answering and refusing", ("false_refusal_rate", "false_answer_rate", "abstention_precision",
                                "abstention_recall")),
    ("Quotations and citations", ("quote_fidelity", "quotes_misplaced", "quotes_misattributed", "quotes_stitched",
                                  "quotes_altered", "quotes_invented", "citation_recall", "citation_precision",
                                  "dangling_marks", "uncited_statements", "cited_refusals")),
    ("Whose words, where and when", ("speaker_labels", "first_hand_labels", "area_labels", "speaker_asked",
                                     "area_leak", "date_leak", "dated_statements")),
    ("Our own words", ("own_reading_age", "own_sentence_length")),
)  # fmt: skip
_HEAT = ("passed", "status", "retrieved_10", "evidence_recall", "evidence_precision", "false_refusal_rate",
         "false_answer_rate", "nugget_recall_vital")  # fmt: skip
_HALF = 0.5
_FEW = 5  # cases below which a cell is too thin to read much into


def scoreboard(ours: Side, others: Sequence[Side], floors: Sequence[Floor]) -> str:
    limits = {floor.measure: floor for floor in floors}
    names = "".join(
        f'<th scope="col" class="num"><i class="tone{tone}"></i>{escape(side.info.system)}</th>'
        for tone, side in enumerate(others, 1)
    )
    splits = [split for split in ours.scores["measures"] if split != "all"]
    apart = "".join(f'<th scope="col" class="num">{split}</th>' for split in splits)
    rows = []
    for title, measures in _GROUPS:
        rows.append(f'<tr class="group"><th colspan="{5 + len(splits) + len(others)}">{escape(title)}</th></tr>')
        rows += [_row(NAMED[name], ours, others, splits, limits.get(name)) for name in measures]
    rows.append(
        f'<tr class="group"><th colspan="{5 + len(splits) + len(others)}">Speed, milliseconds an answer</th></tr>'
    )
    for name, share in LATENCY.items():
        one = ours.measure(name)
        cells = "".join(f'<td class="num">{ms(ours.measure(name, split)["value"])}</td>' for split in splits)
        rows.append(
            f'<tr><th scope="row">p{share * 100:.0f}</th><td class="num strong">{ms(one["value"])}</td><td></td>'
            f'<td class="num">{one["n"]}</td><td></td>{cells}{"<td></td>" * len(others)}</tr>'
        )
    return (
        '<div class="wide"><table class="board"><thead><tr><th scope="col">Measure</th>'
        f'<th scope="col" class="num">{escape(ours.info.system)}</th><th scope="col">0 – 1</th>'
        f'<th scope="col" class="num">n</th><th scope="col" class="num">floor</th>{apart}{names}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _row(measure: Measure, ours: Side, others: Sequence[Side], splits: Sequence[str], floor: Floor | None) -> str:
    one = ours.measure(measure.name)
    if one["value"] is None or measure.unit:
        bar = f"<small>{measure.unit}</small>"
    else:
        low, high = one.get("interval") or (None, None)
        beside = [
            (tone, share) for tone, side in enumerate(others, 1) if (share := side.share(measure.name)) is not None
        ]
        limit = None if floor is None else floor.least if floor.least is not None else floor.most
        bar = interval_bar(one["value"], low, high, limit, beside)
    cells = "".join(f'<td class="num">{number(ours.measure(measure.name, split)["value"])}</td>' for split in splits)
    rivals = "".join(
        f'<td class="num{" ahead" if _beats(measure, side.share(measure.name), ours.share(measure.name)) else ""}">'
        f"{number(side.share(measure.name))}</td>"
        for side in others
    )
    held = "" if floor is None else floor.limit
    return (
        f'<tr><th scope="row">{escape(measure.title)} {arrow(measure)}</th>'
        f'<td class="num strong">{number(one["value"])}<small>{reach(one)}</small></td><td>{bar}</td>'
        f'<td class="num">{one["n"]}</td><td class="num">{held}</td>{cells}{rivals}</tr>'
    )


def heat(ours: Side) -> str:
    tags: dict[str, list[Record]] = defaultdict(list)
    for record in ours.records.values():
        for tag in record.tags:
            tags[tag].append(record)
    heads = "".join(f'<th scope="col">{escape(NAMED[name].title)} {arrow(NAMED[name])}</th>' for name in _HEAT)
    rows = []
    for tag, records in sorted(tags.items()):
        cells = "".join(_heat_cell(name, records) for name in _HEAT)
        rows.append(f'<tr><th scope="row">{escape(tag)}</th><td class="num">{len(records)}</td>{cells}</tr>')
    head = f'<thead><tr><th scope="col">Tag</th><th scope="col" class="num">n</th>{heads}</tr></thead>'
    return f'<div class="wide"><table class="heat">{head}<tbody>{"".join(rows)}</tbody></table></div>'


def _heat_cell(name: str, records: Sequence[Record]) -> str:
    tallies = [record.tallies[name] for record in records if name in record.tallies]
    value = ratio(tallies)
    if value is None:
        return "<td></td>"
    good = 1 - value if NAMED[name].better == "low" else value
    tone = "good" if good >= _HALF else "bad"
    strength = abs(good - _HALF) * 2
    n = sum(one.n for one in tallies)
    thin = " thin" if n < _FEW else ""
    return f'<td class="cell {tone}{thin}" style="--s:{strength:.2f}" title="n={n}">{value:.2f}</td>'


def _beats(measure: Measure, theirs: float | None, ours: float | None) -> bool:
    if theirs is None or ours is None:
        return False
    return theirs < ours if measure.better == "low" else theirs > ours
