"""A command that was called wrongly: its sentence is printed, and the exit code is 2."""


class Wrong(Exception):
    """``Wrong("x.csv cannot be read: …")``: one sentence that says what to do."""
