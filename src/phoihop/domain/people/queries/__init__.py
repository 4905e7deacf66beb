"""Reading accounts, posts and tokens."""

from .accounts import demo_logins
from .posts import acting, held_by, node_post, node_post_if_any

__all__ = ["acting", "demo_logins", "held_by", "node_post", "node_post_if_any"]
