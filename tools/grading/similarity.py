"""Which submissions resemble each other: a list to look at, and no verdict."""

from __future__ import annotations

import io
import keyword
import tokenize

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

RUN = 6
"""Tokens in a row that are compared."""


def tokens(source: bytes) -> list[str]:
    """Return the tokens of a program, with names and numbers made alike.

    Comments, docstrings and layout do not count, so that renaming and reformatting
    hide nothing.

    >>> tokens(b"def f(x): return x + 1  # one")
    ['def', 'n', '(', 'n', ')', ':', 'return', 'n', '+', '1']
    """
    found = []
    try:
        for token in tokenize.tokenize(io.BytesIO(source).readline):
            if token.type == tokenize.NAME:
                found.append(token.string if keyword.iskeyword(token.string) else "n")
            elif token.type == tokenize.NUMBER:
                found.append("1")
            elif token.type == tokenize.OP:
                found.append(token.string)
    except (tokenize.TokenError, SyntaxError, UnicodeDecodeError):
        pass
    return found


def resemblances(programs: dict[str, bytes], starter: bytes, n_most: int = 20):
    """Return the pairs of programs that have most in common beyond the starter.

    Parameters
    ----------
    programs : dict of str to bytes
        Source of each submission.
    starter : bytes
        What everybody was given.
    n_most : int
        How many pairs are listed.

    Returns
    -------
    list of tuple
        Two names and the cosine of their weighted runs of tokens [1], largest first.
    """
    names = sorted(name for name, source in programs.items() if tokens(source))
    if len(names) < 2:
        return []
    given = set(runs(tokens(starter)))
    texts = [
        [run for run in runs(tokens(programs[name])) if run not in given]
        for name in names
    ]
    if not any(texts):
        return []
    weights = TfidfVectorizer(analyzer=list, sublinear_tf=True).fit_transform(texts)
    alike = (weights @ weights.T).toarray()
    rows, columns = np.triu_indices(len(names), 1)
    order = np.argsort(-alike[rows, columns], kind="stable")[:n_most]
    return [
        (names[rows[k]], names[columns[k]], float(alike[rows[k], columns[k]]))
        for k in order
    ]


def runs(found: list[str]) -> list[str]:
    """Return all runs of tokens."""
    return [" ".join(found[k : k + RUN]) for k in range(len(found) - RUN + 1)]
