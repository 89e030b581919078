"""ema_workbench's connector by its former path: see ``cleanpark.analysis.studies.workbench``."""

from cleanpark.analysis.studies.workbench import *  # noqa: F403
