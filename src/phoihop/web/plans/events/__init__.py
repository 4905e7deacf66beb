"""The calendar of holidays and events, and the plans for them: one at a time or many in one go."""
