"""What the page says where the text is chosen first and said elsewhere."""

# ruff: noqa: E501 - a sentence is easier to mend on one line

from __future__ import annotations

from cleanpark.analysis.words.language import Language
from cleanpark.scenarios.errors import N_, Message

NAMES: dict[str, str] = {
    "group matter most": N_("Most important"),
    "group audit": N_("Audits"),
    "group information": N_("Information and capability"),
    "group incentives": N_("Incentives"),
    "group penalties": N_("Penalties"),
    "group market": N_("Conditions of the market"),
    "size:small": N_("small"),
    "size:medium": N_("medium"),
    "size:large": N_("large"),
    "attitude:low": N_("little commitment"),
    "attitude:middle": N_("some commitment"),
    "attitude:high": N_("much commitment"),
    "points": N_("percentage points"),
}
"""What is called by a name of the model, in English."""
CHOICES = {
    "mandatory-all": "mandatory for all",
    "mandatory-listed": "mandatory for those listed",
    "park-type": "by type of park",
}
"""Choices of levers that do not read as English by their names."""
TEXTS = (
    N_("Compare"),
    N_("Explore"),
    N_("Learn"),
    N_("Studies"),
    N_("The server has {most} pages open and takes no more: try again in a few minutes."),
    N_("“{policy}” in {year}: {outcome} is not defined."),
    N_(
        "“{policy}” in {year}: {outcome} not distinguishable from “{reference}” (estimate {size}, 95 % interval {low} to {high})."
    ),
    N_("“{policy}” in {year}: {outcome} the same as under “{reference}”."),
    N_(
        "“{policy}” in {year}: {outcome} {size} higher than under “{reference}” (95 % interval {low} to {high})."
    ),
    N_(
        "“{policy}” in {year}: {outcome} {size} lower than under “{reference}” (95 % interval {low} to {high})."
    ),
    N_("Enterprises pay CNY {amount} more per 10,000 CNY of output"),
    N_("Enterprises pay CNY {amount} less per 10,000 CNY of output"),
    N_(", small ones most"),
    N_(", medium ones most"),
    N_(", large ones most"),
    N_("the treasury gains {amount} in that year"),
    N_("the treasury loses {amount} in that year"),
    N_("Compared with"),
    N_("Policy {number}"),
    N_("Quarters from 2026"),
    N_("Seeds (repetitions under other chance)"),
    N_("shade: plausible range; mark: today’s value, {now}"),
    N_("shade: statutory range; mark: today’s value, {now}"),
    N_("Statutory range {low} to {high}. {source} ({certainty})"),
    N_("Statutory value {low}. {source} ({certainty})"),
    N_("Fewer outcomes"),
    N_("True against reported"),
    N_("How sure"),
    N_("Copy the address"),
    N_("Print"),
    N_("Copy"),
    N_("Copied."),
    N_("The address is copied."),
    N_("The browser does not let the page copy: mark the text and copy it."),
    N_("Save"),
    N_("Reproduce in Python"),
    N_("Reproduce on the command line"),
    N_(
        "Each policy runs under the same seeds, so that they meet the same chance. Line: mean over seeds; band: 95 % interval of that mean (Student’s t), cut where the quantity cannot be."
    ),
    N_(
        "Differences to the first policy, paired by seed, over all quarters. Cost to society: resources, control and audits, whoever pays; taxes and fines are transfers and left out."
    ),
    N_(
        "Change of the net environmental cost (treatment, options, taxes, fines, audits, less support) against the first policy, by the group’s output under that, paired by seed."
    ),
    N_(
        "Shares of enterprises by the level that their last audit gave them, mean over seeds. An audit can be wrong: see the share of wrong levels in the table."
    ),
    N_(
        "True: discharge within the limit. Reported: what enterprises declare. The gap is what hidden exceedances and wrong data make."
    ),
    N_(
        "Each point is one future under its own chance. If points lie on both sides of zero, chance alone can turn the order of the policies."
    ),
    N_("Level I"),
    N_("Level II"),
    N_("Level III"),
    N_("below level III, or never audited"),
    N_("From {begin} until {until}: {source}"),
    N_("From {begin}: {source}"),
    N_("About {lever}"),
    N_("Undo the change of {lever}"),
    N_(
        "Findings of others whose set-up moves a lever in which these policies differ. How near the model comes to each stands in the documentation, under validation."
    ),
    N_(
        "No published finding that the model is held against moves a lever in which these policies differ."
    ),
    N_("Policy"),
    N_("Beside it"),
    N_("Technology level"),
    N_("Attitude to compliance"),
    N_("Compliance"),
    N_("Audit level"),
    N_("Perceived probability of being caught"),
    N_("below level III"),
    N_("never audited"),
    N_("within the limits"),
    N_("over a limit"),
    N_(
        "{label}: {inside} of {count} within their limits; {audited} audited, {inspected} inspected, {caught} caught"
    ),
    N_("audited this quarter"),
    N_("inspected"),
    N_("caught and fined"),
    N_(
        "Click a mark in the picture: here you read what that enterprise decided in the quarter shown, and why."
    ),
    N_("Discharge to water / limit"),
    N_(
        "In {futures} futures drawn over the assumptions’ ranges, {outcome} in {year} is lower under “{policy}” than under “{reference}” in {below} and higher in {above}: the order turns."
    ),
    N_(
        "In {futures} futures drawn over the assumptions’ ranges, {outcome} in {year} is lower under “{policy}” than under “{reference}” in {below} and higher in {above}: the order does not turn."
    ),
    N_("Over all quarters, with 95 % intervals; the most burdened first, then the most relieved."),
    N_(
        "Over all quarters, with 95 % intervals; the most burdened first, then the most relieved. In a packaged park each seed draws other enterprises: a row is a site."
    ),
    N_("Parquet"),
    N_("Report"),
    N_(
        "Nothing yet. Begin a study below, or run one on the command line with --output into this folder."
    ),
    N_(
        "Larger ones: cleanpark study and cleanpark optimize with --output into this folder; they are shown here."
    ),
    N_("Start the page with a folder of results, and they are listed and opened here:"),
)
"""Sentences that functions choose between."""


def say_message(message: Message, language: str) -> str:
    """A message in a language."""
    return Language(language).say(message)


def say(english: str, language: str, **fields: object) -> str:
    """A sentence in a language, its {names} filled in."""
    return Language(language).say(NAMES.get(english, english), **fields)
