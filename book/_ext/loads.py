"""What an element of HTML makes a browser load, and from which host."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bs4 import Tag

# The links of a page's head that make a browser load something.
LOADING = {
    *("stylesheet", "icon", "apple-touch-icon", "manifest", "preload", "modulepreload"),
    *("prefetch", "preconnect", "dns-prefetch", "prerender"),
}
# Elements that load a file as soon as the page is read, and the attribute that says it.
SOURCES = {
    **dict.fromkeys(("script", "img", "iframe", "source", "track", "input"), ("src",)),
    **dict.fromkeys(("audio", "embed", "frame"), ("src",)),
    **{"video": ("src", "poster"), "object": ("data",), "link": ("href",)},
    **dict.fromkeys(("image", "use"), ("href", "xlink:href")),
}
CSS_URL = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""")
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def css_urls(css: str) -> list[str]:
    """What a style sheet loads.

    >>> css_urls('@import "a.css"; p {background: url(b.svg)} /* url(c.svg) */')
    ['a.css', 'b.svg']
    """
    found = CSS_URL.findall(CSS_COMMENT.sub("", css))
    return [(first or second).strip() for first, second in found]


def loads(tag: Tag) -> Iterator[str]:
    """What one element of a page makes a browser load."""
    if tag.name == "link" and not LOADING & {rel.lower() for rel in tag.get("rel", [])}:
        return
    for name in SOURCES.get(tag.name, ()):
        if name in tag.attrs:
            yield tag[name]
    for candidate in tag.get("srcset", "").split(","):
        yield from candidate.split()[:1]
    yield from css_urls(tag.get("style", ""))
    if tag.name == "style":
        yield from css_urls(tag.string or "")


def host(url: str) -> str:
    """The host that a URL names; empty for a file of the site itself.

    >>> host("//cdn.example/x.js"), host("../x.js"), host("data:image/png;base64,")
    ('cdn.example', '', '')
    """
    return urlsplit(url.strip()).netloc
