"""The park's film shows what the model did, and the story what an enterprise decided."""

import base64

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.page import engine
from cleanpark.page.film import EVENTS, film
from cleanpark.page.question import Question

QUESTION = Question(enterprises=25, quarters=8, year=2027, seeds=2)


@pytest.fixture(scope="module")
def shown():
    return film(engine.plan(QUESTION), 1, 3, "Full mix")


def test_each_frame_is_the_models_state_after_that_quarter(shown):
    model = cp.ParkModel("full-mix", cp.park("mixed", 25), rng=3, quarters=8)
    for quarter in range(8):
        model.step()
        state = model.enterprises()
        for name in EVENTS:
            assert np.array_equal(shown.frames[name][quarter], state[name] != 0)
        assert np.allclose(shown.frames["technology"][quarter] / 255, state["technology"],
                           atol=1 / 255)  # fmt: skip
        area = (shown.frames["size"][quarter] / 255.0) ** 2
        assert np.corrcoef(area, state["output"])[0, 1] > 0.999


def test_what_the_browser_gets_is_a_byte_for_each_enterprise_and_quarter(shown):
    packed = shown.packed(list(engine.sector_titles("en")))
    assert len(packed["sector"]) == 25
    for name, text in packed["values"].items():
        assert np.array_equal(np.frombuffer(base64.b64decode(text), np.uint8),
                              shown.frames[name].reshape(-1))  # fmt: skip


def test_a_story_is_of_the_quarter_asked_for_in_the_language_asked_for(shown):
    todo = engine.plan(QUESTION)
    english = engine.story(todo, 1, 3, "7", 5, "en").lines
    chinese = engine.story(todo, 1, 3, "7", 5, "zh").lines
    assert any(line.startswith("2027-Q2: output") for line in english)
    assert any("产值" in line for line in chinese)
    assert len(english) == len(chinese)
    output = f"{shown.lines['output'][5, 6]:,.0f}"
    assert f"output {output}" in " ".join(english)
