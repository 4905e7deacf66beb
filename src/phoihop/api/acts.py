"""An operation made of an action: its request from the signature, its answer the records that it changed.

An act is a POST on what it changes, named by its verb. What the action takes beside the post and the clock comes from the
address (arguments in braces), from the JSON body, or, where a file comes along, from a form with the body as JSON in ``data``.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from string import Formatter
from typing import Annotated, Any, cast, get_args, get_origin, get_type_hints

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Body, File, Form, Router, UploadedFile
from pydantic import BaseModel, Field, create_model

from phoihop.kernel.secret import Secret
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import Refused

from .access import Caller
from .asking import MOST, NAMES, NOTHING_ELSE, Text, built, given, look_up, taken, then_there, wanted
from .once import SECRET, once
from .problems import Halt, of_verdict
from .words import first_and_rest

OPERATIONS: dict[str, str] = {}
"""Which operation stands for which action: topic and name to operation."""
IN_FORM, LONGEST_FORM = "x-body", 2_000_000
FORMS: list[type[BaseModel]] = []
"""The bodies that come as JSON in a field of a form, beside files."""

Show = Callable[[Caller, Any], dict[str, Any]]


class Named(BaseModel):
    """A record that was changed or made."""

    kind: str
    id: str = Field(description="How requests name it.")
    version: int | None = Field(None, description="To be sent with the next change, where the record has one.")
    url: str | None = Field(None, description="Where it is read.")


class Done(BaseModel):
    """The act went through. ``count``: how many, where single records are not named."""

    records: list[Named] = []
    count: int | None = None


class DoneWithSecret(Done):
    """The act went through. The secret is told this once; the same request sent again is answered without it."""

    secret: str | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What an operation needs to know: the action, where each argument comes from, how the record is shown in a conflict."""

    action: Callable[..., Any]
    hints: Mapping[str, Any]
    in_path: Mapping[str, str]
    uploads: tuple[str, ...]
    fixed: Mapping[str, Any]
    turned: Mapping[str, Callable[[Any], Any]]
    shape: type[BaseModel]
    show: Show | None
    before: Callable[[Caller, dict[str, Any]], None] | None = None

    def run(self, request: HttpRequest, values: dict[str, Any]) -> dict[str, Any]:
        caller = cast(Caller, cast(Any, request).auth)
        body: Any = self.shape.model_validate_json(values["data"]) if self.uploads else values.get("body")
        sent = {name: getattr(body, name) for name in type(body).model_fields if name != "sure"} if body is not None else {}
        in_path = {argument: values[name] for name, argument in self.in_path.items()}
        names = [found for name, value in in_path.items() for found in wanted(self.hints[name], value, "")]
        names += [found for name, value in sent.items() for found in wanted(self.hints[name], value, name)]
        found = look_up(caller, names)
        arguments = {name: built(self.hints[name], value, found, name) for name, value in (in_path | sent).items()}
        arguments |= {name: _uploaded(self.hints[name], values[name], name) for name in self.uploads}
        arguments = {name: self.turned[name](value) if name in self.turned else value for name, value in arguments.items()}
        sure = frozenset(body.sure) if body is not None else frozenset()
        if self.before is not None:
            self.before(caller, arguments)
        return once(request, caller, lambda: self._done(caller, arguments, sure, body))

    def _done(self, caller: Caller, arguments: dict[str, Any], sure: frozenset[str], body: Any) -> dict[str, Any]:
        clock = {"at": caller.now} if "at" in self.hints else {}
        try:
            result = self.action(by=caller.post, **clock, **self.fixed, **arguments, sure=sure)
        except Refused as refused:
            raise self._refusal(caller, refused, arguments, body) from refused
        return answer(result)

    def _refusal(self, caller: Caller, refused: Refused, arguments: dict[str, Any], body: Any) -> Halt:
        """A conflict holds both versions: what was sent, and the record as it is now."""
        placed = refused.verdict.at(_place(arguments, refused.verdict.field))
        there = then_there(arguments, placed.field, placed.of_day) if placed.of_day else {}
        halt = of_verdict(placed, **there)
        if halt.status != 409 or self.show is None:
            return halt
        return of_verdict(placed, yours=body.model_dump(mode="json"), current=self.show(caller, _subject(arguments, placed.field)))


