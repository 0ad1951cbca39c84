"""Icons drawn by the style sheet: the glyphs in use, out of the theme's icon font.

An icon is a mask over its own colour: no font of a hundred kilobytes is loaded for a
dozen of signs, and an icon keeps the colour of the text around it.
"""

import re
from functools import cache
from pathlib import Path
from urllib.parse import quote

import pydata_sphinx_theme
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

THEME = Path(pydata_sphinx_theme.__file__).parent / "theme/pydata_sphinx_theme/static"
FONTS = ["fa-solid-900", "fa-brands-400", "fa-regular-400"]
NAME = re.compile(r"\bfa-[a-z0-9-]+")
SHAPE = """
:is(.fa-solid, .fa-brands, .fa-regular, .fas, .fab, .far)::before {
  -webkit-mask: var(--icon) center / contain no-repeat;
  background: currentColor;
  content: "";
  display: inline-block;
  height: 1em;
  mask: var(--icon) center / contain no-repeat;
  vertical-align: -0.125em;
  width: 1.1em;
}
.fa-lg { font-size: 1.25em; }
@media (forced-colors: active) {
  :is(.fa-solid, .fa-brands, .fa-regular, .fas, .fab, .far)::before {
    background: ButtonText;
    forced-color-adjust: none;
  }
}
"""


@cache
def code_points() -> dict[str, int]:
    """The code point of each icon of the theme's font, by name."""
    (sheet,) = THEME.glob("vendor/fontawesome/*/css/all.min.css")
    points = {}
    for rule in sheet.read_text("utf-8").split("}"):
        selectors, _, body = rule.rpartition("{")
        if code := re.match(r'content:"\\([0-9a-f]+)"', body):
            for name in NAME.findall(selectors):
                points.setdefault(name, int(code[1], 16))
    return points


@cache
def font(name: str) -> TTFont:
    (path,) = THEME.glob(f"vendor/fontawesome/*/webfonts/{name}.ttf")
    return TTFont(path)


@cache
def drawing(name: str) -> str:
    """An icon as SVG; empty for a word that is no icon, such as a size."""
    point = code_points().get(name)
    for file in FONTS if point else []:
        glyph = font(file).getBestCmap().get(point)
        if glyph:
            glyphs = font(file).getGlyphSet()
            ascent = font(file)["hhea"].ascent
            height = ascent - font(file)["hhea"].descent
            pen = SVGPathPen(glyphs, ntos=lambda number: str(round(number)))
            glyphs[glyph].draw(TransformPen(pen, (1, 0, 0, -1, 0, ascent)))
            box = f"0 0 {glyphs[glyph].width} {height}"
            path = f'<path d="{pen.getCommands()}"/>'
            return (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{path}</svg>'
            )
    return ""


def icon_rules(text: str) -> str:
    """Rules that draw every icon that a text names.

    >>> "mask" in icon_rules('<i class="fa-solid fa-bars"></i>')
    True
    """
    drawn = {name: drawing(name) for name in sorted(set(NAME.findall(text)))}
    rules = [
        f'.{name}{{--icon:url("data:image/svg+xml,{quote(svg, safe=" /:=,-")}")}}'
        for name, svg in drawn.items()
        if svg
    ]
    return SHAPE + "\n".join(rules)
