"""Grading homework: collect, judge in a box, count points, report."""
