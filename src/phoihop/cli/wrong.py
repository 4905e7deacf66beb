"""A command that was called wrongly: its sentence is printed, and the exit code is 2."""


class Wrong(Exception):
    """``Wrong(_("Không đọc được %(path)s …") % …)``: one sentence that says what to do."""
