"""The form of a plan: when, where, on which way, with whom. Its fields bear the names of what the action takes, so that a refusal finds its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from phoihop.domain.activities.models import Route, RouteKind
from phoihop.domain.activities.queries.again import WEEK, moved
from phoihop.domain.activities.queries.routes import routes_of
from phoihop.domain.activities.rules import AT_ONCE, LegDraft, PartyDraft, PatrolDraft, usual_length
from phoihop.domain.matters.models import PartRole
from phoihop.domain.people.models import Post
from phoihop.kernel.period import HOME, ONE_DAY, Period, local_day

from ...forms import DateField, Form, TimeField, Unclear
from ..named import AREAS, UNIT_HINT, UNITS, NameField, Reader, missing

T = TypeVar("T")
ROLES = [(role.value, role.label) for role in (PartRole.SUPPORT, PartRole.COCHAIR, PartRole.ADVISE, PartRole.LEAD)]
KINDS = [("", _("Theo tuyến đã chọn")), *RouteKind.choices]
MOST_ROWS = 20


class Planning(Form):
    """``parties``, ``legs``, ``followers``: how many rows of each are shown; the first party is the own unit. ``draft``: what was understood."""

    title = forms.CharField(label=_("Tên gọi"), required=False, max_length=200, help_text=_("Để trống thì lấy tên tuyến."))
    day = DateField(label=_("Ngày"))
    start = TimeField(label=_("Bắt đầu"))
    end = TimeField(label=_("Kết thúc"))
    end_day = DateField(label=_("Kết thúc ngày"), required=False, help_text=_("Để trống: cùng ngày; giờ sớm hơn giờ bắt đầu là hôm sau."))
    route = forms.ChoiceField(label=_("Tuyến"), required=False)
    area = NameField(AREAS, label=_("Xã xuất phát"), required=False, help_text=_("Để trống thì lấy theo tuyến. Cuộc này được tính ở xã này."))
    route_kind = forms.ChoiceField(label=_("Loại tuyến"), choices=KINDS, required=False)
    armed = forms.BooleanField(label=_("Vũ trang"), required=False)
    exercise = forms.BooleanField(label=_("Là diễn tập (không tính vào số liệu)"), required=False)
    repeat_until = DateField(label=_("Lặp lại hằng tuần đến hết ngày"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, post: Post, parties: int = 3, legs: int = 0, followers: int = 1, changing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post, self._reader = post, Reader(post)
        self.draft: PatrolDraft | None = None
        self.asked: dict[str, Any] = {}
        self.counts = {"parties": min(parties, MOST_ROWS), "legs": min(legs, MOST_ROWS), "followers": min(followers, MOST_ROWS)}
        today = local_day(timezone.now())
        self._routes = {str(r.pk): r for r in routes_of(post, Period(today - 60 * ONE_DAY, today + 400 * ONE_DAY), today)}
        named = [(key, f"{r.code} · {r.name}") for key, r in self._routes.items()]
        self.declared("route").choices = [("", _("Không theo tuyến đã lập")), *named]
        if changing:
            del self.fields["exercise"], self.fields["repeat_until"]
        self._add_rows()

    def _add_rows(self) -> None:
        for n in range(self.counts["parties"]):
            if n:
                self.fields[f"parties.{n}.unit"] = NameField(UNITS, label=_("Đơn vị phối hợp"), required=False)
                self.fields[f"parties.{n}.unit"].widget.attrs["placeholder"] = _("Đơn vị phối hợp")
            self.fields[f"parties.{n}.people"] = forms.IntegerField(label=_("Số người"), required=False)
            self.fields[f"parties.{n}.teams"] = forms.IntegerField(label=_("Số tổ"), required=False)
            self.fields[f"parties.{n}.team"] = forms.IntegerField(label=_("Tổ số"), required=False)
            if n:
                self.fields[f"parties.{n}.role"] = forms.ChoiceField(label=_("Vai"), choices=ROLES, required=False)
        for n in range(self.counts["legs"]):
            self.fields[f"legs.{n}.area"] = NameField(AREAS, label=_("Chặng ở xã"), required=False)
            self.fields[f"legs.{n}.first"] = TimeField(label=_("Từ"), required=False)
            self.fields[f"legs.{n}.until"] = TimeField(label=_("Đến"), required=False)
        for n in range(self.counts["followers"]):
            hint = UNIT_HINT if not n else ""
            self.fields[f"followers.{n}"] = NameField(UNITS, label=_("Cho theo dõi"), required=False, help_text=hint)

    def rows(self, kind: str, names: Sequence[str]) -> list[list[Any]]:
        return [[self[f"{kind}.{n}.{name}"] for name in names if f"{kind}.{n}.{name}" in self.fields] for n in range(self.counts[kind])]

    @property
    def party_rows(self) -> list[list[Any]]:
        return self.rows("parties", ("unit", "people", "teams", "team", "role"))

    @property
    def leg_rows(self) -> list[list[Any]]:
        return self.rows("legs", ("area", "first", "until"))

    @property
    def follower_rows(self) -> list[Any]:
        return [self[f"followers.{n}"] for n in range(self.counts["followers"])]

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if got.get("day") and got.get("start") and got.get("end"):
            start = datetime.combine(got["day"], got["start"], HOME)
            self.draft = self._draft(got, start, self._end(got, start))
        return got

    def _end(self, got: Mapping[str, Any], start: datetime) -> datetime:
        """Without a day of its own an hour before the start is one after midnight, unless that makes it unusually long: then it is asked about."""
        end = datetime.combine(got.get("end_day") or got["day"], got["end"], HOME)
        if got.get("end_day") or end > start:
            return end
        after = got["day"] + ONE_DAY
        end = datetime.combine(after, got["end"], HOME)
        if not (unusual := usual_length(start, end, "end_day")):
            self.add_error("end_day", Unclear(str(unusual.reason), [(f"{after:%d/%m/%Y}", f"{after:%d/%m/%Y}")], code=unusual.code))
        return end

    def _draft(self, got: Mapping[str, Any], start: datetime, end: datetime) -> PatrolDraft | None:
        day = got["day"]
        route: Route | None = self._routes.get(got.get("route", ""))
        area = self._read("area", self._reader.area, got.get("area", ""), day) if got.get("area") else route.area if route else None
        if area is None and "area" not in self.errors:
            self.add_error("area", missing(now_("xã xuất phát, hoặc chọn tuyến")))
        kind = got.get("route_kind") or (route.kind if route else "")
        if not kind:
            self.add_error("route_kind", Unclear(now_("Chọn loại tuyến."), code="required"))
        parties, followers, legs = self._parties(got, area, day), self._followers(got, day), self._legs(got, start)
        if self.errors or area is None:
            return None
        return PatrolDraft(
            start=start, end=end, area=area, route_kind=kind, parties=parties, route=route, armed=got["armed"], title=got.get("title", ""),
            legs=legs, followers=followers, exercise=got.get("exercise", bool(self.initial.get("exercise"))),
        )  # fmt: skip

    def _read(self, name: str, read: Callable[..., T], *said: Any) -> T | None:
        """What a name of the field ``name`` stands for; None, with the reason at the field, where that is not clear."""
        try:
            return read(*said)
        except Unclear as unclear:
            self.add_error(name, unclear)
            return None

    def _parties(self, got: Mapping[str, Any], area: Any, day: date) -> list[PartyDraft]:
        found = []
        for n in range(self.counts["parties"]):
            text = got.get(f"parties.{n}.unit", "")
            people, teams, team = (got.get(f"parties.{n}.{name}") for name in ("people", "teams", "team"))
            if n and not text:
                if people:
                    self.add_error(f"parties.{n}.unit", missing(now_("đơn vị")))
                continue
            unit = self._read(f"parties.{n}.unit", self._reader.partner, text, area, day) if n else self.post.unit
            if unit is not None:
                role = got.get(f"parties.{n}.role") or PartRole.SUPPORT
                found.append(PartyDraft(unit, people or 0, 1 if teams is None else teams, 1 if team is None else team, role))
        return found

    def _followers(self, got: Mapping[str, Any], day: date) -> list[Any]:
        texts = [(f"followers.{n}", got.get(f"followers.{n}", "")) for n in range(self.counts["followers"])]
        return [unit for name, text in texts if text and (unit := self._read(name, self._reader.unit, text, day)) is not None]

    def _legs(self, got: Mapping[str, Any], start: datetime) -> list[LegDraft]:
        """An hour before the patrol's own start is one after midnight."""
        found = []
        for n in range(self.counts["legs"]):
            area, first, until = (got.get(f"legs.{n}.{name}") for name in ("area", "first", "until"))
            if not (area or first or until):
                continue
            if not (area and first and until):
                self.add_error(f"legs.{n}.area", Unclear(now_("Ghi đủ xã, giờ đến và giờ rời của chặng."), code="required"))
                continue
            place = self._read(f"legs.{n}.area", self._reader.area, area, start.date())
            if place is not None:
                found.append(LegDraft(place, _after(start, first), _after(start, until)))
        return found

    def arguments(self) -> dict[str, Any]:
        """What the view asks its action for: to plan drafts, or to change a plan."""
        return self.asked

    def drafts(self) -> list[PatrolDraft]:
        """The plan, and again in each following week as long as was asked; one more than may be sent, where that is too many."""
        assert self.draft is not None
        drafts, until = [self.draft], self.cleaned_data.get("repeat_until")
        shift = WEEK
        while until is not None and local_day(self.draft.start + shift) <= until and len(drafts) <= AT_ONCE:
            drafts.append(moved(self.draft, shift))
            shift += WEEK
        return drafts


