"""The bodies that a sentence names: agencies, forces, offices, and the general ones (*các bên*, *cơ quan liên quan*); and lists of them.

A name begins with a known word of kind and goes on until a verb, a preposition or the next name. Names that hold such words themselves
(*Ban Chỉ huy phòng, chống thiên tai và tìm kiếm cứu nạn*) are listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from .plain import UPPER

_PROPER = (
    r"(?:Bộ|Ban) [Cc]hỉ huy|Ban [Cc]hỉ đạo|Ban [Vv]ận động|(?:Phó )?(?:Chủ tịch|Chỉ huy trưởng|Giám đốc|Bí thư|Thủ trưởng|Trưởng|Bộ trưởng)(?= \w)|Cảnh sát|Đội trưởng|Ủy ban|Uỷ ban|UBND|UBMTTQ|MTTQ|Mặt trận|BCHQS|Bộ(?= (?:[A-ZĐ]|trưởng|, ))|Ban(?= (?:[A-ZĐ]|chỉ|tham|tuyển|quản|vận|thanh))|Công an|CA(?= (?:xã|phường|tỉnh))|Cơ quan|Tổng cục|Cục|Vụ(?! việc)"
    r"|Sở(?= (?:[A-ZĐ]|chỉ))|Phòng(?= (?:[A-ZĐ]|chuyên))|Đội|Đồn|Trạm|Hạt|Hải đội|Chi cục|Hội(?= (?:[A-ZĐ]|nông|phụ|cựu))|Đoàn(?= [A-ZĐ])|Liên đoàn|Công đoàn|Đảng ủy|Tỉnh ủy|Thành ủy|Chi bộ|Chi hội|Chi đoàn|Tỉnh đoàn|Thành đoàn|Văn phòng"
    r"|Trung tâm|Viện|Trường(?! hợp)|(?<!hiện )(?<!môi )(?<!thị )(?<!quảng )(?<!công )trường(?! hợp)|Tổ(?! chức)|Quân khu|Quân đội|Chính phủ|Thủ tướng|Chủ tịch|Phó Chủ tịch|Chỉ huy trưởng|Phó Chỉ huy trưởng|Trưởng|Phó Trưởng|Giám đốc|Phó Giám đốc|Thủ trưởng|Bí thư|Tư lệnh"
    r"|Đồn trưởng|Tiểu đoàn trưởng|Chính trị viên|Ngân hàng|Đài|Bảo hiểm|Kho bạc|Lực lượng|Dân quân|Đơn vị|Bên viện trợ|Bên|Chính quyền|Tổ chức(?=,| đoàn| chính| kinh)|Doanh nghiệp|Hội đồng|Chủ khoản viện trợ"
    r"|Địa phương|Trực ban|Bộ đội Biên phòng|Biên phòng|BĐBP|Cảnh sát biển|Kiểm lâm|Kiểm ngư|Quản lý thị trường|Hải quan|Nhà trường|Khu phố|Ban Chỉ huy|Ban Chỉ đạo"
)
_GENERAL = (
    r"(?:[Cc]ác )?[Cc]ơ quan, (?:tổ chức|đơn vị)|[Bb]ộ(?=, (?:cơ quan|ban|ngành))|(?:[Cc]ác )?tổ chức, cá nhân|(?:[Cc]ác )?(?:[Bb]ộ|[Ss]ở|[Bb]an), (?:ban, )?ngành(?:, (?:địa phương|đoàn thể))?|(?:[Cc]ác|[Hh]ai|[Bb]a|[Mm]ỗi|[Mm]ọi|[Tt]ừng)\s+(?:bên|lực lượng|đơn vị|cơ quan|ngành|[Bb]ộ|[Ss]ở|[Bb]an|phòng|đoàn thể|địa phương|khu phố|ấp|thôn|tổ chức|xã|chốt|hộ|quỹ"
    r"|Quân khu|trường|tỉnh|doanh nghiệp|phường|tổ|Ủy ban|Đảng ủy|Công an|Đồn|Sở|Đội)"
    r"|cơ quan|đơn vị|lực lượng|tổ chức(?=,| đoàn| chính| kinh| liên quan)|chính quyền|địa phương|doanh nghiệp|công an|dân quân|công đoàn|đảng ủy|cấp ủy|người chỉ huy(?: đơn vị)?(?: Dân quân tự vệ)?|người đứng đầu|người nộp đơn|thủ trưởng"
    r"|ban tham mưu|chủ khoản viện trợ|bên tiếp nhận|bên nhận|chính trị viên|đồn trưởng|hải đoàn trưởng|đại đội trưởng|hải đội trưởng|tiểu đoàn trưởng|đoàn thể|ban,? ngành|ban chỉ huy|bộ(?=, (?:cơ|ban|ngành))|trực ban(?: tác chiến| chỉ huy)?|khu phố"
)
_HEAD = re.compile(rf"(?<![\w/-])(?:{_GENERAL}|{_PROPER})(?![\w])")

# Names with a comma, a verb or "và" inside, longest first; matched from where they stand in a name.
_INSIDE = (
    r"phòng,? chống thiên tai(?: và|,) tìm kiếm cứu nạn|phòng,? chống thiên tai|phòng,? chống lụt,? bão|tìm kiếm,? cứu nạn|ứng phó sự cố,? thiên tai và tìm kiếm cứu nạn|bảo vệ an ninh,? trật tự"
    r"|phòng,? cháy,? chữa cháy và cứu nạn,? cứu hộ|PCCC và CNCH|phòng thủ dân sự|kế hoạch và đầu tư|văn hóa,? thể thao và du lịch|lao động,? thương binh và xã hội"
    r"|kinh tế,? hạ tầng và đô thị|phòng,? chống tội phạm sử dụng công nghệ cao|công tác đảng và công tác chính trị|đo lường - chất lượng|an ninh mạng và phòng,? chống tội phạm sử dụng công nghệ cao"
    r"|tổ chức liên quan|(?:hai|các|mỗi) bên(?= (?:chủ|phối|giao|trao|tham|có|theo|báo|tổ|thông|luân|thực)|$)|có thẩm quyền|của từng lực lượng|tham mưu(?=$| hai bên| chủ trì| trình| cấp| cùng)|hộ sản xuất|quản lý nhà nước về [\wà-ỹ]+(?: [\wà-ỹ]+)?|quản lý quỹ|chuyên môn về đê điều|được phép quyên góp|nhận được yêu cầu xác minh thông tin|nhận thông tin|sử dụng viện trợ|được phân công|được kiểm tra"
    r"|phát hiện trước|trong và ngoài quân đội|hỗ trợ của quốc tế và khu vực|nơi (?:tiếp nhận|được) hỗ trợ|trên địa bàn|có liên quan|(?<=lực lượng )tham gia(?=,|\.|$)|(?<=đơn vị )tham gia(?=,|\.|$)|(?<=cơ quan )tham gia(?=,|\.|$)|quân sự (?:cơ quan, tổ chức|bộ, ngành)|cấp tỉnh, huyện, xã"
    r"|tỉnh, thành phố trực thuộc trung ương|(?:các )?xã, phường(?:, đặc khu)?|giao thông vận tải|nông nghiệp và phát triển nông thôn|giao thông đường thủy|khoa học và công nghệ|thuộc quyền|thuộc(?= bộ| chính phủ| tỉnh| công an)"
    r"|kiểm soát(?= biên phòng)|kế hoạch(?= và)|chữa cháy|ban, ngành(?:, đoàn thể)?|bộ, ngành(?:, địa phương)?|cảnh sát phòng cháy chữa cháy và cứu nạn cứu hộ|phụ nữ|tàu thuyền an toàn|tiếp nhận viện trợ"
    r"|trung ương về phòng, chống(?: thiên tai)?|(?<=cơ quan )chủ trì(?=\s+tổ chức)|chủ quản|thông tin đại chúng|thường trực(?! tại)|chính sách xã hội|nhân dân|cá nhân đóng góp|đóng góp|(?<=đơn vị )chủ trì|quốc gia về(?= phòng)|đơn vị(?= cùng| trực| liên| có| thuộc)"
    r"|tổ chức(?= liên quan| có liên quan)|tổ chức, cá nhân|cá nhân|cộng đồng"
)
_WITHIN = re.compile(rf"(?:{_INSIDE})(?!\w)", re.IGNORECASE)
# Two syllables of which the first has a capital are one word ("Tài chính"); where the second could begin a verb, it is listed.
_SYLLABLE = re.compile(rf"(?:^|[\s-])[{UPPER}][^\s]* $")
_COMPOUNDS = frozenset(
    {"Quốc phòng", "Biên phòng", "Giao thông", "Kiểm tra", "Thanh tra", "Kế hoạch", "Tiêu chuẩn", "Khí tượng", "Phòng thủ", "Dân phòng", "Ngoại giao"}
)
_NOBODY = frozenset({"lực lượng", "đơn vị", "cơ quan", "tổ chức", "bên", "các", "phòng", "đoàn"})
_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*|[^\w\s]")
_JOIN = re.compile(r"\s*(?:,\s*và|,|;|/| và| hoặc| cùng với| cùng|, cùng)\s+(?=\S)", re.IGNORECASE)


def _words(kind: str) -> frozenset[str]:
    """The words of ``names.tsv``: those that end a name, or those with which it goes on."""
    lines = files(__package__).joinpath("names.tsv").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if line.startswith(f"{kind}\t") for word in line.split("\t")[1].split())


_STOP, _KEPT = _words("end"), _words("on")
_PAIRS = {
    ("cùng", "cấp"),
    ("cấp", "trên"),
    ("cấp", "dưới"),
    ("cấp", "xã"),
    ("cấp", "tỉnh"),
    ("cấp", "huyện"),
    ("các", "cấp"),
    ("công", "nghiệp"),
    ("công", "an"),
    ("công", "đoàn"),
    ("trực", "thuộc"),
    ("trực", "ban"),
    ("tự", "vệ"),
    ("biên", "phòng"),
    ("từ", "thiện"),
    ("ngang", "bộ"),
    ("quốc", "gia"),
    ("tuyển", "sinh"),
    ("các", "xã"),
    ("các", "khu"),
}
_WITH_AND = re.compile(r"(?:Bộ|Sở|Phòng|Cục|Ban|Viện|Trung tâm|Tổng cục|Chi cục) ")


@dataclass(frozen=True, slots=True)
class Body:
    """A name, and where it stands in the sentence."""

    text: str
    start: int
    until: int


def runs(sentence: str) -> list[list[Body]]:
    """The lists of bodies in the order of the sentence; a body alone is a list of one."""
    found: list[list[Body]] = []
    at = 0
    while head := _HEAD.search(sentence, at):
        run = list(_list_at(sentence, head.start()))
        at = max(run[-1].until, head.end())
        if named := [body for body in run if body.text.lower() not in _NOBODY]:
            found.append(named)
    return found


def _list_at(sentence: str, at: int) -> Iterator[Body]:
    """A body, and those that are joined to it by a comma or *và*."""
    while True:
        body = _body_at(sentence, at)
        yield body
        join = _JOIN.match(sentence, body.until)
        if join is None or not _HEAD.match(sentence, join.end()):
            return
        at = join.end()


def _body_at(sentence: str, at: int) -> Body:
    head = _HEAD.match(sentence, at)
    assert head is not None
    until = head.end()
    if inner := _WITHIN.match(sentence, at):
        until = max(until, inner.end())
    while (more := _further(sentence, at, until)) > until:
        until = more
    return Body(sentence[at:until], at, until)


def _further(sentence: str, at: int, until: int) -> int:
    """Where a name ends if it takes in what comes next; ``until`` if it does not."""
    gap = len(sentence[until:]) - len(sentence[until:].lstrip(" "))
    next_ = until + gap
    if inner := _WITHIN.match(sentence, next_) if gap else _WITHIN.match(sentence, until):
        return inner.end()
    token = _TOKEN.match(sentence, next_)
    if token is None:
        return until
    word = token[0]
    if word in ",-" or word.lower() == "và":
        return _across(sentence, at, until, token.end(), word)
    if not gap or not word[0].isalnum():
        return until
    if word[0].isupper():
        nested = _HEAD.match(sentence, next_)
        if nested and not (_goes_on(sentence[at:until], word) or sentence[at:until].endswith("thuộc")):
            return until
        return max(token.end(), nested.end() if nested else 0)
    following = _TOKEN.match(sentence, token.end() + 1)
    if following and (word, following[0]) in _PAIRS:
        return following.end()
    if _SYLLABLE.search(sentence[at:next_]) and (word not in _STOP or f"{_last(sentence[at:next_])} {word}" in _COMPOUNDS):
        return token.end()
    if word.isdecimal():
        return until if not re.search(r"(?:Quân khu|số|Lục quân|Chỉ đạo) $", sentence[at:next_]) else token.end()
    return token.end() if word in _KEPT else until


def _last(name: str) -> str:
    return name.split()[-1]


def _goes_on(name: str, word: str) -> bool:
    """Whether a word of kind is part of the name before it: *Trưởng Công an xã*, *Phòng Tham mưu Công an tỉnh*, *Phòng Chính trị Bộ Chỉ huy*."""
    return bool(re.match(r"(?:[Cc]ác |[Hh]ai )?(?:Trưởng|Phó|Chủ tịch|Chỉ huy trưởng|Giám đốc|Thủ trưởng|Bí thư|Bộ trưởng|Đồn trưởng|Phòng|Đảng ủy|Văn phòng|Ban|Đội|[Tt]rực ban|Ủy ban|Uỷ ban|Công đoàn|Chi bộ|Chi hội"
                         r"|Thủ tướng|Trạm|Đồn|Hội(?= (?:[A-ZĐ]|nông|phụ|cựu))|Đoàn(?= [A-ZĐ])|Trung tâm|Tổ|cơ quan|thủ trưởng|Ngân hàng|Bộ đội|trường|Trường|Cơ quan|Chính trị viên|Mặt trận|Cục|Cảnh sát|Viện|chốt|Bộ)", name)) and word not in ("Các", "Hai")  # fmt: skip


def _across(sentence: str, at: int, until: int, after: int, word: str) -> int:
    """*Bộ Nông nghiệp và Phát triển nông thôn*: a ministry's name goes on after a comma or *và* where a capital follows that begins no other body."""
    name = sentence[at:until]
    token = _TOKEN.match(sentence, after + 1)
    if token is None or sentence[after : after + 1] != " " or not token[0][0].isupper() or _HEAD.match(sentence, after + 1):
        return until
    if word == "-":
        return token.end() if name.startswith("Cục") else until
    return token.end() if _WITH_AND.match(name) else until


def list_after(found: Sequence[Sequence[Body]], at: int) -> Sequence[Body]:
    """The list that begins at a place; empty if none does."""
    return next((run for run in found if run[0].start == at), ())


__all__ = ["Body", "list_after", "runs"]
