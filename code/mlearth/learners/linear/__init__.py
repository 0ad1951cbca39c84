"""Models that are linear in their weights, and how their losses are minimised."""
