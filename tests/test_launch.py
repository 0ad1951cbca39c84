"""The buttons of a page lead to the public repository, wherever the book is built."""

import subprocess
import sys

import pytest
import yaml
from book_rules import ROOT

sys.path.insert(0, str(ROOT / "tools"))
from launch import BRANCH, repository_url, site_path, theme_buttons, web_address

WEB = "https://{host}/lab/book"
SERVED = [
    "https://{host}/lab/book",
    "https://{host}/lab/book.git",
    "https://{host}/lab/book/",
    "https://somebody@{host}/lab/book.git/",
    "https://somebody:secret@{host}/lab/book.git",
    "git@{host}:lab/book.git",
    "git@{host}:lab/book",
    "{host}:lab/book.git",
    "ssh://git@{host}/lab/book.git",
    "ssh://git@{host}:22/lab/book",
    "ssh://{host}/lab/book.git",
]
REFUSED = [
    "",
    "/srv/lab/book.git",
    "../book.git",
    "file:///srv/lab/book.git",
    "C:\\lab\\book",
    "https://git.example.org/lab/book.git",
    "git@git.example.org:lab/book.git",
    "https://github.com.example.org/lab/book",
    "https://github.com/lab",
    "https://gitlab.com/lab/group/book",
]


@pytest.mark.parametrize("host", ["github.com", "gitlab.com"])
@pytest.mark.parametrize("remote", SERVED)
def test_every_form_of_a_remote_is_understood(remote, host):
    """Over https or ssh, with or without user, port, ending and slash."""
    assert web_address(remote.format(host=host)) == WEB.format(host=host)


def test_ssh_through_the_port_of_https_is_understood():
    """Where port 22 is closed, the hosts answer under other names."""
    assert web_address("ssh://git@ssh.{}:443/lab/book.git".format("github.com")) == (
        "https://github.com/lab/book"
    )


@pytest.mark.parametrize(
    ("repository", "path"),
    [
        ("https://github.com/lab/book", "/book/"),
        ("https://github.com/lab/lab.github.io", "/"),
        ("https://github.com/Lab/lab.github.io", "/"),
        ("https://gitlab.com/lab/lab.gitlab.io", "/"),
        ("https://github.com/lab/other.github.io", "/other.github.io/"),
        ("", "/"),
    ],
)
def test_the_site_begins_where_its_host_puts_it(repository, path):
    """Below the repository's name, but a repository named like the host is the host."""
    assert site_path(repository) == path


@pytest.mark.parametrize("remote", REFUSED)
def test_what_no_button_can_serve_gets_none(remote):
    """A folder, another host, a group in a group: no button rather than a dead one."""
    assert web_address(remote) == ""
    assert theme_buttons(web_address(remote)) == {}


@pytest.fixture
def clone(tmp_path):
    for command in (["init", "-q"], ["remote", "add", "origin", "git@{}:lab/teaching"]):
        words = [word.format("github.com") for word in command]
        subprocess.run(["git", "-C", tmp_path, *words], check=True)
    return tmp_path


@pytest.mark.needs("git")
def test_a_clone_leads_to_its_origin(clone, monkeypatch):
    """Without a workflow, the remote of this clone is where the buttons lead."""
    monkeypatch.delenv("PUBLIC_REPOSITORY", raising=False)
    assert repository_url(clone) == "https://github.com/lab/teaching"


@pytest.mark.needs("git")
def test_a_folder_inside_another_repository_leads_nowhere(clone, monkeypatch):
    """A book unpacked in somebody's repository does not point to that."""
    monkeypatch.delenv("PUBLIC_REPOSITORY", raising=False)
    (clone / "unpacked").mkdir()
    assert repository_url(clone / "unpacked") == ""


@pytest.mark.needs("git")
def test_without_git_there_are_no_buttons(clone, monkeypatch):
    """A machine without the program builds the book all the same."""
    monkeypatch.delenv("PUBLIC_REPOSITORY", raising=False)
    monkeypatch.setenv("PATH", "")
    assert repository_url(clone) == ""


@pytest.mark.needs("git")
@pytest.mark.parametrize(
    ("named", "leads_to"), [("lab/book", "https://github.com/lab/book"), ("", "")]
)
def test_a_workflow_leads_to_the_public_repository(named, leads_to, clone, monkeypatch):
    """The variable counts, never the private repository that the workflow runs in."""
    monkeypatch.setenv("PUBLIC_REPOSITORY", named)
    monkeypatch.setenv("GITHUB_REPOSITORY", "lab/teaching")
    assert repository_url(clone) == leads_to


@pytest.mark.needs("git")
@pytest.mark.parametrize("name", ["book", "https://github.com/lab/book", "lab/book/x"])
def test_a_name_that_is_none_is_refused(name, clone, monkeypatch):
    """The variable is owner/name, and the sentence says so."""
    monkeypatch.setenv("PUBLIC_REPOSITORY", name)
    with pytest.raises(ValueError, match="PUBLIC_REPOSITORY must be owner/name, got"):
        repository_url(clone)


def test_the_launch_button_opens_what_the_workflow_publishes():
    """Binder gets the students' edition, from the branch that the workflow sends."""
    settings = theme_buttons("https://github.com/lab/book")
    options = settings["html_theme_options"]
    assert options["repository_url"] == "https://github.com/lab/book"
    assert options["repository_branch"] == settings["edition_branch"] == BRANCH
    assert settings["html_baseurl"] == "https://lab.github.io/book/"
    assert settings["package_source"].endswith(f"/lab/book@{BRANCH}")
    workflow = yaml.safe_load((ROOT / ".github/workflows/book.yml").read_text("utf-8"))
    scripts = [step.get("run", "") for step in workflow["jobs"]["publish"]["steps"]]
    assert f"send edition {BRANCH}" in scripts[-1]
