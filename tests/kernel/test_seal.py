import pytest

from phoihop.kernel.seal import Unreadable, recognised_by, seal, unseal


def test_a_seal_opens_for_its_purpose():
    assert unseal(seal("khóa bí mật", "authenticator"), "authenticator") == "khóa bí mật"


def test_a_seal_hides_its_text_and_never_looks_the_same_twice():
    first, second = seal("khóa", "x"), seal("khóa", "x")
    assert ("khóa" in first, first == second) == (False, False)


@pytest.mark.parametrize("broken", ["", "không phải", "gAAAA"])
def test_what_was_changed_does_not_open(broken):
    with pytest.raises(Unreadable):
        unseal(broken, "x")


def test_a_seal_does_not_open_for_another_purpose_nor_under_another_key(settings):
    sealed = seal("khóa", "x")
    with pytest.raises(Unreadable):
        unseal(sealed, "y")
    settings.SECRET_KEY = "another key of another node"
    with pytest.raises(Unreadable):
        unseal(sealed, "x")


def test_a_text_is_recognised_only_for_its_purpose_and_under_the_same_key(settings):
    mark = recognised_by("reset", "ABCD")
    assert (len(mark), mark == recognised_by("reset", "ABCD"), mark == recognised_by("guess", "ABCD")) == (64, True, False)
    settings.SECRET_KEY = "another key of another node"
    assert recognised_by("reset", "ABCD") != mark
