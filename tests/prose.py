"""A page as its reader reads it: words without the marks of MyST, code or formulas."""

import re

UNREAD = {"math", "literalinclude", "bibliography", "glossary", "code-cell", "code"}
TITLED = re.compile(r"\{(?:admonition|exercise|prf:[a-z]+|tab-item)\}\s*(.*)$")
FENCE = re.compile(r"\s*(`{3,}|:{3,})(\{([^}]+)\})?(.*)$")
NOT_READ = [
    r"^% .*$",  # comments
    r"^\([a-z0-9-]+\)=\s*$",  # labels
    r"^\s*:[a-z-]+:.*$",  # options
    r"^\|[\s|:-]+\|\s*$",  # rules of tables
    r"^\s*\[[ x]\]\s",  # marks of answers
]
FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$]+\$", re.DOTALL)
SHOWN = {"ref", "numref", "eq", "term", "doc", "prf:ref"}
ROLE = re.compile(r"\{([a-z]+(?::[a-z]+)?)\}`([^`]+)`")
WORD = re.compile(r"[^\W_][\w'’-]*")
STAND_IN = "xxx"
"""What stands in the place of a formula, a number of the run, a reference, a name."""


def said_by(role: re.Match) -> str:
    """What a reader sees of a role.

    >>> ROLE.sub(said_by, "{term}`Weights <weight>` of {cite:p}`one,two`{keep}`a`")
    'Weights of xxx xxx'
    """
    name, text = role.groups()
    if name == "keep":
        return ""
    if name.startswith("cite"):
        return " ".join([STAND_IN] * (text.count(",") + 1))
    if name in SHOWN and (own := re.fullmatch(r"(.+?)\s*<[^<>]+>", text, re.DOTALL)):
        return own[1]
    return text if name in {"term", "doc"} else STAND_IN


def without_blocks(prose: str) -> str:
    """A page's Markdown without code and formulas, its directives as paragraphs.

    >>> without_blocks("A.\\n```python\\nx\\n```\\n:::{exercise} Do\\nB.\\n:::")
    'A.\\n\\n\\n\\nDo\\n\\nB.\\n'
    """
    lines, closing = [], ""
    for line in prose.split("\n"):
        fence = FENCE.match(line)
        if closing:
            closing = "" if line.strip() == closing else closing
        elif fence and fence[1][0] == "`" and (not fence[2] or fence[3] in UNREAD):
            closing, line = fence[1], ""
            lines += ["", ""]
        elif fence:
            title = TITLED.search(line)
            lines += ["", title[1], ""] if title else [""]
        else:
            lines.append(line)
    return "\n".join(lines)


def read(prose: str) -> str:
    """The text of a page's Markdown as it is read, paragraph by paragraph.

    >>> read("Let $x$ be {glue:text}`n` of `len(y)`.")
    'Let xxx be xxx of xxx.'
    """
    prose = without_blocks(prose)
    for pattern in NOT_READ:
        prose = re.sub(pattern, "\n", prose, flags=re.MULTILINE)
    prose = ROLE.sub(said_by, prose)
    prose = re.sub(r"`[^`\n]+`", STAND_IN, prose)
    prose = FORMULA.sub(STAND_IN, prose)
    return re.sub(r"!?\[([^\]\n]*)\]\([^)\s]*\)", r"\1", prose)


def words(prose: str) -> int:
    """How many words a reader reads: each formula, number and reference is one.

    >>> words("Let $x + y$ be {glue:text}`n` of 17 in {cite:t}`one,two`.")
    9
    """
    return len(WORD.findall(read(prose)))
