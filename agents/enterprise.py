"""The agents as Mesa sees them: live views of one record each.

Subclass :class:`Enterprise` and override one decision to try another behaviour::

    class Cautious(Enterprise):
        def hides_exceedance(self, policy, behaviour, medium):
            return False
"""

from __future__ import annotations

from typing import Any

import mesa

from cleanpark.agents import (
    acceptance,
    auditing,
    growth,
    investment,
    organics,
    plans,
    reporting,
)
from cleanpark.agents.behaviour import DECISIONS
from cleanpark.agents.payments import PAID, PARK_PAID
from cleanpark.agents.views import Columns, Field, Part, View, view_class
from cleanpark.scenarios.errors import Message, nearest

EnterprisePayments = view_class("EnterprisePayments", PAID)
ParkPayments = view_class("ParkPayments", PARK_PAID)


class RecordAgent(mesa.Agent):  # type: ignore[misc]
    """A Mesa agent whose state is one row of an array of records."""

    def __init__(self, model: Any, records: Columns, row: int) -> None:
        """Register with the model and view row ``row`` of the columns."""
        super().__init__(model)
        self.attach(records, row)

    def attach(self, records: Columns, row: int) -> None:
        """View row ``row`` of the columns from now on."""
        for name in [name for name, value in vars(self).items() if isinstance(value, View)]:
            delattr(self, name)
        self.columns = records
        self.row = row

    def __getstate__(self) -> dict[str, Any]:
        """All but the views: a copied or pickled model attaches its agents to its own records."""
        return {
            name: value
            for name, value in vars(self).items()
            if name != "columns" and not isinstance(value, View)
        }


def rule(decision: Any) -> Any:
    """The behaviour behind a decision, to stand as a method that a subclass may override."""
    return decision.__wrapped__


class Enterprise(RecordAgent):
    """An enterprise of the park: what it is, what it remembers, and how it decides.

    Money is in 10,000 CNY, output in 10,000 CNY a quarter. When an enterprise leaves, its
    site's next tenant continues under the same ``unique_id``; ``founded`` tells since when.
    """

    park = Field("number of the park it stands in")
    sector = Field("number of its sector")
    regime = Field("number of the levers it is under: its park's, or a target's")
    founded = Field("quarter in which the present tenant of the site began")
    listed = Field("1 if it handles hazardous substances, so is under the listed audit duty")
    connected = Field("1 if its wastewater goes to the park's central works")
    size_class = Field("0 small, 1 medium, 2 large")
    attitude_group = Field("0 low, 1 middle, 2 high, at the start")
    output = Field("output a quarter, 10,000 CNY")
    cash = Field("cash, 10,000 CNY; negative is debt")
    other_cost = Field("labour, materials and capital, share of output")
    hard_times = Field("quarters in a row below the credit line")
    monitored = Field("1 if monitored in real time")
    implemented = Field("bit set of implemented options")
    identified = Field("bit set of identified options")
    told_by_peers = Field("bit set of options learned from linked enterprises")
    shortfall = Field("share of the sector's removal that its own installations lack, by flow")
    suitability = Field("how well each option suits, 0 to 255 over the range")
    mix = Field("product mix: factor on loads and limits")
    base = Field("use or generation per 10,000 CNY with no option")
    intensity = Field("use or generation per 10,000 CNY with the implemented options")
    technology = Field("technology level in [0, 1]")
    renewal = Field("share realised of the sector's medium and high-cost techniques, in [0, 1]")
    option_running = Field("running cost of implemented options, share of output")
    material_saving = Field("material that implemented options save, share of output")
    cost_factor = Field("factor on the sector's treatment cost")
    generated = Field("equivalents that this quarter's production generates, by medium")
    removable = Field("equivalents that full effort takes out this quarter, by medium")
    allowed = Field("equivalents that the limits allow this quarter, by medium")
    shock_scale = Field("scale of the shock between planned and realised discharge")
    effort = Field("effort of treatment by medium, in [0, 1]")
    exceeds = Field("probability of exceeding the limit, as planned, by medium")
    shock = Field("realised discharge over the planned one, by medium")
    ratio = Field("realised discharge over its limit, by medium")
    reported_ratio = Field("reported discharge over its limit, by medium")
    reported_share = Field("share of discharge declared for the tax, by medium")
    voc_effort = Field("effort of treatment of volatile organic compounds, in [0, 1]")
    attitude = Field("0: complies only when it pays; 1: complies as a norm")
    knowledge = Field("knowledge of cleaner production, in [0, 1]")
    hurdle = Field("hurdle rate per year before knowledge and support")
    taste = Field("number from which its liking of each option is drawn, in (0, 1)")
    belief = Field("perceived probability of detection a quarter")
    data_quality = Field("quality of meters and records, in [0, 1]")
    monitoring_rank = Field("place in the roll-out of monitoring, in [0, 1]")
    tamper_rank = Field("readiness to tamper with instruments, in [0, 1]")
    trained = Field("1 if reached by training this quarter")
    duty = Field("1 if under an audit duty")
    ordered = Field("1 if under an order to do the audit")
    waiting = Field("0, or 1 plus the quarters spent in the queue for an audit")
    genuine = Field("1 if the last audit was done in earnest")
    until_result = Field("quarters of the audit under way left, this one included; 0 none")
    evaluated = Field("1 in the quarter in which an audit is evaluated")
    rated = Field("quarter of the last evaluation")
    recommended = Field("bit set of medium and high-cost options that the last audit recommends")
    accepted = Field("0 if the last mandatory audit failed its acceptance")
    stated = Field("1 if an audit stated an exceedance that nobody has looked into yet")
    audited = Field("1 in the quarter of an audit")
    last_audit = Field("quarter of the last audit; -1000 for never")
    level = Field("level of the last audit: 0 none, 1 to 3, 4 below III")
    true_level = Field("level that exact readings would have given")
    team = Field("team of the last audit")
    score = Field("score of the last audit, 0 to 100")
    true_score = Field("score that exact readings would have given")
    spread = Field("spread of the score over the park's teams, points")
    found = Field("options found by this quarter's audit")
    reported_saving = Field("yearly saving found by the last audit, share of output")
    violating = Field("1 if any limit is exceeded this quarter")
    inspected = Field("1 if inspected this quarter")
    caught = Field("1 if a violation was found this quarter")
    falsified = Field("1 if any report is false this quarter")
    bypassing = Field("1 if an installation stands still while its limit is exceeded")
    record = Field("violations found since the last clean inspection")
    watched = Field("1 if in the closer inspected group by record")
    key = Field("1 if on the list of key polluters")
    restriction = Field("share of output lost to a production restriction")
    log_cost = Field("logarithm of this quarter's cost of a unit of output")
    profit = Field("profit of this quarter before income tax, 10,000 CNY")
    paid = Part("payments of this quarter by name, 10,000 CNY", EnterprisePayments)

    joins_audit = rule(auditing.joins_audit)
    audits_genuinely = rule(auditing.audits_genuinely)
    choose_options = rule(investment.choose_options)
    choose_for_result = rule(acceptance.choose_for_result)
    choose_treatment = rule(plans.choose_treatment)
    choose_voc_treatment = rule(organics.choose_voc_treatment)
    choose_reported_share = rule(reporting.choose_reported_share)
    hides_exceedance = rule(reporting.hides_exceedance)
    leaves = rule(growth.leaves)

    @property
    def sector_name(self) -> str:
        """Name of its sector."""
        return str(self.model.sector_names[self.sector])

    @property
    def options(self) -> list[str]:
        """Identifiers of the implemented options."""
        names = self.model.option_names[self.sector]
        return [name for number, name in enumerate(names) if self.implemented >> number & 1]


