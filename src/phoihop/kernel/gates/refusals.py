"""What the gates hold back, why, and by which law. The page /gioi-han shows this table; the gates take their sentences from it.

Sources: ground-rules 2 and 3; Luật 117/2025/QH15 on state secrets (a networked computer keeps none, nor the register of secret
documents); Luật 91/2025/QH15 and NĐ 356/2025 on personal data (kept only where a task needs them; ours needs counts).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..verdict import Refused, Sentence, Verdict

SECRETS_LAW = _("Luật 117/2025/QH15 về bảo vệ bí mật nhà nước")
PERSONS_LAW = _("Luật 91/2025/QH15 và Nghị định 356/2025/NĐ-CP về bảo vệ dữ liệu cá nhân")
OUR_SCOPE = _("Phạm vi của hệ thống, theo Luật 117/2025/QH15 và Luật 91/2025/QH15")
FILE_SAFETY = _("Quy tắc an toàn tệp của hệ thống")


@dataclass(frozen=True, slots=True)
class Refusal:
    """``what`` is held back, ``why`` and on which ``basis``; ``says`` is the sentence shown, with ``{found}`` where the masked find stands.

    With ``asks`` it is a question: the same act goes through once the answer is among what the caller is ``sure`` of.
    """

    code: str
    what: Sentence
    why: Sentence
    basis: Sentence
    says: Sentence
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A place ``[start, end)`` in a text that a gate holds back. ``shown`` is masked; ``mend`` may stand there instead, None: nothing may."""

    code: str
    start: int
    end: int
    shown: str = ""
    mend: str | None = "…"
    answer: str = ""


def masked(number: str) -> str:
    """Enough to find it in one's own text, too little to use it: the first three and the last two characters."""
    kept = "".join(c for c in number if c.isalnum())
    return f"{kept[:3]}…{kept[-2:]}" if len(kept) > 6 else f"{kept[:1]}…"


def verdict(code: str, found: str = "", *, field: str | None = None, offer: str | None = None, answer: str = "", place: Sentence = "") -> Verdict:
    """The refusal of this code, said of what was found, and where in a file."""
    refusal = REFUSALS[code]
    reason: Sentence = format_lazy(refusal.says, found=found)
    if place:
        reason = format_lazy("{place}: {reason}", place=place, reason=reason)
    return Verdict(code, reason, field, offer, refusal.asks, answer)


def refuse(code: str, found: str = "", *, field: str | None = None) -> NoReturn:
    raise Refused(verdict(code, found, field=field))


