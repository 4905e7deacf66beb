"""/luc-luong/: the units of a place, each unit's page, and everything that is kept about units."""
