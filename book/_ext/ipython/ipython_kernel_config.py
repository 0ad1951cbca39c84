"""How every kernel of the build draws: SVG, the same bytes on every run."""

import sys

sys.modules["rfc3987_syntax"] = None  # or `glue` compiles a grammar of addresses: 1 s

c = get_config()  # noqa: F821
c.InlineBackend.figure_formats = {"svg"}
c.InlineBackend.rc = {"svg.hashsalt": "mlearth", "figure.dpi": 200}
c.InlineBackend.print_figure_kwargs = {"metadata": {"Date": None}}
c.HistoryManager.enabled = False
c.IPKernelApp.log_level = 40  # the kernel serves this machine alone
c.IPKernelApp.capture_fd_output = False  # TensorFlow greets on the bare stderr
