"""The site carries what its pages use: one sheet, one script, light figures."""

import base64
import io
import re
import sys

import numpy as np
import pytest
from bs4 import BeautifulSoup
from planted_book import ROOT, build, cell, page, plant

sys.path.insert(0, str(ROOT / "book/_ext"))
import icons
import lean_images
import lean_site
from PIL import Image

USED = lean_site.names_used('<ul class="toc"><li id="one">x</li></ul>')


@pytest.mark.parametrize(
    ("rule", "stays"),
    [
        ("ul{a:b}", True),
        ("ol{a:b}", False),
        (".toc > li:hover::after{a:b}", True),
        (".toc .other{a:b}", False),
        ("#one:not(.other, :is(.third)){a:b}", True),
        ("[data-theme=dark] li{a:b}", True),
        ("@media print{li{a:b}}", True),
        ("@media print{ol{a:b}}", False),
        ("@import 'other.css';", False),
        ("@font-face{font-family:x}", True),
        (":root{--x:1}", True),
    ],
)
def test_a_rule_stays_if_something_can_call_for_it(rule, stays):
    """Every name outside of brackets has to be on some page, or in a script."""
    assert bool(lean_site.lean_sheet(rule, USED)) == stays


def test_of_a_list_of_selectors_the_idle_ones_go():
    """A rule for two things is kept for the one that is there."""
    assert lean_site.lean_sheet("li, ol > li {a: b}", USED) == "li{a: b}"


def test_comments_of_scripts_go_and_code_stays():
    """Whole lines of comment go; an address in a text is none, a licence stays."""
    script = '// why\nlet a = "https://b.example";\n  /* two\n lines */\n/*! MIT */\n'
    left = lean_site.COMMENT.sub("", script)
    assert left == 'let a = "https://b.example";\n/*! MIT */\n'


def test_every_icon_is_drawn():
    """An icon in use has a shape of its own; a size is no icon."""
    rules = icons.icon_rules(
        '<i class="fa-solid fa-bars fa-lg"></i><i class="fa-moon">'
    )
    drawn = dict(re.findall(r"\.(fa-[\w-]+)\{--icon:(.*)\}", rules))
    assert set(drawn) == {"fa-bars", "fa-moon"}
    assert drawn["fa-bars"] != drawn["fa-moon"]


def picture(pixels=30):
    """A gradient as PNG, the way Matplotlib lays it into a drawing."""
    image = Image.linear_gradient("L").resize((pixels, pixels)).convert("RGBA")
    image.save(buffer := io.BytesIO(), "PNG")
    return image, base64.b64encode(buffer.getvalue()).decode()


def test_a_drawing_keeps_its_look():
    """Numbers are rounded where they are lengths; every pixel stays."""
    image, png = picture()
    svg = (
        "<svg><metadata>who</metadata><!-- note -->"
        '<path id="DejaVuSans-41" d="M 2188.4 4044.6 L 3 1"/>'
        '<path id="m1" d="M 1.23456 -0.00001"/><use x="10.46" y="3.0"/>'
        '<g transform="scale(0.015625)"/>'
        f'<image href="data:image/png;base64,\n{png}"/></svg>'
    )
    lean = lean_images.lean(svg)
    assert 'd="m2188 4045l-2185-4044"' in lean
    assert 'd="m1.23 0"' in lean
    assert '<use x="10.5" y="3"/>' in lean
    assert "scale(0.015625)" in lean
    assert "who" not in lean
    assert "note" not in lean
    kept = base64.b64decode(re.search(r"webp;base64,([^\"]+)", lean)[1])
    there = np.asarray(Image.open(io.BytesIO(kept)).convert("RGBA"), dtype=int)
    assert (there == np.asarray(image)).all()
    assert len(kept) < len(png)


def test_a_surface_of_many_shades_is_drawn_in_fewer():
    """More colours than an eye tells apart weigh more than all the rest of a page."""
    shades = np.random.default_rng(0).integers(0, 256, (60, 60, 3), dtype=np.uint8)
    Image.fromarray(shades).save(buffer := io.BytesIO(), "PNG")
    png = base64.b64encode(buffer.getvalue()).decode()
    webp = lean_images.lean(f'<image href="data:image/png;base64,{png}"/>')
    kept = base64.b64decode(re.search(r"webp;base64,([^\"]+)", webp)[1])
    assert len(Image.open(io.BytesIO(kept)).convert("RGBA").getcolors()) <= 256


def walked(path):
    """The points of a path of steps, as SVG reads it."""
    here, points = np.zeros(2), []
    for move in re.findall(r"-?\d*\.?\d+", path.replace("z", "")):
        points.append(float(move))
    for step in np.reshape(points, (-1, 2)):
        here = here + step
        points.append(here)
    return np.array(points[-len(points) // 3 :])


def test_steps_lead_where_the_path_led():
    """However long a line is, its rounding does not add up."""
    line = np.random.default_rng(0).uniform(0, 400, (3000, 2))
    path = "M " + " L ".join(f"{x:.6f} {y:.6f}" for x, y in line)
    found = walked(lean_images.steps(path, 1))
    np.testing.assert_allclose(found, line, rtol=0, atol=0.051)


DRAW = "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"
ALT = "A straight line rises from the lower left to the upper right corner."
HEAD = f'''
mystnb:
  figure: {{{{name: fig-{{0}}, caption: "Line {{0}}."}}}}
  image: {{{{alt: "{ALT}"}}}}
'''


def test_a_built_page_loads_one_sheet_one_script_and_waits_with_figures(tmp_path):
    """Nothing else is loaded, nothing else lies there, and figures keep their place."""
    two = [cell(DRAW, HEAD.format(name)) for name in ("a", "b")]
    text = page("Lines", "See {numref}`fig-a` and {numref}`fig-b`, $x$.", *two)
    root = plant(tmp_path, {"index": text})
    status, said = build(root)
    assert status == 0, said
    html = (root / "_build/html/book/index.html").read_text("utf-8")
    soup = BeautifulSoup(html, "html.parser")
    assert [link["href"] for link in soup.select("link[rel=stylesheet]")] == [
        "../_static/site.css"
    ]
    scripts = soup.select("script[src]")
    assert [script["src"] for script in scripts] == ["../_static/site.js"]
    assert all(script.has_attr("defer") for script in scripts)
    first, second = soup.select("figure img")
    assert not first.has_attr("loading")
    assert second["loading"] == "lazy"
    assert int(first["width"]) > int(first["height"]) > 100
    assert soup.select_one("span.math math mi").text == "x"
    there = {path.name for path in (root / "_build/html/_static").iterdir()}
    assert {"site.css", "site.js"} <= there
    assert not there & {"scripts", "styles", "vendor", "basic.css", "doctools.js"}
