"""The box in which a submission runs: bubblewrap, limits, and a look at what holds.

The grader itself stays outside. Inside are the judge and the student's process, with
the system's folders, the package and one submission to read, and a small folder in
memory to write to; no network, no other submission, no solution.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SYSTEM = ["/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc/alternatives", "/etc/fonts"]
SYSTEM += ["/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d"]
USERS = itertools.cycle(range(61000, 61500))
"""Whom the judge and the student's code run as, where the grader is root: each
submission has its own, so that the processes of one are not counted as another's."""

MIB = 2**20
LIMITS = {
    "as": 4096 * MIB,  # what TensorFlow maps, and little more
    "fsize": 16 * MIB,
    "nofile": 256,
    "core": 0,
    "cpu": 900,
}
N_PROCESSES = 64
ROOM = 64 * MIB
"""Bytes that a submission may write."""

UBUNTU = "kernel.apparmor_restrict_unprivileged_userns"


class NoSandbox(RuntimeError):
    """There is no box on this machine, or it does not hold."""


@dataclass(frozen=True)
class Sandbox:
    """How a command is wrapped so that it sees one folder and the system.

    Parameters
    ----------
    as_root : bool
        Whether the grader is root: the box then changes the user, since a limit on
        processes binds everybody but root.
    """

    as_root: bool = os.geteuid() == 0 if hasattr(os, "geteuid") else False

    def wrap(self, folder: Path) -> list[str]:
        """Return what stands before a command that may see `folder`.

        Its files can be read; the folder itself can be written to, in memory.
        """
        return [*self._bubblewrap(folder), *self._other_user(), *limits(), "--"]

    def _bubblewrap(self, folder: Path) -> list[str]:
        box = ["bwrap", "--die-with-parent", "--new-session", "--clearenv"]
        box += ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
        box += ["--hostname", "grading", "--proc", "/proc", "--dev", "/dev"]
        if self.as_root:
            box += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID"]
            box += ["--cap-add", "CAP_SETGID"]
        else:
            box += ["--unshare-user", "--disable-userns"]
        for name, value in environment().items():
            box += ["--setenv", name, value]
        room = ["--perms", "1777", "--size", str(ROOM), "--tmpfs"]
        box += [*room, "/tmp"]
        bound = readable()
        for parent in parents([*bound, str(folder)]):
            box += ["--perms", "0755", "--dir", parent]
        for path in bound:
            box += ["--ro-bind", path, path]
        box += [*room, str(folder)]
        for file in sorted(folder.iterdir()):
            box += ["--ro-bind", str(file), str(file)]
        return [*box, "--chdir", str(folder), "--"]

    def _other_user(self) -> list[str]:
        if not self.as_root:
            return []
        user = next(USERS)
        who = [f"--reuid={user}", f"--regid={user}", "--clear-groups"]
        return ["setpriv", *who, "--no-new-privs"]


def limits() -> list[str]:
    """Return the command that limits memory, files and processes of what follows."""
    found = [f"--{name}={value}" for name, value in LIMITS.items()]
    return ["prlimit", f"--nproc={N_PROCESSES}", *found]


def environment() -> dict[str, str]:
    """Return all that the box knows of the grader's environment."""
    threads = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"]
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": "/tmp",
        "LANG": "C.UTF-8",
        "MPLCONFIGDIR": "/tmp",
        "MPLBACKEND": "Agg",
        "PYTHONIOENCODING": "utf-8:replace",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        **dict.fromkeys(threads, "1"),
    }


def readable() -> list[str]:
    """Return the folders that can be read inside: system, Python, packages, ours."""
    paths = [path for path in SYSTEM if os.path.exists(path)]
    own = {sys.prefix, sys.base_prefix, str(ROOT / "code"), *path_files()}
    found = [str(path) for path in sorted(own) if os.path.isdir(path)]
    return paths + [p for p in found if not p.startswith(("/usr/", "/bin/", "/lib"))]


