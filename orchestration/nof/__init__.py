"""nof: lands, scores, gates and releases the NHS Oversight Framework (see docs/ and the README)."""
