"""Learners without labels."""
