"""The register of agreements and of the legal instruments they stand on; what is kept of each document beside its text."""