def act(
    router: Router, path: str, action: Callable[..., Any], *, name: str = "", shows: Show | None = None, secret: bool = False,
    fixed: Mapping[str, Any] | None = None, turned: Mapping[str, tuple[Any, Callable[[Any], Any]]] | None = None, stands_for: str = "",
    renamed: Mapping[str, str] | None = None, before: Callable[[Caller, dict[str, Any]], None] | None = None,
) -> None:  # fmt: skip
    """Offer an action at an address.

    ``fixed``: arguments that no caller chooses; ``turned``: arguments that arrive as another type, and what makes them of it.
    ``shows``: the record as it is now, for two editors. ``secret``: the action tells something that is told once.
    ``stands_for``: the action behind a function that prepares what it needs. ``renamed``: names in the address that are not the argument's.
    ``before``: what is judged, and stays judged, whatever becomes of the act itself; it raises Refused.
    """
    plain = inspect.unwrap(action)
    stands_for = stands_for or f"{plain.__module__.removeprefix('phoihop.domain.').split('.')[0]}.{plain.__name__}"
    hints = {**get_type_hints(plain), **{argument: kind for argument, (kind, _turn) in (turned or {}).items()}}
    hints.pop("return", None)
    in_path = {field: (renamed or {}).get(field, field) for _text, field, _spec, _conv in Formatter().parse(path) if field}
    rest = [p for p in inspect.signature(plain).parameters.values() if p.name not in {"by", "at", "sure", *in_path.values(), *(fixed or {})}]
    uploads = tuple(p.name for p in rest if _is_upload(hints[p.name]))
    operation = f"{stands_for.partition('.')[0]}_{name or plain.__name__}"
    body = _body(operation, [p for p in rest if p.name not in uploads], hints)
    made = Act(action, hints, in_path, uploads, fixed or {}, {argument: turn for argument, (_kind, turn) in (turned or {}).items()}, body, shows, before)

    def view(request: HttpRequest, **values: Any) -> dict[str, Any]:
        return made.run(request, values)

    cast(Any, view).__signature__ = _signature(made, body, rest)
    summary, description = first_and_rest(plain)
    router.add_api_operation(
        path, ["POST"], view, response=DoneWithSecret if secret else Done, operation_id=operation, summary=summary, description=description
    )  # fmt: skip
    OPERATIONS[stands_for] = operation


def _is_upload(annotation: Any) -> bool:
    return annotation is Upload or Upload in get_args(annotation)


def _body(operation: str, parameters: Sequence[inspect.Parameter], hints: Mapping[str, Any]) -> type[BaseModel]:
    shapes: dict[str, Any] = {p.name: (taken(hints[p.name]), ... if p.default is p.empty else given(p.default)) for p in parameters}
    shapes["sure"] = (list[Text], Field([], max_length=MOST, description="Answers to what a gate asked: the `answer` of its refusal."))
    return create_model("".join(word.title() for word in operation.split("_")), __config__=NOTHING_ELSE, **shapes)


