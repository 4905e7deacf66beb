"""The catalogue: every record of the domain, in the order of the topics. Nothing else lives here."""

from .activities.models import *  # noqa: F403
from .figures.models import *  # noqa: F403
from .forces.models import *  # noqa: F403
from .matters.models import *  # noqa: F403
from .people.models import *  # noqa: F403
from .tasks.models import *  # noqa: F403
from .territory.models import *  # noqa: F403
