"""Mutated files, folders and names against the command line: `make torture`."""