_LIST = (
    Refusal(
        "secret-mark",
        _("Dấu, dòng chữ chỉ độ mật: Mật, Tối mật, Tuyệt mật; dấu của bì và tài liệu mật"),
        _("Không soạn thảo, lưu giữ bí mật nhà nước trên máy tính có nối mạng; kể cả sổ đăng ký văn bản mật."),
        SECRETS_LAW,
        _(
            "Có dấu chỉ độ mật ({found}). Bí mật nhà nước không được đưa vào máy tính có nối mạng (Luật 117/2025/QH15). Dừng nhập, chuyển theo đường văn bản mật."
        ),
    ),
    Refusal(
        "secret-series",
        _("Số, ký hiệu thuộc dãy số riêng của văn bản mật"),
        _("Tên, số của văn bản mật cũng không được đăng ký trên máy tính có nối mạng."),
        SECRETS_LAW,
        _(
            "Có số, ký hiệu của văn bản mật ({found}). Văn bản mật không được đăng ký ở đây, kể cả tên và số (Luật 117/2025/QH15). Bỏ số này, ghi vào sổ văn bản mật."
        ),
    ),
    Refusal(
        "out-of-scope",
        _("Chuyên án, kế hoạch nghiệp vụ, kế hoạch tác chiến, cơ sở bí mật; kế hoạch về tụ tập, biểu tình, quản lý đối tượng"),
        _("Hệ thống chỉ giữ việc phối hợp công khai; các việc này đi theo đường riêng của từng lực lượng."),
        OUR_SCOPE,
        _("“{found}” nằm ngoài phạm vi của hệ thống. Không ghi việc này ở đây; dùng đường riêng của lực lượng mình."),
    ),
    Refusal(
        "identity-number",
        _("Số định danh cá nhân, căn cước, chứng minh nhân dân, giấy phép lái xe, bảo hiểm"),
        _("Hệ thống không giữ dữ liệu của người dân, chỉ giữ sự việc và số lượng."),
        PERSONS_LAW,
        _("Có số giấy tờ của một người ({found}). Hệ thống không giữ dữ liệu cá nhân (Luật 91/2025/QH15). Bỏ số này, chỉ ghi sự việc và số lượng."),
    ),
    Refusal(
        "passport-number",
        _("Số hộ chiếu"),
        _("Hệ thống không giữ dữ liệu của người dân, chỉ giữ sự việc và số lượng."),
        PERSONS_LAW,
        _("Có số hộ chiếu ({found}). Hệ thống không giữ dữ liệu cá nhân (Luật 91/2025/QH15). Bỏ số này, chỉ ghi sự việc và số lượng."),
    ),
    Refusal(
        "private-phone",
        _("Số điện thoại di động chưa đăng ký là số trực của đơn vị"),
        _("Chỉ số trực đã đăng ký, số cơ quan và các số 111 đến 115 được ghi."),
        PERSONS_LAW,
        _("Có số điện thoại riêng ({found}). Bỏ số này; nếu là số trực thì đăng ký ở danh bạ đầu mối của đơn vị trước (Luật 91/2025/QH15)."),
    ),
    Refusal(
        "bank-account",
        _("Số tài khoản ngân hàng, trừ tài khoản của cơ quan tại Kho bạc Nhà nước"),
        _("Hệ thống không giữ dữ liệu tài chính của cá nhân."),
        PERSONS_LAW,
        _("Có số tài khoản ({found}). Hệ thống không giữ dữ liệu cá nhân (Luật 91/2025/QH15). Bỏ số này."),
    ),
    Refusal(
        "plate",
        _("Biển số xe"),
        _("Biển số là dữ liệu cá nhân; kết quả chỉ ghi loại xe và số lượng."),
        PERSONS_LAW,
        _("Có biển số xe ({found}). Biển số là dữ liệu cá nhân (Luật 91/2025/QH15). Bỏ biển số, chỉ ghi loại xe và số lượng."),
    ),
    Refusal(
        "vessel-number",
        _("Số đăng ký tàu, thuyền của tư nhân"),
        _("Chỉ cuộc cứu nạn được giữ số tàu, trong 30 ngày và không tìm kiếm được."),
        PERSONS_LAW,
        _("Có số đăng ký tàu ({found}). Chỉ cuộc cứu nạn được giữ số tàu, trong 30 ngày. Bỏ số này, chỉ ghi loại tàu và số lượng."),
    ),
    Refusal(
        "birth-date",
        _("Ngày sinh, năm sinh của một người"),
        _("Hệ thống không giữ dữ liệu của người dân, chỉ giữ sự việc và số lượng."),
        PERSONS_LAW,
        _("Có ngày sinh của một người ({found}). Hệ thống không giữ dữ liệu cá nhân (Luật 91/2025/QH15). Bỏ ngày sinh, chỉ ghi số lượng."),
    ),
    Refusal(
        "home-address",
        _("Nhà, hộ của một người nêu tên; nơi cư trú của một người nêu tên"),
        _("Nơi ở của một người là dữ liệu cá nhân; địa điểm ghi theo ấp, khóm, đường, công trình."),
        PERSONS_LAW,
        _("Có nơi ở của một người nêu tên ({found}). Ghi địa điểm theo ấp, khóm, tuyến đường, không nêu tên chủ hộ (Luật 91/2025/QH15)."),
    ),
    Refusal(
        "person-name",
        _("Chữ giống họ tên một người, không phải người ký, chủ trì hay cán bộ nêu kèm chức vụ"),
        _("Hệ thống không giữ tên người dân; tên cán bộ có chức trách thì được."),
        PERSONS_LAW,
        _("Có chữ giống tên người: {found}. Nếu là tên địa danh, trường, đường hoặc cán bộ có chức trách thì xác nhận; nếu là người dân thì bỏ tên."),
        asks=True,
    ),
    Refusal(
        "names-in-file",
        _("Tệp có chữ giống họ tên người"),
        _("Hệ thống không giữ tên người dân; tên cán bộ có chức trách thì được."),
        PERSONS_LAW,
        _("Tệp có chữ giống tên người: {found}. Nếu đều là cán bộ có chức trách, địa danh thì xác nhận; nếu có người dân thì bỏ tên trong tệp rồi gửi lại."),
        asks=True,
    ),
    Refusal(
        "broken-text",
        _("Văn bản có ký tự điều khiển, ký tự hỏng"),
        _("Ký tự hỏng không lưu và không in được."),
        FILE_SAFETY,
        _("Văn bản có ký tự không đọc được. Gõ lại, hoặc dán lại dưới dạng văn bản thuần."),
    ),
    Refusal(
        "text-too-long",
        _("Văn bản dài hơn mức cho phép của một ô nhập"),
        _("Nội dung dài thuộc về tệp đính kèm."),
        FILE_SAFETY,
        _("Văn bản dài quá {found} ký tự. Rút gọn, hoặc đính kèm thành tệp."),
    ),
    Refusal(
        "text-not-plain",
        _("Ký tự không thuộc về chữ viết"),
        _("Ký tự như vậy không lưu được và không ai gõ ra; thường là tệp hay chương trình gửi nhầm."),
        FILE_SAFETY,
        _("Nội dung có ký tự không lưu được. Xóa đi, gõ lại rồi gửi."),
    ),
    Refusal(
        "file-too-big",
        _("Tệp lớn hơn mức cho phép"),
        _("Máy chủ nhỏ phải phục vụ mọi người cùng lúc."),
        FILE_SAFETY,
        _("Tệp lớn hơn {found}. Nén ảnh trong tệp hoặc chia thành nhiều tệp."),
    ),
    Refusal(
        "file-empty",
        _("Tệp rỗng"),
        _("Tệp rỗng không có gì để giữ."),
        FILE_SAFETY,
        _("Tệp này rỗng. Chọn lại tệp."),
    ),
    Refusal(
        "file-kind",
        _("Tệp không thuộc các loại: .docx, .xlsx, .csv, .txt, .pdf, .png, .jpg, .webp"),
        _("Chỉ nhận loại tệp mà hệ thống đọc và kiểm tra được nội dung."),
        FILE_SAFETY,
        _("Không nhận loại tệp này ({found}). Lưu lại thành .docx, .xlsx, .csv, .pdf, .png hoặc .jpg rồi gửi."),
    ),
    Refusal(
        "file-picture",
        _("Ảnh .tif của máy quét, ảnh .heic của điện thoại"),
        _("Trình duyệt và nhiều máy không mở được loại ảnh này, nên bên xem sau không xem được."),
        FILE_SAFETY,
        _(
            "Không nhận ảnh {found}, vì nhiều máy không mở xem được. Bản quét: ở máy quét chọn lưu thành PDF, hoặc mở ảnh, chọn In, rồi chọn máy in “Microsoft Print to PDF”. "
            "Ảnh chụp: lưu thành .jpg. Sau đó gửi tệp mới."
        ),
    ),
    Refusal(
        "file-disguised",
        _("Tệp mang tên loại này mà nội dung là loại khác"),
        _("Người mở tệp sau này phải thấy đúng thứ mà tên tệp nói."),
        FILE_SAFETY,
        _("Tên tệp là {found} nhưng nội dung là loại khác. Mở tệp, lưu lại đúng loại rồi gửi."),
    ),
    Refusal(
        "file-program",
        _("Chương trình, tệp lệnh, trang web"),
        _("Tệp chạy được có thể mang mã độc."),
        FILE_SAFETY,
        _("Đây là chương trình hoặc tệp lệnh ({found}), không phải tài liệu. Chỉ gửi tài liệu và ảnh."),
    ),
    Refusal(
        "file-macro",
        _("Tệp có macro, mã chạy tự động"),
        _("Macro có thể mang mã độc."),
        FILE_SAFETY,
        _("Tệp có macro hoặc mã chạy tự động. Lưu lại không có macro (.docx, .xlsx) rồi gửi."),
    ),
    Refusal(
        "file-embedded",
        _("Tệp nhúng tệp khác bên trong mà hệ thống không kiểm tra được"),
        _("Mọi nội dung phải qua kiểm tra trước khi lưu."),
        FILE_SAFETY,
        _("Trong tệp có nhúng một tệp khác ({found}). Bỏ phần nhúng, hoặc gửi riêng tệp đó."),
    ),
    Refusal(
        "file-locked",
        _("Tệp đặt mật khẩu, mã hóa"),
        _("Mọi nội dung phải qua kiểm tra trước khi lưu."),
        FILE_SAFETY,
        _("Tệp có đặt mật khẩu nên không kiểm tra được. Gỡ mật khẩu rồi gửi lại."),
    ),
    Refusal(
        "file-unreadable",
        _("Tệp hỏng, không đọc được"),
        _("Mọi nội dung phải qua kiểm tra trước khi lưu."),
        FILE_SAFETY,
        _("Tệp hỏng hoặc không đọc được. Mở tệp, lưu lại rồi gửi."),
    ),
    Refusal(
        "file-bomb",
        _("Tệp nén phồng lên quá lớn khi mở"),
        _("Tệp như vậy làm máy chủ ngừng hoạt động."),
        FILE_SAFETY,
        _("Tệp phồng lên quá lớn khi mở. Chia tệp thành nhiều phần nhỏ hơn."),
    ),
    Refusal(
        "file-too-long",
        _("Tệp dài quá mức kiểm tra được trong một lần"),
        _("Mọi nội dung phải qua kiểm tra trước khi lưu."),
        FILE_SAFETY,
        _("Tệp dài quá mức kiểm tra được trong một lần ({found}). Chia thành nhiều tệp."),
    ),
)
REFUSALS: dict[str, Refusal] = {r.code: r for r in _LIST}
