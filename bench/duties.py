"""Duties of the nation: my queue, tasks by their words and the compliance of a province beside bare views of the same queries and cells; opening a year beside bare rows.

    python -m bench.duties

34 provinces with 200 agreements each, one of them with twelve monthly duties for every commune: about 480,000 tasks. Prints
``name | value | floor | ratio | budget | ok``, for each page with a tenth of the data and with all of it (``bench/sizes.py``). On SQLite, then
on a PostgreSQL that is started for it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, timedelta
from time import perf_counter
from typing import Any

from bench import sizes
from bench.sizes import Page

AGREEMENTS, DUTIES, OPENINGS = 200, 12, 5
LEAST_OPENING = 0.4


def main() -> None:
    sys.exit(sizes.run("bench.duties", Nation, _opening))


class Nation:
    """Agreements, tasks and people on the ground of the ledger's bench."""

    def __init__(self) -> None:
        from django.db.models import Max
        from django.utils import timezone

        from phoihop.domain import models as m

        self.m, self.now = m, timezone.now()
        self.today = self.now.date()
        m.Node.objects.get_or_create(tag="PH86", defaults={"name": "bench", "own": True, "public_key": "00" * 32})
        self.provinces = list(m.Area.objects.filter(level="province").order_by("code"))
        self.units = {(u.force.code, u.area_id): u for u in m.Unit.objects.select_related("force", "area")}
        self.node = m.Post.objects.get(role="node")
        self.officer = self._person("xa", self.units["CA", self._communes(self.provinces[0])[0].pk], "staff")
        self.chief = self._person("tinh", self.units["CA", self.provinces[0].pk], "commander")
        self.tasks, self.agreements = m.Task.objects.count(), m.Agreement.objects.count()
        self.pks = {model: model._default_manager.aggregate(last=Max("pk"))["last"] or 0 for model in (m.Body, m.Task, m.Occasion, m.TaskSupport)}

    def _person(self, name: str, unit: Any, role: str) -> str:
        user, new = self.m.User.objects.get_or_create(username=name, defaults={"full_name": name, "password": "!"})
        if new:
            self.m.Post.objects.create(user=user, unit=unit, role=role, title=name, valid_from=date(2020, 1, 1))
        return name

    def _communes(self, province: Any) -> list[Any]:
        return list(self.m.Area.objects.filter(level="commune", above__ancestor=province).order_by("code"))

    def pages(self) -> list[Page]:
        code, year = self.provinces[0].code, self.today.year
        return [
            Page("my queue", self.officer, "/nhiem-vu/?vai=cho"),
            Page("my tasks by words that all of them say", self.officer, "/nhiem-vu/?q=giao+ban"),
            Page("all tasks a province sees, by the same", self.chief, "/nhiem-vu/?vai=tat-ca&q=giao+ban"),
            Page("compliance of a province, by content", self.chief, f"/ke-hoach/thuc-hien/?dv={code}&ky={year}"),
            Page("compliance of a province, by duty", self.chief, f"/ke-hoach/thuc-hien/?dv={code}&ky={year}&theo=viec"),
        ]

    def told(self) -> str:
        return f"{self.tasks} tasks of {self.agreements} agreements"

    def found(self, which: Sequence[int]) -> None:
        for n in which:
            self._province(self.provinces[n])
        self._keys_follow()

    def _keys_follow(self) -> None:
        """What the database numbers itself goes on behind the keys that were given here."""
        from django.core.management.color import no_style
        from django.db import connection

        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [*self.pks]):
                cursor.execute(statement)

    def _province(self, province: Any) -> None:
        from django.db import transaction

        from phoihop.search import tasks as index

        with transaction.atomic():
            made = [self.agreement(province, n) for n in range(AGREEMENTS)]
            wordings = self._tasks(made[0], self.duties(made[0], DUTIES), self._communes(province))
            index.store(dict.fromkeys(wordings, made[0].matter_id))

    def agreement(self, province: Any, n: int) -> Any:
        """One text in force, signed by police and militia of the province; of all but the first nothing follows."""
        m = self.m
        self.agreements += 1
        code, lead = f"QC-B{self.agreements}", self.units["CA", province.pk]
        uid = f"00000000-0000-4000-8000-{self.agreements:012}"
        began = date(self.today.year - 1, 12, 15)
        matter = m.Matter.objects.create(uid=uid, code=code, kind="QC", home="PH86", lead=lead, area=province, opened_at=self.now)
        a = m.Agreement.objects.create(matter=matter, kind="quyche", stage="agreed", issuer=lead, folded=code, agreed_on=began, valid_from=began)
        m.AgreementArea.objects.create(agreement=a, area=province)
        for order, force in enumerate(("CA", "DQ")):
            m.AgreementParty.objects.create(agreement=a, unit=self.units[force, province.pk], role="lead" if force == "CA" else "support", order=order)
        version = m.Version.objects.create(agreement=a, number=1, made_at=self.now, digest="0" * 64, signing_at=self.now, agreed_on=began, valid_from=began)
        plain = {"version": version, "way": "paper", "digest": version.digest, "at": self.now, "by": self.node, "signed_on": began}
        m.Signature.objects.bulk_create([m.Signature(unit=self.units[force, province.pk], **plain) for force in ("CA", "DQ")])
        return a

    def duties(self, agreement: Any, count: int) -> list[Any]:
        """Monthly duties of every commune, in clauses about as many contents; police lead, militia support."""
        m, made = self.m, []
        forces = {f.code: f for f in m.Force.objects.all()}
        for n, content in enumerate(list(m.ContentArea.values)[:count], 1):
            clause = m.Clause.objects.create(version=agreement.versions.get(), order=n, label=f"Điều {n}", content=content)
            duty = m.Duty.objects.create(clause=clause, order=1, act="brief", level="commune", cadence="month")
            m.DutyRole.objects.create(duty=duty, role="lead", force=forces["CA"])
            m.DutyRole.objects.create(duty=duty, role="support", force=forces["DQ"])
            made.append(duty)
        return made

    def _tasks(self, agreement: Any, duties: Sequence[Any], communes: Sequence[Any]) -> list[int]:
        """A year's tasks as bare rows: what is over mostly done, one in ten late. The keys of their wordings."""
        from phoihop.domain.agreements.rules.recurring import moment
        from phoihop.domain.figures.rules import calendars
        from phoihop.kernel.period import ONE_DAY
        from phoihop.kernel.rows import insert_plain

        m, given = self.m, self.now - timedelta(days=300)
        periods = [calendars.period("ND09", f"{self.today.year}-T{month}") for month in range(1, 13)]
        bodies, tasks, occasions, supports = [], [], [], []
        for duty in duties:
            for days in periods:
                body = self._next(m.Body)
                bodies.append((body, f"Giao ban (Điều {duty.clause.order})", "", "0" * 64, "note", None, None, False))
                due = moment(days.last)
                for n, commune in enumerate(communes):
                    pk, lead = self._next(m.Task), self.units["CA", commune.pk].pk
                    late = (n + days.first.month + duty.pk) % 10 == 0
                    done = due < self.now and not late
                    at = due - timedelta(days=2) if done else None
                    tasks.append(
                        (
                            pk,
                            agreement.matter_id,
                            f"NV-B{pk}",
                            lead,
                            lead,
                            commune.pk,
                            "assigned",
                            "closed" if done else "open",
                            "duty",
                            body,
                            given,
                            days.first,
                            due,
                            None,
                            at,
                            at,
                        )
                    )
                    occasions.append((self._next(m.Occasion), duty.pk, commune.pk, days.first, days.until, pk))
                    supports.append((self._next(m.TaskSupport), pk, self.units["DQ", commune.pk].pk, "accepted", given, None))
            m.Duty.objects.filter(pk=duty.pk).update(opened_until=periods[-1].until + 400 * ONE_DAY)
        insert_plain(m.Body, ("id", "text", "salt", "digest", "purpose", "keep_until", "erased_at", "recalled"), bodies)
        of_task = (
            "id",
            "matter_id",
            "code",
            "giver_id",
            "lead_id",
            "area_id",
            "mode",
            "state",
            "source",
            "what_id",
            "given_at",
            "not_before",
            "due_at",
            "answer_id",
            "answered_at",
            "closed_at",
        )
        insert_plain(m.Task, of_task, tasks)
        insert_plain(m.Occasion, ("id", "duty_id", "area_id", "first", "until", "task_id"), occasions)
        insert_plain(m.TaskSupport, ("id", "task_id", "unit_id", "state", "answered_at", "reason_id"), supports)
        self.tasks += len(tasks)
        return [body for body, *_rest in bodies]

    def _next(self, model: Any) -> int:
        self.pks[model] += 1
        return self.pks[model]


