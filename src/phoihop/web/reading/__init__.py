"""The pages on which a unit's own regulation or plan becomes an agreement: the file, what was read of it clause by clause, the head, the draft."""
