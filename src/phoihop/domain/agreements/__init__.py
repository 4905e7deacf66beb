"""What equals have agreed: regulations, programmes and plans, who signed which text, and the duties that follow from it."""
