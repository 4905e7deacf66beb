"""/dia-ban/: areas through time: the tree of any day, what became of what, and the checks of the register."""
