"""What is printed, signed by hand, read out and copied: sheet and books, lists to sign, plain text, the page behind a one-time link."""
