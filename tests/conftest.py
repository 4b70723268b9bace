from hypothesis import HealthCheck, settings

from tests.sample_workspace import sample_workspace as sample_workspace
from tests.workers import pytest_collection_modifyitems as pytest_collection_modifyitems
from tests.workers import pytest_xdist_make_scheduler as pytest_xdist_make_scheduler

# How fast examples come says how busy the machine is, and nothing of what is tested.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
