"""What can happen to an agreement. Each part of the topic declares its own; every declared event is written by an action."""

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.catalogue import events

# Drafting and signing.
events(
    "agreement",
    drafted=_("soạn dự thảo"),
    changed=_("sửa nguyên văn"),
    circulated=_("gửi lấy ý kiến"),
    opined=_("góp ý dự thảo"),
    opinion_answered=_("trả lời góp ý"),
    signing_opened=_("trình ký liên tịch"),
    signed=_("xác nhận bằng khóa của chức trách"),
    signed_on_paper=_("ghi nhận bản giấy đã ký"),
    signed_in_file=_("nộp tệp PDF đã ký số"),
    declined=_("trả lời không ký"),
    approved=_("ghi quyết định phê duyệt"),
    agreed=_("đủ chữ ký các bên"),
    exported=_("xuất tệp PDF của nguyên văn"),
    reminded=_("nhắc góp ý, nhắc ký"),
    appraisal_closed=_("kết thúc góp ý chung"),
)

# The register: what stands on what, what units below make of it, how it is made known, reviewed and changed.
events(
    "instrument",
    laid=_("cập nhật danh mục văn bản pháp lý"),
    added=_("thêm văn bản pháp lý"),
    linked=_("ghi quan hệ giữa hai văn bản pháp lý"),
    ended=_("ghi ngày hết hiệu lực của văn bản pháp lý"),
)
events(
    "agreement",
    registered=_("ghi văn bản giấy vào sổ"),
    taken_back=_("rút lại văn bản ghi nhầm"),
    numbered=_("cấp số, ký hiệu"),
    based=_("ghi căn cứ"),
    adoption_asked=_("yêu cầu cấp dưới ban hành, thực hiện"),
    adopted=_("trả lời việc thực hiện văn bản cấp trên"),
    adoption_reminded=_("nhắc ban hành, thực hiện"),
    delivered=_("gửi văn bản"),
    received=_("báo đã nhận văn bản"),
    disseminated=_("quán triệt văn bản"),
    review_planned=_("định ngày rà soát"),
    reviewed=_("rà soát văn bản"),
    change_proposed=_("đề xuất sửa đổi"),
    change_answered=_("trả lời đề xuất sửa đổi"),
)

# What a place lays down otherwise than it ships.
events("norm", set=_("đặt chu kỳ, thời hạn, tiêu chí riêng của địa bàn"), withdrawn=_("rút chu kỳ, thời hạn, tiêu chí riêng"))

# What plans lay down beside their clauses, and what becomes of it.
events(
    "agreement",
    arranged=_("bố trí lực lượng, bước xử lý của phương án"),
    prepared=_("báo đã chuẩn bị xong"),
    laid_out=_("mở phương án thành nhiệm vụ"),
    held=_("ghi kết quả bảo vệ sự kiện"),
    shift_told=_("ghi số lượt người của đơn vị tại sự kiện"),
    practised=_("luyện tập phương án"),
    spot_stated=_("ghi tình trạng bốn tại chỗ"),
    team_formed=_("thành lập tổ, đội công tác liên ngành"),
    team_answered=_("trả lời tham gia tổ, đội công tác"),
    team_ended=_("giải thể tổ, đội công tác"),
)

# Holidays and events; many event plans at once.
events(
    "calendar",
    laid=_("cập nhật lịch ngày lễ, sự kiện"),
    entered=_("ghi sự kiện vào lịch"),
    moved=_("đổi ngày sự kiện"),
    cancelled=_("bỏ sự kiện khỏi lịch"),
)
events("agreement", event_named=_("gắn kế hoạch với sự kiện"), pledged=_("ghi số người, vật tư đơn vị bảo đảm được"))

# Reading a unit's own files; next year's document.
events("agreement", followed=_("soạn văn bản kỳ sau từ văn bản trước"))
events(
    "reading",
    begun=_("đưa tệp vào để đọc"),
    read=_("đọc xong tệp"),
    failed=_("không đọc được tệp"),
    mended=_("xem, sửa nội dung đọc được"),
    confirmed=_("lập văn bản từ tệp đã đọc"),
    dropped=_("bỏ tệp đang đọc"),
    forgotten=_("xóa tệp đọc dở quá hạn"),
)
