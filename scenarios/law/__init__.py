"""Statutory figures by date, and the environmental protection tax of outlets to the fen.

The figures stand in the TOML files beside this one, with the article and the text of each
period; `docs/law.md` shows them all.
"""

from cleanpark.scenarios.law.names import province, province_name, provinces
from cleanpark.scenarios.law.outlets import Outlet, outlets_of
from cleanpark.scenarios.law.relief import tax_share
from cleanpark.scenarios.law.statutes import (
    Law,
    Statutes,
    equivalents_per_unit,
    law,
    medium_of,
    pilot_equivalents_per_kg,
    read_statutes,
    statutes,
)
from cleanpark.scenarios.law.tax import EnvironmentalTax, TaxLine, environmental_tax, noise_tax

__all__ = [
    "EnvironmentalTax",
    "Law",
    "Outlet",
    "Statutes",
    "TaxLine",
    "environmental_tax",
    "equivalents_per_unit",
    "law",
    "medium_of",
    "noise_tax",
    "outlets_of",
    "pilot_equivalents_per_kg",
    "province",
    "province_name",
    "provinces",
    "read_statutes",
    "statutes",
    "tax_share",
]
