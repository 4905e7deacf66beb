"""What may be done with areas, and which lists and reforms hold together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.permits import Acting, allowed
from phoihop.kernel.verdict import YES, Verdict, first_no, no_unless

from ..models import Area, AreaKind, Level, Succession, Tree
from .checking import SETTLED
from .lineage import WHOLE
from .lists import AreaKey, AreaRow, Lists

_KINDS, _LEVELS = frozenset(AreaKind.values), frozenset(Level.values)
GROUP_TREES = (Tree.CLUSTER, Tree.DEFENCE, Tree.BORDER)


@dataclass(frozen=True, slots=True)
class AreaDraft:
    """A unit that is to begin. ``share``: which part of the divided unit it takes, in millionths, if declared."""

    code: str
    kind: str
    name: str
    lat: float | None = None
    lon: float | None = None
    hectares: int | None = None
    share: int | None = None
    children: Sequence[Area] = ()


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """A group of communes made by the province."""

    code: str
    name: str
    members: Sequence[Area]


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be said of an area instead; None leaves it."""

    name: str | None = None
    kind: str | None = None
    lat: float | None = None
    lon: float | None = None
    hectares: int | None = None
    basis: str | None = None

    def given(self) -> dict[str, object]:
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name)) is not None}


def may_manage(by: Acting, on: date) -> Verdict:
    return allowed(by, "area.manage", on)


def fits_lists(lists: Lists, known: Mapping[AreaKey, object]) -> Verdict:
    """Whether lists can be imported over what is ``known``: each area once, with a name, a kind and an end after its start."""
    return first_no(
        no_unless(lists.areas or lists.successions, "lists-empty", _("Tệp không có dòng nào đọc được."), "lists"),
        *(_fits_area(row) for row in lists.areas),
        _names_each_once(lists),
        *_fits_successions(lists, {row.key for row in lists.areas} | set(known)),
    )


def _fits_area(row: AreaRow) -> Verdict:
    """A cheap look first: of ten thousand rows hardly one is wrong."""
    sound = row.code.strip() and row.name.strip() and row.kind in _KINDS and row.level in _LEVELS and is_in_vietnam(row.lat, row.lon)
    if sound and (row.valid_until is None or row.valid_until > row.valid_from):
        return YES
    return first_no(
        no_unless(row.code.strip(), "code-missing", _("Đơn vị %s chưa có mã.") % (row.name or "?"), "lists"),
        no_unless(row.name.strip(), "name-missing", _("Mã %s chưa có tên.") % row.code, "lists"),
        no_unless(row.kind in _KINDS, "no-such-kind", _("Mã %s có loại đơn vị không nằm trong danh mục.") % row.code, "lists"),
        no_unless(row.level in _LEVELS, "no-such-level", _("Mã %s có cấp không nằm trong danh mục.") % row.code, "lists"),
        no_unless(is_in_vietnam(row.lat, row.lon), "not-in-vietnam", _("Tâm của mã %s không nằm trong lãnh thổ Việt Nam.") % row.code, "lists"),
        no_unless(row.valid_until is None or row.valid_until > row.valid_from, "ends-before", _("Mã %s kết thúc trước khi bắt đầu.") % row.code, "lists"),
    )


def _names_each_once(lists: Lists) -> Verdict:
    seen: set[AreaKey] = set()
    for row in lists.areas:
        if row.key in seen:
            return Verdict("area-twice", _("Mã %s có hai dòng cùng ngày bắt đầu.") % row.code, "lists")
        seen.add(row.key)
    return YES


def _fits_successions(lists: Lists, there: Collection[AreaKey]) -> Iterable[Verdict]:
    for row in lists.successions:
        if row.old not in there:
            yield Verdict("no-such-area", _("Mã cũ %s không có trong danh mục.") % row.old.code, "lists")
        if row.new is not None and row.new not in there:
            yield Verdict("no-such-area", _("Mã mới %s không có trong danh mục.") % row.new.code, "lists")
        if row.share is not None and not 0 < row.share <= WHOLE:
            yield Verdict("share-size", _("Tỷ lệ chia của mã %s phải lớn hơn 0 và không quá 100%%.") % row.old.code, "lists")


def is_in_vietnam(lat: float | None, lon: float | None) -> bool:
    """Whether a point, if there is one, lies in the country with its seas and islands."""
    return (lat is None and lon is None) or (lat is not None and lon is not None and 6 <= lat <= 24 and 102 <= lon <= 118)


def fits_change(area: Area, day: date) -> Verdict:
    """An area that exists can change from a day after it began."""
    return first_no(
        no_unless(area.valid_until is None, "area-ended", _("%(area)s đã kết thúc. Hãy chọn đơn vị đang có.") % {"area": area}, "area"),
        no_unless(day > area.valid_from, "before-start", _("Ngày thay đổi phải sau ngày %(area)s bắt đầu.") % {"area": area}, "day"),
    )


