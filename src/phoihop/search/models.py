"""None: the index is no model (index.py). Django tells an app of a migration only where this module is."""
