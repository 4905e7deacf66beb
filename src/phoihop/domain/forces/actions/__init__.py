"""Everything that changes forces and units: what there is, who directs whom, who takes over, and how each is reached."""
