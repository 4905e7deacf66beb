"""A piece of memory for many calls: what is called within it takes none of its own."""

from __future__ import annotations

import resource
from threading import Thread

from phoihop.kernel.stack import roomy

TURNS, DEPTHS = 500, range(400)


def one(n: int) -> int:
    return n


def empty_pages_taken(depth: int) -> int:
    """By a loop so many calls deep."""
    if depth:
        return empty_pages_taken(depth - 1)
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    for n in range(TURNS):
        one(n)
    return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before


def test_a_loop_takes_memory_from_the_system_at_no_depth_again_and_again():
    taken: list[int] = []
    thread = Thread(target=lambda: taken.extend(roomy(lambda: [empty_pages_taken(depth) for depth in DEPTHS])))  # its calls begin on a piece of their own
    thread.start()
    thread.join()
    assert (len(taken), max(taken) < TURNS // 5) == (len(DEPTHS), True)


def test_it_gives_and_takes_what_the_call_does():
    assert roomy(divmod, 7, 2) == (3, 1)
    assert roomy(sorted, [1, 3, 2], reverse=True) == [3, 2, 1]
