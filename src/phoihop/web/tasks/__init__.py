"""The pages of tasks: the list, giving one, and one task with everything that may be done with it."""
