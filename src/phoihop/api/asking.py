"""From JSON to the arguments of an action. The description of a request is derived from the action's signature and its drafts.

A record is named by what people call it (a spoken code, a unit's key, an area's code), else by its number. All records that
a request names are looked up together, one query for each kind, and only among what the post may know of.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache, reduce
from operator import or_
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, StringConstraints, create_model
from pydantic import BaseModel as Shape
from pydantic_core import PydanticCustomError

from phoihop.kernel.duty_number import DutyNumber

from .access import Caller
from .problems import Halt

LONGEST, MOST, EXACT = 20_000, 1_000, 2**53 - 1
NAMES_KIND = "x-names"
"""In the description of a request: of which kind the record is that a value names."""
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 1, 1)


def _without_nul(text: str) -> str:
    if "\x00" in text:
        raise PydanticCustomError("string_with_nul", "a text holds no NUL")
    return text


def _of_our_time(day: Any) -> Any:
    if not FIRST_DAY.year <= day.year < LAST_DAY.year:
        raise PydanticCustomError("date_not_of_our_time", "a day lies between 1900 and 2199")
    return day


Text = Annotated[str, StringConstraints(max_length=LONGEST), AfterValidator(_without_nul)]
Whole = Annotated[int, Field(ge=-EXACT, le=EXACT)]
Real = Annotated[float, Field(allow_inf_nan=False)]
Day = Annotated[date, AfterValidator(_of_our_time)]
Moment = Annotated[AwareDatetime, AfterValidator(_of_our_time)]
Number = Annotated[int, Field(ge=1, le=EXACT)]
NOTHING_ELSE = ConfigDict(extra="forbid")
"""What is misspelt is refused: left aside, ``arned`` would make an armed patrol an unarmed one."""
PLAIN: dict[Any, Any] = {str: Text, int: Whole, float: Real, bool: bool, date: Day, datetime: Moment}

Find = Callable[[Caller, set[Any]], Mapping[Any, Any]]
Instead = Callable[[Caller, Any], tuple[Sequence[Any], Any] | None]
Then = Callable[[Any, date], Sequence[Any]]


@dataclasses.dataclass(frozen=True, slots=True)
class Name:
    """How records of a kind are named: the type of the name, what it is, and how many are found at once.

    ``find`` may raise Halt for a name that stands for something the caller may not see. ``instead``: what stands there now for a name that is not
    found, and a sentence. ``then``: what a record is on another day.
    """

    kind: str
    type: Any
    find: Find
    of: Callable[[Any], Any]
    url: str = ""
    instead: Instead | None = None
    then: Then | None = None


NAMES: dict[type[Any], Name] = {}


def named(
    model: type[Any], kind: str, says: str, find: Find, *, of: Callable[[Any], Any] | None = None, url: str = "", instead: Instead | None = None, then: Then | None = None
) -> None:  # fmt: skip
    """Declare how a record is named. Without ``of`` it is named by its number."""
    text = Annotated[
        str, StringConstraints(min_length=1, max_length=64), AfterValidator(_without_nul), Field(description=says, json_schema_extra={NAMES_KIND: kind})
    ]
    number = Annotated[int, Field(ge=1, le=EXACT, description=says, json_schema_extra={NAMES_KIND: kind})]
    NAMES[model] = Name(kind, text if of else number, find, of or (lambda record: record.pk), url, instead, then)


@cache
def taken(annotation: Any) -> Any:
    """The type of JSON in which an argument of this type arrives. Raises TypeError for one that cannot arrive as JSON."""
    if annotation in PLAIN:
        return PLAIN[annotation]
    if annotation in NAMES:
        return NAMES[annotation].type
    if annotation is DutyNumber:
        return Text
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        return reduce(or_, [one if one is type(None) else taken(one) for one in inside])
    if origin in (Sequence, list, tuple):
        pair = origin is tuple and len(inside) == 2 and inside[1] is not Ellipsis
        bounds = Field(min_length=2, max_length=2) if pair else Field(max_length=MOST)
        return Annotated[list[taken(inside[0])], bounds]
    if origin in (Mapping, dict):
        return Annotated[dict[taken(inside[0]), taken(inside[1])], Field(max_length=MOST)]
    if dataclasses.is_dataclass(annotation):
        return _draft(annotation)
    raise TypeError(f"{annotation} cannot arrive as JSON")


def _draft(draft: Any) -> type[Shape]:
    hints = get_type_hints(draft)
    shapes: dict[str, Any] = {f.name: (taken(hints[f.name]), given(default_of(f))) for f in dataclasses.fields(draft)}
    return create_model(_name_of(draft), __doc__=_first_line(draft), __config__=NOTHING_ELSE, **shapes)


_SHAPES: dict[str, Any] = {}


def _name_of(draft: Any) -> str:
    """Two topics may call their drafts alike; in one description each shape has a name of its own."""
    topic = draft.__module__.removeprefix("phoihop.domain.").partition(".")[0].title()
    taken_by = _SHAPES.setdefault(draft.__name__, draft)
    return draft.__name__ if taken_by is draft else f"{topic}{draft.__name__}"


def one_of(names: Iterable[Any]) -> Any:
    """A code out of a closed list, as a request names it. Of a code that is not in the list nobody is told that there is nothing."""
    return Literal[tuple(str(getattr(code, "value", code)) for code in names)]


def given(default: Any) -> Any:
    """A default as JSON says it; ``...`` where there is none. A named record has none but null."""
    if isinstance(default, str):
        return str(default)
    return list(default) if isinstance(default, tuple) else default


def default_of(field: dataclasses.Field[Any]) -> Any:
    if field.default is not dataclasses.MISSING:
        return field.default
    return ... if field.default_factory is dataclasses.MISSING else field.default_factory()


def _first_line(of: Any) -> str:
    return (of.__doc__ or "").strip().split("\n")[0]


def wanted(annotation: Any, value: Any, at: str) -> Iterator[tuple[type[Any], Any, str]]:
    """Every record that a value names: its kind, its name, where."""
    if value is None or annotation is DutyNumber:
        return
    if annotation in NAMES:
        yield annotation, value, at
        return
    if get_origin(annotation) in (Mapping, dict):
        yield from ((get_args(annotation)[0], key, at) for key in value if get_args(annotation)[0] in NAMES)
    for inner, one, place in _inside(annotation, value, at):
        yield from wanted(inner, one, place)


def _inside(annotation: Any, value: Any, at: str) -> Iterator[tuple[Any, Any, str]]:
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        yield _not_none(inside), value, at
    elif origin in (Sequence, list, tuple):
        yield from ((inside[0], one, f"{at}.{n}") for n, one in enumerate(value))
    elif origin in (Mapping, dict):
        yield from ((inside[1], one, f"{at}.{key}") for key, one in value.items())
    elif dataclasses.is_dataclass(annotation):
        hints = get_type_hints(annotation)
        yield from ((hints[f.name], getattr(value, f.name), f"{at}.{f.name}") for f in dataclasses.fields(annotation))


def _not_none(inside: Sequence[Any]) -> Any:
    return next(one for one in inside if one is not type(None))


Found = Mapping[tuple[type[Any], Any], Any]


def look_up(caller: Caller, names: Sequence[tuple[type[Any], Any, str]]) -> Found:
    """The named records. Raises Halt: 404 for one that is the address, 422 at its field for another."""
    asked: dict[type[Any], set[Any]] = {}
    for model, name, _at in names:
        asked.setdefault(model, set()).add(name)
    found = {(model, name): record for model, some in asked.items() for name, record in NAMES[model].find(caller, some).items()}
    for model, name, at in names:
        if (model, name) not in found:
            instead = NAMES[model].instead
            raise missing(model, name, at, instead(caller, name) if instead else None)
    return found


def missing(model: type[Any], name: Any, at: str = "", now: tuple[Sequence[Any], Any] | None = None) -> Halt:
    """``now``: what stands there instead, as ``Name.instead`` tells it."""
    heirs, said = now or ((), _("Không có “%(name)s” này, hoặc đơn vị của bạn không xem được.") % {"name": name})
    return Halt(422 if at else 404, f"no-such-{NAMES[model].kind}", said, field=at or None, **offered(model, heirs))


def offered(model: type[Any], heirs: Sequence[Any]) -> dict[str, Any]:
    """What there is instead of an area or a unit of another day, as the answer tells it: each, and one alone as what may be sent."""
    ids = [str(NAMES[model].of(heir)) for heir in heirs]
    told = [
        {"id": name, "name": str(heir), "since": heir.valid_from} | ({"code": heir.code} if hasattr(heir, "code") else {})
        for name, heir in zip(ids, heirs, strict=True)
    ]
    return {"offer": ids[0] if len(ids) == 1 else None, "successors": told or None}


def then_there(arguments: Mapping[str, Any], field: str | None, day: date) -> dict[str, Any]:
    """What is there on a day instead of the area or unit at a field of a request."""
    record = _at(arguments, (field or "").split("."))
    name = NAMES.get(type(record))
    if name is None or name.then is None:
        return {}
    return offered(type(record), [heir for heir in name.then(record, day) if heir.pk != record.pk])


def _at(value: Any, steps: Sequence[str]) -> Any:
    """What stands at a dotted place; None where there is nothing."""
    for step in steps:
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            value = value[int(step)] if step.isdecimal() and int(step) < len(value) else None
        else:
            value = getattr(value, step, None)
    return value


def built(annotation: Any, value: Any, found: Found, at: str) -> Any:
    """The argument itself, with records in place of their names."""
    if value is None:
        return None
    if annotation in NAMES:
        return found[annotation, value]
    if annotation is DutyNumber:
        return _duty_number(value, at)
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        return built(_not_none(inside), value, found, at)
    parts = _inside(annotation, value, at)
    if origin in (Sequence, list, tuple):
        made = [built(inner, one, found, place) for inner, one, place in parts]
        return tuple(made) if origin is tuple else made
    if origin in (Mapping, dict):
        return {built(inside[0], key, found, at): built(inside[1], one, found, f"{at}.{key}") for key, one in value.items()}
    if dataclasses.is_dataclass(annotation):
        return cast(Any, annotation)(**{place.rpartition(".")[2]: built(inner, one, found, place) for inner, one, place in parts})
    return value


def _duty_number(value: str, at: str) -> DutyNumber:
    try:
        return DutyNumber(value)
    except ValueError as wrong:
        raise Halt(422, "no-number", _("Số điện thoại có 3 đến 11 chữ số."), field=at) from wrong
