"""The hosted workflows: linted, without rights for strangers, publishing elsewhere."""

import json
import os
import re
import shutil
import subprocess
import sysconfig
import tomllib

import pytest
import yaml
from book_rules import ROOT
from packaging.specifiers import SpecifierSet
from packaging.version import Version

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
SCRIPTS = [".ci/run", "binder/postBuild", "binder/start"]
PATH = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
EXPOSED = """
on: pull_request_target
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - run: echo "${{ github.event.pull_request.title }}"
"""
FOLDERS = ["site/_static", "edition/exercises"]
FILES = {
    "site/index.html": "<h1>Book</h1>\n",
    "site/_static/book.css": "",
    "edition/STUDENT_EDITION": "",
    "edition/.gitignore": "answers.txt\n",
    "edition/answers.txt": "listed in .gitignore, and part of the edition\n",
    "edition/exercises/start": "#!/bin/sh\n",
}


def load(path):
    text = path.read_text("utf-8")
    return yaml.safe_load(text) | {"text": text}


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def lint(program, *arguments, folder=ROOT):
    """The status and the words of a linter, run as it is in this environment."""
    found = shutil.which(program, path=PATH)
    assert found, f"{program} is not installed: it is pinned in requirements.txt"
    said = subprocess.run(
        [found, *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "PATH": PATH},
        capture_output=True,
        text=True,
    )
    return said.returncode, said.stdout + said.stderr


