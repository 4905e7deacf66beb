"""The pages of routes: where patrols go again and again, how often, and over which check-points."""
