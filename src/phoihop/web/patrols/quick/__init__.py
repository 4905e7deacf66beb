"""Many patrols typed or pasted as lines of a table: what is over is recorded with its result, what is to come is planned."""