def severities(folder):
    """How bad zizmor finds what lies below `folder`, finding by finding."""
    strictly = ["--offline", "--persona=auditor", "-q", "--format=json"]
    _, said = lint("zizmor", *strictly, ".", folder=folder)
    found = json.loads(said)
    return [f["determinations"]["severity"] for f in found if not f["ignored"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actionlint_finds_nothing(path):
    """Syntax, expressions, contexts and the shell of every step are right."""
    assert lint("actionlint", "-no-color", path) == (0, "")


def test_actionlint_sees_a_planted_fault(tmp_path):
    """An unknown key, a context that does not exist and unsafe shell are told."""
    fault = EXPOSED.replace("github.event.pull_request.title", "githob.ref")
    (tmp_path / "fault.yml").write_text(fault.replace("steps", "stebs", 1))
    status, said = lint("actionlint", "-no-color", tmp_path / "fault.yml")
    assert status == 1
    assert '"stebs"' in said


def test_zizmor_finds_nothing_grave(tmp_path):
    """The strictest auditor has no finding of medium or high severity."""
    assert {"Medium", "High"} & set(severities(ROOT / ".github")) == set()


def test_zizmor_sees_a_planted_fault(tmp_path):
    """A stranger's title in a script, with the right to write, is found."""
    (tmp_path / ".github/workflows").mkdir(parents=True)
    (tmp_path / ".github/workflows/fault.yml").write_text(EXPOSED)
    assert severities(tmp_path).count("High") >= 3


@pytest.mark.parametrize("name", SCRIPTS)
def test_shell_scripts_are_linted(name):
    """Every script of the repository passes shellcheck."""
    assert lint("shellcheck", name) == (0, "")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_gives_strangers_no_rights(path):
    """No pull request's code can write, and no name from outside becomes a script."""
    workflow = load(path)
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        rights = {} if name == "comment" else {"contents": "read"}
        assert name == "comment" or job["permissions"] in ({}, rights)
        if "secrets." in str(job):
            assert job["if"].startswith("github.ref == 'refs/heads/main' && ")
            assert job["environment"] == "public"
    assert "pull_request_target" not in re.sub("`[^`]*`", "", workflow["text"])
    assert [
        step["run"] for step in steps(workflow) if "${{" in step.get("run", "")
    ] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned(path):
    """Every action is GitHub's own, named by commit, its version beside it."""
    used = re.findall(r"uses: *(.*)", load(path)["text"])
    pin = r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+"
    assert [name for name in used if not re.fullmatch(pin, name)] == []
    for step in steps(load(path)):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"] == {"persist-credentials": False}


def test_one_action_has_one_version():
    """No two places pin the same action to different commits."""
    text = "".join(load(path)["text"] for path in WORKFLOWS)
    used = set(re.findall(r"uses: *(\S+)@(\S+)", text))
    assert len(used) == len({name for name, _ in used})


def test_the_job_with_the_key_runs_nothing_that_it_received():
    """It checks out nothing, restores no cache, and calls no program of the book."""
    job = load(ROOT / ".github/workflows/book.yml")["jobs"]["publish"]
    used = {step["uses"].split("@")[0] for step in job["steps"] if "uses" in step}
    assert used == {"actions/download-artifact"}
    scripts = "\n".join(step.get("run", "") for step in job["steps"])
    programs = set(re.findall(r"^ *([a-z][\w./-]*)", scripts, re.MULTILINE))
    shell = {"if", "fi", "for", "do", "done", "exit", "echo", "eval", "export"}
    shell |= {"cd"}
    # variables, a function, a second line of git's
    told = {"odd", "was", "style", "up", "line", "send", "commit"}
    plain = {"mkdir", "tar", "touch", "rm", "mv", "find", "sed"}
    assert programs - shell - told == plain | {"ssh-add", "git"}
    assert job["permissions"] == {}
    assert job["needs"] == "prove"


def test_the_commenting_workflow_runs_nothing_of_a_pull_request():
    """Whoever may comment checks out nothing, downloads nothing and runs no action."""
    workflow = load(ROOT / ".github/workflows/preview.yml")
    assert [step for step in steps(workflow) if "uses" in step] == []
    script = " ".join(step["run"] for step in steps(workflow))
    assert not re.search(r"\b(curl|wget|git|bash|sh|gh run download)\b", script)
    book = load(ROOT / ".github/workflows/book.yml")
    assert workflow[True]["workflow_run"]["workflows"] == [book["name"]]


def test_the_workflow_proves_every_python_that_the_project_accepts():
    """On every push in short, and once a week with all tests."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    accepts = SpecifierSet(project["requires-python"])
    served = {f"3.{n}" for n in range(30) if Version(f"3.{n}.0") in accepts}
    jobs = load(ROOT / ".github/workflows/book.yml")["jobs"]
    [pythons] = [
        step["with"]["python-version"].split()
        for step in jobs["prove"]["steps"]
        if "python-version" in step.get("with", {})
    ]
    weekly = load(ROOT / ".github/workflows/weekly.yml")["jobs"]["explore"]
    assert set(pythons) == set(weekly["strategy"]["matrix"]["python"]) == served
    assert "bash .ci/run" in [step.get("run") for step in jobs["prove"]["steps"]]


def test_other_systems_follow_the_readme():
    """Windows and macOS install with the README's commands, and name real files."""
    readme = (ROOT / "README.md").read_text("utf-8")
    told = re.findall(r"^\.venv\\Scripts\\python (-P -m pip install .*)$", readme, re.M)
    job = load(ROOT / ".github/workflows/weekly.yml")["jobs"]["elsewhere"]
    runs = [step["run"] for step in job["steps"] if "run" in step]
    assert told == [
        run[7:] for run in runs if run.startswith("python -P -m pip install")
    ]
    named = re.findall(r"\b(?:tests|exercises)/\S+", "\n".join(runs))
    assert len(named) == 4
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.fixture
def publish(tmp_path):
    """Runs the steps of the job that publishes, in order, until one fails."""
    job = load(ROOT / ".github/workflows/book.yml")["jobs"]["publish"]
    (tmp_path / "bin").mkdir()
    for name in ("ssh-agent", "ssh-add"):
        (tmp_path / "bin" / name).write_text("#!/bin/sh\n")
        (tmp_path / "bin" / name).chmod(0o755)
    subprocess.run(["git", "init", "-q", "--bare", tmp_path / "public"], check=True)

    def run(**changed):
        environment = {
            "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "PUBLIC": "lab/book",
            "HERE": "lab/teaching",
            "VISIBILITY": "private",
            "KEY": "key",
            "AUTHOR": "robot",
            "GITHUB_IS": "github.com ssh-ed25519 A",
            "TARGET": str(tmp_path / "public"),
            **changed,
        }
        said = ""
        for script in [step["run"] for step in job["steps"] if "run" in step]:
            done = subprocess.run(
                ["bash", "-e", "-o", "pipefail", "-c", script],
                cwd=tmp_path, env=environment, capture_output=True, text=True,
            )  # fmt: skip
            said += done.stdout + done.stderr
            if done.returncode:
                return said
        return ""

    return run


@pytest.fixture
def built(tmp_path):
    """What the job that builds hands over; `pack` writes the archive."""
    for name in FOLDERS:
        (tmp_path / name).mkdir(parents=True)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "edition/exercises/start").chmod(0o755)

    def pack():
        archive = ["tar", "--create", "--file", tmp_path / "edition.tar"]
        subprocess.run([*archive, "-C", tmp_path / "edition", "."], check=True)
        shutil.rmtree(tmp_path / "edition")

    return pack


def published(public, branch):
    ask = ["git", "-C", public, "ls-tree", "-r", branch]
    tree = subprocess.run(ask, capture_output=True, text=True, check=True).stdout
    return {line.split("\t")[1]: line.split()[0] for line in tree.splitlines()}


@pytest.mark.needs("git", "bash")
def test_pages_and_edition_are_published_whole(publish, built, tmp_path):
    """Both branches hold every file, hidden and executable ones too, in one commit."""
    built()
    assert publish() == ""
    edition = published(tmp_path / "public", "students")
    assert {f"edition/{name}" for name in edition} == {
        name for name in FILES if name.startswith("edition/")
    }
    assert edition["exercises/start"] == "100755"
    pages = published(tmp_path / "public", "gh-pages")
    assert set(pages) == {".nojekyll", "index.html", "_static/book.css"}


PLANTED = {
    "a repository": lambda top: (top / "edition/.git").mkdir(),
    "a repository below": lambda top: (top / "edition/exercises/.GIT").mkdir(),
    "a link": lambda top: (top / "edition/key").symlink_to("/etc/hostname"),
    "a link among pages": lambda top: (top / "site/key").symlink_to("/etc/hostname"),
    "no edition": lambda top: (top / "edition/STUDENT_EDITION").unlink(),
    "no pages": lambda top: (top / "site/index.html").unlink(),
}


@pytest.mark.needs("git", "bash")
@pytest.mark.parametrize("fault", PLANTED)
def test_what_is_not_an_edition_is_not_published(fault, publish, built, tmp_path):
    """A repository, a link, no marker, no start page: one sentence and no push."""
    PLANTED[fault](tmp_path)
    built()
    assert publish().startswith("::error::Not published: ")
    assert list((tmp_path / "public/refs/heads").iterdir()) == []


@pytest.mark.needs("git", "bash")
@pytest.mark.parametrize("visibility", ["public", "internal", ""])
def test_graded_solutions_are_never_published_beside(
    visibility, publish, built, tmp_path
):
    """The repository that holds them is a target only where it is private."""
    built()
    said = publish(PUBLIC="Lab/Teaching", VISIBILITY=visibility)
    assert said.startswith("::error::Not published: lab/teaching holds the graded")
    assert len(said.splitlines()) == 1
    assert list((tmp_path / "public/refs/heads").iterdir()) == []


@pytest.mark.needs("git", "bash")
def test_a_private_repository_may_publish_to_itself(publish, built):
    """With pages that only its members see."""
    built()
    assert publish(PUBLIC="lab/teaching", VISIBILITY="private") == ""
