"""Reading patrols. The viewer comes first; exact route, time and strength only for those who take part, until it ends."""
