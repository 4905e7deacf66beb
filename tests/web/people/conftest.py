"""Lan of the small world has a password here."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from phoihop.domain import models as m
from tests.web.browser import signed_in

WORDS = "một câu dễ nhớ"


@pytest.fixture
def words(w: SimpleNamespace) -> str:
    """Everybody's password."""
    m.User.objects.update(password=make_password(WORDS))
    return WORDS


@pytest.fixture
def as_post(w: SimpleNamespace, settings):
    """``as_post(w.lan)``: a browser in which the holder of a post is signed in and acts in it."""

    def client(post: m.Post) -> Client:
        if post.role in ("admin", "auditor"):
            m.User.objects.filter(pk=post.user_id).update(totp_secret="sealed")
        post.user.refresh_from_db()
        browser = Client()
        browser.cookies[settings.SESSION_COOKIE_NAME] = signed_in(post)
        return browser

    return client
