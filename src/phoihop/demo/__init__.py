"""The demo province: invented acts on real ground, made by the same actions as everything else, from a fixed seed.

``days``, ``ways`` and ``year`` say what happens, without a database; ``founding``, ``hands``, ``months``, ``recent`` and ``around`` let
it happen; ``load`` is the first part (the last sixty days, before a page opens) and ``behind`` the long rest, done by the worker.
"""
