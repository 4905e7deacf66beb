"""Reading tasks. The viewer comes first."""
