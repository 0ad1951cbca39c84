"""Write the font of the formulas: ``python tools/math_font.py STIXTwoMath.woff2``.

The original is STIX Two Math of the STIX Fonts Project, under the SIL Open Font
License; the npm package @fontsource/stix-two-math carries it. What is kept is every
letter and operator that a formula of such a book may want, and the table by which
browsers build roots, fences and sums.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
FONT = ROOT / "book/_static/fonts/stix-two-math.woff2"
GREEK = "".join(map(chr, [*range(0x391, 0x3AA), *range(0x3B1, 0x3CA)])) + "ϕϵϑϱϖ"
SIGNS = (
    "¯°±×÷·′″‴†‡…‖‾ℓℏℑℜ←↑→↓↔⇐⇒⇔↦⟶∀∂∃∅∇∈∉∋∏∑−∓∗∘√∝∞∠∣∥∧∨∩∪∫∬∮"
    "∼≃≅≈≔≠≡≤≥≪≫≲≳⊂⊃⊆⊇⊕⊗⊤⊥⋅⋮⋯⋱⌈⌉⌊⌋⏞⏟⟨⟩^~ˆ˜ˇ˘˙¨⃗◦"
)
ALPHABETS = [
    range(0x1D400, 0x1D468),  # Latin: bold, italic
    range(0x1D49C, 0x1D4B6),  # script capitals
    range(0x1D6FC, 0x1D71C),  # Greek, small: italic
    range(0x1D736, 0x1D756),  # Greek, small: bold italic
]
ELSEWHERE = "ℎℬℰℱℋℐℒℳℛℂℍℕℙℚℝℤ𝖳𝚺𝚲𝚽"


def repertoire() -> set[int]:
    """Code points that the font shows."""
    plain = [*range(0x20, 0x7F), *map(ord, GREEK + SIGNS + ELSEWHERE)]
    return {*plain, *(point for alphabet in ALPHABETS for point in alphabet)}


def write(original: Path, target: Path = FONT) -> None:
    """Keep of a font what formulas need, as WOFF2."""
    font = TTFont(original)
    options = Options(flavor="woff2", layout_features=[], hinting=False)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # whose it is and its licence
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=repertoire())
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(target)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
