"""Asking about areas: they are public, so no viewer is asked for."""

from .atlas import Atlas, Spot, atlas
from .checks import Report, checks
from .lineage import Became, became, became_all, lineage_of, made_of, today_of
from .maps import Outline, ProvinceMap, map_of, outlines_of
from .pieces import pieces, pieces_of_each
from .places import Candidate, clear, resolve_place
from .proposals import propose_clusters, propose_regions
from .search import Hit, by_name
from .tree import Branch, above, area_at, areas_below, children, exists_on, parent_of, provinces, tree

__all__ = [
    "Atlas", "Became", "Branch", "Candidate", "Hit", "Outline", "ProvinceMap", "Report", "Spot",
    "above", "area_at", "areas_below", "atlas", "became", "became_all", "by_name", "checks", "children", "clear", "exists_on", "lineage_of",
    "made_of", "map_of", "outlines_of", "parent_of", "pieces", "pieces_of_each", "propose_clusters", "propose_regions", "provinces", "resolve_place", "today_of", "tree",
]  # fmt: skip
