"""Plans for events and situations: what they lay down beside their clauses, how they are carried out, teams that stand on them."""
