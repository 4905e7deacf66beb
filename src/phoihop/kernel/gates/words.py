"""Words by which a personal name is told from a street, an office or a saint of the school gates. Facts of the language, not of anyone living.

The lists are in ``words.tsv``; some are kept without diacritics (*flat*), the others in lower case with them. Expressions here are parts of
regular expressions.
"""

from __future__ import annotations

from importlib.resources import files

from ..text import fold


def _lists() -> dict[str, list[str]]:
    rows = files(__package__).joinpath("words.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {name: words.split(", ") for name, words in (row.split("\t") for row in rows)}


_LISTS = _lists()

SPELT_FAMILIES = frozenset(_LISTS["families"] + _LISTS["families-rarer"])
#: Family names, flat; STRICT are hardly ever another word when diacritics are missing.
STRICT = frozenset(fold(name) for name in _LISTS["families"])
FAMILIES = frozenset(fold(name) for name in SPELT_FAMILIES)
#: Parts between family and given name, flat.
MIDDLES = frozenset(_LISTS["middles"])
#: Before a name: a person is meant, and one word with a capital is name enough.
HONORIFICS = _LISTS["honorifics"]
#: Before a family name and one more word: a person is meant.
PERSON_WORDS = _LISTS["person-words"]
#: What stands before the name of a school, a street, a commune, a firm. After the first a row of names goes on: đường Nguyễn Huệ, Lê Lợi và …
PLACE_LISTS = frozenset(_LISTS["places-in-lists"])
PLACES = PLACE_LISTS | frozenset(_LISTS["places"])
PLACE_LINKS = frozenset(_LISTS["place-links"])
#: Between an office and a name: names of bodies and connectors; nothing that says what somebody did to somebody.
OFFICE_LINKS = frozenset(_LISTS["office-links"])
#: Persons of history and the communes and streets that bear their names.
FAMOUS = frozenset(_LISTS["famous"] + _LISTS["communes"])
FAMOUS_FLAT = frozenset(fold(name) for name in FAMOUS)
#: Codes that begin an identity number: the 63 provinces of before 1 July 2025.
PROVINCES = frozenset(_LISTS["provinces"])
#: Words beside which a number may be that of a paper or an account, flat.
SAYING = frozenset(_LISTS["says-a-number"])

# Whoever is named after these is no official in office, whatever title follows.
ACCUSED = r"đối tượng|nghi phạm|nghi can|bị can|bị cáo|bị hại|nạn nhân|người vi phạm|phạm nhân|chủ hộ|bệnh nhân|nghi vấn"

# After an honorific these begin an office or a body, not a name.
OFFICE_STARTS = (
    r"bí thư|chủ (?:tịch|nhiệm|tọa)|phó |giám đốc|trưởng |thường (?:trực|vụ)|[uủ][yỷ] (?:viên|ban)|hội |đoàn |công (?:an|đoàn|nhân|ty|chức|binh)|ban |tổ |chính (?:trị|[uủ][yỷ]|phủ)"
    r"|tư (?:lệnh|pháp)|thủ (?:trưởng|tướng)|bộ |đại (?:tá|uý|úy|tướng|biểu|đội|diện)|thượng |trung (?:tá|uý|úy|tướng|sĩ|đội|đoàn|ương|tâm)|thiếu (?:tá|uý|úy|tướng)|tổng |cục |chánh |viện "
    r"|chi (?:[uủ][yỷ]|hội|đoàn|cục|bộ)|đảng |chỉ (?:huy|đạo)|cán bộ|lãnh đạo|phụ nữ|nông dân|cựu chiến|mặt trận|quân |dân quân|biên phòng|đồn |lực lượng|phòng |hạ sĩ|binh |chiến sĩ"
    r"|việt nam|địa\b|công\b|táo\b|trời\b|hồ\b|thành viên|ubnd|hđnd|mttq|đội |trạm |xã |ấp |khóm |phường |tỉnh |huyện |thôn |văn phòng|kiểm |thanh tra|cơ quan|đơn vị|trường |lớp |làng "
)

PLACES_FLAT = r"duong|pho|dai lo|hem|truong|thcs|thpt|tieu hoc|mam non|xa|phuong|thi tran|cau|cho|ap|khom|khu pho|thon|benh vien|cong vien|kenh|rach|song|cong|ben|giai|quy|lop|khu|cong ty|dntn"

# Offices and ranks. A name beside one of them is that of an official in office: who chairs, signs, is on duty.
TITLES = (
    r"(?:phó )?(?:chủ tịch|bí thư|giám đốc|chủ nhiệm|tổng giám đốc|cục trưởng|viện trưởng|chánh án|chánh văn phòng|hiệu trưởng|tư lệnh|tham mưu trưởng|đồn trưởng|trạm trưởng|đội trưởng|tổ trưởng|hải đội trưởng)"
    r"|(?:cục|viện|hiệu|đồn|trạm|đội|tổ|hải đội) phó|(?:phó )?trưởng (?:công an|phòng|ban|đồn|trạm|ấp|khóm|thôn|khu|đoàn|bộ|trực|ca)|phó (?:phòng|ban|đồn|trạm|công an|trưởng)"
    r"|chỉ huy (?:trưởng|phó)|phó chỉ huy|chính trị viên(?: phó)?|(?:phó )?chính (?:ủy|uỷ)|thiếu tướng|trung tướng|thượng tướng|đại tướng|(?:đại|thượng|trung|thiếu) (?:tá|uý|úy)"
    r"|(?:ủy|uỷ) viên|đại biểu (?:quốc hội|hđnd|hội đồng)|bộ trưởng|thứ trưởng|thủ tướng|thẩm phán|kiểm sát viên|cán bộ (?:trực|phụ trách|đầu mối|tham mưu)|trực ban|trực chỉ huy|sĩ quan trực|phát ngôn viên"
)
SIGNING = r"chủ trì|chủ tọa|chủ toạ|người ký|người lập(?: biểu| bảng)?|thư ký|ký thay|ký tên|kt\.|tm\.|tl\.|tuq\.|q\.|đã ký|chỉ huy|phụ trách|đầu mối(?: liên lạc)?|người phát ngôn|báo cáo viên"
