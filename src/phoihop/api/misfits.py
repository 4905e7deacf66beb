"""What does not fit the description of a request, said in the reader's language: pydantic speaks English only.

Types of errors as pydantic names them; what stands for a value that was sent is never repeated.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

_SAID: tuple[tuple[tuple[str, ...], Any], ...] = (
    (("missing",), _("Thiếu mục này.")),
    (("extra_forbidden", "unexpected_keyword_argument"), _("Không có mục này trong mô tả.")),
    (("string_too_long",), _("Dài nhất %(max_length)s ký tự.")),
    (("string_too_short",), _("Ngắn nhất %(min_length)s ký tự.")),
    (("string_pattern_mismatch",), _("Không đúng dạng đã mô tả.")),
    (("string_with_nul",), _("Chuỗi chữ không chứa ký tự NUL.")),
    (("string_",), _("Cần một chuỗi chữ.")),
    (("int_", "float_", "decimal_", "finite_number"), _("Cần một số.")),
    (("bool_",), _("Cần đúng hoặc sai (true, false).")),
    (("datetime_", "timezone_"), _("Thời điểm này không có, hoặc không đọc được. Ghi như 2026-06-01T07:00:00+07:00.")),
    (("date_not_of_our_time",), _("Ngày nằm trong khoảng năm 1900 đến 2199.")),
    (("date_",), _("Ngày này không có, hoặc không đọc được. Ghi như 2026-06-01.")),
    (("time_",), _("Giờ không đọc được. Ghi như 07:00.")),
    (("greater_than_equal",), _("Nhỏ nhất là %(ge)s.")),
    (("greater_than",), _("Phải lớn hơn %(gt)s.")),
    (("less_than_equal",), _("Lớn nhất là %(le)s.")),
    (("less_than",), _("Phải nhỏ hơn %(lt)s.")),
    (("too_long",), _("Nhiều nhất %(max_length)s mục.")),
    (("too_short",), _("Ít nhất %(min_length)s mục.")),
    (("list_", "tuple_", "set_", "iterable_"), _("Cần một danh sách.")),
    (("dict_", "model_", "dataclass_", "mapping_"), _("Cần một nhóm mục có tên.")),
    (("literal_error", "enum"), _("Chỉ nhận một trong: %(expected)s.")),
    (("uuid_",), _("Cần một mã UUID.")),
    (("json_",), _("JSON không đọc được.")),
    (("none_required",), _("Mục này để trống (null).")),
)
_ELSE = _("Không đúng loại mà /api/ mô tả.")


def said_of(kind: str, context: Mapping[str, Any]) -> str:
    """The sentence for one error: its pydantic type, and what pydantic says of its limits."""
    for prefixes, sentence in _SAID:
        if kind.startswith(prefixes):
            try:
                return str(sentence % {name: _listed(value) for name, value in context.items()})
            except KeyError:  # a type of this name without the limit that the sentence tells
                return str(_ELSE)
    return str(_ELSE)


def _listed(value: Any) -> Any:
    """Pydantic joins what it expects by an English *or*."""
    return value.replace(" or ", ", ") if isinstance(value, str) else value
