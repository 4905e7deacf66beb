"""The pages on which a unit takes its patrol log in: upload, preview, mending, release, withdrawal."""
