"""The pages of what agreements lay down: who does what, what falls due, how far it is met, where nothing is agreed."""
