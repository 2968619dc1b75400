"""What the project costs, measured: `make bench`. See README.md beside this file."""
