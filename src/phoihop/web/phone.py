"""What the phone needs from the frame: the queue of what it has not sent yet, there without a network too."""

from __future__ import annotations

from django.http import HttpResponse

from .base import Acting, acting, page
from .fresh import keep_on_phone


@acting(time="none")
def queue(request: Acting) -> HttpResponse:
    return keep_on_phone(request, page(request, "phone/queue.html"))
