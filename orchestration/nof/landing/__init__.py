"""From files as published to rows as text: what is found, what is refused, which file supplies which figure.

Landing decides whether a file can be read; the landed gate decides whether its content can be used.
"""

from nof.landing.model import Landed, LandedFile, SetAside, Vintage
from nof.landing.refused import record_refusal
from nof.landing.register import register_new_files
from nof.landing.steps import land
from nof.landing.unchanged import land_unread
from nof.landing.writer import write_landing

__all__ = [
    "Landed",
    "LandedFile",
    "SetAside",
    "Vintage",
    "land",
    "land_unread",
    "record_refusal",
    "register_new_files",
    "write_landing",
]
