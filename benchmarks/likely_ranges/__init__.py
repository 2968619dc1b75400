"""Part (d): drawing scores again in SQL, against a vectorised kernel in numpy."""
