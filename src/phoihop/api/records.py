"""What records look like in answers. Types and meanings of fields come from the models."""

from __future__ import annotations

from phoihop.domain.activities.models import Activity, Campaign, Checkpoint, Confirmation, ImportRun, Route
from phoihop.domain.agreements.models import (
    Adoption,
    Agreement,
    Approval,
    ChangeProposal,
    Clause,
    Delivery,
    Dissemination,
    Duty,
    DutyRole,
    Instrument,
    Occasion,
    OccasionAct,
    Opinion,
    PublicEvent,
    Reading,
    Reservation,
    Review,
    Signature,
)
from phoihop.domain.figures.models import Holiday, Indicator, Measure, SourcedTotal
from phoihop.domain.forces.models import Contact, Force, Letterhead, Means, Relation, Unit
from phoihop.domain.matters.models import Attachment, Event, Grant, JoinRequest, Matter, Note, Participation, Recall
from phoihop.domain.people.models import ApiToken, Post, PostKey, User
from phoihop.domain.tasks.models import Consent, IncomingDirective, Task, TaskExtension, TaskSupport
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
# What the asking unit reads of it: without the matter's title, which it may not see yet.
OWN_REQUEST = Telling("OwnRequest", JoinRequest, "id", "wish", "why", "at", "state", "answered_at", "reason")
NOTE = Telling("Note", Note, "id", "unit", "at", "text=body", "private", text_id=(int, lambda n: n.body_id))
FILE = Telling("File", Attachment, "id", "unit", "at", "name", "purpose", "media", "size", "keep_until", "erased_at")
EVENT = Telling("Event", Event, "seq", "at", "what", "by", said=(str, lambda e: e.told))
RECALL = Telling("Recall", Recall, "id", "asked_by", "asked_at", "reason", "agreed_by", "agreed_at", "file=attachment", "text=body")

SUPPORT = Telling("TaskSupport", TaskSupport, "id", "unit", "state", "answered_at", "reason")
EXTENSION = Telling("TaskExtension", TaskExtension, "id", "asked_at", "due_at", "reason", "state", "answered_at", "answer")
TASK = Telling(
    "Task",
    Task,
    "id=code",
    "matter",
    "giver",
    "lead",
    "area",
    "mode",
    "state",
    "source",
    "what",
    "given_at",
    "not_before",
    "due_at",
    "grace_workdays",
    "raised_on",
    "answer",
    "answered_at",
    "closed_at",
)
DIRECTIVE = Telling(
    "IncomingDirective", IncomingDirective, "id=matter.code", "number", "issuer", "subject=matter.title", "issued_on", "received_on", "due_on", "text",
    "finished_at=matter.closed_at",
)  # fmt: skip
CONSENT = Telling("Consent", Consent, "id", "side", "unit", "answered_at", "number", "signed_on", "reason", agrees=(bool | None, lambda c: c.agrees))

AGREEMENT = Telling(
    "Agreement", Agreement, "id=matter.code", "kind", "stage", "title=matter.title", "lead=matter.lead", "area=matter.area", "style", "issuer", "number", "symbol",
    "issued_on", "valid_from", "valid_until", "next_review", "review_months", "on_paper", "agreed_on", "ended_on", "situation", "cleared_by", "cleared_on",
)  # fmt: skip
CLAUSE = Telling("Clause", Clause, "id", "order", "depth", "label", "heading", "text", "content")
OPINION = Telling(
    "Opinion",
    Opinion,
    "id",
    "unit",
    "at",
    "text",
    "taken",
    "answer",
    "answered_at",
    version=(int, lambda o: o.version.number),
    clause=(int | None, lambda o: o.clause_id),
)
SIGNATURE = Telling(
    "Signature",
    Signature,
    "id",
    "way",
    "digest",
    "at",
    "by",
    "number",
    "signed_on",
    "signers",
    "chain_known",
    "of_export",
    file=(int | None, lambda s: s.scan_id),
    key=(str | None, lambda s: s.key.public if s.key else None),
    signature=(str | None, lambda s: s.signature or None),
)
APPROVAL = Telling("Approval", Approval, "id", "unit", "digest", "at", "by", "number", "decided_on", file=(int | None, lambda one: one.scan_id))
RESERVATION = Telling("Reservation", Reservation, "text", unit=(str, lambda r: r.signature.unit.key), clause=(int | None, lambda r: r.clause_id))
POST_KEY = Telling("PostKey", PostKey, "id", "post", "public", "made_at", "misses", "revoked_at")

