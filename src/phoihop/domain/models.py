"""The catalogue: every record of the domain, in the order of the topics. Nothing else lives here."""

from .activities.models import *
from .agreements.models import *
from .figures.models import *
from .forces.models import *
from .matters.models import *
from .people.models import *
from .tasks.models import *
from .territory.models import *
