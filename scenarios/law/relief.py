"""The share of the tax that is due by concentration: the one function that runs compiled too."""


def tax_share(ratio: float, notch_30: float, notch_50: float) -> float:
    """Share of the tax that remains at this concentration over its limit.

    The statute reduces the tax where the concentration is lower than the standard by 30 percent
    (`ratio` up to 0.7: 1 - `notch_30`) and by 50 percent (up to 0.5: 1 - `notch_50`); no ratio
    above 0.7, and so no exceedance, is reduced. The tolerance of 1e-9 is for ratios that are 0.7
    or 0.5 but for rounding in their last digit. Source: Environmental Protection Tax Law,
    Article 13.
    """
    if ratio <= 0.5 + 1e-9:
        return 1.0 - notch_50
    if ratio <= 0.7 + 1e-9:
        return 1.0 - notch_30
    return 1.0
