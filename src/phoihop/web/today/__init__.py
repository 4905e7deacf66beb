"""Today's board: one sentence, one queue, the day on a ribbon and on a map. On a phone: what to do at once."""
