"""`nof explain`: the walk from a trust's final segment back to the file and row of every figure in it."""

from nof.explain.model import Explanation
from nof.explain.render import render
from nof.explain.walk import explain

__all__ = ["Explanation", "explain", "render"]
