"""The map as SVG text: a hundred and more outlines are written faster here than by a template, and with decimal points."""

from __future__ import annotations

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..svg_map import Cell, Label, MapView, Mark, Way

register = template.Library()

_HATCH = (
    '<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="hatch-ground" width="8" height="8"/><rect class="hatch-line" width="2.6" height="8"/></pattern></defs>'
)
_SIGNS = {"info": '<circle r="6"/>'}
_TRIANGLE = '<path d="M0-10 9.5 7H-9.5z"/><path class="bang" d="M0-4v5"/><circle class="dot" cy="4.2" r="1.1"/>'


@register.simple_tag
def map_drawing(view: MapView) -> SafeString:
    """Communes, rim, ways, labels, signs; each commune that leads somewhere is a link with a name."""
    said = f"{view.title} ({_('sơ đồ, không phải bản đồ')})" if view.sketch else str(view.title)
    first = next((cell for cell in view.cells if cell.shade.url), None)
    cells = "".join(_cell(cell, view.file, cell is first) for cell in view.cells)
    ways = "".join(map(_way, view.ways))
    labels = "".join(map(_label, view.labels))
    marks = "".join(_mark(mark, view.scale) for mark in view.marks)
    return mark_safe(
        f'<svg class="map" viewBox="{view.box}" role="group" aria-label="{escape(said)}">{_HATCH}{cells}'
        f'<use href="{view.file}#rim" class="rim"/>{ways}<g font-size="{view.size}" aria-hidden="true">{labels}</g>{marks}</svg>'
    )


def _cell(cell: Cell, file: str, stop: bool) -> str:
    """``stop``: the one at which Tab enters the map; from there on the arrow keys walk (static/js/maps.js)."""
    shade = cell.shade
    use = f'<use href="{file}#c{escape(cell.code)}" class="{shade.css or "out"}"/>'
    if not shade.url:
        return use
    said = escape(str(shade.title))
    return f'<a href="{escape(shade.url)}" tabindex="{0 if stop else -1}" aria-label="{said}"><title>{said}</title>{use}</a>'


def _way(way: Way) -> str:
    said = f"<title>{escape(str(way.title))}</title>" if way.title else ""
    return f'<path class="way-under" d="{way.d}"/><path class="way {way.css}" d="{way.d}">{said}</path>'


def _label(label: Label) -> str:
    box = f'<rect class="label" x="{label.left}" y="{label.top}" width="{label.width}" height="{label.height}" rx="{label.size / 4:.1f}"/>'
    return f'{box}<text x="{label.x}" y="{label.y}" text-anchor="middle" dominant-baseline="central">{escape(label.text)}</text>'


def _mark(mark: Mark, scale: float) -> str:
    said = escape(str(mark.title))
    sign = _SIGNS.get(mark.kind, _TRIANGLE)
    drawn = f'<g class="mark {mark.kind}" transform="translate({mark.x:.1f} {mark.y:.1f}) scale({scale})"><title>{said}</title>{sign}</g>'
    return f'<a href="{escape(mark.url)}" aria-label="{said}">{drawn}</a>' if mark.url else drawn
