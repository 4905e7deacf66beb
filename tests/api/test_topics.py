"""Each topic through the API once, as a machine of a unit would use it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from phoihop.domain.activities.actions import planning
from phoihop.domain.matters.models import Note
from phoihop.domain.models import ApiToken, Relation, Task
from phoihop.domain.territory.models import Area
from phoihop.search import keeping
from tests.api.test_patrols import a_plan
from tests.world import NOON, a_draft, at

JUNE = {"first": "2026-06-01", "until": "2026-07-01"}


@pytest.fixture
def code(w, machine):
    return machine(w.lan).post("/patrols", a_plan(w)).json()["records"][0]["id"]


def test_areas_are_found_named_and_shown_as_a_tree(w, machine):
    lan = machine(w.lan)
    assert [h["area"]["id"] for h in lan.get("/areas/search", text="song").json()] == ["86@2025-07-01", "29001@2025-07-01"][::-1]
    tree = lan.get("/areas/86/tree").json()
    assert [(n["area"]["name"], n["children"]) for n in tree["children"]] == [("Sông", []), ("Đất", [])]
    assert [a["code"] for a in lan.get("/areas", within="86").json()["items"]] == ["29001", "29002"]
    assert [a["name"] for a in lan.get("/areas/29001/above").json()] == ["Sông Đất", "Việt Nam"]


def test_two_communes_merge_and_the_old_one_says_what_it_became(w, machine):
    body = {"areas": ["29001", "29002"], "draft": {"code": "29003", "kind": "xa", "name": "Sông Mới"}, "day": "2026-06-01", "basis": "Nghị quyết 1"}
    assert machine(w.lan).post("/areas/merge", body).json()["code"] == "not-your-role"
    merged = machine(w.quan).post("/areas/merge", body)
    assert merged.status_code == 200, merged.content
    became = machine(w.lan).get("/areas/29001@2026-05-31/became").json()
    assert ([a["name"] for a in became["areas"]], became["whole"]) == (["Sông Mới"], True)
    was = machine(w.lan).get("/areas/29003/made-of", on="2026-05-31").json()
    assert sorted(a["name"] for a in was["areas"]) == ["Sông", "Đất"]


def test_a_share_is_declared_by_the_names_of_areas(w, machine):
    parts = [{"code": "29004", "kind": "xa", "name": "Sông Trên"}, {"code": "29005", "kind": "xa", "name": "Sông Dưới"}]
    split = machine(w.quan).post("/areas/29001/split", {"parts": parts, "day": "2026-06-01", "basis": "Nghị quyết 2"})
    assert split.status_code == 200, split.content
    shares = {"shares": {"29004": 600_000, "29005": 400_000}, "basis": "Nghị quyết 2"}
    assert machine(w.quan).post("/areas/29001@2026-05-31/shares", shares).status_code == 200
    assert sorted(Area.objects.get(code="29001").became.values_list("share", flat=True)) == [400_000, 600_000]


def test_units_their_chain_their_contacts_and_who_may_assign(w, machine):
    lan = machine(w.lan)
    assert [u["name"] for u in lan.get("/units", area="29001", deep=False, force="CA").json()["items"]] == ["Công an xã Sông"]
    page = lan.get(f"/units/{w.police_song.key}").json()
    assert [u["id"] for u in page["above"]] == [w.police.key]
    between = lan.get(f"/units/{w.police.key}/relation-to/{w.police_song.key}").json()
    assert between == {"relation": "directs", "may_assign": True}
    assert lan.get(f"/units/{w.police_song.key}/relation-to/{w.militia_song.key}").json() == {"relation": None, "may_assign": False}
    contact = {"label": "Trực ban", "number": "0270 382 2345", "day": "2026-06-01"}
    assert lan.post(f"/units/{w.police_song.key}/contacts", contact).status_code == 200
    assert [c["label"] for c in lan.get(f"/units/{w.police_song.key}").json()["contacts"]] == ["Trực ban"]
    wrong = lan.post(f"/units/{w.police_song.key}/contacts", contact | {"number": "gọi anh Ba"})
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["field"]) == (422, "no-number", "number")


def test_a_relation_is_laid_down_and_ended(w, machine):
    body = {"upper": w.army.key, "lower": w.police_song.key, "kind": "coordinates", "day": "2026-06-01"}
    made = machine(w.quan).post("/units/relate", body).json()["records"][0]
    assert machine(w.quan).post(f"/relations/{made['id']}/end", {"day": "2026-07-01"}).status_code == 200
    assert Relation.objects.get(pk=made["id"]).valid_until.isoformat() == "2026-07-01"


def test_accounts_are_seen_by_who_manages_them_and_opened_with_a_code_told_once(w, machine):
    quan = machine(w.quan)
    assert machine(w.lan).get("/accounts").status_code == 403
    assert len(quan.get("/accounts").json()["items"]) == 10
    opened = quan.post("/accounts", {"username": "hoa.tt", "full_name": "Trần Thị Hoa"}).json()
    assert len(opened["secret"]) >= 8
    number = next(r["id"] for r in opened["records"] if r["kind"] == "account")
    post = {"user": int(number), "unit": w.police_song.key, "role": "duty", "title": "Trực ban", "first": "2026-06-01"}
    assert quan.post("/posts", post).status_code == 200
    assert [p["title"] for p in quan.get(f"/accounts/{number}/posts").json()] == ["Trực ban"]


def test_a_list_of_accounts_is_looked_through_before_it_is_entered(w, machine):
    lines = {
        "lines": [
            {"n": 2, "full_name": "Lê Văn Ba", "username": "ba.lv", "unit": "Công an xã Sông", "role": "Trực ban", "title": "Trực ban", "since": "1/6/2026"}
        ]
    }
    told = machine(w.quan).post("/accounts/roster/preview", lines).json()[0]
    assert (told["username"], told["unit"]["id"], told["doubts"]) == ("ba.lv", w.police_song.key, [])
    entered = machine(w.quan).post("/accounts/roster", lines)
    assert (entered.status_code, entered.json().get("secret")) == (200, None)


def test_a_commander_issues_a_token_that_works_and_takes_it_back(w, machine):
    mai = machine(w.mai)
    issued = mai.post("/tokens", {"post": w.mai.pk, "label": "Phần mềm trực ban", "days": 30}).json()
    fresh = {"Authorization": f"Bearer {issued['secret']}"}
    assert mai.get("/self", headers=fresh).json()["post"]["id"] == w.mai.pk
    number = ApiToken.objects.get(label="Phần mềm trực ban").pk
    assert "secret" not in mai.get("/tokens").json()["items"][0]
    assert mai.post(f"/tokens/{number}/revoke").status_code == 200
    assert mai.get("/self", headers=fresh).status_code == 401


def test_a_matter_its_notes_files_recall_and_journal(w, machine, code):
    lan, mai = machine(w.lan), machine(w.mai)
    lan.post(f"/matters/{code}/notes", {"text": "Nước lên nhanh."})
    note = lan.get(f"/matters/{code}/notes").json()["items"][0]
    sent = SimpleUploadedFile("so-lieu.csv", b"a,b\n1,2\n", "text/csv")
    file = lan.send(f"/matters/{code}/files", {"upload": sent}).json()["records"][0]
    kept = lan.get(f"/files/{file['id']}")
    assert (kept.content, kept["X-Content-Type-Options"]) == (b"a,b\n1,2\n", "nosniff")
    assert machine(w.tu).get(f"/files/{file['id']}").status_code == 404
    recall = lan.post(f"/matters/{code}/recalls", {"reason": "Ghi nhầm cuộc.", "text": note["text_id"]}).json()["records"][0]
    commander = type(w.lan).objects.create(user=w.tu.user, unit=w.police_song, role="commander", title="chỉ huy", valid_from=w.lan.valid_from)
    assert machine(commander).post(f"/recalls/{recall['id']}/agree").status_code == 200
    assert (lan.get(f"/matters/{code}/notes").json()["items"][0]["text"], Note.objects.get().body.recalled) == (None, True)
    events = [e["what"] for e in lan.get(f"/matters/{code}/events").json()["items"]]
    assert events[:2] == ["matter.recalled", "matter.recall_asked"]
    assert all(not e["said"] for e in mai.get(f"/matters/{code}/events").json()["items"])
    book = lan.get("/journal", first=NOON.isoformat(), until=(NOON + timedelta(hours=1)).isoformat(), limit=2).json()
    assert ([e["what"] for e in book["items"]], book["next"] is None) == (["patrol.planned", "matter.noted"], False)


def test_a_unit_asks_to_join_without_reading_the_title_and_is_declined_or_let_see(w, machine, code):
    hai, lan = machine(w.hai), machine(w.lan)
    assert hai.get(f"/matters/{code}/lead").json()["may_ask"] == ["part", "see"]
    number = hai.post(f"/matters/{code}/requests", {"wish": "part"}).json()["records"][0]["id"]
    assert lan.post(f"/requests/{number}/decline", {"reason": "Đủ lực lượng."}).status_code == 200
    told = hai.get(f"/matters/{code}/lead").json()["asked"]
    assert (told["reason"], sorted(told)) == ("Đủ lực lượng.", ["answered_at", "at", "id", "reason", "state", "why", "wish"])
    assert lan.post(f"/matters/{code}/grants", {"unit": w.station.key, "basis": "Cùng địa bàn"}).status_code == 200
    assert hai.get(f"/matters/{code}").json()["sight"] == "granted"


def test_a_task_is_requested_accepted_answered_with_a_file_and_closed(w, machine, code):
    lan, binh = machine(w.lan), machine(w.binh)
    draft = {"matter": code, "what": "Thay bóng đèn ở cầu.", "lead": w.militia_song.key, "due_at": at(5, 12).isoformat()}
    task = lan.post("/tasks", {"draft": draft}).json()["records"][0]["id"]
    assert [w_["waits"] for w_ in binh.get("/waiting").json()] == ["asked", "task-asked"]
    assert binh.post(f"/tasks/{task}/answer-request", {"accepts": True}).status_code == 200
    evidence = SimpleUploadedFile("bien-ban.csv", b"den,1\n", "text/csv")
    assert binh.send(f"/tasks/{task}/answer", {"data": '{"answer": "Đã thay hai bóng."}', "uploads": evidence}).status_code == 200
    told = lan.get(f"/tasks/{task}").json()
    assert (told["state"], told["answer"], len(told["evidence"])) == ("answered", "Đã thay hai bóng.", 1)
    keeping.rebuild()
    found = [[t["id"] for t in machine(post).get("/tasks/search", text="bong den o cau").json()["items"]] for post in (w.lan, w.binh, w.tu)]
    assert found == [[task], [task], []]
    assert lan.post(f"/tasks/{task}/close").status_code == 200
    assert Task.objects.get().state == "closed"
    assert machine(w.tu).get(f"/tasks/{task}").json()["code"] == "no-such-task"


def test_a_route_with_its_points_and_a_campaign(w, machine, code):
    lan = machine(w.lan)
    draft = {"code": "T1", "name": "Tuyến chợ", "kind": "road", "area": "29001", "areas": ["29002"], "points": [{"name": "Cầu", "area": "29001"}]}
    route = lan.post("/routes", {"draft": draft}).json()["records"][0]["id"]
    whole = lan.get(f"/routes/{route}").json()
    assert ([p["name"] for p in whole["points"]], [a["code"] for a in whole["areas"]]) == (["Cầu"], ["29002"])
    assert machine(w.tu).get(f"/routes/{route}").status_code == 404
    campaign = lan.post("/campaigns", {"name": "Đợt cao điểm", "area": "29001", "first": "2026-06-01", "until": "2026-06-20"}).json()["records"][0]["id"]
    assert lan.post(f"/campaigns/{campaign}/join", {"activities": [code]}).json()["count"] == 1
    assert lan.get(f"/campaigns/{campaign}").json()["name"] == "Đợt cao điểm"


def test_a_log_is_sent_read_looked_through_and_withdrawn(w, machine, clock):
    from phoihop.domain.activities.actions.importing import step

    log = "Ngày;Giờ;Địa bàn;Lực lượng;Quân số\n28/5/2026;19h30-21h;Sông;CA, DQ;5\n29/5/2026;20h-22h;Không Đâu;CA;3\n".encode()
    lan = machine(w.lan)
    sent = lan.send("/imports", {"upload": SimpleUploadedFile("so.csv", log, "text/csv")})
    assert sent.status_code == 200, sent.content
    run = sent.json()["records"][0]["id"]
    while step(at=clock.now):
        pass
    assert lan.get(f"/imports/{run}/progress").json()["state"] == "preview"
    assert sum(lan.get(f"/imports/{run}").json()["rows"].values()) == 2
    groups = lan.get(f"/imports/{run}/doubts").json()
    assert "Không Đâu" in [g["text"] for g in groups]
    rows = lan.get(f"/imports/{run}/rows", state="doubtful").json()["items"]
    assert all(row["doubts"] for row in rows) and rows
    assert machine(w.mai).get(f"/imports/{run}").status_code == 404
    assert lan.post(f"/imports/{run}/withdraw", {"why": "Gửi nhầm sổ."}).status_code == 200
    refused = lan.send("/imports", {"upload": SimpleUploadedFile("so.docx", b"PK\x03\x04 rac", "application/zip")})
    assert (refused.status_code, refused.json()["field"]) == (422, "upload")


def test_figures_are_named_asked_compared_and_missing_is_not_zero(w, machine):
    lan = machine(w.lan)
    assert "TR.01" in [m["code"] for i in lan.get("/indicators").json() for m in i["measures"]]
    assert lan.get("/figures/cell", measure="TR.01", area="86", **JUNE).json()["value"] is None
    planning.plan(by=w.lan, draft=a_draft(w), at=NOON)
    assert lan.get("/figures/cell", measure="TR.01", area="29001", **JUNE).json()["value"] == 0
    table = lan.get("/figures/table", measure=["TR.01", "TR.09.KH"], area="86", **JUNE).json()
    assert [(r["areas"][0]["name"], r["figures"]["TR.09.KH"]["value"]) for r in table["rows"]] == [("Sông", 1), ("Đất", None)]
    for query, wrong in (({"measure": "XX"}, "no-such-measure"), ({"measure": "TR.01", "first": "2026-07-01"}, "until-not-after-first")):
        assert lan.get("/figures/cell", **{"area": "86", **JUNE, **query}).json()["code"] == wrong
    assert machine(w.quan).get("/figures/cell", measure="TR.01", area="86", **JUNE).status_code == 403


def test_a_total_from_a_document_stands_beside_and_says_where_it_is_from(w, machine):
    mai = machine(w.mai)
    total = {"measure": "TR.01", "area": "86", "first": "2026-01-01", "until": "2026-02-01", "value": 120, "qualifier": "=", "source": "Báo cáo 12/BC-CAT"}
    assert mai.post("/totals", {"total": total}).status_code == 200
    told = mai.get("/figures/cell", measure="TR.01", area="86", first="2026-01-01", until="2026-02-01").json()
    assert (told["value"], [(s["value"], s["source"]) for s in told["stated"]]) == (None, [(120, "Báo cáo 12/BC-CAT")])
    assert [t["value"] for t in mai.get("/totals").json()["items"]] == [120]
    assert mai.post("/totals", {"total": total | {"measure": "XX"}}).json()["code"] == "no-such-measure"


def test_the_report_of_a_period_as_lines_and_as_files(w, machine):
    planning.plan(by=w.lan, draft=a_draft(w), at=NOON)
    lan = machine(w.lan)
    calendar = lan.get("/calendars").json()[0]["code"]
    path = f"/reports/{calendar}/2026-T6"
    told = lan.get(path, area="86").json()
    assert [line["name"] for line in told["lines"] if line["kind"] == "row"] == ["Xã Sông", "Phường Đất"]
    book = lan.get(f"{path}/xlsx", area="86")
    assert (book.status_code, book.content[:2], book["Content-Type"].rpartition(".")[2]) == (200, b"PK", "sheet")
    assert machine(w.binh).get(f"{path}/xlsx", area="86").status_code == 403


def test_the_board_counts_what_the_post_sees_and_hides_the_hours_of_others(w, machine, code):
    own, other = machine(w.lan).get("/board").json(), machine(w.mai).get("/board").json()
    assert (own["counts"]["all"], [p["patrol"] for p in own["patrols"]]) == (1, [code])
    assert own["patrols"][0]["start"] is not None and other["patrols"][0]["start"] is None
    assert machine(w.lan).get("/board/pulse", **JUNE).json() == [{"day": "2026-06-01", "states": {"planned": 1}}]


@pytest.mark.parametrize("path", ["/tasks", "/matters/{code}/events", "/matters/{code}/notes", "/units", "/areas", "/routes", "/imports", "/tokens"])
def test_lists_ask_at_most_twelve_questions(w, machine, code, django_assert_max_num_queries, path):
    lan = machine(w.lan)
    for n in range(3):
        draft = {"matter": code, "what": f"Việc {n}.", "lead": w.militia_song.key, "due_at": at(5, 12).isoformat()}
        assert lan.post("/tasks", {"draft": draft}).status_code == 200
        assert lan.post(f"/matters/{code}/notes", {"text": f"Ghi {n}."}).status_code == 200
    lan.get(path.format(code=code), limit=1)
    counts = []
    for limit in (1, 100):
        with django_assert_max_num_queries(12) as asked:
            assert lan.get(path.format(code=code), limit=limit).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_waits_is_asked_at_most_twelve_questions(w, machine, code, django_assert_max_num_queries):
    lan = machine(w.lan)
    lan.get("/waiting")
    with django_assert_max_num_queries(12):
        assert lan.get("/waiting").status_code == 200
