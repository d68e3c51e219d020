#!/usr/bin/env python3
"""Builds a generated site and says how fast: pages per second, peak memory, and the ratio to copying the output.

usage: benches/build.py [--binary PATH] [PAGES ...]      (default: 1000)

A quick look while working on something; `benches/report.py` measures everything, and Hugo beside it. Copying the finished output is
the floor that this disk sets; the ratio to it can be compared between machines, seconds cannot. Each number is the median of five
cold builds.
"""
import argparse
import os
import pathlib
import statistics
import tempfile

import measuring

RUNS = 5


def main():
    arguments = argparse.ArgumentParser(description="Builds a generated site and says how fast.")
    arguments.add_argument("pages", type=int, nargs="*", default=[1000], help="how many pages (default: 1000)")
    arguments.add_argument("--binary", type=pathlib.Path, help="measure this program instead of building one")
    arguments = arguments.parse_args()
    binary = measuring.psychoed(arguments.binary)
    for pages in arguments.pages:
        measure(binary, pages)


def measure(binary, pages):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        measuring.write_corpus(folder / "site", pages)
        builds, floors = [], []
        for run in range(RUNS + 1):
            output, cache = folder / f"output-{run}", folder / "site" / ".psychoed"
            if cache.exists():
                cache.rename(folder / f"cache-{run}")
            os.sync()
            build = measuring.timed(measuring.build_command(binary, folder / "site", output))
            floor = measuring.timed(["cp", "-r", output, folder / f"copy-{run}"])
            if run > 0:  # the first run warms the disk's cache
                builds.append(build)
                floors.append(floor)
    seconds, peak = statistics.median(run.seconds for run in builds), max(run.peak for run in builds)
    ratio = statistics.median(build.seconds / floor.seconds for build, floor in zip(builds, floors))
    print(f"{pages} pages: {seconds:.3f} s, {pages / seconds:.0f} pages/s, peak {peak / 1024:.0f} MB "
          f"({peak / pages:.0f} kB a page), {ratio:.1f} times copying the output")


if __name__ == "__main__":
    main()
