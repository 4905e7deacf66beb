"""Reading a patrol log as forces keep it today: any layout, any usual way to write a day, an hour, a number or a unit.

Everything here is pure: bytes and texts in, plain values and findings out. What a name of a unit or a place stands for
is asked of the records by ``queries.importing``.
"""
