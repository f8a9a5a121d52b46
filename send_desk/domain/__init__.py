"""What the field talks about, as plain values: cases, contributions, entries, revisions, the law, the checks.

Nothing here reads a file, a clock, a network or a framework; every function is pure and takes the day as an argument.
"""
