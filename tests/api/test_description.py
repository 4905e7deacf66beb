"""The API offers what pages do, says so, and its description is what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from pydantic import BaseModel

from phoihop.api.acts import OPERATIONS
from phoihop.api.handbook import document
from phoihop.api.left_out import LEFT_OUT
from phoihop.kernel.action import ACTIONS
from tests.web.flat import flat


def operations():
    return [(path, method, operation) for path, methods in document()["paths"].items() for method, operation in methods.items()]


def test_every_action_has_an_operation_or_a_reason_why_not():
    ours = {name for name, action in ACTIONS.items() if action.__module__.startswith("phoihop.")}  # tests make some of their own
    assert sorted(ours - set(OPERATIONS) - set(LEFT_OUT)) == []
    assert sorted(set(LEFT_OUT) & set(OPERATIONS)) == []
    assert sorted((set(LEFT_OUT) | set(OPERATIONS)) - ours) == []


def test_it_is_openapi_3_1_and_every_operation_has_a_name_of_its_own_and_a_sentence():
    assert document()["openapi"] == "3.1.0"
    names = [operation["operationId"] for _path, _method, operation in operations()]
    assert len(names) == len(set(names))
    assert [o["operationId"] for _path, _method, o in operations() if len(o["summary"]) < 10] == []


def shapes(above: type[BaseModel] = BaseModel) -> Iterator[type[BaseModel]]:
    for shape in above.__subclasses__():
        if shape.__module__.startswith("phoihop.api"):
            yield shape
        yield from shapes(shape)


def test_no_two_shapes_bear_one_name():
    """In a description they would overwrite each other."""
    names = [shape.__name__ for shape in {id(shape): shape for shape in shapes()}.values()]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize(
    ("method", "statuses"),
    [("get", {"200", "304", "401", "403", "404", "422", "429"}), ("post", {"200", "400", "401", "403", "404", "409", "413", "415", "422", "429"})],
)
def test_every_operation_tells_how_it_may_be_refused(method, statuses):
    lacking = [operation["operationId"] for _path, m, operation in operations() if m == method and set(operation["responses"]) != statuses]
    assert lacking == []


def test_every_write_takes_a_key_and_every_read_an_etag():
    taken = {m: {p.get("$ref", "").rpartition("/")[2] for _path, method, o in operations() if method == m for p in o["parameters"]} for m in ("get", "post")}
    assert ("Key" in taken["post"], "Unchanged" in taken["get"], "Key" in taken["get"]) == (True, True, False)


def test_the_document_is_served_to_anybody(db):
    answer = Client().get("/api/v1/openapi.json")
    assert (answer.status_code, answer.json()["info"]["title"]) == (200, "Phối Hợp")


def test_the_page_for_people_lists_every_operation_and_fetches_nothing_from_elsewhere(db):
    answer = Client().get("/api/")
    text = answer.content.decode()
    assert [o["operationId"] for _p, _m, o in operations() if f'id="{o["operationId"]}"' not in text] == []
    assert re.findall(r'(?:src|href)="(?:https?:)?//', text) == []
    assert re.findall(r"<script|style=|`", text) == []
    assert "default-src 'self'" in answer["Content-Security-Policy"]


def test_the_address_of_a_problem_stands_on_the_page(db):
    kind = Client().get("/api/v1/self").json()["type"]
    page, _hash, place = kind.partition("#")
    assert f'id="{place}"' in Client().get(page).content.decode()


def test_the_page_for_people_says_what_each_operation_answers_and_which_codes_it_takes(db):
    page = Client().get("/api/").content.decode()
    whole, listed = (page.partition(f'id="{name}"')[2].partition("</details>")[0] for name in ("patrols_one", "tasks_listed"))
    assert ('href="#shape-WholePatrol"' in flat(whole), "“open” | “answered”" in listed) == (True, True)
    assert [one.partition('"')[0] for one in page.split('<section id="')[1:5]] == ["areas", "units", "people", "matters"]
