"""Questions as the page can be asked them, for property tests."""

from hypothesis import strategies as st

from cleanpark.page import engine, levers, limits
from cleanpark.page.question import START, Change, Policy, Question

NAMES = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30
).filter(lambda name: name == name.strip())


@st.composite
def changes(draw, name):
    lever = engine.lever_table()[name]
    dates = draw(st.lists(st.sampled_from([START, "2027-Q1", "2028-Q3", "2031-Q4"]),
                          min_size=1, max_size=3, unique=True))  # fmt: skip
    if lever.choices:
        value = st.sampled_from(lever.choices)
    elif lever.scale == "integer":
        value = st.integers(int(lever.low), int(lever.high)).map(float)
    else:
        value = st.floats(lever.low, lever.high)
    return Change(name, tuple((date, draw(value)) for date in sorted(dates)))


@st.composite
def policies(draw):
    base = draw(st.sampled_from(engine.policy_names()))
    names = draw(st.lists(st.sampled_from(list(engine.lever_table())), max_size=3, unique=True))
    return Policy(base, tuple(draw(changes(name)) for name in names), draw(NAMES))


@st.composite
def questions(draw):
    quarters = draw(st.integers(4, limits.QUARTERS))
    return Question(
        park=draw(st.sampled_from(engine.parks())),
        enterprises=draw(st.integers(1, limits.ENTERPRISES)),
        quarters=quarters,
        policies=tuple(draw(st.lists(policies(), min_size=1, max_size=limits.POLICIES))),
        outcome=draw(st.sampled_from(list(engine.outcome_table()))),
        year=draw(st.sampled_from(engine.years(quarters))),
        target=draw(st.none() | st.floats(-100, 100)),
        seeds=draw(st.integers(2, limits.SEEDS)),
        language=draw(st.sampled_from(("en", "zh"))),
    )


CHANGED = Question(
    enterprises=12,
    quarters=12,
    year=2028,
    seeds=2,
    policies=(
        Policy("voluntary"),
        Policy("tax-only", (Change("fine", ((START, 12.5), ("2027-Q1", 1 / 3 + 20))),
                            Change("audit_mode", (("2027-Q1", "mandatory-all"),))),
               "Mine; ' \"$HOME\" {x} <b> 政策"),
    ),
)  # fmt: skip
"""A small question with everything that writing it down could get wrong."""
assert levers.FIRST
