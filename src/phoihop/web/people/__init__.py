"""Pages about accounts and posts: the door, one's own account, and what the administrator looks after."""
