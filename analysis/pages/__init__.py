"""Reports: pages, tables and the folders they stand in."""
