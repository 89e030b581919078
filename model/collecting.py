"""Mesa's data collector, with outcomes that are worked out when somebody asks for them."""

from __future__ import annotations

from functools import partial
from typing import Any

import mesa

from cleanpark.model.outcomes import OUTCOME_NAMES


def outcome_of(name: str, model: Any) -> Any:
    """An outcome of the last quarter that the model has run, over all parks."""
    return model.last_outcomes()[OUTCOME_NAMES.index(name)]


class OutcomeCollector(mesa.DataCollector):  # type: ignore[misc]
    """Collects every outcome; with nothing else to collect, a quarter is only noted, and all
    quarters noted are worked out together. A quarter's sums do not change once it has run."""

    def __init__(self) -> None:
        """One reporter for each outcome; functions that can be copied and pickled."""
        self._noted: list[int] = []
        self._of: Any = None
        super().__init__({name: partial(outcome_of, name) for name in OUTCOME_NAMES})
        self._own = dict(self.model_reporters)

    @property
    def collects_outcomes_alone(self) -> bool:
        """Whether nobody has added or changed a reporter, which reads the model at its quarter."""
        others = self.agent_reporters or self.agenttype_reporters
        return not others and self.model_reporters == self._own

    @property
    def model_vars(self) -> dict[str, list[Any]]:
        """Values by name, one for each quarter collected."""
        if self._noted:
            noted, self._noted = self._noted, []
            for values, column in zip(
                self._values.values(), self._of.outcomes_of(noted).T, strict=True
            ):
                values.extend(column)
        return self._values

    @model_vars.setter
    def model_vars(self, values: dict[str, list[Any]]) -> None:
        self._values = values

    def collect(self, model: Any) -> None:
        """Note the quarter, or collect at once where a reporter of the user's own reads it."""
        if not self.collects_outcomes_alone:
            super().collect(model)
            return
        self._of = model
        self._collection_steps.append(model.time)
        self._noted.append(model.steps - 1)
