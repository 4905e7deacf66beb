"""Every operation of the API tried with the same requests at every run, derived from its description (schemathesis)."""

from __future__ import annotations

import logging
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import hypothesis
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation.case import Case
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from api_world import NOW, world
from phoihop.api.access import pace
from phoihop.api.asking import NAMES_KIND
from phoihop.config.wsgi import application
from phoihop.kernel import memo

CASES = 4
STATUSES: Counter[int] = Counter()
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
JSON = dict[str, Any]


def tried(document: JSON) -> list[str]:
    """What each operation that does not answer as described did instead."""
    logging.getLogger("phoihop").addHandler(_Faults())
    logging.getLogger("phoihop").propagate = False
    logging.getLogger("django.request").disabled = True
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    call_command("migrate", verbosity=0)
    with patch("django.utils.timezone.now", return_value=NOW):
        return _every(document)


def _every(document: JSON) -> list[str]:
    began, failed, count = time.monotonic(), [], 0
    tokens, known = world()
    schema = schemathesis.openapi.from_dict(document)
    schema.app = application
    for found in schema.get_all_operations():
        operation = found.ok()
        count += 1
        try:
            _try(operation, document, tokens, known)
        except (Exception, BaseExceptionGroup) as problem:
            failed.append(f"{operation.label}\n{_told(problem)}")
    told = ", ".join(f"{n} × {status}" for status, n in sorted(STATUSES.items()))
    print(f"{count} operations, {STATUSES.total()} requests ({told}), {time.monotonic() - began:.0f} s, {len(failed)} failed")
    return failed


def _try(operation: Any, document: JSON, tokens: Mapping[str, str], known: Mapping[str, list[Any]]) -> None:
    every_health_check = list(hypothesis.HealthCheck)
    cases = hypothesis.settings(
        max_examples=CASES, derandomize=True, deadline=None, database=None, suppress_health_check=every_health_check, phases=[hypothesis.Phase.generate]
    )

    @cases
    @hypothesis.given(case=operation.as_strategy(), who=st.sampled_from(sorted(tokens)), named=st.booleans())
    def tried(case: Case, who: str, named: bool) -> None:
        if named:
            _name(case, document, known)
        with _undone():
            response = case.call(headers={"Authorization": f"Bearer {tokens[who]}", "Accept-Encoding": "identity"})
            STATUSES[response.status_code] += 1
            case.validate_response(response, checks=CHECKS)

    tried()


@contextmanager
def _undone() -> Iterator[None]:
    """What a request does is taken back, so that each meets the same world."""
    pace.forget()
    memo.forget_all()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _name(case: Case, document: JSON, known: Mapping[str, list[Any]]) -> None:
    """Put records that exist where the request names records."""
    raw = case.operation.definition.raw
    for parameter in raw.get("parameters", ()):
        schema = parameter.get("schema", {})
        place = {"path": case.path_parameters, "query": case.query}.get(parameter.get("in", ""))
        if place and parameter.get("name") in place:
            place[parameter["name"]] = _renamed(place[parameter["name"]], schema, document, known)
    for media in raw.get("requestBody", {}).get("content", {}).values():
        case.body = _renamed(case.body, media["schema"], document, known)


def _renamed(value: Any, schema: JSON, document: JSON, known: Mapping[str, list[Any]]) -> Any:
    if "$ref" in schema:
        return _renamed(value, document["components"]["schemas"][schema["$ref"].rpartition("/")[2]], document, known)
    if value is not None and schema.get(NAMES_KIND) in known:
        return known[schema[NAMES_KIND]][len(str(value)) % len(known[schema[NAMES_KIND]])]
    for option in schema.get("anyOf", ()):
        value = _renamed(value, option, document, known) if value is not None else None
    if isinstance(value, dict):
        inner = schema.get("properties", {})
        return {key: _renamed(one, inner[key], document, known) if key in inner else one for key, one in value.items()}
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        return [_renamed(one, schema["items"], document, known) for one in value]
    return value


class _Faults(logging.Handler):
    """What an answer of 500 does not tell: where the program failed."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1] is not None:
            FAULTS.append("".join(traceback.format_exception(record.exc_info[1])[-3:]))


FAULTS: list[str] = []


def _told(problem: BaseException) -> str:
    told = [str(problem), *(str(one) for one in getattr(problem, "exceptions", ())), *getattr(problem, "__notes__", ()), *FAULTS[-1:]]
    FAULTS.clear()
    return "\n".join(told)[:4000]
