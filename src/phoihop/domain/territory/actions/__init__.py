"""Everything that changes areas: lists imported, units renamed, merged and split, mistakes corrected, groups and maps drawn."""
