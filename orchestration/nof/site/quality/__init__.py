"""How good the data of a release is: gates, what is missing, age, agreement; one module each."""
