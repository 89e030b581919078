"""A scene and a run name the same things, so one follows from the other."""

from __future__ import annotations

from cleanpark.model.scene import Run, Scene


def test_a_run_has_the_fields_of_a_scene() -> None:
    assert Run._fields == Scene._fields
