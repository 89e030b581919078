"""Units in words."""

from __future__ import annotations

from cleanpark.scenarios.errors import N_

UNITS = (
    N_("10,000 CNY"),
    N_("CNY"),
    N_("CNY per equivalent"),
    N_("CNY per m3"),
    N_("CNY/m3"),
    N_("CNY/t"),
    N_("CNY/tce"),
    N_("audits per 100 enterprises and quarter"),
    N_("teams per 100 enterprises"),
    N_("days"),
    N_("elasticity"),
    N_("elasticity per year"),
    N_("factor"),
    N_("ln"),
    N_("logit"),
    N_("per unit of ratio"),
    N_("points"),
    N_("quarters"),
    N_("ratio"),
    N_("share"),
    N_("share of enterprises"),
    N_("share of output"),
    N_("share of yearly output"),
    N_("share per quarter"),
    N_("share per year"),
    N_("violations"),
    N_("equivalents"),
    N_("options"),
    N_("audits"),
    N_("inspections"),
    N_("enterprises"),
    N_("tce"),
    N_("m3"),
    N_("kg"),
    N_("t"),
)
"""Units as data and outcomes name them, and as catalogs translate them."""
