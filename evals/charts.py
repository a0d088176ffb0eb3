"""Charts as inline SVG: no script, no font, no file beside the page. Colours are the page's own variables."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 440, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 22, 12, 36


@dataclass(frozen=True, slots=True)
class Line:
    """A named series of points. ``tone`` is the number of its colour, 0 for ours."""

    name: str
    points: Sequence[tuple[float, float]]
    tone: int


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from ``low`` to ``high`` with its title and the marks that are written on it."""

    title: str
    low: float
    high: float
    marks: Sequence[tuple[float, str]]

    def share(self, value: float) -> float:
        """How far along the axis a value lies, from 0 to 1."""
        return (value - self.low) / (self.high - self.low) if self.high > self.low else 0.0


def percent_axis(title: str) -> Axis:
    """An axis of shares."""
    return Axis(title, 0.0, 1.0, [(step / 4, f"{step * 25}%") for step in range(5)])


def line_chart(title: str, lines: Sequence[Line], across: Axis, up: Axis, dots: bool = False) -> str:
    """Lines over two axes, with a legend where there are several."""
    inner_x, inner_y = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def at(x: float, y: float) -> tuple[float, float]:
        return _LEFT + across.share(x) * inner_x, _TOP + (1 - up.share(y)) * inner_y

    parts = [f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(title)}">']
    for value, text in up.marks:
        _, y = at(across.low, value)
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{escape(text)}</text>')
    for value, text in across.marks:
        x, _ = at(value, up.low)
        parts.append(f'<text x="{x:.1f}" y="{_HEIGHT - 20}" text-anchor="middle">{escape(text)}</text>')
    middle = _LEFT + inner_x / 2
    parts.append(
        f'<text class="axis" x="{middle:.1f}" y="{_HEIGHT - 4}" text-anchor="middle">{escape(across.title)}</text>'
    )
    for line in sorted(lines, key=lambda one: -one.tone):  # ours last, on top
        places = [at(x, y) for x, y in line.points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline class="line tone{line.tone}" points="{path}"/>')
        if dots or len(places) == 1:
            parts += [f'<circle class="dot tone{line.tone}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in places]
    parts.append("</svg>")
    legend = "".join(f'<li><i class="tone{line.tone}"></i>{escape(line.name)}</li>' for line in lines)
    label = f'<p class="up">{escape(up.title)}</p>'
    return f'{label}{"".join(parts)}<ul class="legend">{legend}</ul>'


def interval_bar(
    value: float, low: float | None, high: float | None, floor: float | None, others: Sequence[tuple[int, float]]
) -> str:
    """A share between 0 and 1: a dot with its interval, a notch at the floor, small ticks for other systems."""
    width, middle = 150, 9

    def x(share: float) -> float:
        return 4 + share * (width - 8)

    parts = [f'<svg class="bar" viewBox="0 0 {width} 18" aria-hidden="true">']
    parts.append(f'<line class="grid" x1="4" x2="{width - 4}" y1="{middle}" y2="{middle}"/>')
    for tone, share in others:
        parts.append(f'<line class="tick tone{tone}" x1="{x(share):.1f}" x2="{x(share):.1f}" y1="4" y2="14"/>')
    if low is not None and high is not None:
        parts.append(f'<line class="reach" x1="{x(low):.1f}" x2="{x(high):.1f}" y1="{middle}" y2="{middle}"/>')
    if floor is not None:
        place = x(floor)
        parts.append(f'<path class="floor" d="M{place - 3.5:.1f} 0h7l-3.5 6z"/>')
    parts.append(f'<circle class="dot tone0" cx="{x(value):.1f}" cy="{middle}" r="4"/></svg>')
    return "".join(parts)


def funnel(steps: Sequence[tuple[str, int, str]]) -> str:
    """Steps of ``(name, how many are left, a remark)``: bars that get shorter, with what each step lost."""
    whole = max((count for _, count, _ in steps), default=1) or 1
    rows = []
    before: int | None = None
    for name, count, remark in steps:
        lost = f'<span class="lost">−{before - count}</span>' if before is not None and before > count else ""
        rows.append(
            f'<div class="step"><b>{escape(name)}</b><div class="track"><div class="fill" '
            f'style="width:{100 * count / whole:.1f}%"></div></div><span class="count">{count}</span>{lost}'
            f"<small>{escape(remark)}</small></div>"
        )
        before = count
    return f'<div class="funnel">{"".join(rows)}</div>'
