"""A seeded synthetic city of food delivery, for the demo, tests and benchmarks (``simulator/README.md``)."""

from simulator.city import City, simulate
from simulator.faults import Faults
from simulator.parameters import CityParameters
from simulator.places import AREAS, CITY_CODE, Area
from simulator.platforms import BAND_EDGES_M, PLATFORMS, Platform, distance_band
from simulator.tables import Dispatches, Sessions
from simulator.vocabulary import NOT_STATED
from simulator.week_platforms import Declared
from simulator.weeks import Weeks, WeeksParameters, simulate_weeks

__all__ = [
    "AREAS",
    "BAND_EDGES_M",
    "CITY_CODE",
    "NOT_STATED",
    "PLATFORMS",
    "Area",
    "City",
    "CityParameters",
    "Declared",
    "Dispatches",
    "Faults",
    "Platform",
    "Sessions",
    "Weeks",
    "WeeksParameters",
    "distance_band",
    "simulate",
    "simulate_weeks",
]
