"""Networks of neurons: layers, their gradient, and the walk to the least loss."""
