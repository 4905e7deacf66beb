"""Reports: questions to the ledger for a named period, laid out as tables, workbooks and documents. Anyone could recompute them; nothing is stored."""
