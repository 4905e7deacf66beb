"""Who leads, supports, advises and is told, by the words around the names: *chủ trì*, *phối hợp với*, *tham mưu*, *báo cáo*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ....matters.models import PartRole
from .bodies import Body, runs
from .proposal import Mark, RoleRead
from .sentences import segments

_GAP = re.compile(
    r"\s*,?\s*(?:(?:có trách nhiệm|chịu trách nhiệm(?: chính)?|có nhiệm vụ|được (?:giao|phân công)(?: nhiệm vụ)?|là (?:cơ quan|đơn vị|lực lượng)(?: nòng cốt| thường trực| đầu mối)?,?|giữ vai trò|trong phạm vi [^;]*,"
    r"|theo chức năng,? nhiệm vụ(?: của mình)?,?|sẽ|phải|luân phiên|đồng|cùng|căn cứ [^,;]*,?|khi [^,;]*,|(?:hằng|hàng) \w+,?|thường xuyên|chủ động|tổ chức|trực tiếp|theo [^,;]{0,40},)\s*)*$", re.IGNORECASE
)  # fmt: skip
# *Công an xã là cơ quan thường trực, chủ trì …*: what it is, not who does it.
_IS_CALLED = re.compile(r"\blà\s+$", re.IGNORECASE)
_LOOSE = re.compile(r"(?:\s+[^\W\d]+){1,5}\s+$")
_IN_TURN = re.compile(r"luân phiên|\bđồng\s*$|\bđồng chủ trì", re.IGNORECASE)
_LEADS = re.compile(r"chủ trì", re.IGNORECASE)
_LEAD_AS_NAME = re.compile(r"(?<!là )(?:đơn vị|bên|cơ quan|người|lực lượng|cá nhân|tổ chức)(?: được giao)?\s*$", re.IGNORECASE)
_NAMED = re.compile(r"(?:(?:đơn vị|cơ quan|lực lượng|bên)\s+)?(chủ trì|phối hợp)\s*:\s*", re.IGNORECASE)
_WITH = re.compile(r"phối hợp(?: chặt chẽ| thường xuyên| đồng bộ)?,?(?: cùng với| với| cùng)?\s+", re.IGNORECASE)
_SUPPORTS = re.compile(r"phối hợp|tham gia|tham dự|hỗ trợ", re.IGNORECASE)
_PART_OF = re.compile(r"(?:với|có) sự (?:tham gia|phối hợp)(?:, (?:tham gia|phối hợp))? của\s+", re.IGNORECASE)
_AS_NOUN = re.compile(
    r"(?:quy chế|kế hoạch|chương trình|việc|(?<!có )(?<!chịu )trách nhiệm|hoạt động|nguyên tắc|kết quả|nội dung|công tác|hình thức|quan hệ|vai trò|cần|hiệu quả)\s*$",
    re.IGNORECASE,
)
_ADVISES = re.compile(r"(?<!Bộ Tổng )\b[Tt]ham mưu\b")
_STAFF_AS_NAME = re.compile(r"(?:cơ quan|ban|phòng|chỉ huy|công tác|làm|năng lực|sĩ quan|bộ tổng)\s*$", re.IGNORECASE)
_TELLS = re.compile(r"\b(?:báo cáo|thông báo|gửi(?: trực tiếp lên)?|cung cấp|phản hồi|thông tin kịp thời|trao đổi|phản ánh)\b", re.IGNORECASE)
_TO = re.compile(r"\b(cho|về|đến|tới|với|lên|gửi)\s+", re.IGNORECASE)
_AT_ONCE = re.compile(r"\s*(?:ngay|kịp thời|trực tiếp)?(?:, (?:đề nghị|đề xuất|xin ý kiến|kiến nghị|trình))?\s*")
_OPENING = re.compile(
    r"^(?:(?:hằng|hàng|mỗi|định kỳ|khi|trước|trong|trên|sau|căn cứ|để|đối với|từ|tại|đến|nếu|trường hợp|hỗ trợ|dưới)\b[^;]*,\s*|(?:hằng|hàng) \w+\s+|[^,;:]{2,60}: |[^;:]{2,120}\bthì\s+)?$",
    re.IGNORECASE,
)
_DOES = re.compile(r"\s*(?::|,? ?(?!là\b(?! cơ quan chủ trì| lực lượng)|gồm\b|bao gồm\b|và\b|hoặc\b|có (?!trách nhiệm|mặt|kế hoạch|nhiệm vụ|văn bản|phương án)|được(?! giao| phân công)|quy định\b|thuộc\b|làm nòng cốt|giữ lại|thống nhất kế|nơi|để\b|trong\b(?! phạm vi)|của\b|do\b|với\b|đã\b|nào\b|đó\b|này\b|kể từ|mang\b|nữ\b|nam\b|khi\b|từ\b|quyết định sử)[^\W\d_])")  # fmt: skip
_BY = re.compile(r"\bdo\s+$", re.IGNORECASE)
# *Thông tin do hai bên trao đổi được chuyển tiếp*: from whom something comes is nobody's duty.
_COMES_FROM = re.compile(r"(?:thông tin|tài liệu|số liệu|văn bản|nguồn)[^,;]{0,30}\bdo\s+$", re.IGNORECASE)
_GIVEN = re.compile(r"\bgiao(?: cho)?\s+$", re.IGNORECASE)
_VERB_FIRST = re.compile(
    r"(?:cử|tập huấn|bảo đảm|báo cáo|hướng dẫn|quản lý|chỉ đạo|xây dựng|tổ chức|bố trí|kiểm tra|thông báo|cung cấp|tham gia|huy động|tuyên truyền|thực hiện|duy trì|rà soát|lập|gửi|tổng hợp|theo dõi|đôn đốc|huấn luyện|tuần tra"
    r"|là (?:cơ quan|đơn vị|lực lượng|đầu mối)|dự báo|sẵn sàng|phân luồng|bảo vệ|tham mưu|hỗ trợ|đề nghị|kịp thời|thống kê|quyết định|lãnh đạo|cấp phát|sơ tán|cứu chữa|chữa cháy|tìm kiếm|tiếp nhận|triển khai|định kỳ|sơ kết|giám sát|vận động|bồi dưỡng|trao đổi|ban hành|chuẩn bị|hằng|hàng|mỗi|thường xuyên|quán triệt|phân công|đề xuất|cập nhật|giữ gìn|chủ động|phổ biến|nắm|diễn tập|luyện tập)\b",
    re.IGNORECASE,
)
# *Công an tỉnh chỉ đạo Công an xã báo cáo*: who is directed does it. *Chỉ đạo, hướng dẫn, kiểm tra …* is a doing of its own.
_DIRECTS = re.compile(
    r"\s*,?\s*(?:(?:có|chịu) trách nhiệm\s+|có nhiệm vụ\s+)?(?:lãnh đạo,\s*)?chỉ đạo\s+",
    re.IGNORECASE,
)
# Its own parts are no other body: *chỉ đạo các đơn vị thuộc quyền tổ chức …* is done by who directs.
_OWN_PARTS = re.compile(
    r"\b(?:thuộc quyền|trực thuộc|của mình|chức năng|liên quan|lực lượng)\b|^(?:các )?(?:cơ quan|đơn vị|tổ chức)(?:, (?:cơ quan|đơn vị|địa phương))*$",
    re.IGNORECASE,
)
_DIRECTING = re.compile(r"(?:lãnh đạo,\s*)?\bchỉ đạo\b", re.IGNORECASE)
_DIRECTS_GAP = re.compile(r"\s*,?\s*(?:(?:(?:có|chịu) trách nhiệm|có nhiệm vụ|trực tiếp|thường xuyên|tập trung|kịp thời|sẽ|phải)\s+)*")
_DIRECTED_BY = re.compile(r"(?:, [^\W\d_ ]+ [^\W\d_ ]+)?(?:,? (?:thống nhất|trực tiếp|chung))? của\s+", re.IGNORECASE)
# *tham mưu Ủy ban nhân dân chỉ đạo …*: who is advised, told or asked, and directs by its own office.
_ADVISED = re.compile(r"\b(?:tham mưu|giúp|báo cáo|đề nghị|đề xuất|kiến nghị|trình|phối hợp với)(?: cho| với| lên| để| giúp)?\s+$", re.IGNORECASE)
_BELOW = re.compile(r"\b(?:lãnh đạo|chỉ đạo|điều hành|chỉ huy|quản lý)(?: [^\W\d_]+){0,2} của\s+$", re.IGNORECASE)
_JOINTLY = ("supports", "with", "lead-heading")
_LEADERS = (PartRole.LEAD, PartRole.COCHAIR)


@dataclass(slots=True)
class Acting:
    """One doing of a sentence: from where to where, and who takes which part. ``after``: where its parties end."""

    start: int
    until: int
    roles: list[RoleRead] = field(default_factory=list)
    after: int = 0

    def has(self, *wanted: str) -> bool:
        return any(r.role in wanted for r in self.roles)

    def add(self, role: str, bodies: Sequence[Mark]) -> None:
        """A body has one part in a doing: the first that the text gives it."""
        known = {(r.body.value.lower()) for r in self.roles}
        self.roles += [RoleRead(role, b) for b in bodies if b.value.lower() not in known]
        if role != PartRole.INFORM:
            self.after = max([self.after, *(b.until for b in bodies if self.start <= b.start < self.until)])


@dataclass(slots=True)
class _Segment:
    """A part of a sentence between semicolons, with the lists of bodies in it. Places count in the document."""

    text: str
    at: int
    runs: list[list[Body]]

    def marks(self, run: Sequence[Body], rule: str) -> list[Mark]:
        return [Mark(b.text, self.at + b.start, self.at + b.until, rule) for b in run]

    def before(self, at: int, gap: re.Pattern[str] = _GAP) -> Sequence[Body]:
        """The list of bodies that stands right before a place."""
        near = (run for run in reversed(self.runs) if run[-1].until <= at and gap.fullmatch(self.text, run[-1].until, at))
        return next((run for run in near if not _IS_CALLED.search(self.text[: run[0].start])), ())

    def from_(self, at: int) -> Sequence[Body]:
        return next((run for run in self.runs if run[0].start == at), ())

    @property
    def subject(self) -> Sequence[Body]:
        """Who stands at the head of it, after what opens a sentence, before what they do."""
        tails: Iterator[Sequence[Body]] = (run[n:] for run in self.runs for n in range(len(run)))
        return next((tail for tail in tails if _OPENING.match(self.text[: tail[0].start]) and _DOES.match(self.text, tail[-1].until)), ())


def _parted(text: str) -> list[list[Body]]:
    """The lists of bodies; after *dưới sự chỉ đạo của A, B, C chủ trì* the last of a list is who does it, the others direct."""
    found: list[list[Body]] = []
    for run in runs(text):
        directed = len(run) > 1 and _BELOW.search(text[: run[0].start]) and text[run[-2].until : run[-1].start].strip() == ","
        found += [run[:-1], run[-1:]] if directed and _DOES.match(text, run[-1].until) else [run]
    return found


def doings(sentence: str, at: int, implied: Sequence[Mark] = ()) -> list[Acting]:
    """Who does what in a sentence that starts at ``at``. ``implied``: the bodies of the heading above, for a sentence that names nobody at its head."""
    found: list[Acting] = []
    for text, offset in segments(sentence):
        part = _Segment(text, at + offset, _parted(text))
        doing = found[-1] if found else Acting(part.at, part.at + len(text))
        own = Acting(part.at, part.at + len(text))
        first = not found
        _lead(part, own, implied if first else ())
        _support(part, own, implied if first else (), led=own.has(*_LEADERS) or doing.has(*_LEADERS))
        _advise(part, own, implied if first else ())
        if not any(r.role in (*_LEADERS, PartRole.ADVISE) or r.body.rule in _JOINTLY for r in own.roles):
            _does(part, own, implied if first else ())
        _tell(part, own)
        if first or (own.has(*_LEADERS, PartRole.ADVISE) and doing.has(*_LEADERS, PartRole.ADVISE, PartRole.SUPPORT)):
            found.append(own)
        else:
            doing.until = own.until
            for r in own.roles:
                doing.add(r.role, [r.body])
    return found


def _lead(part: _Segment, own: Acting, implied: Sequence[Mark]) -> None:
    for m in _NAMED.finditer(part.text):
        role, rule = (PartRole.LEAD, "lead-named") if m[1].lower() == "chủ trì" else (PartRole.SUPPORT, "supports-named")
        own.add(role, part.marks(part.from_(m.end()), rule))
    for m in _LEADS.finditer(part.text):
        before = part.text[: m.start()]
        if _LEAD_AS_NAME.search(before):
            continue
        if run := part.before(m.start()):
            ahead = part.text[: run[0].start]
            rule = "lead-by" if _BY.search(ahead) else "lead-given" if _GIVEN.search(ahead) else "lead-before"
            in_turn = _IN_TURN.search(part.text, run[-1].until, m.end())
            own.add(PartRole.COCHAIR if in_turn else PartRole.LEAD, part.marks(run, "together" if in_turn else rule))
            own.after = max(own.after, part.at + m.end())
        elif not before.strip() or _OPENING.match(before):
            own.add(PartRole.LEAD, [Mark(b.value, b.start, b.until, "lead-heading") for b in implied])
            own.after = max(own.after, part.at + m.end())


def _support(part: _Segment, own: Acting, implied: Sequence[Mark], led: bool) -> None:
    for m in _PART_OF.finditer(part.text):
        own.add(PartRole.SUPPORT, part.marks(part.from_(m.end()), "taking-part"))
    for m in _SUPPORTS.finditer(part.text):
        joint = m[0].lower() == "phối hợp"
        if _AS_NOUN.search(part.text[: m.start()]) or not (joint or led):
            continue
        run = part.before(m.start()) or (part.before(m.start(), _LOOSE) if led else ())
        own.add(PartRole.SUPPORT, part.marks(run, "supports"))
        if joint:
            _with(part, own, m.start(), bool(run), implied)


def _with(part: _Segment, own: Acting, at: int, named: bool, implied: Sequence[Mark]) -> None:
    m = _WITH.match(part.text, at)
    others = part.from_(m.end()) if m else ()
    if not named and not own.has(*_LEADERS) and (not part.text[:at].strip() or _OPENING.match(part.text[:at])):
        own.add(PartRole.SUPPORT, [Mark(b.value, b.start, b.until, "lead-heading") for b in implied])
    own.add(PartRole.SUPPORT, part.marks(others, "with"))


def _advise(part: _Segment, own: Acting, implied: Sequence[Mark]) -> None:
    for m in _ADVISES.finditer(part.text):
        before = part.text[: m.start()]
        if _STAFF_AS_NAME.search(before) or any(b.start <= m.start() < b.until for run in part.runs for b in run):
            continue
        if run := part.before(m.start()) or part.subject:
            own.add(PartRole.ADVISE, part.marks(run, "advises"))
        elif not before.strip() and not own.roles:
            own.add(PartRole.ADVISE, [Mark(b.value, b.start, b.until, "lead-heading") for b in implied])


def _does(part: _Segment, own: Acting, implied: Sequence[Mark]) -> None:
    """Nobody is said to lead: who does it, then."""
    for run in part.runs:
        ahead = part.text[: run[0].start]
        by, given = _BY.search(ahead), _GIVEN.search(ahead)
        if by and _COMES_FROM.search(ahead):
            continue
        if (by or given) and _DOES.match(part.text, run[-1].until):
            in_turn = _IN_TURN.search(part.text, run[-1].until)
            own.add(PartRole.COCHAIR if in_turn else PartRole.LEAD, part.marks(run, "together" if in_turn else "done-by" if by else "given-to"))
            return
    subject = part.subject
    if subject and (directed := _directed(part, subject[-1].until)):
        own.add(PartRole.LEAD, part.marks(directed, "directed"))
    elif subject:
        own.add(PartRole.LEAD, part.marks(subject, "does-it"))
    elif _VERB_FIRST.match(part.text):
        # In a list of somebody's duties it is theirs to direct; who does it then, a person must look.
        rule, sure = ("heading-directs", False) if _directed(part, 0) else ("lead-heading", True)
        own.add(PartRole.LEAD, [Mark(b.value, b.start, b.until, rule, sure) for b in implied])


def _directed(part: _Segment, at: int) -> Sequence[Body]:
    """Who is directed to do it, right behind who directs (``at``: where that ends) or at the head of the sentence."""
    m = _DIRECTS.match(part.text, at)
    run = part.from_(m.end()) if m else ()
    named = run and not any(_OWN_PARTS.search(body.text) for body in run)
    return run if named and _DOES.match(part.text, run[-1].until) else ()


def directing(sentence: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where a sentence says who directs, and the names of them; none where it begins with directing another body, below the heading that says who."""
    for text, at in segments(sentence):
        part = _Segment(text, at, _parted(text))
        for m in _DIRECTING.finditer(text):
            if any(b.start <= m.start() < b.until for run in part.runs for b in run):
                continue
            of = _DIRECTED_BY.match(text, m.end())
            if of and (run := part.from_(of.end())):
                yield at + m.start(), at + run[-1].until, tuple(b.text for b in run)
            elif (run := part.before(m.start(), _DIRECTS_GAP)) and not _ADVISED.search(text[: run[0].start]):
                yield at + run[0].start, at + m.end(), tuple(b.text for b in run)
            elif not text[: m.start()].strip() and _directed(part, 0):
                yield at + m.start(), at + m.end(), ()


