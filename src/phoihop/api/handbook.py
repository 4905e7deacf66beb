"""/api/: the operations for people to read, made from the same description that machines get. Nothing is fetched from elsewhere."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .house import TOPICS, api
from .problems import MEANINGS


def handbook(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "api/handbook.html",
        {"document": document(), "about": _coded(document()["info"]["description"]), "topics": _topics(), "meanings": MEANINGS, "shapes": _shapes()},
    )


@cache
def document() -> dict[str, Any]:
    """The description of the whole API; it changes with the program only."""
    return api.get_openapi_schema(path_prefix="/api/v1/")


@cache
def _topics() -> dict[str, list[dict[str, Any]]]:
    topics: dict[str, list[dict[str, Any]]] = {tag: [] for _topic, tag in TOPICS}
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            said = {name: _coded(operation.get(name, "")) for name in ("summary", "description")}
            told = {"path": path, "method": method.upper(), "takes": _takes(operation), "answers": _answers(operation)}
            topics[operation["tags"][0]].append({**operation, **said, **told})
    return topics


def _answers(operation: dict[str, Any]) -> dict[str, str] | None:
    """What an operation answers with; None for a file."""
    schema = operation["responses"]["200"].get("content", {}).get("application/json", {}).get("schema")
    return {"kind": _kind(schema), "shape": _shape_in(schema)} if schema else None


def _takes(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """Arguments in the address and in the body, each with whether it is needed and what it means."""
    told = [
        {"name": p["name"], "needed": p["required"], "says": _coded(p.get("description", "")), "kind": _kind(p["schema"])}
        for p in operation["parameters"]
        if "name" in p
    ]
    for media in operation.get("requestBody", {}).get("content", {}).values():
        told += _fields(_followed(media["schema"]))
    return told


@cache
def _shapes() -> dict[str, list[dict[str, Any]]]:
    """What requests and answers are made of."""
    return {name: _fields(schema) for name, schema in document()["components"]["schemas"].items()}


def _fields(schema: dict[str, Any]) -> list[dict[str, Any]]:
    needed = schema.get("required", ())
    return [
        {"name": name, "needed": name in needed, "says": _coded(inner.get("description", "")), "kind": _kind(inner), "shape": _shape_in(inner)}
        for name, inner in schema.get("properties", {}).items()
    ]


def _coded(text: str) -> SafeString:
    """What stands between backticks, as code: descriptions are written for machines' readers in Markdown."""
    return mark_safe(re.sub(r"(`+)([^`]+)\1", r"<code>\2</code>", str(escape(text))))


def _shape_in(schema: dict[str, Any]) -> str:
    """The shape that a type is, or holds; empty for a plain one."""
    inside = [schema, schema.get("items", {}), schema.get("contentSchema", {}), *schema.get("anyOf", ())]
    return next((str(one["$ref"].rpartition("/")[2]) for one in inside if isinstance(one, dict) and "$ref" in one), "")


def _followed(schema: dict[str, Any]) -> dict[str, Any]:
    for option in schema.get("anyOf", ()):
        if "$ref" in option:
            return _followed(option)
    return document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _kind(schema: dict[str, Any]) -> str:
    """A type in a word or two."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " | ".join(_kind(one) for one in schema["anyOf"])
    if codes := schema.get("enum"):
        return " | ".join(f"“{code}”" for code in codes)
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    return str(schema.get("format") or schema.get("type") or "any")
