"""The guides as pages, and the source of the running version."""

import io
import re
import tarfile

import pytest

from phoihop.web import manual


@pytest.mark.parametrize("name", manual.FILES)
@pytest.mark.django_db
def test_a_guide_is_shown_as_it_stands_in_the_repository(client, name):
    file, language = manual.FILES[name]
    heading = (manual.GUIDES / file).read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    answer = client.get(f"/huong-dan/{name}/")
    assert answer.status_code == 200
    assert f'lang="{language}"><h1>{heading}</h1>' in answer.content.decode()


@pytest.mark.parametrize("name", manual.FILES)
@pytest.mark.django_db
def test_every_link_of_a_guide_leads_to_a_page(client, name):
    text = client.get(f"/huong-dan/{name}/").context["text"]
    assert [href for href in re.findall(r'href="([^"]*)"', text) if not href.startswith(("https://", "#"))] == []
    assert "](" not in text


@pytest.mark.django_db
def test_a_guide_that_is_none_is_not_found(client):
    assert client.get("/huong-dan/khac/").status_code == 404


@pytest.mark.django_db
def test_whoever_uses_the_node_gets_the_source_of_the_version_that_runs(client):
    answer = client.get("/huong-dan/ma-nguon.tar.gz")
    with tarfile.open(fileobj=io.BytesIO(answer.content)) as tar:
        names = tar.getnames()
    assert {"phoihop/LICENSE", "phoihop/Makefile", "phoihop/src/phoihop/web/source.py", "phoihop/requirements/run.txt"} - set(names) == set()
    assert [n for n in names if "/var/" in n or ".sqlite" in n or n.endswith((".key", ".pyc"))] == []
