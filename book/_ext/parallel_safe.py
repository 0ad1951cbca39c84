"""Say of extensions that declare nothing that they may read and write in parallel.

None of those named keeps state between two pages; Sphinx only assumes so where
nothing is declared, and then reads every chapter of the book one after the other.
"""

from sphinx_proof.domain import ProofDomain

SAFE = [
    "jupyter_book",
    "sphinx_comments",
    "sphinx_external_toc",
    "sphinx_jupyterbook_latex",
    "sphinx_multitoc_numbering",
    "sphinx_thebe",
    "sphinx_togglebutton",
]


def mark(app, *_):
    for name in SAFE:
        if extension := app.extensions.get(name):
            extension.parallel_read_safe = True
            extension.parallel_write_safe = True


def merge_nothing(self, docnames, otherdata):
    """Theorems are merged by sphinx-proof's own event; its domain keeps nothing."""


def setup(app):
    ProofDomain.merge_domaindata = merge_nothing
    mark(app)
    app.connect("builder-inited", mark, priority=1)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
