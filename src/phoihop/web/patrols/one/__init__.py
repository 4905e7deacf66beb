"""One patrol on a page: its parties, its course, its route, and the one thing to do next."""
