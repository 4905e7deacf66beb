"""The records of agreements: the register, the text, who signed it, what follows from it."""

from .calendar import *
from .drafting import *
from .duties import *
from .lifecycle import *
from .norms import *
from .plans import *
from .reading import *
from .register import *
from .signing import *
from .text import *
