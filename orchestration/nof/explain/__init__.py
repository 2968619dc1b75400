"""`nof explain`: the walk from a final segment back to the file and row of every figure behind it."""

from nof.explain.model import Explanation, Unsegmented
from nof.explain.render import render
from nof.explain.walk import explain

__all__ = ["Explanation", "Unsegmented", "explain", "render"]