def parents(paths: list[str]) -> list[str]:
    """Return the folders above some paths, from the top down, without /tmp itself."""
    above = {str(one) for path in paths for one in Path(path).parents}
    return sorted(above - {"/", "/tmp", *SYSTEM})


def path_files() -> set[str]:
    """Return folders of packages that an environment borrows, by its .pth files."""
    found = set()
    for folder in sys.path:
        if os.path.basename(folder) == "site-packages":
            found.add(folder)
    return found


PROBE = """
import json, os, socket, subprocess, sys
stopped = {}
def probe(name, action):
    try:
        stopped[name] = not action()
    except BaseException:
        stopped[name] = True
def fork():
    children = []
    try:
        for _ in range(400):
            pid = os.fork()
            if pid == 0:
                import time; time.sleep(20); os._exit(0)
            children.append(pid)
    finally:
        for pid in children:
            os.kill(pid, 9); os.waitpid(pid, 0)
    return True
def network():
    link = socket.create_connection(("127.0.0.1", int(sys.argv[3])), timeout=2)
    return link is not None
def write(path):
    open(path, "w").write("x")
    return True
def fill():
    for k in range(40):
        open(f"big{k}", "wb").write(bytes(4 * 2**20))
    return True
probe("reading what is not its own", lambda: open(sys.argv[1]).read())
probe("writing outside", lambda: write(sys.argv[2]))
probe("changing the package", lambda: open(sys.argv[4], "a") is not None)
probe("the network", network)
probe("the memory", lambda: bytearray(50 * 2**30))
probe("the disk", fill)
probe("the grader's process", lambda: os.kill(int(sys.argv[5]), 0) is None)
probe("many processes", fork)
print(json.dumps(stopped))
"""
"""What a hostile submission would try; each must fail."""


def not_stopped(box: Sandbox, folder: Path) -> list[str]:
    """Try the box on this machine, and return what it does not stop.

    Parameters
    ----------
    box : Sandbox
    folder : Path
        An empty folder outside of this tree.

    Raises
    ------
    NoSandbox
        If nothing can be started in it; the sentence says what to do.
    """
    import socket

    inside, secret = folder / "inside", folder / "secret"
    inside.mkdir(parents=True, exist_ok=True)
    secret.write_text("private", "utf-8")
    (inside / "probe.py").write_text(PROBE, "utf-8")
    for program in ("bwrap", "prlimit", "setpriv"):
        if not shutil.which(program):
            raise NoSandbox(f"{program} is missing: {INSTALL[sys.platform == 'linux']}")
    with socket.create_server(("127.0.0.1", 0)) as server:
        told = [secret, folder / "written", server.getsockname()[1]]
        told += [ROOT / "code/mlearth/__init__.py", os.getpid()]
        command = [*box.wrap(inside), sys.executable, "-I", str(inside / "probe.py")]
        done = subprocess.run(
            [*command, *map(str, told)],
            capture_output=True,
            text=True,
            timeout=120,
            stdin=subprocess.DEVNULL,
        )
    if done.returncode or not done.stdout.strip():
        raise NoSandbox(f"nothing starts in the sandbox: {reason(done.stderr)}")
    stopped = json.loads(done.stdout.splitlines()[-1])
    return [name for name, held in stopped.items() if not held]


INSTALL = {
    True: "apt install bubblewrap util-linux",
    False: "grade in a Linux container; bubblewrap knows neither macOS nor Windows",
}


def reason(said: str) -> str:
    """Return what bubblewrap complained of, and the way out where it is known."""
    line = (said.strip().splitlines() or ["no reason was given"])[-1]
    if "ermission denied" in line or "not permitted" in line:
        line += (
            f"; where Ubuntu denies user namespaces, `sudo sysctl -w {UBUNTU}=0` "
            "allows them; or grade as root, or in a container"
        )
    return line