def _tell(part: _Segment, own: Acting) -> None:
    verbs = list(_TELLS.finditer(part.text))
    for n, m in enumerate(verbs, 1):
        until = verbs[n].start() if n < len(verbs) else len(part.text)
        own.add(PartRole.INFORM, part.marks(_told(part, m, until), "told"))


def _told(part: _Segment, verb: re.Match[str], until: int) -> Sequence[Body]:
    """Who is told: right behind the verb, or behind *cho, về, đến* before the next verb of telling."""
    word = verb[0].lower()
    at_once = _AT_ONCE.match(part.text, verb.end())
    if word != "trao đổi" and word != "cung cấp" and at_once and (run := part.from_(at_once.end())):
        return run
    passed_on = part.text.find("chuyển tiếp", verb.end(), until)
    for m in _TO.finditer(part.text, verb.end(), until + 1 if passed_on < 0 else passed_on):
        preposition = m[1].lower()
        fits = {"với": word in ("trao đổi", "thông báo", "báo cáo"), "về": word in ("báo cáo", "gửi", "phản ánh")}.get(preposition, True)
        if fits and (run := part.from_(m.end())):
            return run
    return ()


def body_of_heading(heading: str, at: int) -> list[Mark]:
    """The bodies whose duties a heading announces: *Trách nhiệm của Công an tỉnh*, or the name alone."""
    m = re.match(r"(?:Trách nhiệm|Nhiệm vụ|Phân công nhiệm vụ)(?:,? (?:nhiệm vụ|quyền hạn))? (?:của|cho)\s+", heading, re.IGNORECASE)
    start = m.end() if m else 0
    run = next((r for r in runs(heading) if r[0].start == start), [])
    if not run or (not m and run[-1].until < len(heading.rstrip(" .:"))):
        return []
    return [Mark(b.text, at + b.start, at + b.until, "lead-heading") for b in run]


def inherited(parent: Sequence[Acting]) -> Iterator[RoleRead]:
    """The parts that an opening sentence (*Công an tỉnh chủ trì, phối hợp với …:*) gives to the points below it."""
    for r in parent[-1].roles if parent else ():
        yield RoleRead(r.role, Mark(r.body.value, r.body.start, r.body.until, "lead-opening"))


__all__ = ["Acting", "body_of_heading", "directing", "doings", "inherited"]
