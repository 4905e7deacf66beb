"""What is no longer to be kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from phoihop.kernel.period import local_day

from ..models import Attachment, Body, Purpose
from ..rules import RETENTION


def due_texts(now: datetime) -> QuerySet[Body]:
    return Body.objects.filter(keep_until__lte=local_day(now), erased_at=None).order_by("keep_until", "pk")


def due_files(now: datetime) -> QuerySet[Attachment]:
    """Files whose day has come; photos ninety days after their matter closed (and after they came, if that was later)."""
    long_ago = now - timedelta(days=RETENTION[Purpose.PHOTO])
    after_closing = Q(purpose=Purpose.PHOTO, matter__closed_at__lte=long_ago, at__lte=long_ago)
    return Attachment.objects.filter(Q(keep_until__lte=local_day(now)) | after_closing, erased_at=None).order_by("at", "pk")


def anything_due(now: datetime) -> bool:
    return due_texts(now).exists() or due_files(now).exists()