def misspelt(kind: type[Enterprise]) -> list[Message]:
    """Messages of a subclass's methods that no behaviour calls, named much like a decision."""
    found = []
    for base in kind.__mro__[: kind.__mro__.index(Enterprise)]:
        for name, value in vars(base).items():
            known = name.startswith("_") or hasattr(Enterprise, name) or not callable(value)
            if not known and (hint := nearest(name, DECISIONS)):
                found.append(
                    Message(
                        "{kind}: no decision is named {name}, so that nothing calls this method "
                        "but your own code{hint}",
                        kind=base.__name__,
                        name=name,
                        hint=hint,
                    )
                )
    return found


class AuditTeam(RecordAgent):
    """A team of auditors of one park."""

    park = Field("number of the park it works in")
    skill = Field("expertise against the programme's mean, in its spreads")
    temperament = Field("personal bias in its spread; negative is lenient")
    audits = Field("audits done so far")


class ParkAuthority(RecordAgent):
    """The authority of one park: its archive, thresholds, queue and treasury."""

    kind = Field("0 heavy industry, 1 high-tech, 2 mixed")
    count = Field("enterprises in the park")
    first_team = Field("number of its first team")
    teams = Field("teams at work")
    compares_teams = Field("1 if the spread of an audit's score over all teams is taken")
    quarter = Field("the present quarter")
    works_fee = Field("fee of the central works, 10,000 CNY per m3")
    works_removal = Field("share of the load that the works removes")
    works_limit = Field("sewer limit over the limit of direct discharge")
    treasury = Field("balance of the treasury since the start, 10,000 CNY")
    inspected_share = Field("share inspected last quarter")
    caught_share = Field("share caught last quarter")
    reported_saving = Field("yearly saving that recent audits reported, share of output")
    pass_share = Field("share of recent audits at level III or better")
    load = Field("loads on record at the year's review, by medium and size of load")
    key_from = Field("size of load from which an enterprise is listed, by medium")
    key_count = Field("enterprises on the list of key polluters")
    key_share = Field("share of enterprises on the list of key polluters")
    by_output = Field("enterprises by size of output")
    larger = Field("share of enterprises of larger output, by size")
    alike = Field("share of enterprises of the same size of output, by size")
    weight_sum = Field("sum of the weights in this quarter's plan of inspections")
    group_sum = Field("sum of what the groups have of those weights")
    mean_weight = Field("mean weight in the plan of inspections")
    mean_group = Field("mean of what the groups have of those weights")
    inspected_count = Field("inspections this quarter")
    caught_count = Field("violations found this quarter")
    saving_sum = Field("sum of reported savings this quarter")
    audit_count = Field("audits this quarter")
    evaluated_count = Field("audits evaluated this quarter")
    pass_count = Field("audits passed this quarter")
    works_load = Field("what the works received this quarter, by flow")
    queue = Field("enterprises waiting for an audit, by quarters waited")
    serve_from = Field("place of the queue that capacity reaches")
    serve_share = Field("share of that place that is served")
    archive = Field("weights of past results by mean reading over the reference")
    reference_scale = Field("scale of the reference values")
    gap_sum = Field("scores less true scores of the audits the archive remembers, by true level")
    gap_count = Field("how many those are")
    cost_sum = Field("logarithms of unit cost by sector")
    cost_count = Field("enterprises by sector")
    price = Field("price of each sector's products, 1 at the start")
    late = Field("what of a common rise of cost has passed into prices since, by sector")
    demand = Field("factor on what is sold since the price changed, by sector")
    energy_price = Field("what a sector's energy costs, 10,000 CNY per tce, before energy tax")
    paid = Part("payments of this quarter by name, 10,000 CNY", ParkPayments)
