"""Taking texts and files away: recalled by two persons, or because their time is over. Digests stay; the chain stays valid."""

from __future__ import annotations

from datetime import datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day

from ...people.models import Post
from .. import rules
from ..models import Attachment, Body, Event, Matter, Purpose, Recall
from ..queries.journal import event_naming
from .journal import write
from .texts import keep


@action
def ask_recall(*, by: Post, matter: Matter, reason: str, at: datetime, text: Body | None = None, attachment: Attachment | None = None) -> Recall:
    """Ask that a text or a file of a matter be recalled; it goes when a second person agrees."""
    rules.names_one_thing(text, attachment).enforce()
    thing = text or attachment
    assert thing is not None
    thing = locked(thing)
    event = event_naming(matter, thing)
    asked = Recall.objects.filter(body=text, attachment=attachment, agreed_by=None).exists()
    owners = owners_of(event) if event else set()
    rules.may_recall(by, owners, thing.erased_at is not None, asked, reason, local_day(at)).enforce()
    why = keep(reason, Purpose.REASON, at)
    assert event is not None and why is not None
    made = Recall.objects.create(event=event, body=text, attachment=attachment, asked_by=by, asked_at=at, reason=why)
    write(by=by, what="matter.recall_asked", at=at, matter=matter, recall=made.pk, texts={"reason": why})
    return made


@action
def agree_recall(*, by: Post, recall: Recall, at: datetime) -> Recall:
    """A second person agrees: text or file and its salt are erased here; the journal's chain stays valid."""
    recall = locked(recall)
    rules.may_agree_recall(by, recall.asked_by, owners_of(recall.event), recall.agreed_by_id is not None, local_day(at)).enforce()
    recall.agreed_by, recall.agreed_at = by, at
    recall.save(update_fields=["agreed_by", "agreed_at"])
    if recall.attachment:
        erase_file(recall.attachment, at, recalled=True)
    if recall.body:
        erase_text(recall.body, at, recalled=True)
    write(by=by, what="matter.recalled", at=at, matter=recall.event.matter, recall=recall.pk)
    return recall


def owners_of(event: Event) -> set[int]:
    """The units that may have what an event wrote recalled: who wrote it, and who leads the matter."""
    return {event.by.unit_id} | ({event.matter.lead_id} if event.matter else set())


def erase_text(body: Body, at: datetime, *, recalled: bool = False) -> None:
    body.text, body.salt, body.erased_at, body.recalled = "", "", at, recalled
    body.save(update_fields=["text", "salt", "erased_at", "recalled"])


def erase_file(attachment: Attachment, at: datetime, *, recalled: bool = False) -> None:
    attachment.content, attachment.salt, attachment.erased_at = None, "", at
    attachment.save(update_fields=["content", "salt", "erased_at"])
    erase_text(attachment.name, at, recalled=recalled)
