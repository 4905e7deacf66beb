"""The patrol month (screen B): one scope's routes by its days, what is to be mended before it is sent, who carries how much."""
