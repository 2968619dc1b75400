"""The bundled raw metric seeds: an invented nation from a fixed seed, and the same as published files."""

from nof.sample.files import write_sample

__all__ = ["write_sample"]
