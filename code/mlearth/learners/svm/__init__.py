"""Support vector machines: margins, kernels and the solver of the dual problem."""
