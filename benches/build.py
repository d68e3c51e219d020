#!/usr/bin/env python3
"""Builds a generated site and says how fast: pages per second, peak memory, and the ratio to copying the output.

usage: benches/build.py [PAGES ...]      (default: 1000)

Copying the finished output is the floor that this disk sets; the ratio to it can be compared between machines, seconds cannot.
Each number is the median of five cold builds; old outputs are moved away, never deleted before a timed run, since some file systems
make the next writer pay for deletions.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
RUNS = 5


def main():
    arguments = argparse.ArgumentParser(description="Builds a generated site and says how fast.")
    arguments.add_argument("pages", type=int, nargs="*", default=[1000], help="how many pages (default: 1000)")
    sizes = arguments.parse_args().pages
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=HERE.parent, check=True)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", HERE.parent / "target"))
    for pages in sizes:
        measure(target / "release" / "psychoed", pages)


def measure(binary, pages):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        subprocess.run([sys.executable, HERE / "corpus.py", folder / "site", str(pages)], check=True)
        builds, copies, peaks = [], [], []
        for run in range(RUNS + 1):
            output = folder / f"output-{run}"
            os.sync()
            seconds, peak = timed([binary, "build", "--root", folder / "site", "--output", output, "--today", "2026-06-01"])
            floor, _ = timed(["cp", "-r", output, folder / f"copy-{run}"])
            if run > 0:  # the first run warms the cache
                builds.append(seconds)
                copies.append(floor)
                peaks.append(peak)
        build, ratio = statistics.median(builds), statistics.median(b / c for b, c in zip(builds, copies))
        print(f"{pages} pages: {build:.3f} s, {pages / build:.0f} pages/s, peak {max(peaks) / 1024:.0f} MB "
              f"({max(peaks) / pages:.0f} kB a page), {ratio:.1f} times copying the output")


def timed(command):
    """Runs a command; returns its wall time in seconds and its peak memory in kB."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command[0]} failed:\n{errors.decode()[-4000:]}")
    return time.monotonic() - started, usage.ru_maxrss


if __name__ == "__main__":
    main()
