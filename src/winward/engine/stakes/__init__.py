"""What each theme costs: adjusted win-rate differences with intervals, lost revenue, drivers of any deal file."""

from winward.engine.stakes.coding import design
from winward.engine.stakes.deal_file import Driver, Drivers, drivers
from winward.engine.stakes.differences import Fit, Stakes, estimate
from winward.engine.stakes.exposure import Exposure
from winward.engine.stakes.revenue import LostRevenue, OpenPipeline, attribute, lost_revenue, open_exposed
from winward.engine.stakes.sharing import shapley
from winward.engine.stakes.validation import Bin
from winward.engine.stakes.verdicts import Verdict

__all__ = [
    "Bin",
    "Driver",
    "Drivers",
    "Exposure",
    "Fit",
    "LostRevenue",
    "OpenPipeline",
    "Stakes",
    "Verdict",
    "attribute",
    "design",
    "drivers",
    "estimate",
    "lost_revenue",
    "open_exposed",
    "shapley",
]
