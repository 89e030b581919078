"""A number from data with what must be known of it: unit, range, source, certainty."""

import math
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

from cleanpark.scenarios.errors import N_, InputError, Message

Certainty = Literal["law", "measured", "estimated", "assumed"]
CERTAINTIES = (N_("law"), N_("measured"), N_("estimated"), N_("assumed"))
"""law: printed in a statute; measured: a published measurement or statistic; estimated: derived
from sources or from expert memory; assumed: a modelling choice, varied over its range."""


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise InputError("must be a finite number")
    return number


Finite = Annotated[float, AfterValidator(_finite)]
"""A number that is neither NaN nor infinite."""


class Record(BaseModel):
    """A table of a data file: frozen, and no key that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


LANGUAGES = ("en", "zh")
"""Languages that titles of data are in."""


def _both_languages(title: dict[str, str]) -> dict[str, str]:
    if not {"en", "zh"} <= set(title):
        raise InputError('must be { en = "...", zh = "..." }')
    return title


Title = Annotated[dict[str, str], AfterValidator(_both_languages)]
"""A name by language: `en`, `zh`, and any other."""


class Value(Record):
    """A number with its unit, plausible range, source and certainty."""

    value: Finite
    unit: str
    low: Finite
    high: Finite
    source: str
    certainty: Certainty

    @model_validator(mode="after")
    def _inside_range(self) -> Self:
        if not self.low <= self.value <= self.high:
            given = Message("{low:g} to {high:g}", low=self.low, high=self.high)
            raise InputError(
                "{value:g} is outside its own range {given}", value=self.value, given=given
            )
        return self
