"""What kind of file stands for what, told by its content and never by its name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.gates.media import SCANS
from phoihop.kernel.verdict import Verdict, no_unless


def is_scan(media: str, field: str = "scan") -> Verdict:
    """What vouches for a signature on paper can be looked at: a PDF or a picture."""
    return no_unless(media in SCANS, "scan-unreadable", _("Tệp này không phải PDF hay ảnh. Quét hoặc chụp bản đã ký rồi chọn lại tệp."), field)
