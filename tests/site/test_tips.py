"""Terms and works are explained on hover and on focus, for every reader."""

import pytest

pytestmark = pytest.mark.browser

PAGE = "book/supervised_learning/trees_and_forests.html"
TERM = """[...document.querySelectorAll('.bd-article a:has(> .std-term)')]
    .find(one => !one.closest('details'))"""
WORK = "document.querySelector('.bd-article p a.reference[href^=\"#id\"]')"


def focused(link, then=""):
    """A script that focuses a link and tells what is shown."""
    return f"""(async () => {{
      const link = {link};
      link.scrollIntoView({{block: "center"}});
      link.focus();
      {then}
      await new Promise(done => setTimeout(done, 400));
      const tip = document.getElementById("tip"), box = tip.getBoundingClientRect();
      return {{
        text: tip.textContent, word: link.textContent,
        hidden: tip.hidden, role: tip.getAttribute("role"),
        described: link.getAttribute("aria-describedby") === tip.id,
        inside: box.left >= 0 && box.right <= document.documentElement.clientWidth
          && box.top >= 0 && box.bottom <= innerHeight,
        landmark: tip.closest("main") !== null,
      }};
    }})()"""


@pytest.mark.parametrize("mode", ["light", "dark", "phone"])
@pytest.mark.parametrize(("link", "says"), [(TERM, ""), (WORK, "Breiman")])
def test_focus_shows_what_a_link_explains(looker, site, mode, link, says):
    """In the window, inside of the page's main part, and tied to the link."""
    shown = looker.try_out(site, PAGE, mode, focused(link))
    expected = says or shown["word"][:5].lower()  # a plural may have another ending
    assert expected in (shown["text"] if says else shown["text"].lower())
    assert shown["role"] == "tooltip"
    assert not shown["hidden"]
    assert shown["described"]
    assert shown["inside"]
    assert shown["landmark"]


@pytest.mark.parametrize(
    "then",
    [
        "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}));",
        "link.blur();",
    ],
    ids=["Escape", "blur"],
)
def test_it_goes_away_when_it_is_not_wanted(looker, site, then):
    """By the Escape key, and when the focus moves on."""
    shown = looker.try_out(site, PAGE, "light", focused(TERM, then))
    assert shown["hidden"]
    assert not shown["described"]


def test_hover_shows_it_and_it_can_be_hovered_itself(looker, site):
    """The pointer may move from the link onto the tip, and away to close it."""
    enter, leave = "new MouseEvent('mouseenter')", "new MouseEvent('mouseleave')"
    over = f"link.blur(); link.dispatchEvent({enter});"
    shown = looker.try_out(site, PAGE, "light", focused(TERM, over))
    assert not shown["hidden"]
    wait = "await new Promise(done => setTimeout(done, 300));"
    onto = f"link.dispatchEvent({leave}); tip.dispatchEvent({enter});"
    name = "const tip = document.getElementById('tip');"
    moved = f"{over}{wait}{{{name}{onto}}}"
    assert not looker.try_out(site, PAGE, "light", focused(TERM, moved))["hidden"]
    away = f"{moved}{{{name}tip.dispatchEvent({leave});}}"
    assert looker.try_out(site, PAGE, "light", focused(TERM, away))["hidden"]


@pytest.mark.parametrize("mode", ["light", "dark", "phone"])
def test_axe_has_nothing_against_an_open_tip(looker, site, mode):
    """Contrast, names and landmarks hold while it is shown."""
    from browser import AXE, AXE_TAGS, LOOK

    script = f"""(async () => {{
      {TERM}.focus();
      {AXE}; {LOOK};
      const found = await axe.run({{include: [["#tip"]]}},
        {{runOnly: {AXE_TAGS}}});
      return found.violations.map(one => one.id);
    }})()"""
    assert looker.try_out(site, PAGE, mode, script) == []
