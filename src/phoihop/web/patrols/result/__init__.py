"""What came of a patrol: three taps on a phone, every number at a desk; one form for both."""
