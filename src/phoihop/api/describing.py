"""What OpenAPI should say beyond what types say: problems, keys of requests sent twice, answers that did not change."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from .acts import FORMS, IN_FORM
from .once import HEADER
from .problems import MEANINGS, MEDIA, Problem

_READS, _WRITES = (401, 403, 404, 422, 429), (400, 401, 403, 404, 409, 413, 415, 422, 429)
_LANGUAGE = {"name": "Accept-Language", "in": "header", "required": False, "schema": {"type": "string", "enum": ["vi", "en"]},
             "description": "The language of sentences; without it that of the post's holder."}  # fmt: skip
_KEY = {"name": HEADER, "in": "header", "required": False, "schema": {"type": "string", "format": "uuid"},
        "description": "Sent again with the same key, the request is answered as the first time and not done again (for 14 days)."}  # fmt: skip
_ETAG = {"name": "If-None-Match", "in": "header", "required": False, "schema": {"type": "string", "pattern": '^"[0-9a-f]{32}"$'},
         "description": "The ETag of the answer before: 304 if nothing changed."}  # fmt: skip


def complete(document: dict[str, Any]) -> dict[str, Any]:
    """The document with headers and problems of every operation, in an order that does not depend on how it was made."""
    components = document["components"]
    shapes: list[type[BaseModel]] = [Problem, *FORMS]
    for shape in shapes:
        components["schemas"] |= _written(shape)
    components["responses"] = {f"Problem{status}": _response(status) for status in MEANINGS}
    components["parameters"] = {"Language": _LANGUAGE, "Key": _KEY, "Unchanged": _ETAG}
    components["schemas"] = dict(sorted(components["schemas"].items()))
    components["securitySchemes"]["Token"]["description"] = "A post's token, issued under /quan-tri/ma-truy-cap/ or by people_issue_token."
    document["paths"] = {path: dict(sorted(methods.items())) for path, methods in sorted(document["paths"].items())}
    for methods in document["paths"].values():
        for method, operation in methods.items():
            _fill(operation, method == "get")
    return document


def _fill(operation: dict[str, Any], read: bool) -> None:
    operation["parameters"] += [{"$ref": f"#/components/parameters/{name}"} for name in ("Language", "Unchanged" if read else "Key")]
    for media in operation.get("requestBody", {}).get("content", {}).values():
        if body := media["schema"].get("properties", {}).get("data", {}).pop(IN_FORM, None):
            media["schema"]["properties"]["data"]["contentSchema"] = {"$ref": f"#/components/schemas/{body}"}
    responses = {str(status): response for status, response in operation["responses"].items()}
    responses |= {str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in (_READS if read else _WRITES)}
    if read:
        responses["304"] = {"description": "Nothing changed since the answer with this ETag."}
    operation["responses"] = dict(sorted(responses.items()))


def _written(shape: type[BaseModel]) -> dict[str, Any]:
    schema = shape.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs", {}), shape.__name__: schema}


def _response(status: int) -> dict[str, Any]:
    return {"description": MEANINGS[status], "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
