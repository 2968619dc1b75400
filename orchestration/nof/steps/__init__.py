"""The steps of a run, each callable by itself: `nof run` and Dagster call the same ones, in this order."""

from nof.steps.building import hold, new_rooms, new_warehouse, write_landing
from nof.steps.judging import judge, pass_gate, stop_where_refused
from nof.steps.preparing import inputs_of, prepare
from nof.steps.publishing import Progress, assemble, make_companions, make_site, publish
from nof.steps.request import Prepared, Request

__all__ = [
    "Prepared",
    "Progress",
    "Request",
    "assemble",
    "hold",
    "inputs_of",
    "judge",
    "make_companions",
    "make_site",
    "new_rooms",
    "new_warehouse",
    "pass_gate",
    "prepare",
    "publish",
    "stop_where_refused",
    "write_landing",
]
