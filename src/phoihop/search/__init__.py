"""Full-text search over the register: an index of folded words, kept by the worker from the journal; who asks sees what the matter opens to it."""
