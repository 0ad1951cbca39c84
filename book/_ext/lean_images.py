"""Figures that load late, keep their place, and weigh no more than they must.

Matplotlib writes six decimals, pixels as PNG, and a note on itself. What is kept is a
hundredth of a point in lines, a tenth in where markers stand, whole units in letters
(a letter has some two thousand to its height), and the same pixels as lossless WebP.
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
ATTRIBUTE = re.compile(r'\b(d|x|y|points)="([^"]*)"')
LETTER = re.compile(r'(<path id="(?:DejaVu|Cm|STIX)[^"]*" d=")([^"]*)(")')
NOTE = re.compile(r"<metadata>.*?</metadata>|<!--.*?-->", re.DOTALL)
PNG = re.compile(r"data:image/png;base64,\s*([A-Za-z0-9+/=\s]+)")
DECIMALS = {"d": 2, "points": 2, "x": 1, "y": 1}


def rounded(text: str, decimals: int) -> str:
    """Numbers of a text with no more decimals than that.

    >>> rounded("M 12.345678 -0.001 L 3.1 4", 2)
    'M 12.35 0 L 3.1 4'
    """

    def short(found):
        number = f"{float(found[0]):.{decimals}f}"
        number = number.rstrip("0").rstrip(".") if "." in number else number
        return "0" if number in {"-0", ""} else number

    return NUMBER.sub(short, text)


def as_webp(found) -> str:
    """The pixels of an embedded PNG as lossless WebP, where that is smaller."""
    png, webp = base64.b64decode(found[1]), io.BytesIO()
    Image.open(io.BytesIO(png)).save(webp, "WEBP", lossless=True, method=6, exact=True)
    if webp.tell() >= len(png):
        return found[0]
    return f"data:image/webp;base64,{base64.b64encode(webp.getvalue()).decode()}"


def lean(svg: str) -> str:
    """A Matplotlib drawing with the same look in fewer bytes."""
    pictures = []

    def aside(found):  # pixels hold no attributes, and take long to search
        pictures.append(as_webp(found))
        return f"picture-{len(pictures) - 1}-"

    svg = PNG.sub(aside, NOTE.sub("", svg))
    svg = LETTER.sub(lambda letter: letter[1] + rounded(letter[2], 0) + letter[3], svg)
    svg = ATTRIBUTE.sub(
        lambda found: (
            f'{found[1]}="{" ".join(rounded(found[2], DECIMALS[found[1]]).split())}"'
        ),
        svg,
    )
    svg = re.sub(r"\s*\n\s*", "\n", svg)
    return re.sub(r"picture-(\d+)-", lambda found: pictures[int(found[1])], svg)


def lighten(app, env):
    """Rewrite the drawings that the cells have just made."""
    for path in (Path(app.outdir).parent / "jupyter_execute").glob("*.svg"):
        svg = path.read_text("utf-8")
        if "<metadata>" in svg:
            path.write_text(lean(svg), "utf-8")


def visit_image(self: HTML5Translator, node: nodes.image) -> None:
    """An image whose place is known before it is loaded, and that waits to be seen."""
    path = Path(self.builder.srcdir) / node["uri"]
    HTML5Translator.visit_image(self, node)
    width, height = imagesize.get(path) if path.exists() else (-1, -1)
    size = f'width="{round(width)}" height="{round(height)}" ' if width > 0 else ""
    late = 'loading="lazy" ' if getattr(self, "has_image", False) else ""
    self.has_image = True
    self.body[-1] = self.body[-1].replace("<img ", f"<img {late}{size}", 1)


def setup(app):
    app.add_node(nodes.image, override=True, html=(visit_image, None))
    app.connect("env-updated", lighten)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
