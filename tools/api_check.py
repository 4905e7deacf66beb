"""Whether the API is what it says: `api_check.py` tries every operation, `api_check.py write` writes docs/reference/openapi.json.

Each operation gets the same requests at every run (schemathesis, derived from the description; half of them with names of
records that exist), against a small node in this process. It fails on an answer of 500 and more, a status, media type or
body that the description does not have, and when the committed description is not the one that the code makes.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import django
from django.conf import settings

FILE = Path(__file__).parent.parent / "docs" / "reference" / "openapi.json"


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phoihop.config.settings")
    django.setup()
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    from phoihop.api.house import api

    written = json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if arguments == ["write"]:
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(written, encoding="utf-8")
        return 0
    if not FILE.exists() or FILE.read_text(encoding="utf-8") != written:
        print("docs/reference/openapi.json is not what the code describes: run tools/api_check.py write")
        return 1
    from api_trial import tried

    failed = tried(json.loads(written))
    print("\n\n".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
