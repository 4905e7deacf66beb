from phoihop.papers.plain import to_text
from tests.papers.samples import a_joint_plan, a_letter, a_report, an_item


def test_an_item_is_copied_as_it_is_said_with_the_banner_of_demo_data():
    assert to_text(an_item()) == (
        "DỮ LIỆU MINH HỌA\n"
        "Tuần tra chung TT-26-QS86-18371-7\n"
        "Chủ trì: Công an xã Thạnh Hải; phối hợp: dân quân xã.\n"
        "Bắt đầu 19:00 ngày 21/11/2026; 7 người, – phương tiện.\n"
    )


def test_names_and_titles_that_print_cuts_into_lines_are_whole_again():
    said = to_text(a_report()).split("\n")
    assert "Kết quả phối hợp giữa các lực lượng trong bảo đảm an ninh, trật tự tháng 01 năm 2026" in said
    assert "BỘ CHỈ HUY QUÂN SỰ TỈNH VĨNH LONG" in to_text(a_letter()).split("\n")
    assert "CÔNG AN TỈNH - BỘ CHỈ HUY QUÂN SỰ TỈNH - BAN CHỈ HUY BỘ ĐỘI BIÊN PHÒNG TỈNH" in to_text(a_joint_plan()).split("\n")


def test_a_table_is_one_line_to_a_row_and_the_source_comes_last():
    said = to_text(a_report()).split("\n")
    assert said[said.index("Khu vực | Tuần tra (cuộc) | Vụ việc mới") + 1 :][:3] == ["Ba Tri | 388 | 21", "Mỏ Cày | – | 13", "Toàn tỉnh | 1.746 | 63"]
    assert said[-2:] == ["Số liệu đến 31/01/2026 · theo địa giới ngày 01/07/2025 · nhật ký số 48213, mã 3f9a1c2e4b07", ""]
