"""Figures that load late, keep their place, and weigh no more than they must.

Matplotlib writes six decimals, pixels as PNG, and a note on itself. What is kept is a
hundredth of a point in lines, a tenth in long ones and in where markers stand, whole
units in letters (a letter has some two thousand to its height), and every pixel; only
a surface of thousands of shades is drawn in 256.
"""

import base64
import io
import re
from pathlib import Path

import imagesize
from docutils import nodes
from PIL import Image
from sphinx.writers.html5 import HTML5Translator

NUMBER = re.compile(r"-?\d+\.\d+")
PLACE = re.compile(r'\b(x|y)="([^"]*)"')
PATH = re.compile(r'(<path (?:id="([^"]*)" )?(?:[^>]*? )?d=")([^"]*)"')
STEP = re.compile(r"[MLQCZz]|-?\d*\.?\d+(?:e-?\d+)?")
NUMBERS = {"M": 2, "L": 2, "Q": 4, "C": 6}
NOTE = re.compile(r"<metadata>.*?</metadata>|<!--.*?-->", re.DOTALL)
PNG = re.compile(r"data:image/png;base64,\s*([A-Za-z0-9+/=\s]+)")
LETTERS = ("DejaVu", "Cm", "STIX")
SHADES = 1024  # a picture of more colours than this is a surface
PHONE_PX = 480  # on a phone a figure is not drawn narrower than this
LONG = 400  # characters of a line whose steps are too many to be seen one by one


def brief(number: int, decimals: int) -> str:
    """A whole number of tenths or hundredths, written short.

    >>> brief(1250, 2), brief(-5, 1), brief(0, 2)
    ('12.5', '-.5', '0')
    """
    text = f"{number / 10**decimals:.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if decimals else text
    return re.sub(r"^(-?)0\.", r"\1.", text) if text not in {"-0", ""} else "0"


def steps(path: str, decimals: int) -> str:
    """A path that says how far each point is from the last one, not where it is.

    Points are rounded before the distances are taken, so that no error adds up.

    >>> steps("M 100.04 50 L 101.52 50 L 101.52 52.26 z", 1)
    'm100 50l1.5 0 0 2.3z'
    """
    words, text, kind, last = STEP.findall(path), [], "", ""
    here = start = [0, 0]
    while words:
        kind = words.pop(0) if words[0].isalpha() else kind
        if kind in "Zz":
            text.append("z")
            here, last = start, "z"
            continue
        points = [
            round(float(words.pop(0)) * 10**decimals) for _ in range(NUMBERS[kind])
        ]
        moves = [point - here[i % 2] for i, point in enumerate(points)]
        shown = " ".join(brief(move, decimals) for move in moves).replace(" -", "-")
        repeats = kind == last and kind != "M"
        text.append((" " * (shown[0] != "-") if repeats else kind.lower()) + shown)
        here, last = points[-2:], kind
        start = here if kind == "M" else start
    return "".join(text)


def as_webp(found) -> str:
    """The pixels of an embedded PNG as WebP, without loss, where that is smaller."""
    png, webp = base64.b64decode(found[1]), io.BytesIO()
    image = Image.open(io.BytesIO(png)).convert("RGBA")
    if image.getcolors(SHADES) is None:
        image = image.quantize(256, method=Image.Quantize.FASTOCTREE).convert("RGBA")
    # method 5 makes the book's pictures 3 % smaller, and takes eight times as long
    image.save(webp, "WEBP", lossless=True, quality=100, method=4)
    if webp.tell() >= len(png):
        return found[0]
    return f"data:image/webp;base64,{base64.b64encode(webp.getvalue()).decode()}"


def lean(svg: str, decimals: int = 2) -> str:
    """A Matplotlib drawing with the same look in fewer bytes.

    Short lines keep so many `decimals` of a point; where thousands of states share
    one file, a tenth will do.
    """
    pictures = []

    def aside(found):  # pixels hold no attributes, and take long to search
        pictures.append(as_webp(found))
        return f"picture-{len(pictures) - 1}-"

    def path(found):
        name, line = found[2] or "", found[3]
        kept = 0 if name.startswith(LETTERS) else 1 if len(line) > LONG else decimals
        return f'{found[1]}{steps(line, kept)}"'

    def rounded(found):
        tenths = [round(float(word) * 10) for word in found[2].split()]
        return f'{found[1]}="{" ".join(brief(tenth, 1) for tenth in tenths)}"'

    svg = PNG.sub(aside, NOTE.sub("", svg))
    svg = PLACE.sub(rounded, PATH.sub(path, svg))
    svg = re.sub(r"\s*\n\s*", "\n", svg)
    return re.sub(r"picture-(\d+)-", lambda found: pictures[int(found[1])], svg)


def lighten(app, env):
    """Rewrite the drawings that the cells have just made.

    Not those that a reader drives: they are made lean where they enter their page.
    """
    for path in (Path(app.outdir).parent / "jupyter_execute").glob("*.svg"):
        svg = path.read_text("utf-8")
        if "<metadata>" in svg and "data-state=" not in svg:
            path.write_text(lean(svg), "utf-8")


def visit_image(self: HTML5Translator, node: nodes.image) -> None:
    """An image whose place is known before it is loaded, and that waits to be seen."""
    path = Path(self.builder.srcdir) / node["uri"]
    HTML5Translator.visit_image(self, node)
    width, height = imagesize.get(path) if path.exists() else (-1, -1)
    size = f'width="{round(width)}" height="{round(height)}" ' if width > 0 else ""
    late = 'loading="lazy" ' if getattr(self, "has_image", False) else ""
    self.has_image = True
    image = self.body[-1].replace("<img ", f"<img {late}{size}", 1)
    if isinstance(node.parent, nodes.figure):  # what is wide scrolls on a phone
        kind = "drawing wide" if width > PHONE_PX else "drawing"
        image = f'<div class="{kind}">{image}</div>'
    self.body[-1] = image


def setup(app):
    app.add_node(nodes.image, override=True, html=(visit_image, None))
    app.connect("env-updated", lighten)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
