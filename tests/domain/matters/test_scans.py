"""A scan of a paper is a PDF or a picture."""

import pytest

from phoihop.domain.matters.rules import is_scan
from phoihop.kernel.gates import media


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (media.PDF, ""), (media.JPEG, ""), (media.PNG, ""), (media.WEBP, ""), (media.DOCX, "scan-unreadable"), (media.XLSX, "scan-unreadable"),
        (media.TEXT, "scan-unreadable"), (media.CSV, "scan-unreadable"), (media.UNKNOWN, "scan-unreadable"),
    ],
)  # fmt: skip
def test_what_may_stand_for_a_signature_on_paper(kind, code):
    assert is_scan(kind).code == code
