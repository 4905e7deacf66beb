"""Static files under a name that holds their digest, kept by browsers for ever; modules find one another under those names.

What every page runs is served as two files, js/main.js and js/shared.js with the modules that they import: a browser spends more on fetching twenty
small modules, even from its store, than on running them. What other modules share with these they take from shared.js, never from its parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHARED, MAIN = JOINED = ("shared", "main")
_IMPORT = re.compile(r'^import (?:\{ (\w+(?:, \w+)*) \} from )?"\./([\w-]+)\.js";\n', re.MULTILINE)
_PASSED_ON = re.compile(r'^export \{ (\w+(?:, \w+)*) \} from "\./([\w-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:(?:async )?function|const) (\w+))", re.MULTILINE)


class _Made:
    """What ``collectstatic`` reads a file from: here from memory."""

    def __init__(self, text: str) -> None:
        self._text = text

    def open(self, _: str) -> ContentFile[bytes]:
        return ContentFile(self._text.encode())


class Storage(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
    joins_modules = True

    def post_process(self, paths: Mapping[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        def read(name: str) -> str:
            storage, path = paths[f"js/{name}.js"]
            with storage.open(path) as file:
                return str(file.read().decode())

        made = {path: (_Made(joined(name, read)), path) for name in JOINED if (path := f"js/{name}.js") in paths}
        yield from super().post_process({**paths, **made}, dry_run=dry_run, **options)


def joined(name: str, read: Callable[[str], str]) -> str:
    """A module with all that it imports, each in a room of its own, after those that it imports; other joined modules stay files. ``read``: a text by name."""
    rooms: dict[str, str] = {}
    taken: set[str] = set()

    def furnish(part: str) -> None:
        if part in rooms or part in JOINED:
            return
        text = read(part)
        for names, other in _IMPORT.findall(text):
            furnish(other)
            taken.update(names.split(", ") if other in JOINED else ())
        rooms[part] = f"const {_room(part)} = (() => {{\n{_within(text)}return {{ {', '.join(_EXPORT.findall(text))} }};\n}})();\n"

    own = read(name)
    for _, other in (*_IMPORT.findall(own), *_PASSED_ON.findall(own)):
        furnish(other)
    own = _PASSED_ON.sub(lambda m: f"export const {{ {m[1]} }} = {_room(m[2])};\n", _IMPORT.sub("", own))
    shared = f'import {{ {", ".join(sorted(taken))} }} from "./{SHARED}.js";\n' if taken else ""
    return shared + "".join(rooms.values()) + own


def _room(name: str) -> str:
    return "of_" + name.replace("-", "_")


def _within(text: str) -> str:
    """A module's text with what it imports taken from the rooms before it. Raises ``ValueError`` for what only a module may say."""
    taken = _IMPORT.sub(lambda m: f"const {{ {m[1]} }} = {_room(m[2])};\n" if m[1] and m[2] not in JOINED else "", text)
    within = _EXPORT.sub("", taken)
    if left := re.search(r"^(?:import|export)\b.*", within, re.MULTILINE):
        raise ValueError(f"modules are joined by named imports, functions and constants alone: {left[0]}")
    return within