def _after(start: datetime, clock: time) -> datetime:
    moment = datetime.combine(start.date(), clock, HOME)
    return moment if moment >= start else moment + timedelta(days=1)


def as_written(draft: PatrolDraft, roles: Mapping[int, str]) -> dict[str, Any]:
    """A plan as the form would hold it. ``roles``: what units were asked for, by key."""
    written: dict[str, Any] = {
        "title": draft.title, "day": f"{draft.start:%d/%m/%Y}", "start": f"{draft.start:%H:%M}", "end": f"{draft.end:%H:%M}",
        "end_day": f"{draft.end:%d/%m/%Y}" if draft.end.date() != draft.start.date() else "",
        "route": str(draft.route.pk) if draft.route else "", "area": str(draft.area), "route_kind": str(draft.route_kind), "armed": draft.armed,
        "exercise": draft.exercise,
    }  # fmt: skip
    for n, p in enumerate(draft.parties):
        role = roles.get(p.unit.pk, p.role)
        written |= {
            f"parties.{n}.unit": p.unit.name,
            f"parties.{n}.people": p.people,
            f"parties.{n}.teams": p.teams,
            f"parties.{n}.team": p.team,
            f"parties.{n}.role": role,
        }
    for n, leg in enumerate(draft.legs):
        written |= {
            f"legs.{n}.area": str(leg.area),
            f"legs.{n}.first": f"{leg.first.astimezone(HOME):%H:%M}",
            f"legs.{n}.until": f"{leg.until.astimezone(HOME):%H:%M}",
        }
    return written | {f"followers.{n}": unit.name for n, unit in enumerate(draft.followers)}
