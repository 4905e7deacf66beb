"""What the system keeps, refuses and forgets, read from the code itself: the pages under /gioi-han/, and docs/reference."""
