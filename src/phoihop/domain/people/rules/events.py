"""What can happen to accounts, posts and tokens."""

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.catalogue import events

events(
    "user",
    opened=_("mở tài khoản"),
    closed=_("đóng tài khoản"),
    password_passed=_("qua bước mật khẩu, chờ mã xác thực"),
    signed_in=_("đăng nhập"),
    missed=_("đăng nhập sai"),
    locked_out=_("khóa đăng nhập vì sai nhiều lần"),
    unlocked=_("mở khóa đăng nhập"),
    password_changed=_("đổi mật khẩu"),
    reset_issued=_("cấp mã đặt lại"),
    reset_used=_("dùng mã đặt lại"),
    authenticator_set=_("bật mã xác thực"),
    authenticator_dropped=_("tắt mã xác thực"),
    recovery_renewed=_("cấp lại mã dự phòng"),
    preferences_set=_("đổi tùy chọn hiển thị"),
)
events(
    "post",
    appointed=_("giao chức trách"),
    ended=_("kết thúc chức trách"),
    handed_over=_("bàn giao chức trách"),
    deputised=_("cử người làm thay"),
    passed_on=_("chuyển chức trách sang đơn vị kế thừa"),
)
events("token", issued=_("cấp mã truy cập"), revoked=_("thu hồi mã truy cập"))
events("key", made=_("tạo khóa ký"), revoked=_("thu hồi khóa ký"), opened=_("mở khóa ký bằng mã PIN"), missed=_("nhập sai mã PIN"))
