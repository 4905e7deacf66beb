"""What records look like in answers. Types and meanings of fields come from the models."""

from __future__ import annotations

from phoihop.domain.activities.models import Activity, Campaign, Checkpoint, Confirmation, ImportRun, Route
from phoihop.domain.figures.models import Holiday, Indicator, Measure, SourcedTotal
from phoihop.domain.forces.models import Contact, Force, Letterhead, Means, Relation, Unit
from phoihop.domain.matters.models import Attachment, Event, Grant, JoinRequest, Matter, Note, Participation, Recall
from phoihop.domain.people.models import ApiToken, Post, User
from phoihop.domain.tasks.models import Task, TaskExtension, TaskSupport
from phoihop.domain.territory.models import Area, Succession

from .names import area_name
from .telling import Telling, briefly

# Briefly: how a record is told where another one names it.
briefly("AreaName", Area, "code", "name", "kind", id=(str, area_name))
briefly("ForceName", Force, "code")
briefly("UnitName", Unit, "id=key", "name", "short", "force=force.code")
briefly("AccountName", User, "id", "username", "full_name")
briefly("PostName", Post, "id", "title", "unit")
briefly("MatterName", Matter, "id=code", "kind", "title")
briefly("RouteName", Route, "id", "code", "name")
briefly("TaskName", Task, "id=code", "what", "due_at")
briefly("PatrolName", Activity, "id=matter.code", "day", "version")
briefly("MeasureName", Measure, "code", "name", "counted_in")
briefly("CampaignName", Campaign, "id=matter.code", "name=matter.title")
briefly("FileName", Attachment, "id", "name", "media", "size")

AREA = Telling(
    "Area", Area, "tree", "code", "level", "kind", "name", "valid_from", "valid_until", "start_known", "lat", "lon", "hectares", "basis", id=(str, area_name)
)
SUCCESSION = Telling("AreaSuccession", Succession, "id", "old", "new", "day", "kind", "share", "basis", "doubt")

UNIT = Telling("Unit", Unit, "id=key", "force=force.code", "kind", "area", "name", "short", "home", "valid_from", "valid_until")
RELATION = Telling("Relation", Relation, "id", "upper", "lower", "kind", "valid_from", "valid_until", "basis")
CONTACT = Telling(
    "Contact", Contact, "id", "unit", "label", "number", "valid_from", "valid_until",
    tested_at=(str | None, lambda c: c.tested_at.isoformat() if c.tested_at else None), passed=(bool | None, lambda c: c.passed),
)  # fmt: skip
MEANS = Telling("UnitMeans", Means, "unit", "kind", "count", "as_of")
LETTERHEAD = Telling("Letterhead", Letterhead, "unit", "valid_from", "superior", "issuer", "symbol", "place", "signer", "reports_to", "archive")

POST = Telling("Post", Post, "id", "account=user", "unit", "role", "title", "valid_from", "valid_until", deputy_for=(int | None, lambda p: p.deputy_for_id))
ACCOUNT = Telling("Account", User, "id", "username", "full_name", "is_active", posts=(list[POST.shape], lambda u: POST.of_each(u.held)))
TOKEN = Telling("Token", ApiToken, "id", "post", "label", "expires_at", "revoked_at")

PART = Telling("Part", Participation, "id", "unit", "role", "state", "asked_at", "answered_at", "answer_by", "reason")
GRANT = Telling("Grant", Grant, "id", "unit", "basis", "until", "onward", "ended_at")
REQUEST = Telling("JoinRequest", JoinRequest, "id", "matter", "unit", "wish", "why", "at", "state", "answered_at", "reason")
NOTE = Telling("Note", Note, "id", "unit", "at", "text=body", "private", text_id=(int, lambda n: n.body_id))
FILE = Telling("File", Attachment, "id", "unit", "at", "name", "purpose", "media", "size", "keep_until", "erased_at")
EVENT = Telling("Event", Event, "seq", "at", "what", "by", said=(str, lambda e: e.told))
RECALL = Telling("Recall", Recall, "id", "asked_by", "asked_at", "reason", "agreed_by", "agreed_at", "file=attachment", "text=body")

SUPPORT = Telling("TaskSupport", TaskSupport, "id", "unit", "state", "answered_at", "reason")
EXTENSION = Telling("TaskExtension", TaskExtension, "id", "asked_at", "due_at", "reason", "state", "answered_at", "answer")
TASK = Telling(
    "Task", Task, "id=code", "matter", "giver", "lead", "area", "mode", "state", "source", "what", "given_at", "not_before", "due_at", "answer", "answered_at", "closed_at"
)

ROUTE = Telling("Route", Route, "id", "code", "name", "kind", "owner", "area", "every_days", "valid_from", "valid_until")
POINT = Telling("Checkpoint", Checkpoint, "id", "n", "name", "area")
CAMPAIGN = Telling("Campaign", Campaign, "id=matter.code", "name=matter.title", "lead=matter.lead", "area=matter.area", "first", "until")
CONFIRMATION = Telling("Confirmation", Confirmation, "unit", "agrees", "way", "at", "note")
IMPORT = Telling("Import", ImportRun, "id", "name", "lead", "by", "at", "state", "total", "handled", "problem", "why", "erased_at")

MEASURE = Telling("Measure", Measure, "code", "method", "name", "name_en", "counted_in", "counted_in_en", "scale")
INDICATOR = Telling(
    "Indicator", Indicator, "code", "version", "valid_from", "name", "name_en", "basis",
    measures=(list[MEASURE.shape], lambda i: MEASURE.of_each(sorted(i.measures.all(), key=lambda m: m.order))),
)  # fmt: skip
TOTAL = Telling(
    "SourcedTotal", SourcedTotal, "id", "measure", "area", "first", "until", "value", "qualifier", "source", replaces=(int | None, lambda t: t.replaces_id)
)
HOLIDAY = Telling("Holiday", Holiday, "day", "name", "works", "basis")
