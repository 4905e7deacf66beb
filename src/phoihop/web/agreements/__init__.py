"""The page of one agreement: drafting, opinions, signing, versions; and the places where others hang their part."""
