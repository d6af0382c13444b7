"""The fuzzers of the program's own: whatever comes in, no command crashes, and what comes out is well formed.

The suite runs each for a few examples; `make fuzz` runs them for as long as it is told to.
"""