def fits_draft(draft: AreaDraft, name: str) -> Verdict:
    return first_no(
        no_unless(draft.code.strip() and len(draft.code) <= 16, "code-missing", _("Đơn vị mới cần có mã, dài nhất 16 ký tự."), f"{name}.code"),
        no_unless(draft.name.strip() and len(draft.name) <= 100, "name-missing", _("Đơn vị mới cần có tên, dài nhất 100 ký tự."), f"{name}.name"),
        no_unless(draft.kind in AreaKind.values, "no-such-kind", _("Loại đơn vị không nằm trong danh mục."), f"{name}.kind"),
        no_unless(is_in_vietnam(draft.lat, draft.lon), "not-in-vietnam", _("Tâm phải nằm trong lãnh thổ Việt Nam."), f"{name}.lat"),
    )


def fits_rename(area: Area, draft: AreaDraft, day: date) -> Verdict:
    return first_no(
        fits_change(area, day),
        fits_draft(draft, "draft"),
        no_unless(
            (draft.code, draft.kind, draft.name) != (area.code, area.kind, area.name),
            "nothing-changed",
            _("Tên, loại và mã đều như cũ."),
            "draft.name",
        ),
    )


def code_is_free(free: bool) -> Verdict:
    return no_unless(free, "code-taken", _("Mã này đang chỉ một đơn vị khác."), "draft.code")


def fits_correction(area: Area, c: Correction) -> Verdict:
    given = c.given()
    return first_no(
        no_unless(any(getattr(area, name) != value for name, value in given.items()), "nothing-changed", _("Không có gì khác với danh mục."), "correction"),
        no_unless(c.name is None or (c.name.strip() and len(c.name) <= 100), "name-missing", _("Đơn vị cần có tên, dài nhất 100 ký tự."), "correction.name"),
        no_unless(c.kind is None or c.kind in AreaKind.values, "no-such-kind", _("Loại đơn vị không nằm trong danh mục."), "correction.kind"),
        no_unless(
            is_in_vietnam(c.lat if c.lat is not None else area.lat, c.lon if c.lon is not None else area.lon),
            "not-in-vietnam",
            _("Tâm phải nằm trong lãnh thổ Việt Nam."),
            "correction.lat",
        ),
        no_unless(c.hectares is None or 0 < c.hectares < 10_000_000, "size", _("Diện tích phải lớn hơn 0 và nhỏ hơn 10 triệu ha."), "correction.hectares"),
    )


def fits_move(area: Area, now: int | None, to: Area, day: date) -> Verdict:
    """``now``: the parent it has. It goes to another one that exists from that day and is of a higher level."""
    order = list(Level.values)
    return first_no(
        fits_change(area, day),
        no_unless(to.tree == area.tree and order.index(to.level) < order.index(area.level), "not-above", _("Cấp trên mới phải là đơn vị cấp cao hơn."), "to"),
        no_unless(to.valid_from <= day and to.valid_until is None, "parent-not-then", _("Cấp trên mới không tồn tại vào ngày đó."), "to"),
        no_unless(to.pk != now, "nothing-changed", _("Đơn vị đã thuộc cấp trên này."), "to"),
    )


def fits_merge(areas: Sequence[Area], draft: AreaDraft, taken: bool, day: date) -> Verdict:
    """``taken``: another area bears the code that day."""
    return first_no(
        no_unless(len({a.pk for a in areas}) > 1, "one-area", _("Nhập cần ít nhất hai đơn vị khác nhau."), "areas"),
        no_unless(len({a.level for a in areas}) == 1, "mixed-levels", _("Chỉ nhập các đơn vị cùng cấp."), "areas"),
        first_no(*(fits_change(a, day) for a in areas)),
        fits_draft(draft, "draft"),
        no_unless(not taken, "code-taken", _("Mã này đang chỉ một đơn vị khác."), "draft.code"),
    )


def fits_split(area: Area, parts: Sequence[AreaDraft], children: Iterable[int], taken: Iterable[str], day: date) -> Verdict:
    """``children``: ids of what stands below the area; each must go to one part. ``taken``: codes that others bear."""
    given = [child.pk for part in parts for child in part.children]
    codes = [part.code for part in parts]
    return first_no(
        fits_change(area, day),
        no_unless(len(parts) > 1, "one-part", _("Chia cần ít nhất hai đơn vị mới."), "parts"),
        first_no(*(fits_draft(part, f"parts.{n}") for n, part in enumerate(parts))),
        no_unless(len(codes) == len(set(codes)), "area-twice", _("Hai đơn vị mới trùng mã."), "parts"),
        no_unless(not set(codes) & set(taken), "code-taken", _("Mã này đang chỉ một đơn vị khác."), "parts"),
        no_unless(sorted(given) == sorted(children), "child-lost", _("Mỗi đơn vị trực thuộc phải về đúng một đơn vị mới."), "parts"),
        fits_shares([part.share for part in parts]),
    )


