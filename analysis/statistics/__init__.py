"""Paired differences and ratios, with intervals."""
