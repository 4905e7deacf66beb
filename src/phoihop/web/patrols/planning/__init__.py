"""Planning a patrol, and changing its plan, on one form."""
