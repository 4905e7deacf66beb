"""/tuan-tra/<mã>/chep/: "chép tin", a patrol as plain text for a call or a message; only what its reader may pass on."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from phoihop.domain.activities.queries.parties import Party
from phoihop.papers.document import Document, Paragraph
from phoihop.papers.plain import to_text

from ..base import Acting, acting, page
from ..patrols.seeing import SeenPatrol, address, of_patrol, record
from ..patrols.wording import people_of, when_of
from .facts import outcomes, span, state_words, way_of, word_of
from .heads import is_demo
from .printing import FORM, printed


@acting("matter.view", time="none")
@of_patrol
def copying(request: Acting, a: SeenPatrol) -> HttpResponse:
    """The text in a field, with a button that copies it; without scripts it is selected by hand."""
    if request.GET.get(FORM) == "txt":
        return printed(request, item(request, a), f"Tin {a.matter.code}")
    return page(request, "paper/copy.html", text=text_of(request, a), code=a.matter.code, back=address(a.matter.code))


def text_of(request: Acting, a: SeenPatrol) -> str:
    """What ``data-copy-from`` copies on any page that shows this patrol (with ``sight``, ``state`` and ``exact``)."""
    return to_text(item(request, a)).strip()


def item(request: Acting, a: SeenPatrol) -> Document:
    found = record(request, a)
    lines = [f"{a.matter.code}: {_('tuần tra chung')}, {a.matter.area}, {state_words(a.state).lower()}."]
    if a.exact:
        lines += [f"{span(*when_of(a))}.", f"{way_of(a)}."]
    for party in found.parties:
        lines.append(_party_line(party, a))
    if found.outcomes:
        lines.append(_("Kết quả: %(found)s.") % {"found": outcomes((o.kind, o.count) for o in found.outcomes)})
    return Document(abstract="", body=tuple(Paragraph(line, "left") for line in lines if line), demo=is_demo())


def _party_line(party: Party, a: SeenPatrol) -> str:
    s = party.strength
    people = None if s is None else s.people if a.claim else s.planned_people
    said = [_("chủ trì") if party.leads else "", people_of(people) if people is not None else "", word_of(party, a)]
    return f"{party.unit.name}: {', '.join(one for one in said if one)}." if any(said) else f"{party.unit.name}."
