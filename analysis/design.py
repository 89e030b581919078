"""Designs, by the module's former path; it is ``cleanpark.analysis.studies.design`` now."""

from cleanpark.analysis.studies.design import *  # noqa: F403
