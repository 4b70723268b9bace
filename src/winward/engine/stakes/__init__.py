"""What each theme costs: adjusted win-rate differences with intervals, lost revenue, drivers of any deal file."""

from winward.engine.stakes.coding import design
from winward.engine.stakes.comparison import Comparison, compare, linear_contrast
from winward.engine.stakes.deal_file import Driver, Drivers, drivers
from winward.engine.stakes.differences import Fit, Stakes, estimate, pooled_fit
from winward.engine.stakes.exposure import Exposure
from winward.engine.stakes.likeness import Traits, distances, nearest
from winward.engine.stakes.postmortem import Draws, Otherwise, Range, otherwise, share_ranges
from winward.engine.stakes.revenue import LostRevenue, OpenPipeline, attribute, lost_revenue, open_exposed
from winward.engine.stakes.sharing import shapley
from winward.engine.stakes.turning import Turn, turns
from winward.engine.stakes.validation import Bin
from winward.engine.stakes.verdicts import Verdict
from winward.engine.stakes.what_if import Gain, closed_without, fit_asking, open_without

__all__ = [
    "Bin",
    "Comparison",
    "Draws",
    "Driver",
    "Drivers",
    "Exposure",
    "Fit",
    "Gain",
    "LostRevenue",
    "OpenPipeline",
    "Otherwise",
    "Range",
    "Stakes",
    "Traits",
    "Turn",
    "Verdict",
    "attribute",
    "closed_without",
    "compare",
    "design",
    "distances",
    "drivers",
    "estimate",
    "fit_asking",
    "linear_contrast",
    "lost_revenue",
    "nearest",
    "open_exposed",
    "open_without",
    "otherwise",
    "pooled_fit",
    "shapley",
    "share_ranges",
    "turns",
]
