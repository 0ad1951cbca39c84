"""The referee's examination: results to be judged, half of them leaking."""
