"""Reading a regulation or plan as forces write them: structure, head, who does what, how often, by when. Named rules over word lists; no statistics.

What a rule is not sure of stays empty. Each find says where it stands and by which rule it was read (``why.RULES``). How well it reads is measured on
labelled texts (``python -m bench reading``); ``docs/decisions/reading.md`` tells how, and where it falls short.
"""

from .proposal import ClauseRead, DutyRead, HeadRead, Mark, Proposal, RoleRead
from .whole import read

__all__ = ["ClauseRead", "DutyRead", "HeadRead", "Mark", "Proposal", "RoleRead", "read"]
