"""Learning what to do from rewards: by the laws of a world, or by trying."""
