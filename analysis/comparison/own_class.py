"""A subclass of Enterprise against the default one, under one policy and the same shocks."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Sequence
from typing import Any

from cleanpark.agents.behaviour import DECISIONS
from cleanpark.agents.enterprise import Enterprise, misspelt
from cleanpark.analysis.studies.calls import scenario_call
from cleanpark.analysis.studies.histories import Histories
from cleanpark.model.given import class_of
from cleanpark.model.park_model import ParkModel
from cleanpark.model.simulate import SeedResult, pack, reduce_run
from cleanpark.scenarios.errors import InputError, Message
from cleanpark.scenarios.park import Park
from cleanpark.scenarios.scenario import Scenario

DEFAULT = Enterprise.__name__
"""What the default enterprise is called in a comparison of classes."""
TITLES = {"en": ("{policy}: {name}", "{policy}: default enterprises"),
          "zh": ("{policy}：{name} 企业", "{policy}：默认企业")}  # fmt: skip
"""Title of a policy with enterprises of a class, and with the default ones."""


def checked_class(given: Any, engine: str) -> type[Enterprise]:
    """A subclass that can be contrasted with the default; InputError where it cannot."""
    kind = class_of(given)
    if kind.__name__ == DEFAULT:
        raise InputError(
            "enterprise_class: a class named {name} could not be told from the default; give "
            "a subclass with a name of its own",
            name=DEFAULT,
        )
    if engine == "compiled":
        raise InputError("engine = 'compiled' cannot run a subclass: use 'auto' or 'agents'")
    return kind


def both(policy: Scenario, kind: type[Enterprise]) -> list[Scenario]:
    """The policy twice: with the default enterprises, and with those of the class, named so."""
    titles = [
        {
            language: TITLES.get(language, TITLES["en"])[place].format(policy=text, name=name)
            for language, text in policy.title.items()
        }
        for place, name in ((1, DEFAULT), (0, kind.__name__))
    ]
    return [
        policy.renamed(name, title)
        for name, title in zip((DEFAULT, kind.__name__), titles, strict=True)
    ]


def one_policy(chosen: Sequence[Scenario], base: Scenario, named: bool) -> Scenario:
    """The policy under which classes are contrasted; InputError unless it is one alone.

    ``named``: whether the caller named scenarios; else it is that of the reference.
    """
    if not named:
        return base
    if len(chosen) != 1:
        raise InputError(
            "enterprise_class: contrasts enterprises under one policy; {count} are given: compare "
            "under one at a time",
            count=len(chosen),
        )
    if base.name not in (chosen[0].name, "voluntary"):
        raise InputError(
            "reference '{name}' with enterprise_class: the reference is the same policy with the "
            "default enterprises; leave the reference out",
            name=base.name,
        )
    return chosen[0]


def run_class(
    policy: Scenario,
    kind: type[Enterprise],
    parks: Sequence[Park],
    quarters: int,
    history: Histories | None,
    seed: int,
) -> SeedResult:
    """Outcomes of the policy with enterprises of a class under one seed, with agents."""
    begun = history.of(seed, list(parks)) if history is not None else None
    model = ParkModel(
        policy, list(parks), rng=seed, quarters=quarters, enterprise_class=kind, history=begun
    ).run()
    return pack([reduce_run(model.cells, model.park_sums, len(model.world.sectors))])


def class_messages(kind: type[Enterprise]) -> list[Message]:
    """What of a class does nothing: methods that nothing calls, or no decision of its own."""
    found = misspelt(kind)
    own = any(getattr(kind, name) is not getattr(Enterprise, name) for name in DECISIONS)
    if not own:
        found.append(
            Message(
                "{kind}: overrides no decision of Enterprise, so that it decides as the default",
                kind=kind.__name__,
            )
        )
    return found


def about_class(kind: type[Enterprise], policy: Scenario) -> dict[str, str]:
    """Name, module and source text of a class and the call that names the policy, for the record;
    the text is empty where Python does not know it, the call where no short one is enough."""
    try:
        text = textwrap.dedent(inspect.getsource(kind)).strip()
    except (OSError, TypeError):
        text = ""
    return {
        "name": kind.__name__,
        "module": kind.__module__,
        "source": text,
        "policy": scenario_call(policy),
    }
