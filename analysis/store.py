"""Results on disk, by the module's former path; it is ``cleanpark.analysis.pages.store`` now."""

from cleanpark.analysis.pages.store import *  # noqa: F403
