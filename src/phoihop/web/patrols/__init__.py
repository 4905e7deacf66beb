"""The pages of patrols: the list, the month, planning, one patrol, results on a phone, confirming, paper, routes and campaigns."""
