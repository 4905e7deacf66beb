"""Settings from the environment, or from a file named in ``…_FILE`` (for secrets). Nonsense is refused with a sentence."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from environ import Env
from environ.compat import ImproperlyConfigured

from .early import said


@dataclass(frozen=True, slots=True)
class Setting:
    """``example`` is what a person may write; ``about`` says what it does. Both go into the generated reference."""

    name: str
    default: str
    about: str
    read: Callable[[str], Any]


SETTINGS: dict[str, Setting] = {}
_WHOLE = re.compile(r"-?\d{1,18}")
_NEAR = 0.9
"""How alike two names are, as ``difflib`` reckons, of which one is a slip of the other; a letter more, less or in another place is."""


def text(value: str) -> str:
    return value.strip()


def yes_no(value: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False, "": False}
    if value.strip().lower() not in known:
        raise ValueError(said("hãy ghi yes hoặc no"))
    return known[value.strip().lower()]


def whole(least: int, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not _WHOLE.fullmatch(value.strip()) or not least <= int(value) <= most:
            raise ValueError(said("hãy ghi một số nguyên từ %(least)s đến %(most)s", least=least, most=most))
        return int(value)

    return read


def one_of(*words: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in words:
            raise ValueError(said("hãy ghi một trong: %(words)s", words=", ".join(words)))
        return value

    return read


def names(value: str) -> list[str]:
    return [v.strip() for v in value.split(",") if v.strip()]


def folder(value: str) -> Path:
    path = Path(value).expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise ValueError(said("%(path)s không phải là thư mục", path=path))
    return path


def folder_or_none(value: str) -> Path | None:
    """An existing folder; None for an empty value."""
    if value and not folder(value).is_dir():
        raise ValueError(said("không có thư mục %(path)s", path=value))
    return folder(value) if value else None


# A list joins eight tables to what narrows it; with more than eight PostgreSQL would join all there is first and narrow last. Ten stay below the
# number from which it plans by chance. What it compiles for a statement costs more than any page's statement takes. Reading here and there costs
# on a disk of our days hardly more than reading on; thinking it four times dearer, it reads and unpacks every text instead of asking the index.
_PLANNED = "-c jit=off -c join_collapse_limit=10 -c from_collapse_limit=10 -c random_page_cost=1.1"


def database(value: str) -> dict[str, Any]:
    config = dict(Env.db_url_config(value))
    if config.get("ENGINE") not in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
        raise ValueError(said("hãy ghi sqlite:///đường-dẫn hoặc postgres://tài-khoản:mật-khẩu@máy/tên"))
    if config["ENGINE"].endswith("postgresql"):
        options = config.setdefault("OPTIONS", {})
        options["options"] = f"{_PLANNED} {options.get('options', '')}".strip()
    return config


def tag(value: str) -> str:
    if not (4 <= len(value) <= 5 and value[:-2].isalpha() and value[:-2].isupper() and value[-2:].isdecimal()):
        raise ValueError(said("hãy ghi chữ viết tắt của lực lượng và hai chữ số của tỉnh: CA86"))
    return value


def setting(name: str, default: str, about: str, read: Callable[[str], Any] = text, env: Mapping[str, str] = os.environ) -> Any:
    """The value of ``PHOIHOP_<name>``, from the environment or from the file that ``PHOIHOP_<name>_FILE`` names.

    Raises ImproperlyConfigured with a sentence that names the setting, what stood there and what to write instead.
    """
    SETTINGS[name] = Setting(name, default, about, read)
    key = f"PHOIHOP_{name}"
    raw = env.get(key, default)
    if file := env.get(f"{key}_FILE"):
        if key in env:
            raise ImproperlyConfigured(said("%(key)s và %(key)s_FILE đều được đặt: chỉ giữ một.", key=key))
        try:
            raw = Path(file).read_text(encoding="utf-8").strip()
        except OSError as problem:
            raise ImproperlyConfigured(
                said("%(key)s_FILE chỉ tới %(file)s, tệp này không đọc được: %(why)s.", key=key, file=file, why=problem.strerror)
            ) from None
    try:
        return read(raw)
    except (ValueError, KeyError) as problem:
        shown = "…" if "SECRET" in name or "DATABASE" in name else repr(raw)
        raise ImproperlyConfigured(said("%(key)s đang là %(shown)s; %(problem)s.", key=key, shown=shown, problem=problem)) from None


def no_slips(env: Mapping[str, str] = os.environ) -> None:
    """Once all settings are read: raises ImproperlyConfigured for a name that is nearly one of theirs.

    ``PHOIHOP_DATABSE`` would leave a node on a file of its own, and nobody would see it.
    """
    known = [f"PHOIHOP_{name}{end}" for name in SETTINGS for end in ("", "_FILE")]
    for key in sorted(name for name in env if name.startswith("PHOIHOP_") and name not in known):
        if meant := get_close_matches(key, known, 1, _NEAR):
            raise ImproperlyConfigured(said("không có thiết lập %(key)s. Có phải %(meant)s?", key=key, meant=meant[0]))
