"""How good the data of a release is: its gates, what is missing, how old it is, whether it agrees; one module each."""
