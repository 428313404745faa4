"""The default city lies where published figures lie, and README.md shows the tables the code prints."""

import time
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

import simulator
from simulator import City, Faults, WeeksParameters, simulate, simulate_weeks
from simulator.calibration import compare
from simulator.summary import calibration_summary, city_summary
from simulator.vocabulary import DispatchKind
from simulator.week_summary import weeks_summary

README = (Path(simulator.__file__).parent / "README.md").read_text(encoding="utf-8")


def test_figures_the_city_is_tuned_to_are_held_within_five_percent(city: City) -> None:
    held = [figure for figure in compare(city) if figure.held]
    assert len(held) == 4
    for figure in held:
        assert figure.low * 0.95 <= figure.simulated <= figure.high * 1.05, figure.en


def test_figures_that_differ_are_of_the_right_size(city: City) -> None:
    figures = {figure.en: figure.simulated for figure in compare(city)}
    assert 2.4 <= figures["distance an order"] <= 3
    assert 24 <= figures["delivery time"] <= 30
    assert figures["orders at 11–13 and 17–19"] > 50
    assert figures["workers at 12 h"] < 0.5


@pytest.mark.parametrize("language", ["zh", "en"])
def test_readme_shows_the_tables_that_the_code_prints(city: City, language: str) -> None:
    assert calibration_summary(city, language) in README  # type: ignore[arg-type]
    assert city_summary(city, language) in README  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_readme_shows_the_weeks_without_and_with_every_fault(language: str) -> None:
    planted = Faults(**{each.name: True for each in fields(Faults)})
    for faults in (Faults(), planted):
        weeks = simulate_weeks(WeeksParameters(faults=faults))
        assert weeks_summary(weeks, language) in README  # type: ignore[arg-type]


def test_every_source_named_in_the_table_is_listed_in_the_readme(city: City) -> None:
    for figure in compare(city):
        for source in figure.source.split():
            assert f"| {source} |" in README


def test_shares_of_rejected_cancelled_and_missing_are_as_asked(city: City) -> None:
    events, orders = city.dispatches, len(city.order_names)
    assert np.count_nonzero(events.kind == DispatchKind.REJECTED) / orders == pytest.approx(0.1, abs=0.015)
    assert np.count_nonzero(events.kind == DispatchKind.CANCELLED) / orders == pytest.approx(0.03, abs=0.005)
    assert np.mean(events.distance_m == simulator.NOT_STATED) == pytest.approx(0.005, abs=0.002)


def test_default_city_has_150_to_250_thousand_events_within_three_seconds() -> None:
    begin = time.perf_counter()
    built = simulate()
    assert time.perf_counter() - begin < 3
    assert 150_000 <= len(built.dispatches) + len(built.sessions) <= 250_000
