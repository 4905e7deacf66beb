"""Reading matters and the journal. The viewer comes first, so nobody can forget to ask whose eyes these are."""
