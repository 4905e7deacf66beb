"""A setting is read from the environment or a file; nonsense is refused with a sentence that says what to write."""

import pytest
from environ.compat import ImproperlyConfigured

from phoihop.config import env
from phoihop.config.env import setting


@pytest.fixture(autouse=True)
def _own_register(monkeypatch):
    monkeypatch.setattr(env, "SETTINGS", {})


@pytest.mark.parametrize(
    ("read", "raw", "value"),
    [
        (env.text, "  Máy chủ ", "Máy chủ"),
        (env.yes_no, "Yes", True),
        (env.yes_no, "off", False),
        (env.whole(1, 65535), "8086", 8086),
        (env.one_of("json", "text"), "text", "text"),
        (env.names, "a.vn, ,b.vn", ["a.vn", "b.vn"]),
        (env.tag, "CA86", "CA86"),
        (env.tag, "LDC86", "LDC86"),
    ],
)
def test_what_is_written_well_is_read(read, raw, value):
    assert setting("X", "", "for a test", read, {"PHOIHOP_X": raw}) == value


@pytest.mark.parametrize(
    ("read", "raw", "sentence"),
    [
        (env.yes_no, "maybe", "PHOIHOP_X đang là 'maybe'; hãy ghi yes hoặc no."),
        (env.whole(1, 65535), "70000", "PHOIHOP_X đang là '70000'; hãy ghi một số nguyên từ 1 đến 65535."),
        (env.whole(1, 65535), "8o86", "PHOIHOP_X đang là '8o86'; hãy ghi một số nguyên từ 1 đến 65535."),
        (env.whole(-9, 9), "--5", "PHOIHOP_X đang là '--5'; hãy ghi một số nguyên từ -9 đến 9."),
        (env.one_of("json", "text"), "xml", "PHOIHOP_X đang là 'xml'; hãy ghi một trong: json, text."),
        (env.tag, "ca86", "PHOIHOP_X đang là 'ca86'; hãy ghi chữ viết tắt của lực lượng và hai chữ số của tỉnh: CA86."),
        (env.database, "mysql://h/n", "PHOIHOP_X đang là 'mysql://h/n'; hãy ghi sqlite:///đường-dẫn hoặc postgres://tài-khoản:mật-khẩu@máy/tên."),
    ],
)
def test_nonsense_is_refused_with_what_stood_there_and_what_to_write(read, raw, sentence):
    with pytest.raises(ImproperlyConfigured) as refused:
        setting("X", "", "for a test", read, {"PHOIHOP_X": raw})
    assert str(refused.value) == sentence


def test_the_refusal_is_in_the_language_of_the_command(monkeypatch):
    monkeypatch.setenv("PHOIHOP_LANGUAGE", "en")
    with pytest.raises(ImproperlyConfigured) as refused:
        setting("X", "", "for a test", env.whole(1, 65535), {"PHOIHOP_X": "70000"})
    assert str(refused.value) == "PHOIHOP_X is '70000'; write a whole number from 1 to 65535."


def test_a_default_stands_where_nothing_is_written():
    assert setting("PORT", "8086", "for a test", env.whole(1, 65535), {}) == 8086


def test_a_file_is_read_instead_of_the_environment(tmp_path):
    file = tmp_path / "key"
    file.write_text("s3cret\n", encoding="utf-8")
    assert setting("SECRET_KEY", "", "for a test", env={"PHOIHOP_SECRET_KEY_FILE": str(file)}) == "s3cret"


def test_both_at_once_are_refused(tmp_path):
    with pytest.raises(ImproperlyConfigured) as refused:
        setting("X", "", "for a test", env={"PHOIHOP_X": "1", "PHOIHOP_X_FILE": str(tmp_path / "key")})
    assert str(refused.value) == "PHOIHOP_X và PHOIHOP_X_FILE đều được đặt: chỉ giữ một."


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(ImproperlyConfigured) as refused:
        setting("X", "", "for a test", env={"PHOIHOP_X_FILE": str(tmp_path / "none")})
    assert str(refused.value) == f"PHOIHOP_X_FILE chỉ tới {tmp_path / 'none'}, tệp này không đọc được: No such file or directory."


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE"])
def test_a_secret_is_not_repeated_in_the_refusal(name):
    with pytest.raises(ImproperlyConfigured) as refused:
        setting(name, "", "for a test", env.whole(1, 2), {f"PHOIHOP_{name}": "hunter2"})
    assert str(refused.value) == f"PHOIHOP_{name} đang là …; hãy ghi một số nguyên từ 1 đến 2."


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    file = tmp_path / "a-file"
    file.touch()
    with pytest.raises(ImproperlyConfigured) as refused:
        setting("DATA", "", "for a test", env.folder, {"PHOIHOP_DATA": str(file)})
    assert str(refused.value) == f"PHOIHOP_DATA đang là {str(file)!r}; {file} không phải là thư mục."


@pytest.mark.parametrize(
    ("url", "own"), [("postgres://a:b@h/n", ""), ("postgres://a:b@h/n?options=-c%20statement_timeout%3D9000", " -c statement_timeout=9000")]
)
def test_postgresql_plans_a_long_statement_whole_and_compiles_none_and_what_the_administrator_adds_comes_last(url, own):
    options = setting("X", "", "for a test", env.database, {"PHOIHOP_X": url})["OPTIONS"]
    assert options == {"options": f"-c jit=off -c join_collapse_limit=10 -c from_collapse_limit=10 -c random_page_cost=1.1{own}"}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("PHOIHOP_DATABSE", "PHOIHOP_DATABASE"), ("PHOIHOP_PROT", "PHOIHOP_PORT"), ("PHOIHOP_DATABASE_FIEL", "PHOIHOP_DATABASE_FILE"),
        ("PHOIHOP_PORT", ""), ("PHOIHOP_DATABASE_FILE", ""), ("PHOIHOP_CI", ""), ("DATABSE", ""),
    ],
)  # fmt: skip
def test_a_name_that_is_nearly_a_settings_is_asked_about(name, meant):
    for known in ("DATABASE", "PORT", "HOSTS"):
        setting(known, "", "for a test", env={})
    told = ""
    try:
        env.no_slips({name: "x"})
    except ImproperlyConfigured as problem:
        told = str(problem)
    assert told == (f"không có thiết lập {name}. Có phải {meant}?" if meant else "")
