"""What is no longer to be kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from phoihop.kernel.period import local_day

from ..models import Attachment, Body, Purpose
from ..rules import RETENTION


def due_texts(now: datetime) -> QuerySet[Body]:
    return Body.objects.filter(keep_until__lte=local_day(now), erased_at=None)


def due_files(now: datetime) -> QuerySet[Attachment]:
    """Files whose day has come; photos ninety days after their matter closed."""
    closed_long_ago = Q(purpose=Purpose.PHOTO, matter__closed_at__lt=now - timedelta(days=RETENTION[Purpose.PHOTO]))
    return Attachment.objects.filter(Q(keep_until__lte=local_day(now)) | closed_long_ago, erased_at=None)


def anything_due(now: datetime) -> bool:
    return due_texts(now).exists() or due_files(now).exists()
