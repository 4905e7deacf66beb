import pytest

from phoihop.kernel.secret import Secret


def test_a_secret_shows_itself_only_when_asked():
    secret = Secret("một câu dễ nhớ")
    assert secret.reveal() == "một câu dễ nhớ"
    assert (repr(secret), str(secret), f"{secret}") == ("Secret(…)",) * 3


def test_an_empty_secret_is_false():
    assert (bool(Secret("")), bool(Secret("x"))) == (False, True)


def test_nothing_can_be_hung_on_a_secret():
    with pytest.raises(AttributeError):
        Secret("x").note = "0912345678"
