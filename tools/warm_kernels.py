"""Kernels that begin with what nearly every page imports.

To start a kernel and to read NumPy, pandas, SciPy and scikit-learn takes two seconds of
a processor, as much as the rest of a short page, and TensorFlow takes four more. Here
one process reads them and is forked for each page; another has read TensorFlow as well.
What they read must neither start threads nor keep a state.
"""

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import threading

import psutil

READ = [
    "ipykernel.kernelapp",
    "matplotlib.pyplot",
    "mlearth.datasets",
    "mlearth.evaluation",
    "mlearth.learners",
    "mlearth.plotting",
    "mlearth.simulators",
    "myst_nb.ext.glue",
]
TENSORFLOW = ["tensorflow", "keras"]
ASK = "MLEARTH_WARM"
"""Variable in which a page asks for what its kernel should have read besides."""
INLINE = "module://matplotlib_inline.backend_inline"  # read when Matplotlib is imported


class Forked(psutil.Process):
    """A kernel that is no child of ours, with what Jupyter asks of a process."""

    stdin = stdout = stderr = None

    def poll(self) -> int | None:
        """Return None while it runs."""
        return None if self.is_running() else 0


class Nursery:
    """One process that has read the libraries, and is forked for each kernel."""

    def __init__(self, besides: list[str]):
        self._lock = threading.Lock()
        self._parent = subprocess.Popen(
            [sys.executable, "-P", __file__, *besides],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"MPLBACKEND": INLINE},
            text=True,
        )

    def launch(self, cmd, env=None, cwd=None, **_) -> Forked:
        """Stand in for Jupyter's own start of a kernel."""
        asked = {"argv": cmd[cmd.index("-f") :], "env": dict(env), "cwd": str(cwd)}
        with self._lock:
            self._parent.stdin.write(json.dumps(asked) + "\n")
            self._parent.stdin.flush()
            if not (number := self._parent.stdout.readline()):
                raise RuntimeError("no kernel: what they are forked from has ended")
            return Forked(int(number))

    def close(self) -> None:
        """Let the process go; kernels that it bore live on."""
        self._parent.stdin.close()
        self._parent.wait()
        self._parent.stdout.close()


@contextlib.contextmanager
def warm():
    """Let kernels be forked as long as this lasts, where a system can."""
    from jupyter_client.provisioning import local_provisioner

    if sys.platform != "linux":
        yield
        return
    own, nurseries, lock = local_provisioner.launch_kernel, {}, threading.Lock()

    def launch(cmd, env, **asked) -> Forked:
        besides = env.get(ASK, "")
        with lock:
            if besides not in nurseries:
                nurseries[besides] = Nursery(besides.split())
        return nurseries[besides].launch(cmd, env, **asked)

    local_provisioner.launch_kernel = launch
    try:
        yield
    finally:
        local_provisioner.launch_kernel = own
        for nursery in nurseries.values():
            nursery.close()


def asking(tensorflow: bool) -> dict[str, str]:
    """Return the environment of a page that needs TensorFlow, or does not."""
    return {**os.environ, ASK: " ".join(TENSORFLOW if tensorflow else [])}


def become_kernel(argv: list[str], env: dict[str, str], cwd: str) -> None:
    """Be, in a process that was just forked, a kernel as Jupyter would start it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setpgid(0, 0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)  # what was stdout speaks with the build
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    sys.argv = ["ipykernel_launcher.py", *argv]
    sys.modules["ipykernel.kernelapp"].launch_new_instance()
    sys.exit()


def spare_tuning() -> None:
    """Keep Keras's `fit` from tuning how it reads arrays; the batches stay the same.

    It tunes by trying and waiting, and two pages at a time that train on small batches
    wait for a quarter of their time.
    """
    import tensorflow as tf
    from keras.src.trainers.data_adapters.array_data_adapter import ArrayDataAdapter

    read, untuned = ArrayDataAdapter.get_tf_dataset, tf.data.Options()
    untuned.autotune.enabled = False
    ArrayDataAdapter.get_tf_dataset = lambda self: read(self).with_options(untuned)


def main() -> None:
    """Read the libraries; then answer each line with a kernel's number."""
    sys.modules["rfc3987_syntax"] = None  # a grammar of addresses that nobody needs
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # without it kernels end
    for name in READ + sys.argv[1:]:
        importlib.import_module(name)
    if "keras" in sys.modules:
        spare_tuning()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for kernels that ended
    for line in sys.stdin:
        if (number := os.fork()) == 0:
            become_kernel(**json.loads(line))
        os.setpgid(number, number)  # or to end it would be to end the build
        print(number, flush=True)


if __name__ == "__main__":
    main()
