"""What a succession of units and areas does to agreements: what was signed keeps the unit of its day."""

from __future__ import annotations

from phoihop.kernel.heirs import stays

stays(
    "Agreement.issuer", "Opinion.unit", "Signature.unit", "Declining.unit", "Approval.unit", "ChangeProposal.unit", "Dissemination.unit", "Reading.unit",
    why="who numbered, said, signed or did it keeps the name of its day",
)  # fmt: skip
stays("AgreementArea.area", "DraftArea.area", "Occasion.area", why="a text holds, and a duty fell due, in the area of its day; figures convert, records do not")
stays("PublicEvent.area", why="an event takes place in the area of its days")
stays("SpotState.area", "SpotState.unit", "EventShift.unit", "Pledge.unit", why="what a unit said of itself and its commune is as of a day")
stays("LocalNorm.area", "LocalNorm.unit", why="a value was set for the area of its day, by the unit of its day; the new area starts from what holds above it")
