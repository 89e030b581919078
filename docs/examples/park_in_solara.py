"""A park in Mesa's own browser interface: levers as sliders, step and play, outcomes as they come.

    pip install 'cleanpark[solara]'
    solara run docs/examples/park_in_solara.py --no-check-version

:class:`cleanpark.ParkModel` is a Mesa model like any other; nothing here knows how it works inside.
Its keywords, levers among them, become the parameters that one may change.
"""

from mesa.visualization import Slider, SolaraViz, make_plot_component

import cleanpark as cp

FIXED = {"park": cp.park("mixed", 60), "quarters": 60}
CHOSEN = {
    "scenario": {
        "type": "Select",
        "label": "Policy",
        "value": "full-mix",
        "values": list(cp.scenarios()["name"]),
    },
    "rng": Slider("Seed", value=1, min=1, max=50, step=1),
    "fine": Slider("Fine, 10,000 CNY", value=10, min=2, max=100, step=2),
    "audit_interval": Slider("Audits, every … quarters", value=12, min=4, max=40, step=2),
}


def labelled(text):
    """What puts an outcome's name and unit beside its axis, and the quarter below."""

    def label(axes):
        axes.set_ylabel(text)
        axes.set_xlabel("quarter")

    return label


page = SolaraViz(
    cp.ParkModel("full-mix", **FIXED),
    components=[
        make_plot_component(
            "pollution_equivalents", post_process=labelled("pollution equivalents per quarter")
        ),
        make_plot_component(
            {"compliance_true": "#0B5D4B", "compliance_apparent": "#C9571A"},
            post_process=labelled("share of enterprises within limits"),
        ),
    ],
    model_params=CHOSEN | FIXED,
    name="An industrial park, quarter by quarter",
)
