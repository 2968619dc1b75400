"""`python -m nof`: the same as the command `nof`."""

from nof.cli import main

main()
