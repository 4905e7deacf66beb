"""Reading agreements. The viewer comes first."""