def _opening(nation: Nation) -> bool:
    """A year of three duties of a province's communes, opened in steps of two hundred, beside bulk creates of the same bare rows; the middle of some rounds."""
    from bench.pages import line
    from django.db import connection

    rounds = sorted((_opened(nation) for _ in range(OPENINGS)), key=lambda one: one[1] / one[0])
    ours, floor, count = rounds[OPENINGS // 2]
    fine = floor >= LEAST_OPENING * ours
    return line(f"opening a year's {count} tasks ({connection.vendor}), ms each", ours, floor, floor / ours, f"≥ {LEAST_OPENING} of bare rows", fine)


def _opened(nation: Nation) -> tuple[float, float, int]:
    """Milliseconds for each task, ours and the bare rows', and how many. What was made is taken away again."""
    from django.db import transaction

    from phoihop.domain.agreements.actions.opening import open_due

    m = nation.m
    fresh = nation.agreement(nation.provinces[0], 0)
    nation.duties(fresh, 3)
    last = m.Task.objects.order_by("-pk").values_list("pk", flat=True)[0]
    began = perf_counter()
    while open_due(by=nation.node, at=nation.now):
        pass
    ours = perf_counter() - began
    tasks = list(m.Task.objects.filter(pk__gt=last).order_by("pk"))
    occasions = {o.task_id: o for o in m.Occasion.objects.filter(task__gt=last)}
    supports = {s.task_id: s for s in m.TaskSupport.objects.filter(task__gt=last)}
    m.TaskSupport.objects.filter(task__gt=last).delete()
    m.Occasion.objects.filter(task__gt=last).delete()
    m.Task.objects.filter(pk__gt=last).delete()
    began = perf_counter()
    for start in range(0, len(tasks), 200):
        batch = tasks[start : start + 200]
        with transaction.atomic():
            made = m.Task.objects.bulk_create(
                [m.Task(**{f.attname: getattr(t, f.attname) for f in m.Task._meta.concrete_fields if not f.primary_key}) for t in batch]
            )
            pairs = list(zip(batch, made, strict=True))
            m.Occasion.objects.bulk_create(
                [m.Occasion(duty_id=o.duty_id, area_id=o.area_id, first=o.first, until=o.until, task=t) for old, t in pairs for o in (occasions[old.pk],)]
            )
            m.TaskSupport.objects.bulk_create(
                [m.TaskSupport(task=t, unit_id=s.unit_id, state=s.state, answered_at=s.answered_at) for old, t in pairs for s in (supports[old.pk],)]
            )
    floor = perf_counter() - began
    m.TaskSupport.objects.filter(task__gt=last).delete()
    m.Occasion.objects.filter(task__gt=last).delete()
    m.Task.objects.filter(pk__gt=last).delete()
    each = 1000 / len(tasks)
    return ours * each, floor * each, len(tasks)


if __name__ == "__main__":
    main()
