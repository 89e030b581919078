"""Codes and places follow from the lists of names."""

from __future__ import annotations

from cleanpark.agents import state as s
from cleanpark.scenarios.flows import FLOWS, MEDIA, flow_table


def test_every_flow_is_of_one_medium_organic_or_untreated() -> None:
    of_media = [f for m in range(s.N_MEDIA) for f in range(s.FIRST_FLOW[m], s.END_FLOW[m])]
    assert sorted([*of_media, *s.UNTREATED_FLOWS, s.VOC]) == list(range(len(FLOWS)))
    for medium, name in enumerate(MEDIA):
        for flow in range(s.FIRST_FLOW[medium], s.END_FLOW[medium]):
            assert flow_table()[FLOWS[flow]].medium == name


def test_better_levels_have_smaller_codes() -> None:
    """Rules compare them: below the true level is better than it should be."""
    assert s.LEVEL_NONE < s.LEVEL_I < s.LEVEL_II < s.LEVEL_III < s.BELOW_III


def test_carbon_dioxide_and_resources_are_not_treated() -> None:
    assert set(s.UNTREATED_FLOWS) == {s.ENERGY, s.FRESH_WATER, s.CARBON_DIOXIDE}