def fits_shares(shares: Sequence[int | None]) -> Verdict:
    """Either none is declared, or all are and they add up to the whole."""
    declared = [share for share in shares if share is not None]
    return no_unless(
        not declared or (len(declared) == len(shares) and all(share > 0 for share in declared) and sum(declared) == WHOLE),
        "shares",
        _("Các tỷ lệ phải đủ cho mọi phần, lớn hơn 0 và cộng lại bằng 100%."),
        "shares",
    )


def fits_declaring(old: Area, heirs: Iterable[int], given: Mapping[int, int], basis: str) -> Verdict:
    return first_no(
        no_unless(len(set(heirs)) > 1, "not-split", _("%(area)s không bị chia, không cần tỷ lệ.") % {"area": old}, "old"),
        no_unless(set(given) == set(heirs), "shares", _("Cần tỷ lệ cho đúng các đơn vị đã nhận một phần."), "shares"),
        fits_shares(list(given.values())),
        no_unless(basis.strip(), "basis-missing", _("Ghi căn cứ công bố tỷ lệ (văn bản của tỉnh)."), "basis"),
    )


def fits_heirs(old: Area, heirs: Sequence[Area]) -> Verdict:
    """A corrected succession: heirs that begin or exist on the day the old unit ended."""
    day = old.valid_until
    return first_no(
        no_unless(day is not None, "area-not-ended", _("%(area)s đang tồn tại, chưa trở thành đơn vị nào.") % {"area": old}, "old"),
        no_unless(heirs, "heir-missing", _("Chọn ít nhất một đơn vị kế thừa."), "heirs"),
        no_unless(len({h.pk for h in heirs}) == len(heirs), "area-twice", _("Một đơn vị kế thừa chỉ ghi một lần."), "heirs"),
        no_unless(
            day is None or all(h.valid_from <= day and (h.valid_until is None or day < h.valid_until) for h in heirs),
            "heir-not-then",
            _("Đơn vị kế thừa phải tồn tại vào ngày đơn vị cũ kết thúc."),
            "heirs",
        ),
    )


def is_doubtful(succession: Succession) -> Verdict:
    return no_unless(succession.doubt not in ("", SETTLED), "nothing-in-doubt", _("Việc kế thừa này không có điểm nghi ngờ nào."), "succession")


def fits_groups(tree: str, groups: Sequence[GroupDraft], communes: Iterable[int]) -> Verdict:
    """Groups of communes of one province: in a tree of their own, no commune twice. Not every commune needs a group."""
    members = [m.pk for group in groups for m in group.members]
    codes = [group.code for group in groups]
    return first_no(
        no_unless(tree in GROUP_TREES, "no-such-tree", _("Nhóm xã chỉ có: cụm do tỉnh đặt, phòng thủ khu vực, tuyến biên phòng."), "tree"),
        first_no(*(_fits_group(group, n) for n, group in enumerate(groups))),
        no_unless(len(codes) == len(set(codes)), "group-twice", _("Hai nhóm trùng mã."), "groups"),
        no_unless(len(members) == len(set(members)), "member-twice", _("Một xã chỉ ở trong một nhóm."), "groups"),
        no_unless(set(members) <= set(communes), "member-elsewhere", _("Có xã không thuộc tỉnh này vào ngày đó."), "groups"),
    )


def _fits_group(group: GroupDraft, n: int) -> Verdict:
    return first_no(
        no_unless(group.code.strip() and len(group.code) <= 16, "code-missing", _("Nhóm cần có mã, dài nhất 16 ký tự."), f"groups.{n}.code"),
        no_unless(group.name.strip() and len(group.name) <= 100, "name-missing", _("Nhóm cần có tên, dài nhất 100 ký tự."), f"groups.{n}.name"),
        no_unless(group.members, "group-empty", _("Nhóm chưa có xã nào."), f"groups.{n}.members"),
    )


def something_matched(matched: int, features: int) -> Verdict:
    return no_unless(
        matched,
        "nothing-matched",
        _("Không đường bao nào trong %s đường bao của tệp khớp mã hoặc tên với danh mục của ngày đó.") % features,
        "boundaries",
    )


def can_be_drawn(province: Area, communes: int) -> Verdict:
    return first_no(
        no_unless(province.level == Level.PROVINCE, "not-a-province", _("Sơ đồ được vẽ cho một tỉnh, thành phố."), "province"),
        no_unless(communes, "nothing-to-draw", _("Không có xã nào có tọa độ tâm vào ngày đó."), "day"),
    )
