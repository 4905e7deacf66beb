"""Small server-drawn pictures: bars and sparklines. SVG attributes only, so that they need no style and print as they are."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def bar(done: float | None, total: float, label: str = "", css: str = "", thick: bool = False) -> SafeString:
    """A meter: ``{% bar 86 124 "86/124 xã" %}``. ``css`` colours it: ok, warn, danger or a force's class."""
    share = 0.0 if not total or done is None else max(0.0, min(100.0, 100 * done / total))
    size, said = "bar thick" if thick else "bar", escape(label or _("%(done)s trên %(total)s") % {"done": done, "total": total})
    filled = f'<rect class="{escape(css)}" x="0.00" width="{share:.2f}" height="1"/>'
    return mark_safe(f'<svg class="{size}" viewBox="0 0 100 1" preserveAspectRatio="none" role="img" aria-label="{said}">{filled}</svg>')


@register.simple_tag
def spark(values: Sequence[float | None], width: int = 96, height: int = 26, kind: str = "bar", label: str = "") -> SafeString:
    """A series without axes; the last one stands out. A missing value leaves a gap at the base, never a zero.

    Decorative beside its figure unless ``label`` says what it shows.
    """
    known = [v for v in values if v is not None]
    if not known:
        return mark_safe("")
    drawn = _bars(values, max(known) or 1, width, height) if kind == "bar" else _line(values, min(known), max(known), width, height)
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return mark_safe(f'<svg class="spark" width="{width}" height="{height}" {said}>{drawn}</svg>')


def _bars(values: Sequence[float | None], most: float, width: int, height: int) -> str:
    step, last = width / len(values), len(values) - 1
    out = []
    for i, value in enumerate(values):
        tall = 1.0 if value is None else max(1.0, value / most * height)
        css = ' class="gap"' if value is None else ' class="hi"' if i == last else ""
        out.append(f'<rect x="{i * step:.1f}" y="{height - tall:.1f}" width="{max(step - 1.2, 0.6):.1f}" height="{tall:.1f}" rx=".8"{css}/>')
    return "".join(out)


def _line(values: Sequence[float | None], least: float, most: float, width: int, height: int) -> str:
    scale, step = (most - least) or 1, width / max(len(values) - 1, 1)
    points = [(i * step, height - 2 - (v - least) / scale * (height - 5)) for i, v in enumerate(values) if v is not None]
    path = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points)
    (first_x, _y), (x, y) = points[0], points[-1]
    return f'<path class="area" d="{path}L{x:.1f},{height}L{first_x:.1f},{height}Z"/><path class="line" d="{path}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="2.4"/>'
