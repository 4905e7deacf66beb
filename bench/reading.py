"""How well and how fast regulations and plans are read: ``python -m bench reading``.

Precision and recall for each kind of label on the half of the corpus that the rules were tuned on (dev) and on the half that they had not
seen (heldout), each beside the floor that a test holds; then the time for sixty pages. With ``--faults`` each line that was read wrongly.
"""

from __future__ import annotations

import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phoihop.config.settings")

PAGES = 60
LETTERS_A_PAGE = 2_400
MOST_SECONDS = 2.0


def main() -> int:
    import django

    django.setup()
    from tests.domain.agreements.reading.labels import HALVES
    from tests.domain.agreements.reading.measuring import KINDS, measure
    from tests.domain.agreements.reading.test_measured import FLOORS, HEAD

    short = 0
    for half in HALVES:
        scores, faults = measure(half)
        for kind in KINDS:
            score, (precision, recall) = scores[kind], FLOORS[half].get(kind, HEAD)
            fell = score.precision < precision or score.recall < recall
            short += fell
            found = f"precision {score.precision:.3f} (floor {precision:.2f}) | recall {score.recall:.3f} (floor {recall:.2f})"
            print(f"{half} | {kind} | {found} | {score.right} right, {score.wrong} wrong, {score.missed} missed | {'short' if fell else 'ok'}")
        if "--faults" in sys.argv:
            for source, kind, wrong, missed in faults:
                print(f"  {source} | {kind} | found: {wrong or '–'} | missed: {missed or '–'}")
    return int(short + _speed() > 0)


def _speed() -> int:
    from tests.domain.agreements.reading.files import a_docx
    from tests.domain.agreements.reading.files import text_of as paper

    from phoihop.domain.agreements.rules.reading import read
    from phoihop.domain.agreements.rules.reading.intake import text_of
    from phoihop.kernel.gates.media import DOCX

    one = paper("quy-che-ba-luc-luong")
    first, last = one.index("Chương I\n"), one.rindex("CÔNG AN TỈNH\nGIÁM ĐỐC")
    text = one[:first] + one[first:last] * (PAGES * LETTERS_A_PAGE // (last - first) + 1) + one[last:]
    upload = a_docx(text)
    began = time.process_time()
    proposal = read(text_of(upload.content, DOCX))
    took = time.process_time() - began
    print(
        f"sixty pages ({len(text):,} letters, {len(proposal.clauses)} clauses) read | {took:.2f} s of processor | most {MOST_SECONDS:.0f} s | {'ok' if took <= MOST_SECONDS else 'short'}"
    )
    return int(took > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
