"""The rules of the framework once more, in plain Python and exact fractions; here, what a caller imports.

This statement is written from the rules and the seeds alone, so that agreement with the SQL models means
something: neither was made from the other. It is slow and short on purpose; no part of the warehouse uses it.
"""

from plain_rules.method import Method, Tables, read_method_tables
from plain_rules.nation import Nation, work_out
from plain_rules.registers import Entry
from plain_rules.values import Row

__all__ = ["Entry", "Method", "Nation", "Row", "Tables", "read_method_tables", "work_out"]
