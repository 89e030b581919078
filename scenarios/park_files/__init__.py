"""A user's own enterprises from a CSV or XLSX file, with an account of what was done with it.

`dictionary` holds the columns, `headers` finds them in a file as it comes, `cells` reads what
stands below, `industries` maps GB/T 4754 to the model's sectors, `ranges` finds wrong units,
`account` says what was read, converted, filled in, refused and left out.
"""

from cleanpark.scenarios.park_files.account import Account as Account
from cleanpark.scenarios.park_files.clean import write_clean as write_clean
from cleanpark.scenarios.park_files.dictionary import COLUMNS as COLUMNS
from cleanpark.scenarios.park_files.dictionary import dictionary as dictionary
from cleanpark.scenarios.park_files.reader import read_enterprises as read_enterprises
from cleanpark.scenarios.park_files.template import write_template as write_template
