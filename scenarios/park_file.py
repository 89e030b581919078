"""Reading a user's park by its former path; see ``cleanpark.scenarios.park_files``."""

from cleanpark.scenarios.park_files.reader import read_enterprises as read_enterprises
