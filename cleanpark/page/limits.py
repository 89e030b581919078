"""What a visitor of the page may ask for, so that one cannot take the machine from the others.

Larger questions belong to the command line and to Python, which have no such limits.
"""

POLICIES = 4
ENTERPRISES = 5_000
QUARTERS = 120
SEEDS = 200
SESSIONS = 50
"""Pages open at once."""
UPLOAD_BYTES = 5_000_000
UPLOAD_UNPACKED = 60_000_000
"""Bytes that a workbook may unpack to; 5,000 enterprises in 100 columns take some 30 MB."""
UPLOAD_ROWS = ENTERPRISES
UPLOAD_COLUMNS = 500
UPLOADS_KEPT = 40
"""Parks from files that the server remembers, the latest; nothing is written to disk."""
RUN_SECONDS = 180.0
"""Time that a question's refinement may take; what was reached by then is shown."""
CACHE_BYTES = 256_000_000
"""Results of single runs kept in memory."""
WORK_LIMIT = 5_000 * 60 * 2 * 20
"""Enterprises x quarters x policies x seeds of one question."""
