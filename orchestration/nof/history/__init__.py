"""How the figures of one trust came to be what they are: each version, from when to when, and why."""

from nof.history.read import read_history
from nof.history.render import render

__all__ = ["read_history", "render"]
