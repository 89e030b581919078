"""Where no browser can be had the tests are skipped by name, and never where they must all run."""

import pytest

from tests.cleanpark.page import conftest


@pytest.mark.parametrize(
    ("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)]
)
def test_without_a_browser_tests_are_skipped_here_and_fail_where_all_must_run(
    monkeypatch, ci, outcome
):
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="no Chromium"):
        conftest.without("no Chromium on this machine")
