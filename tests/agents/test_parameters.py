"""Behaviours read every lever and parameter by its declared name, and nothing undeclared."""

from __future__ import annotations

import re
from pathlib import Path

from cleanpark import agents, model
from cleanpark.scenarios.levers import behaviour_parameters, levers

SOURCES = "\n".join(
    file.read_text(encoding="utf-8")
    for layer in (agents, model)
    for file in Path(str(layer.__file__)).parent.glob("*.py")
)


def test_every_lever_acts_somewhere() -> None:
    read = set(re.findall(r"\bpolicy\.(\w+)", SOURCES))
    read |= set(re.findall(r"policies\[\"(\w+)\"\]", SOURCES))
    assert set(levers()) - read == set()


def test_every_behavioural_parameter_acts_somewhere() -> None:
    read = set(re.findall(r"\bbehaviour\.(\w+)", SOURCES))
    assert set(behaviour_parameters()) - read == set()
