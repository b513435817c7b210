"""Bad input by the million: `make fuzz`. A module of `targets/` a promise, registered by being there.

What a target promises is a function of bytes that raises where the promise is broken. atheris looks for such bytes for
as long as it is given, Hypothesis for a moment within the tests, and every file in `found/` once broke a promise.
"""
