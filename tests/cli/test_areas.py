"""``phoihop areas`` and ``phoihop boundaries``: lists and outlines brought in, checked, and refused with a sentence."""

from __future__ import annotations

import json

import pytest

from phoihop.config.command import main
from phoihop.domain import models as m
from tests.cli.running import ran
from tests.domain.territory.small import world_before
from tests.world import songdat

pytestmark = pytest.mark.django_db


def square(code: str, name: str, lon: float, lat: float) -> dict[str, object]:
    ring = [[lon, lat], [lon + 0.1, lat], [lon + 0.1, lat + 0.1], [lon, lat + 0.1], [lon, lat]]
    return {"type": "Feature", "properties": {"code": code, "name": name}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def test_an_official_file_is_imported_over_what_is_there(capsys, tmp_path):
    songdat()
    file = tmp_path / "danh-muc.csv"
    file.write_text("code,name,kind,parent_code\n29001,Sông Lớn,xa,86\n29003,Đồi,xa,86\n", encoding="utf-8")
    code, out, _err = ran(capsys, "areas", "import", str(file), "--day", "1/7/2025")
    assert (code, "1 địa bàn mới" in out, "1 thay đổi" in out) == (0, True, True)
    assert m.Area.objects.get(code="29001").name == "Sông Lớn"
    assert str(m.Area.objects.get(code="29003").valid_from) == "2025-07-01"


def test_what_one_file_brought_stays_when_the_next_is_refused(capsys, tmp_path):
    songdat()
    good, bad = tmp_path / "tot.csv", tmp_path / "hong.csv"
    good.write_text("code,name,kind,parent_code\n29003,Đồi,xa,86\n", encoding="utf-8")
    bad.write_text("a,b\n1,2\n", encoding="utf-8")
    code, _out, err = ran(capsys, "areas", "import", str(good), str(bad), "--day", "2025-07-01")
    assert (code, "[no-heading]" in err, m.Area.objects.filter(code="29003").exists()) == (1, True, True)


@pytest.mark.parametrize(("content", "code"), [(b"", "file-empty"), (b"MZ\x90\x00 program", "file-program")])
def test_a_file_that_is_no_list_does_not_pass_the_gates(capsys, tmp_path, content, code):
    songdat()
    file = tmp_path / "danh-muc.xlsx"
    file.write_bytes(content)
    answer, _out, err = ran(capsys, "areas", "import", str(file))
    assert (answer, f"[{code}]" in err) == (1, True)


def test_a_file_that_is_not_there_or_too_large_is_a_sentence(capsys, tmp_path, settings):
    songdat()
    missing = str(tmp_path / "khong-co.csv")
    assert ran(capsys, "areas", "import", missing)[::2] == (2, f"Không đọc được {missing}: No such file or directory.\n")
    assert ran(capsys, "areas", "import", str(tmp_path))[0] == 2
    settings.UPLOAD_MEGABYTES = 0
    large = tmp_path / "lon.csv"
    large.write_text("code,name\n", encoding="utf-8")
    assert ran(capsys, "areas", "import", str(large))[::2] == (2, f"{large} lớn hơn 0 MB, mức lớn nhất được nhận.\n")


@pytest.mark.parametrize("day", ["30/2/2026", "hôm qua", "2026-13-01", "1/7"])
def test_a_day_that_does_not_exist_is_a_sentence(capsys, day):
    with pytest.raises(SystemExit) as ended:
        main(["areas", "import", "x.csv", "--day", day])
    assert ended.value.code == 2
    assert "viết 2025-07-01 hoặc 1/7/2025" in capsys.readouterr().err


def test_a_node_that_is_not_founded_says_so(capsys):
    assert ran(capsys, "areas", "import")[::2] == (2, "Máy chủ chưa được thành lập. Chạy phoihop users first, hoặc phoihop demo.\n")


def test_the_checks_are_told_and_a_fault_is_exit_code_one(capsys):
    world_before()
    code, out, _err = ran(capsys, "areas", "check")
    assert code == 1  # a province of three communes is not the nation
    assert "lỗi count: 4\n  Số đơn vị không bằng số đã công bố" in out
    assert out.splitlines()[-1].endswith(" lỗi")


def test_boundaries_are_imported_and_what_fits_nothing_is_told(capsys, tmp_path):
    w = songdat()
    m.Area.objects.filter(pk=w.song.pk).update(lat=10.05, lon=106.05)
    file = tmp_path / "ranh-gioi.geojson"
    features = [square("29001", "Sông", 106.0, 10.0), square("11111", "Đâu Đó", 106.5, 10.5)]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    code, out, _err = ran(capsys, "boundaries", "import", str(file), "--day", "2025-07-01")
    assert code == 0
    assert "1 địa bàn có ranh giới, 0 nơi tìm theo tên" in out
    assert "1 không khớp địa bàn nào: 11111 Đâu Đó" in out
    assert "1 địa bàn chưa có ranh giới: 29002" in out


@pytest.mark.parametrize(("content", "code"), [("không phải json", "no-json"), ('{"type": "Feature"', "no-json"), ('{"type": "Point"}', "no-boundaries")])
def test_a_file_without_boundaries_is_refused(capsys, tmp_path, content, code):
    songdat()
    file = tmp_path / "x.geojson"
    file.write_text(content, encoding="utf-8")
    answer, _out, err = ran(capsys, "boundaries", "import", str(file))
    assert (answer, f"[{code}]" in err) == (1, True)
