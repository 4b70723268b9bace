from hypothesis import HealthCheck, settings

from tests.sample_workspace import sample_workspace as sample_workspace

# How fast examples come says how busy the machine is, and nothing of what is tested.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
