"""Learners that remember their samples and ask the nearest."""
