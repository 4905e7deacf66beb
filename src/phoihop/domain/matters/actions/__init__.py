"""Everything that changes a matter, its parties, its texts, and the journal itself."""
