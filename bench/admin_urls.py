"""Django's admin over the patrols as somebody who knows it would set it up: the cells and the filters of our list, nothing fetched row by row.

What it does not do: know who may see what, hold back hours and strength.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import include, path
from django.utils import timezone

from phoihop.domain.activities.models import Activity, RouteKind
from phoihop.domain.activities.queries.patrols import with_state
from phoihop.domain.activities.rules import STATE_NAMES, Grace, State, state
from phoihop.kernel.period import HOME


class Site(admin.AdminSite):
    """Open to whoever is signed in: what the admin's own accounts would cost is left out."""

    def has_permission(self, request: HttpRequest) -> bool:
        return True


class ByState(admin.SimpleListFilter):
    """The states with their counts, as our list has them above its rows."""

    title, parameter_name = "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = with_state(model_admin.get_queryset(request), timezone.now(), Grace()).filter(day__gte=request.GET["day__gte"], day__lt=request.GET["day__lt"])
        return [(name, f"{STATE_NAMES[State(name)]} {n}") for name, n in rows.order_by().values_list("state").annotate(n=Count("pk"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return with_state(queryset, timezone.now(), Grace()).filter(state=self.value()) if self.value() else queryset


class Patrols(admin.ModelAdmin):
    list_display = ("when", "code", "name", "place", "lead", "forces", "people", "stands", "confirmations")
    list_select_related = ("matter__lead__force", "matter__area", "matter__title", "route")
    list_filter = ("matter__lead__force", "route", "campaign", ByState)
    search_fields = ("matter__code", "matter__title__text", "matter__area__folded", "route__folded", "route__code")
    ordering = ("-day", "-planned_start", "-pk")
    list_per_page = 100
    show_full_result_count = False
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Activity]:
        return super().get_queryset(request).prefetch_related("strengths__unit__force")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_change_permission = has_view_permission

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(ordering="day")
    def when(self, a: Activity) -> str:
        start, end = (a.started_at, a.ended_at) if a.started_at and a.ended_at else (a.planned_start, a.planned_end)
        return f"{a.day:%d/%m} {start.astimezone(HOME):%H:%M}–{end.astimezone(HOME):%H:%M}"

    @admin.display(ordering="pk")
    def code(self, a: Activity) -> str:
        return a.matter.code

    def name(self, a: Activity) -> str:
        return str(a.matter.title or a.route or RouteKind(a.route_kind).label)

    @admin.display(ordering="matter__area__folded")
    def place(self, a: Activity) -> str:
        return str(a.matter.area)

    @admin.display(ordering="matter__lead__short")
    def lead(self, a: Activity) -> str:
        return f"{a.matter.lead.force.code} {a.matter.lead.short}"

    def forces(self, a: Activity) -> str:
        return " ".join(sorted({s.unit.force.code for s in a.strengths.all()}))

    def people(self, a: Activity) -> int:
        return sum((s.people if a.claim else s.planned_people) or 0 for s in a.strengths.all())

    def stands(self, a: Activity) -> str:
        return str(STATE_NAMES[state(a, timezone.now())])

    def confirmations(self, a: Activity) -> int | None:
        return a.confirmed if a.claim else None


site = Site()
site.register(Activity, Patrols)
urlpatterns = [path("admin/", site.urls), path("", include("phoihop.config.urls"))]
