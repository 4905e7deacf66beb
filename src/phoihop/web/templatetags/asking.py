"""Fields, the summary of what is wrong, questions a gate asks, codes in a sentence, and the lists' sort links. For forms of any shape."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from phoihop.kernel import spoken

register = template.Library()
_CODE = re.compile(r"\b[A-Z]{2}-\d{2}-[A-Z]{2,3}\d{2}-\d+-\d\b")


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, hint: Any = "") -> dict[str, Any]:
    """``{% field form.reason %}``: label, reason it was refused, offer, control, hint."""
    if hint:
        bound.help_text = hint
    verdict = getattr(bound.form, "verdict", None)
    offer = verdict.offer if verdict is not None and verdict.field == bound.name else None
    offers = getattr(bound.form, "offers", {}).get(bound.name, ())
    return {"bound": bound, "hint": bound.help_text, "offer": offer, "offers": offers, "kind": _kind(bound)}


def _kind(bound: BoundField) -> str:
    """Which layout: a tick beside its label, a group with a legend, or a label above its control."""
    shape = getattr(bound.field.widget, "input_type", "")
    if shape == "checkbox" and not getattr(bound.field.widget, "allow_multiple_selected", False):
        return "check"
    return "group" if bound.use_fieldset else "plain"


@register.inclusion_tag("ui/summary.html")
def summary(form: Any, focus: bool = True) -> dict[str, Any]:
    """``{% summary form %}`` above h1: everything that is wrong, as links to the fields; it takes the focus."""
    verdict = getattr(form, "verdict", None)
    asks = verdict is not None and verdict.asks
    wrong = []
    for name, errors in (form.errors if form is not None else {}).items():
        target = f"#{form[name].id_for_label or form[name].auto_id}" if name in form.fields else ""
        wrong += [{"text": text, "target": target} for text in errors]
    return {"wrong": wrong, "asks": asks, "focus": focus}


@register.filter
def linked(sentence: Any) -> SafeString:
    """``{{ verdict.reason|linked }}``: a sentence in which every code opens what it names."""
    return mark_safe(_CODE.sub(lambda found: _link(found[0]), escape(str(sentence))))


def _link(code: str) -> str:
    return f'<a class="link" href="/m/{code}/">{code}</a>' if spoken.parse(code) else code


@register.inclusion_tag("ui/sorted.html")
def sorted_by(listing: Any, key: str, label: Any, numeric: bool = False) -> dict[str, Any]:
    """``{% sorted_by listing "bat-dau" "Bắt đầu" %}``: a column head that sorts and says how it is sorted."""
    return {"head": listing.head(key), "label": label, "numeric": numeric}
