"""Scenarios against a reference."""
