"""Figures of comparisons and studies."""
