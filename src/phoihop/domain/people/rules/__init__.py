"""Who may do what, who gives whom a post, and how one proves to be who one is."""

from . import events
from .accounts import DEMO_PASSWORD, is_demo
from .may import MAY, PERMISSION_NAMES, PERMISSIONS, allowed, holds, may, roles_with

__all__ = ["DEMO_PASSWORD", "MAY", "PERMISSIONS", "PERMISSION_NAMES", "allowed", "events", "holds", "is_demo", "may", "roles_with"]
