from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from phoihop.domain import models as m
from phoihop.domain.matters.actions.node import found, sign_head
from phoihop.domain.matters.actions.notes import note
from phoihop.domain.matters.queries.journal import head
from phoihop.domain.matters.queries.proof import verify
from phoihop.domain.matters.rules import day_is_over
from phoihop.kernel.secret import Secret
from phoihop.kernel.text import canonical
from phoihop.kernel.verdict import Refused
from tests.domain.matters.opened import opened
from tests.world import NOON, at

pytestmark = pytest.mark.django_db


def pair():
    """A private key as the node keeps it, and its public one."""
    made = Ed25519PrivateKey.generate()
    return Secret(made.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()).hex()), made.public_key()


def founded():
    """A node that was founded with a key of its own, and a matter of the police of Sông."""
    w, matter = opened()
    m.Node.objects.all().delete()
    w.key, w.public = pair()
    found(by=w.node, tag="PH86", name="Máy chủ thử", public_key=w.public.public_bytes(Encoding.Raw, PublicFormat.Raw).hex(), at=NOON)
    return w, matter


def test_a_head_signs_the_journal_as_it_stood_at_the_end_of_its_day():
    w, matter = founded()
    note(by=w.lan, matter=matter, text="Nước lên", at=at(1, 23, 59))
    last = head()
    note(by=w.lan, matter=matter, text="Nước rút", at=at(2, 0, 0))
    signed = sign_head(by=w.node, day=date(2026, 6, 1), key=w.key, at=at(2, 1))
    assert (signed.seq, signed.hash) == last
    w.public.verify(bytes.fromhex(signed.signature), canonical(["2026-06-01", *last]))
    assert list(verify()) == []


@pytest.mark.parametrize(("day", "today", "code"), [(1, 2, ""), (2, 2, "day-not-over"), (3, 2, "day-not-over")])
def test_only_a_day_that_is_over_is_signed(day, today, code):
    assert day_is_over(date(2026, 6, day), date(2026, 6, today)).code == code


def test_a_day_is_signed_once_and_not_before_the_journal_began():
    w, _ = founded()
    sign_head(by=w.node, day=date(2026, 6, 1), key=w.key, at=at(2, 1))
    codes = []
    for day in (date(2026, 6, 1), date(2026, 5, 31)):
        with pytest.raises(Refused) as refused:
            sign_head(by=w.node, day=day, key=w.key, at=at(2, 2))
        codes.append((refused.value.verdict.code, refused.value.verdict.field))
    assert codes == [("already-signed", "day"), ("journal-empty", "day")]


def test_a_quiet_day_signs_the_last_event_before_it():
    w, _ = founded()
    first = sign_head(by=w.node, day=date(2026, 6, 1), key=w.key, at=at(4, 1))
    second = sign_head(by=w.node, day=date(2026, 6, 2), key=w.key, at=at(4, 2))
    assert (first.seq, second.seq, first.signature == second.signature) == (1, 1, False)


def test_only_who_manages_the_node_signs():
    w, _ = founded()
    with pytest.raises(Refused) as refused:
        sign_head(by=w.lan, day=date(2026, 6, 1), key=w.key, at=at(2, 1))
    assert refused.value.verdict.code == "not-your-role"
