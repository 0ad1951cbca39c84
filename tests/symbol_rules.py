"""A symbol means what the notation says, or what its page says "in this chapter"."""

import re

from book_rules import Page
from whole_book import Book, Fault, short

GREEK = {
    *("alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta"),
    *("theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "rho", "sigma", "tau"),
    *("upsilon", "phi", "varphi", "chi", "psi", "omega", "Gamma", "Theta", "Lambda"),
    *("Xi", "Sigma", "Phi", "Psi", "Omega", "ell"),
}
WORDS = re.compile(
    r"\\(?:mathrm|mathsf)\s+[A-Za-z]|\\(?:text|mathrm|mathsf|operatorname\*?|label|begin|end)"
    r"\s*\{[^{}]*\}(?:\{[^{}]*\})?"
)
FONT = re.compile(
    r"\\(mathbf|boldsymbol|mathcal)\s*(?:\{\s*(\\?[A-Za-z]+)\s*\}|(\\[A-Za-z]+|[A-Za-z]))"
)
DISPLAYED = re.compile(r"^```\{math\}\n(.*?)^```|\$\$(.*?)\$\$", re.M | re.S)
INLINE = re.compile(r"(?<!\$)\$([^$]+)\$(?!\$)")
FREE = {"d", "e"}
"""The differential and the base of the natural logarithm."""
OWN = re.compile(r"\b(?:[Ii]n|[Oo]n) this (?:chapter|homework|page)\b")


def symbols(tex: str) -> set[str]:
    """The letters of a formula, bold and script ones by their command.

    >>> sorted(symbols(r"\\mathbf w^\\mathsf{T} x_{\\mathrm{mid}} \\theta \\mathrm E"))
    ['\\\\mathbf w', '\\\\theta', 'x']
    """
    tex = WORDS.sub(" ", re.sub(r"^:\w+:.*$", "", tex, flags=re.M))
    found = set()
    for font, one, other in FONT.findall(tex):
        name = "mathbf" if font == "boldsymbol" else font
        found |= {f"\\{name} {letter}" for letter in letters(one or other)}
    return found | letters(FONT.sub(" ", tex))


def letters(tex: str) -> set[str]:
    greek = {f"\\{name}" for name in re.findall(r"\\([A-Za-z]+)", tex) if name in GREEK}
    return greek | {*re.findall(r"[A-Za-z]", re.sub(r"\\[A-Za-z]+", " ", tex))}


def noted(text: str) -> set[str]:
    """The symbols that have a row in the tables of the notation."""
    rows = re.findall(r"^\| (\$.*?) \|", text, re.M)
    return set().union(*(symbols(tex) for row in rows for tex in INLINE.findall(row)))


def own_symbols(page: Page) -> set[str]:
    """The symbols of the paragraphs that say "in this chapter"."""
    paragraphs = re.split(r"\n\s*\n", page.prose)
    spoken = [INLINE.findall(one) for one in paragraphs if OWN.search(one)]
    return set().union(*(symbols(tex) for found in spoken for tex in found))


def displayed(page: Page) -> set[str]:
    """The symbols of a page's displayed equations."""
    found = DISPLAYED.findall(page.prose)
    return set().union(*(symbols(one or other) for one, other in found)) - FREE


def symbol_faults(book: Book, own: dict[str, list[str]]):
    """Yield symbols without a meaning in the notation or "in this chapter".

    `own` lists, by page, those that have a row and mean something else on the page.
    """
    known = noted(book["notation"].text)
    for _, page in book.weekly:
        name = short(page)
        other = {symbol for symbol in displayed(page) if symbol in own.get(name, [])}
        for symbol in sorted(((displayed(page) - known) | other) - own_symbols(page)):
            said = f"uses {symbol} in an equation: no row of the notation says for what"
            yield Fault(name, symbol, said)
