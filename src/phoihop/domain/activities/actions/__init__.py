"""Everything that changes a route or a patrol."""