ROUTE = Telling("Route", Route, "id", "code", "name", "kind", "owner", "area", "every_days", "valid_from", "valid_until")
POINT = Telling("Checkpoint", Checkpoint, "id", "n", "name", "area")
CAMPAIGN = Telling("Campaign", Campaign, "id=matter.code", "name=matter.title", "lead=matter.lead", "area=matter.area", "first", "until")
CONFIRMATION = Telling("Confirmation", Confirmation, "unit", "agrees", "way", "at", "note")
IMPORT = Telling("Import", ImportRun, "id", "name", "lead", "by", "at", "state", "total", "handled", "problem", "why", "erased_at")

DUTY_ROLE = Telling("DutyRole", DutyRole, "role", "unit", "force=force.code")
DUTY = Telling(
    "Duty", Duty, "id", "act", "level", "cadence", "due_workdays", "due_day", "due_on", "within_minutes", "grace_workdays", "onward", agreement=(str, lambda d: d.clause.version.agreement.matter.code),
    clause=(str, lambda d: d.clause.label), roles=(list[DUTY_ROLE.shape], lambda d: DUTY_ROLE.of_each(d.roles.select_related("unit__force", "force").order_by("pk"))),
)  # fmt: skip
OCCASION_ACT = Telling("OccasionAct", OccasionAct, "id", "matter", "linked_at")
OCCASION = Telling(
    "Occasion", Occasion, "id", "area", "first", "until", "task", act=(str, lambda o: o.duty.act), state=(str, lambda o: o.task.state),
    agreement=(str, lambda o: o.duty.clause.version.agreement.matter.code), acts=(list[OCCASION_ACT.shape], lambda o: OCCASION_ACT.of_each(o.acts.all())),
)  # fmt: skip

INSTRUMENT = Telling("Instrument", Instrument, "id=code", "kind", "number", "issuer", "title", "issued_on", "valid_from", "valid_until", "source")
ADOPTION = Telling(
    "Adoption", Adoption, "id", "unit", "asked_at", "due_on", "form", "reason", "answered_at", "reminded_at",
    own=(str | None, lambda a: a.own.matter.code if a.own else None),
)  # fmt: skip
DELIVERY = Telling("Delivery", Delivery, "id", "unit", "sent_at", "received_at")
DISSEMINATION = Telling("Dissemination", Dissemination, "id", "unit", "held_on", "attendance", proof=(int | None, lambda d: d.proof_id))
REVIEW = Telling("Review", Review, "id", "due_on", "held_on", "outcome", "note")
PROPOSAL = Telling(
    "ChangeProposal", ChangeProposal, "id", "unit", "source", "at", "text", "taken", "answer", "answered_at", clause=(int | None, lambda p: p.clause_id)
)

PUBLIC_EVENT = Telling(
    "PublicEvent", PublicEvent, "id", "series", "kind", "name", "area", "unit", "first_on", "until", "lunar", "source",
)  # fmt: skip

READING = Telling(
    "Reading", Reading, "id", "unit", "by", "at", "state", "problem", "ended_at", file=(str | None, lambda r: r.file.name.text or None),
    agreement=(str | None, lambda r: r.agreement.matter.code if r.agreement else None),
)  # fmt: skip

MEASURE = Telling("Measure", Measure, "code", "method", "name", "name_en", "counted_in", "counted_in_en", "scale")
INDICATOR = Telling(
    "Indicator", Indicator, "code", "version", "valid_from", "name", "name_en", "basis",
    measures=(list[MEASURE.shape], lambda i: MEASURE.of_each(sorted(i.measures.all(), key=lambda m: m.order))),
)  # fmt: skip
TOTAL = Telling(
    "SourcedTotal", SourcedTotal, "id", "measure", "area", "first", "until", "value", "qualifier", "source", replaces=(int | None, lambda t: t.replaces_id)
)
HOLIDAY = Telling("Holiday", Holiday, "day", "name", "works", "basis")
