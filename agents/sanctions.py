"""What an enterprise believes that a violation, or a false report, will cost it.

Becker (1968): what counts is probability times consequence. An inspection looks at all media and
ends in one fine, so a medium's exceedance adds to what is expected only as far as the others are
clean. A finding costs the fine by repetition, confiscation of what was saved and what the record
now calls for; a violation that goes on also brings what follows when it is found again: the daily
fine, the next steps of the record, closer inspection. Money is in 10,000 CNY, probabilities are
per quarter.
"""

from __future__ import annotations

from typing import NamedTuple

from cleanpark.agents.abatement import Stake
from cleanpark.agents.behaviour import behaviour
from cleanpark.agents.protocols import Numbers
from cleanpark.agents.state import N_MEDIA

MOST_SEVERE = 3.0
"""Largest factor on a fine by how far the limit is exceeded."""
LONGEST_LADDER = 64
"""Findings in a row beyond which a consequence is not looked for."""


class Finding(NamedTuple):
    """What one finding of a violation costs this enterprise now, and what would follow."""

    fine: float
    """Fine at the limit, after repetition and the statutory cap, 10,000 CNY."""
    top: float
    """Largest factor of severity that the cap leaves."""
    gain: float
    """Share of the treatment cost saved that is confiscated."""
    now: float
    """What the record calls for at this finding, 10,000 CNY."""
    later: float
    """What a violation that goes on brings further, 10,000 CNY."""


@behaviour
def believed_detection(belief: float, group: float, stated: float) -> float:
    """Believed probability that a violation is found: what experience taught, times how much more
    often one's own group is inspected; or that the statement of an audit is acted on."""
    return min(1.0, max(belief * group, stated))


@behaviour
def bypass_detection(detection: float, visibility: float) -> float:
    """Believed probability that a bypass is found: power meters, flow meters and neighbours show
    it, so that it is looked into so many times as often as an exceedance."""
    return min(1.0, detection * visibility)


@behaviour
def added_by_bypass(seen: float, looked_into: float, clean: float) -> float:
    """Probability of a finding that a bypass brings beside what other media bring anyway: these
    are found as seldom as any exceedance, a bypass is looked into more often."""
    return looked_into - (1.0 - clean) * seen


@behaviour
def found_again(detection: float, discount: float) -> float:
    """Present value of one unit due when a violation that goes on is next found: the chance of
    each quarter, discounted."""
    if detection <= 0.0:
        return 0.0
    return detection / (detection + discount)


@behaviour
def chance_of_steps(steps: float, again: float) -> float:
    """Present value of one unit due after so many further findings."""
    chance = 1.0
    taken = 0.0
    while taken < steps and taken < LONGEST_LADDER:
        chance *= again
        taken += 1.0
    return chance


@behaviour
def capped_base(repeated: float, cap: float) -> tuple[float, float]:
    """Fine at the limit inside the statutory band, and the largest factor of severity left."""
    fine = min(repeated, cap)
    if fine <= 0.0:
        return 0.0, MOST_SEVERE
    return fine, min(MOST_SEVERE, cap / fine)


@behaviour
def lost_to_restriction(share: float, output: float, margin: float) -> float:
    """Margin lost in a quarter of restricted production, 10,000 CNY (Code, Article 1107)."""
    return share * output * margin


@behaviour
def personal_liability(share: float, output: float, margin: float) -> float:
    """What detention or prosecution of those responsible is worth avoiding, 10,000 CNY: a share
    of the year's profit (Code, Article 1108; Criminal Law, Article 338)."""
    return 4.0 * share * output * margin


@behaviour
def lost_to_closure(output: float, margin: float, hurdle: float) -> float:
    """Value of the business at its own yearly hurdle rate, 10,000 CNY."""
    return 4.0 * output * margin / max(hurdle, 0.01)


@behaviour
def cost_of_being_watched(fine: float, extra: float, leaving: float, discount: float) -> float:
    """Present value of closer inspection from now on: the fines that so much likelier detection
    brings, until a clean inspection lets one leave (Harrington 1988), 10,000 CNY."""
    return fine * max(0.0, extra) / max(leaving + discount, 1e-9)


@behaviour
def daily_fine_due(days: float, fine: float, caught: bool, again: float) -> tuple[float, float]:
    """Daily fine due at this finding, and expected from the next, 10,000 CNY.

    It runs from an order to correct that was not obeyed: at once for who was found in violation
    the quarter before, else when a violation that goes on is found again (Code, Article 1060).
    """
    due = days * fine
    return (due, 0.0) if caught else (0.0, due * again)


@behaviour
def step_due(after: float, record: float, loss: float, again: float) -> tuple[float, float]:
    """A consequence that the ``after``-th finding in a row brings: due at this finding, and the
    present value of what a violation that goes on still has before it, 10,000 CNY."""
    steps = after - record - 1.0
    if steps <= 0.0:
        return loss, 0.0
    return 0.0, loss * chance_of_steps(steps, again)


@behaviour
def stake_in(finding: Finding, chance: float, moral: float, steepness: float) -> Stake:
    """What exceeding costs one medium: with probability ``chance`` a finding that no other medium
    brings anyway, and the moral cost of violating."""
    return Stake(
        moral + chance * finding.now,
        chance * finding.fine,
        steepness,
        finding.top,
        chance * finding.gain,
        chance * finding.later,
    )


@behaviour
def others_clean(exceeds: Numbers, medium: int) -> float:
    """Probability that no other medium exceeds its limit, shocks being independent."""
    clean = 1.0
    for other in range(N_MEDIA):
        if other != medium:
            clean *= 1.0 - exceeds[other]
    return clean


@behaviour
def falsehood_price(
    looked_into: float, detection: float, tax_on_generated: float, fine: float, falsified: bool
) -> float:
    """Believed price of one more false report, 10,000 CNY: tax on all that was generated
    (Implementing Regulations of the Environmental Protection Tax Law, Articles 6 and 7), and one
    fine however many reports are false (Code, Article 1088)."""
    price = tax_on_generated if falsified else tax_on_generated + fine
    return looked_into * detection * price


@behaviour
def pays_to_hide(attitude: float, honesty: float, saved: float, price: float) -> bool:
    """Whether an exceedance is worth hiding: what hiding saves, as far as one's attitude lets it
    count, exceeds its believed price.

    It counts in full for an attitude of zero and not at all from ``honesty`` on.
    """
    if attitude >= honesty:
        return False
    return saved * (1.0 - attitude / honesty) > price
