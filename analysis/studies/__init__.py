"""Studies: what is varied, how it is run, and where it is kept."""
