"""Where launch, source and download buttons lead: to the public repository."""

import os
import re
import subprocess
from pathlib import Path

BRANCH = "students"  # the edition, published beside the pages
HOSTS = ("github.com", "gitlab.com")  # those that the theme can name
# https://user@host:port/path, ssh://git@host:port/path, git@host:path
REMOTE = re.compile(
    r"(?:(?:https|ssh)://(?:[^@/]+@)?(?:(?:alt)?ssh\.)?(?P<host>[^:/]+)(?::\d+)?/"
    r"|(?:[^@/:]+@)?(?P<alias>[^:/]+):(?!/))"
    r"(?P<name>[^\s/?#]+/[^\s/?#]+?)(?:\.git)?/*"
)


def web_address(remote: str) -> str:
    """The page of a repository, whatever the form of its address.

    Parameters
    ----------
    remote : str
        What git calls the remote, over https or ssh.

    Returns
    -------
    str
        Such as ``https://github.com/owner/name``; empty for a folder on this machine
        and for a host that the buttons cannot serve.

    Examples
    --------
    >>> web_address("ssh://github.com/owner/name.git")
    'https://github.com/owner/name'
    >>> web_address("/srv/books/name.git")
    ''
    """
    found = REMOTE.fullmatch(remote.strip())
    host = found and (found["host"] or found["alias"]).lower()
    return f"https://{host}/{found['name']}" if host in HOSTS else ""


def repository_url(root: Path) -> str:
    """The repository that readers may open, or nothing where there is none.

    The publishing workflow names it in ``PUBLIC_REPOSITORY`` (empty: none), so that no
    button leads to the private one. Elsewhere it is the remote of this clone.

    Parameters
    ----------
    root : Path
        The folder of the book.

    Returns
    -------
    str
        Its address on the web, or an empty string.

    Raises
    ------
    ValueError
        If ``PUBLIC_REPOSITORY`` is not of the form ``owner/name``.
    """
    name = os.environ.get("PUBLIC_REPOSITORY")
    if name is None:
        return web_address(origin(root))
    if name and not re.fullmatch(r"[\w.-]+/[\w.-]+", name):
        raise ValueError(f"PUBLIC_REPOSITORY must be owner/name, got {name!r}")
    return f"https://github.com/{name}" if name else ""


def origin(root: Path) -> str:
    """What git calls the origin of `root`; empty without git or without an origin."""
    if not (root / ".git").exists():  # an enclosing repository is another book
        return ""
    ask = ["git", "-C", str(root), "remote", "get-url", "origin"]
    try:
        return subprocess.run(ask, capture_output=True, text=True).stdout.strip()
    except FileNotFoundError:
        return ""


def site_path(repository: str) -> str:
    """Where the pages of a repository begin on their host.

    Parameters
    ----------
    repository : str
        Its address on the web, or an empty string.

    Returns
    -------
    str
        A path that starts and ends with a slash.

    Examples
    --------
    >>> site_path("https://github.com/owner/name")
    '/name/'
    >>> site_path("https://github.com/owner/Owner.github.io"), site_path("")
    ('/', '/')
    """
    *_, owner, name = repository.rsplit("/", 2) if repository else ["", ""]
    whole_host = re.fullmatch(rf"(?i){re.escape(owner)}\.git(hub|lab)\.io", name)
    return "/" if whole_host or not name else f"/{name}/"


def site_address(repository: str) -> str:
    """Where the pages of a repository are published; empty without a repository.

    Parameters
    ----------
    repository : str
        Its address on the web, or an empty string.

    Returns
    -------
    str
        An address that ends with a slash.

    Examples
    --------
    >>> site_address("https://github.com/Owner/name")
    'https://owner.github.io/name/'
    """
    if not repository:
        return ""
    host, owner, _ = repository.removeprefix("https://").split("/", 2)
    pages = host.replace(".com", ".io")
    return f"https://{owner.lower()}.{pages}{site_path(repository)}"


def theme_buttons(repository: str) -> dict:
    """What buttons and notebooks need to know of the repository they point to.

    Parameters
    ----------
    repository : str
        Its address on the web, or an empty string.

    Returns
    -------
    dict
        What Sphinx's configuration has to say for it; empty without a repository.
    """
    if not repository:
        return {}
    return {
        "html_baseurl": site_address(repository),
        "html_theme_options": {
            "repository_url": repository,
            "repository_branch": BRANCH,
            "use_repository_button": True,
        },
        "edition_repository": repository,
        "edition_branch": BRANCH,
        "package_source": f"mlearth @ git+{repository}@{BRANCH}",
    }
