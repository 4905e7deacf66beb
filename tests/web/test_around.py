"""What lies around every page."""

from __future__ import annotations

from threading import Thread

from django.http import HttpRequest, HttpResponse

from phoihop.web.around import with_room
from tests.kernel.test_stack import DEPTHS, TURNS, empty_pages_taken


def test_a_page_is_made_with_room_for_its_calls():
    taken: list[int] = []

    def page(_: HttpRequest) -> HttpResponse:
        taken.extend(empty_pages_taken(depth) for depth in DEPTHS)
        return HttpResponse("made")

    answers: list[HttpResponse] = []
    thread = Thread(target=lambda: answers.append(with_room(page)(HttpRequest())))  # its calls begin on a piece of their own, as those of a worker do
    thread.start()
    thread.join()
    assert (answers[0].content, len(taken), max(taken) < TURNS // 5) == (b"made", len(DEPTHS), True)