def _signature(made: Act, body: type[BaseModel], rest: Sequence[inspect.Parameter]) -> inspect.Signature:
    kind = inspect.Parameter.KEYWORD_ONLY
    parameters = [inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
    parameters += [inspect.Parameter(name, kind, annotation=taken(made.hints[argument])) for name, argument in made.in_path.items()]
    needed = any(field.is_required() for field in body.model_fields.values())
    if not made.uploads:
        parameters.append(inspect.Parameter("body", kind, default=Body(...) if needed else Body(None), annotation=body if needed else body | None))
        return inspect.Signature(parameters)
    for p in (p for p in rest if p.name in made.uploads):
        several = get_origin(made.hints[p.name]) is not None
        annotation = list[UploadedFile] if several else UploadedFile
        parameters.append(inspect.Parameter(p.name, kind, default=File([]) if several else File(...), annotation=annotation))
    parameters.append(inspect.Parameter("data", kind, default=Form(...) if needed else Form("{}"), annotation=_as_text(body)))
    return inspect.Signature(parameters)


def _as_text(body: type[BaseModel]) -> Any:
    """A body beside files: JSON in a field of the form."""
    FORMS.append(body)
    return Annotated[str, Field(max_length=LONGEST_FORM, json_schema_extra={"contentMediaType": "application/json", IN_FORM: body.__name__})]


def _uploaded(annotation: Any, files: Any, name: str) -> Any:
    one_by_one = [_upload(file, name) for file in (files if isinstance(files, list) else [files])]
    return one_by_one if get_origin(annotation) is not None else one_by_one[0]


def _upload(file: UploadedFile, name: str) -> Upload:
    if (file.size or 0) > settings.UPLOAD_MEGABYTES * 1024 * 1024:
        raise Halt(413, "too-large", _("Máy chủ này nhận tệp đến %(n)s MB.") % {"n": settings.UPLOAD_MEGABYTES}, field=name)
    return Upload(file.name or "", file.read())


def answer(result: Any) -> dict[str, Any]:
    """What an action returned, as the records that it names."""
    if isinstance(result, bool) or result is None:
        return {"records": []}
    if isinstance(result, int):
        return {"records": [], "count": result}
    if isinstance(result, Secret | str):
        return {"records": [], SECRET: result.reveal() if isinstance(result, Secret) else result}
    if isinstance(result, models.Model):
        return {"records": [_named(result)]}
    parts = [getattr(result, f.name) for f in fields(result)] if is_dataclass(result) else list(result.values() if isinstance(result, Mapping) else result)
    told: dict[str, Any] = {"records": []}
    for one in map(answer, parts):
        told["records"] += one.pop("records")
        told |= {key: value for key, value in one.items() if value not in (None, "")}
    return told


def _named(record: models.Model) -> dict[str, Any]:
    name = next((NAMES[model] for model in type(record).__mro__ if model in NAMES), None)
    if name is None:
        return {"kind": type(record).__name__.lower(), "id": str(record.pk)}
    told, version = str(name.of(record)), getattr(record, "version", None)
    return {"kind": name.kind, "id": told, "version": version if isinstance(version, int) else None, "url": name.url.format(told) if name.url else None}


def _place(arguments: Mapping[str, Any], field: str | None) -> str | None:
    """Where in the request it is: a rule that knows one draft only names ``end``, the request has it at ``draft.end`` or ``drafts.0.end``."""
    first = (field or "").partition(".")[0]
    if not first or first in arguments:
        return field
    for name, value in arguments.items():
        several = isinstance(value, list)
        rows = value if several else [value]
        if len(rows) == 1 and is_dataclass(rows[0]) and first in {f.name for f in fields(rows[0])}:
            return f"{name}.0.{field}" if several else f"{name}.{field}"
    return field


def _subject(arguments: Mapping[str, Any], field: str | None) -> Any:
    """The record that a conflict is about: of several drafts the one that the refusal names, of one its own."""
    for name, value in arguments.items():
        if isinstance(value, models.Model):
            return value
        if is_dataclass(value):
            return next(getattr(value, f.name) for f in fields(value) if isinstance(getattr(value, f.name), models.Model))
        if isinstance(value, list) and value:
            place = (field or "").removeprefix(f"{name}.").split(".")[0]
            return _subject({name: value[int(place) if place.isdecimal() else 0]}, None)
    raise LookupError("a conflict about no record")
