import pytest

from phoihop.kernel.letters import decoded, from_old_letters, looks_old

TODAY = "Ngày 12/6 công an xã và lực lượng dân quân tuần tra phối hợp, kết quả tốt; giờ về 23h"
OLD = "TuÇn tra chung, c«ng an x·, lùc l­îng phèi hîp, kÕt qu¶ ngµy 12/6, thêi gian giê ®Õn"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_is_read_whatever_its_encoding(encoding):
    assert decoded(TODAY.encode(encoding)) == TODAY


def test_decomposed_letters_of_windows_1258_come_out_composed():
    assert decoded("Ngày công an xa\u0303 tuâ\u0300n tra, lư\u0323c lươ\u0323ng".encode("cp1258")) == "Ngày công an xã tuần tra, lực lượng"


def test_the_old_letters_are_read_in_todays():
    assert from_old_letters("TuÇn tra chung, c«ng an x·") == "Tuần tra chung, công an xã"
    assert decoded(OLD.encode("latin-1")) == "Tuần tra chung, công an xã, lực lượng phối hợp, kết quả ngày 12/6, thời gian giờ đến"


def test_a_text_looks_old_only_if_it_makes_sense_so():
    assert (looks_old(OLD), looks_old(TODAY), looks_old("Café Müller"), looks_old("")) == (True, False, False, False)
