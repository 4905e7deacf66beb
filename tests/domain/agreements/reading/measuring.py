"""How well the rules read the labelled corpus: for each kind of label what was found rightly, found wrongly, and missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from phoihop.domain.agreements.rules.reading import DutyRead, Proposal, read
from phoihop.domain.agreements.rules.reading.duties import duties_of
from phoihop.domain.agreements.rules.reading.plain import plain
from phoihop.domain.agreements.rules.reading.sentences import sentences

from .labels import Labelled, Paper, papers, sentences_of_law

ROLES = ("lead", "cochair", "support", "advise", "inform")
KINDS = (
    *ROLES,
    "act",
    "cadence",
    "deadline",
    "onward",
    "area",
    "number",
    "issuer",
    "date",
    "subject",
    "kind",
    "basis",
    "replaces",
    "party",
    "signer",
    "articles",
    "unread",
)
# What is said not to have been read, as the labels call it; who leads has no label of its own.
UNREAD = {"unread-cadence": "cadence", "unread-times": "times", "unread-deadline": "day"}


@dataclass(slots=True)
class Score:
    """Of one kind of label: right, wrongly found, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


Scores = dict[str, Score]
Fault = tuple[str, str, str, str]


def measure(half: str) -> tuple[Scores, list[Fault]]:
    """The scores of a half, and each fault: where, of which kind, what was found wrongly, what was missed."""
    scores: Scores = {kind: Score() for kind in KINDS}
    faults: list[Fault] = []
    for line, duties in _law(half):
        _score_line(line, duties, scores, faults)
    for paper in papers(half):
        proposal = read(plain(paper.text))
        _score_head(paper, proposal, scores, faults)
        for line in paper.lines:
            _score_line(line, _duties_on(line, paper, proposal), scores, faults)
            _score_area(line, paper, proposal, scores, faults)
            if "signers" in paper.head:  # the documents of the second round; in the first nobody labelled what is not held
                _score_unread(line, paper, proposal, scores, faults)
    return scores, faults


def _law(half: str) -> Iterator[tuple[Labelled, list[DutyRead]]]:
    for line in sentences_of_law(half):
        yield line, [d for one in sentences(plain(line.text), 0) for d in duties_of(one, (), (), None, "")]


def _place(line: Labelled, paper: Paper) -> tuple[int, int]:
    text = plain(line.text)
    start = plain(paper.text).index(text)
    return start, start + len(text)


def _duties_on(line: Labelled, paper: Paper, proposal: Proposal) -> list[DutyRead]:
    start, until = _place(line, paper)
    return [d for c in proposal.clauses for d in c.duties if start <= d.start < until]


def _score_line(line: Labelled, duties: Iterable[DutyRead], scores: Scores, faults: list[Fault]) -> None:
    duties = list(duties)
    for role in ROLES:
        found = {r.body.value.lower() for d in duties for r in d.roles if r.role == role}
        _count(role, found, {name.lower() for name in line.labels.get(role, ())}, line, scores, faults)
    _count("cadence", {d.cadence.value for d in duties if d.cadence} - {"once"}, set(line.labels.get("each", ())), line, scores, faults)
    _count("onward", {d.onward.value for d in duties if d.onward}, set(line.labels.get("onward", ())), line, scores, faults)
    limits = [("day", "days"), ("on", "on"), ("workdays", "workdays"), ("minutes", "minutes")]
    found = {f"{key}={mark.value}" for d in duties for key, field in limits if (mark := getattr(d, field))}
    _count("deadline", found, {f"{key}={value}" for key, _ in limits for value in line.labels.get(key, ())}, line, scores, faults)
    allowed = line.either.get("act", frozenset())
    if line.nothing or (allowed and "*" not in allowed):
        acts = {d.act.value for d in duties if d.act and (d.roles or d.cadence or d.on or d.days or not line.nothing)}
        hit = acts & allowed
        _count(
            "act",
            ({"x"} if hit else set()) | (acts if line.nothing else acts - allowed if not hit else set()),
            {"x"} if allowed else set(),
            line,
            scores,
            faults,
        )


def _score_unread(line: Labelled, paper: Paper, proposal: Proposal, scores: Scores, faults: list[Fault]) -> None:
    start, until = _place(line, paper)
    marks = [m for c in proposal.clauses for m in c.unread if start <= m.start < until and m.rule in UNREAD]
    _count("unread", {UNREAD[m.rule] for m in marks}, set(line.labels.get("unread", ())), line, scores, faults)


def _score_area(line: Labelled, paper: Paper, proposal: Proposal, scores: Scores, faults: list[Fault]) -> None:
    allowed = line.either.get("about")
    if allowed is None:
        return
    start, until = _place(line, paper)
    clause = next((c for c in proposal.clauses if start <= c.start < until), None)
    value = clause.content.value if clause and clause.content else "none"
    if value in allowed:
        scores["area"].right += value != "none"
        return
    scores["area"].wrong += value != "none"
    scores["area"].missed += "none" not in allowed
    faults.append((line.source, "area", value, f"{sorted(allowed)} {line.text[:60]}"))


def _score_head(paper: Paper, proposal: Proposal, scores: Scores, faults: list[Fault]) -> None:
    h, gold = proposal.head, paper.head
    at = Labelled(paper.name, {}, paper.name)

    def one(kind: str, found: str, wanted: str) -> None:
        _count(kind, {found.lower()} - {""}, {wanted.lower()} - {""}, at, scores, faults)

    def many(kind: str, found: Iterable[str], wanted: str) -> None:
        names = {w.strip().lower() for w in wanted.split(";") if w.strip()}
        _count(kind, {next((w for w in names if f.lower().startswith(w)), f.lower()) for f in found}, names, at, scores, faults)

    one("kind", h.kind.value if h.kind else "", gold["kind"])
    one(
        "number",
        f"{h.number.value} {h.symbol.value} {h.style.value}" if h.number and h.symbol and h.style else "",
        f"{int(gold['number'])} {gold['symbol']} {gold['style']}",
    )
    one("date", h.issued_on.value if h.issued_on else "", gold["date"])
    one("subject", h.subject.value if h.subject else "", gold["subject"].replace("–", "-"))
    many("issuer", [m.value for m in h.issuers], gold["issuers"])
    many("basis", [m.value for m in h.bases], gold["basis"])
    many("party", [m.value for m in h.parties], gold["parties"])
    if "signers" in gold:
        many("replaces", [m.value for m in h.replaces], gold.get("replaces", ""))
        many("signer", [m.value for m in h.signers], gold["signers"])
    chapters = sum(c.depth == 0 for c in proposal.clauses)
    articles = sum(c.label.startswith("Điều") for c in proposal.clauses)
    one("articles", f"{chapters} {articles}", f"{gold['chapters']} {gold.get('articles', 0)}")


def _count(kind: str, found: set[str], wanted: set[str], line: Labelled, scores: Scores, faults: list[Fault]) -> None:
    score = scores[kind]
    score.right += len(found & wanted)
    score.wrong += len(found - wanted)
    score.missed += len(wanted - found)
    if found != wanted:
        faults.append((line.source, kind, "; ".join(sorted(found - wanted)), "; ".join(sorted(wanted - found)) + f"   <{line.text[:150]}>"))
