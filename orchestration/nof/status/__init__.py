"""Where a home stands on a day: what is in hand, what is awaited since when, what waits to be signed off."""

from nof.status.awaited import Awaited, State, awaited_inputs

__all__ = ["Awaited", "State", "awaited_inputs"]
