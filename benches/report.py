#!/usr/bin/env python3
"""Measures psychoed beside Hugo and writes benches/REPORT.md: what was measured, on which machine, and the goals beside it.

usage: benches/report.py [--binary PATH] [--folder DIR] [--output FILE] [--no-serve] [--no-hugo-server]
                           [PAGES ...]      (default: 1000 10000)

The two programs and `cp -r` of psychoed's output take turns over the same content, one turn to warm up and five that count. Each
writes to a new folder; old outputs are deleted at the very end. See benches/measuring.py for why. Nothing here passes or fails: seconds
belong to a machine, and the ratios are for people to read.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile

import measuring

TURNS = 5
STARTS = 20
# On larger sites it takes Hugo minutes to find out which pages are related: that is done once, in the last turn.
MOST_RELATED = 2000
# What Hugo is asked to make, the most like psychoed's first; see corpus.py.
HUGO_WAYS = {
    "hugo-related": "the same files into the same pages",
    "hugo": "the same files, neighbours instead of related pages",
    "hugo-plain": "the least: finished addresses in its files, neighbours instead of related pages",
}
REPORT = measuring.HERE / "REPORT.md"
SMALLEST_SITE = {
    "site-config.toml": 'title = "Clinic"\nlanguage = "en"\n',
    "content/index.md": '+++\nkind = "page"\ntitle = "Welcome"\n+++\n\nGood to see you.\n',
}
SMALLEST_HUGO_SITE = {
    "hugo.toml": 'title = "Clinic"\nbaseURL = "https://clinic.example/"\n',
    "content/_index.md": '+++\ntitle = "Welcome"\n+++\n\nGood to see you.\n',
    "layouts/home.html": "<!DOCTYPE html><title>{{ .Title }}</title>{{ .Content }}\n",
}


def main():
    arguments = argparse.ArgumentParser(description="Measures psychoed beside Hugo and writes benches/REPORT.md.")
    arguments.add_argument("pages", type=int, nargs="*", default=[1000, 10000], help="sizes of sites (default: 1000 10000)")
    arguments.add_argument("--binary", type=pathlib.Path, help="measure this program instead of building one")
    arguments.add_argument("--folder", type=pathlib.Path, default=measuring.TARGET, help="where to work (default: target)")
    arguments.add_argument("--no-serve", dest="serve", action="store_false", help="leave out `psychoed serve`")
    arguments.add_argument("--no-hugo-server", action="store_true", help="leave out `hugo server` (some minutes at 10,000 pages)")
    arguments.add_argument("--output", type=pathlib.Path, default=REPORT, help="the report (default: benches/REPORT.md)")
    arguments = arguments.parse_args()
    sizes = sorted(set(arguments.pages))
    machine = Machine(arguments.folder)
    binary, hugo = measuring.psychoed(arguments.binary), measuring.hugo()
    with tempfile.TemporaryDirectory(dir=arguments.folder, prefix="benchmark-") as folder:
        folder = pathlib.Path(folder)
        starts = measure_starts(binary, hugo, folder)
        builds = {}
        for pages in sizes:
            builds[pages] = measure_builds(binary, hugo, pages, folder / str(pages))
    serves = {}
    if arguments.serve and measuring.knows(binary, "serve"):
        serves = {pages: measure_serve(binary, pages, ["--no-hugo"] * arguments.no_hugo_server) for pages in sizes}
    arguments.output.write_text(report(machine, versions(binary, hugo, arguments.binary), starts, builds, serves))
    print(f"{arguments.output} is written")


class Machine:
    """What the numbers belong to. Made before anything runs, so that its load is that of others."""

    def __init__(self, folder):
        self.cores, self.load = os.cpu_count(), os.getloadavg()[0]
        self.system = f"{platform.system()} {platform.release()}"
        cpu = self.lines_of("/proc/cpuinfo", "model name") or [platform.processor() or platform.machine()]
        self.cpu = cpu[0]
        memory = self.lines_of("/proc/meminfo", "MemTotal")
        self.memory = f"{int(memory[0].split()[0]) / 1024 ** 2:.0f} GB" if memory else "unknown"
        # The mount whose point is the longest start of the folder's path.
        mounts = [line.split()[1:3] for line in self.text_of("/proc/mounts").splitlines()]
        path = folder.resolve()
        around = [(len(point), kind) for point, kind in mounts if path.is_relative_to(point)]
        self.disk = max(around)[1] if around else "unknown"

    @staticmethod
    def text_of(path):
        try:
            return pathlib.Path(path).read_text()
        except OSError:
            return ""

    def lines_of(self, path, key):
        return [line.split(":", 1)[1].strip() for line in self.text_of(path).splitlines() if line.startswith(key)]


def versions(binary, hugo, given):
    said = lambda *command: subprocess.run(command, capture_output=True, text=True, cwd=measuring.HERE).stdout.strip()
    commit = said("git", "describe", "--always", "--dirty", "--exclude=*")
    psychoed = said(binary, "--version") + (f" (a program given by hand, sources at {commit})" if given else f" at {commit}")
    return [psychoed, said(hugo, "version").split("-")[0].replace("hugo v", "Hugo "), said("rustc", "--version")]


def write_files(root, files):
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def measure_starts(binary, hugo, folder):
    """Whole process on a site of one page, which is built for the first time."""
    runs = {"psychoed": [], "hugo": []}
    for turn in range(STARTS + 1):
        ours, theirs = folder / f"start-{turn}", folder / f"start-hugo-{turn}"
        write_files(ours, SMALLEST_SITE)
        write_files(theirs, SMALLEST_HUGO_SITE)
        runs["psychoed"].append(measuring.timed(measuring.build_command(binary, ours, ours / "public")))
        runs["hugo"].append(measuring.timed([hugo, "--quiet", "--source", theirs]))
    return {name: middle(runs[1:]) for name, runs in runs.items()}


def measure_builds(binary, hugo, pages, folder):
    """Cold builds in turns, then builds with nothing changed, then the stages of a build."""
    print(f"building {pages} pages …", file=sys.stderr)
    folder.mkdir()
    sites = {name: folder / name for name in ("psychoed", *HUGO_WAYS)}
    for name, site in sites.items():
        measuring.write_corpus(site, pages, name)
    runs = {name: [] for name in (*sites, "copy")}
    cache = sites["psychoed"] / ".psychoed"
    for turn in range(TURNS + 1):
        if cache.exists():
            cache.rename(folder / f"cache-{turn}")
        output = folder / f"output-{turn}"
        commands = {"psychoed": measuring.build_command(binary, sites["psychoed"], output)}
        commands["copy"] = ["cp", "-r", output, folder / f"copy-{turn}"]
        for name in HUGO_WAYS:
            commands[name] = [hugo, "--quiet", "--source", sites[name], "--destination", folder / f"{name}-output-{turn}"]
        for name in runs:
            if name == "hugo-related" and pages > MOST_RELATED and turn < TURNS:
                continue
            os.sync()
            runs[name].append(measuring.timed(commands[name], until_on_disk=True))
    os.sync()
    warm = [measuring.timed(measuring.build_command(binary, sites["psychoed"], output)) for _ in range(TURNS + 1)]
    # Without the turn that warms the disk's cache.
    counted = {name: runs[-TURNS:] for name, runs in runs.items()}
    result = {name: middle(runs) for name, runs in counted.items()} | {"warm": middle(warm[1:])}
    for name in (*HUGO_WAYS, "copy"):
        result[f"ratio_to_{name}"] = ratio(counted["psychoed"][-len(counted[name]):], counted[name])
    result["stages"] = measure_stages(binary, sites["psychoed"], folder)
    return result


def middle(runs):
    return {"seconds": statistics.median(run.seconds for run in runs), "cpu": statistics.median(run.cpu for run in runs),
            "peak": max(run.peak for run in runs)}


def ratio(ours, others):
    """How many times longer the others took, in the same turn: the median, the least and the most."""
    ratios = [other.seconds / run.seconds for run, other in zip(ours, others)]
    return statistics.median(ratios), min(ratios), max(ratios)


def measure_stages(binary, site, folder):
    """Seconds of each stage of a cold build: `--timings` prints them after a line `timings:`, a name, a tab and seconds to a line."""
    told = []
    for turn in range(3):
        cache = site / ".psychoed"
        if cache.exists():
            cache.rename(folder / f"cache-of-stages-{turn}")
        os.sync()
        run = measuring.timed(measuring.build_command(binary, site, folder / f"stages-{turn}") + ["--timings"])
        _, _, lines = run.errors.partition("timings:\n")
        told.append({name: float(seconds) for name, tab, seconds in (line.partition("\t") for line in lines.splitlines()) if tab})
    return {name: statistics.median(stages.get(name, 0.0) for stages in told) for name in told[0]}


def measure_serve(binary, pages, options):
    with tempfile.TemporaryDirectory() as folder:
        numbers = pathlib.Path(folder) / "serve.json"
        command = [sys.executable, measuring.HERE / "serve.py", "--binary", binary, "--json", numbers, *options, str(pages)]
        subprocess.run(command, check=True)
        return json.loads(numbers.read_text())


def report(machine, versions, starts, builds, serves):
    lines = ["# How fast psychoed is", "", "Written by `benches/report.py`; run it again to measure on your machine:", "", "```",
             "benches/report.py " + " ".join(map(str, builds)), "```", ""]
    lines += [f"- Date: {datetime.date.today()}",
              f"- Machine: {machine.cpu}, {machine.cores} cores, {machine.memory}, {machine.system}, {machine.disk}; "
              f"load before the first run {machine.load:.2f}",
              f"- Versions: {', '.join(versions)}",
              f"- Medians of {TURNS} turns after one to warm up; psychoed, Hugo and `cp -r` take turns over the same content, and "
              "ratios are those of the same turn. Cold builds are timed until what they wrote is on the disk: psychoed sees to that itself, "
              "after the others comes `sync`. Peak memory is the highest of all turns, the program itself included.", ""]
    lines += goals(starts, builds, serves) + full_builds(builds)
    lines += stages(builds) + served(serves) + terms()
    return "\n".join(lines)


def goals(starts, builds, serves):
    rows = []
    for pages, build in builds.items():
        for way, what in HUGO_WAYS.items():
            median, least, most = build[f"ratio_to_{way}"]
            spread = "one turn" if least == most else f"{least:.1f}–{most:.1f}"
            rows.append((f"Cold build of {pages:,} pages, times faster than Hugo: {what}", "at least 4, aim for 5",
                         f"{median:.1f} ({spread})"))
    if len(builds) > 1:
        (few, first), *_, (many, last) = builds.items()
        a_page = (last["psychoed"]["seconds"] / many) / (first["psychoed"]["seconds"] / few)
        rows.append((f"Time per page at {many:,} pages against {few:,}", "at most 1.2", f"{a_page:.2f}"))
    for pages, build in builds.items():
        peak = build["psychoed"]["peak"]
        beyond = (peak - starts["psychoed"]["peak"]) / pages
        measured = f"{peak / pages:.0f} kB a page; {beyond:.0f} kB beyond a site of one page"
        rows.append((f"Peak memory at {pages:,} pages", "under 40 kB a page", measured))
    for pages, build in builds.items():
        goal = "under 250 ms" if pages == 10000 else "–"
        rows.append((f"Build of {pages:,} pages with nothing changed", goal, milliseconds(build["warm"]["seconds"])))
    rows.append(("Whole process on a site of one page", "under 25 ms", milliseconds(starts["psychoed"]["seconds"])))
    for pages, build in builds.items():
        if build["stages"]:
            rows.append((f"Share of link and anchor checks, {pages:,} pages", "under 3 %", f"{links_share(build['stages']):.1f} %"))
            rows.append((f"Share of all rules, {pages:,} pages", "under 15 %", f"{checks_share(build['stages']):.1f} %"))
    for pages, serve in serves.items():
        ours, rendering = serve["psychoed"], builds[pages]["stages"].get("render")
        at_goal = pages == 10000
        goal = "median under 30 ms, p95 under 100 ms" if at_goal else "–"
        rows.append((f"Saved body → new page, {pages:,} pages", goal, both(ours["body"])))
        title = f"{both(ours['title_at_neighbour'])}, stale pages: {ours['stale_pages_after_a_title']}"
        rows.append((f"Saved title → list and neighbour right, {pages:,} pages", "under 100 ms" if at_goal else "–", title))
        twice = "under twice rendering everything" + (f" (2 × {milliseconds(rendering)})" if rendering else "")
        rows.append((f"Saved template → new page, {pages:,} pages", twice, both(ours["template"])))
    rows.append(("Injected link faults found, false alarms", "300 of 300, none", "held by `tests/links.rs`"))
    return ["## Goals", "", *table(("What", "Goal", "Measured"), rows), ""]


def full_builds(builds):
    rows = []
    for pages, build in builds.items():
        named = [("psychoed, cold", "psychoed"), ("psychoed, nothing changed", "warm")]
        named += [(f"Hugo, cold, {what}", way) for way, what in HUGO_WAYS.items()]
        named += [("`cp -r` of psychoed's output", "copy")]
        for title, name in named:
            run = build[name]
            rows.append((f"{pages:,}", title, f"{run['seconds']:.3f} s", f"{run['seconds'] / pages * 1e6:.0f} µs", f"{run['cpu']:.2f} s",
                         f"{run['peak'] / 1024:.0f} MB", f"{run['peak'] / pages:.0f} kB"))
        floor = build["ratio_to_copy"][0]
        rows.append((f"{pages:,}", "psychoed against copying", f"{1 / floor:.1f} times", "", "", "", ""))
    return ["## Full builds", "", *table(("Pages", "Run", "Time", "a page", "CPU time", "Peak memory", "a page"), rows), ""]


def stages(builds):
    timed = {pages: build["stages"] for pages, build in builds.items() if build["stages"]}
    if not timed:
        return []
    names = list(dict.fromkeys(name for stages in timed.values() for name in stages))
    rows = [(name, *(share(stages, name) for stages in timed.values())) for name in names]
    return ["## Stages of a cold build", "", *table(("Stage", *(f"{pages:,} pages" for pages in timed)), rows), ""]


def share(stages, name):
    if name not in stages:
        return "–"
    return f"{milliseconds(stages[name])} ({100 * stages[name] / sum(stages.values()):.1f} %)"


def checks_share(stages):
    """Stages whose name starts with `links` or `check`: every rule."""
    return 100 * sum(seconds for name, seconds in stages.items() if name.startswith(("links", "check"))) / sum(stages.values())


def links_share(stages):
    """Stages whose name starts with `links`: finding where links lead, and the rules about links and anchors."""
    return 100 * sum(seconds for name, seconds in stages.items() if name.startswith("links")) / sum(stages.values())


def served(serves):
    if not serves:
        return []
    rows = []
    for pages, serve in serves.items():
        for program in ("psychoed", "hugo"):
            for name, value in serve.get(program, {}).items():
                if isinstance(value, dict):
                    rows.append((f"{pages:,}", program, name.replace("_", " "), milliseconds(value["median"]), milliseconds(value["p95"]),
                                 str(value["edits"])))
            told = serve.get(program, {})
            if told.get("memory_at_end_kb"):
                rows.append((f"{pages:,}", program, "memory at the end", f"{told['memory_at_end_kb'] / 1024:.0f} MB", "", ""))
    note = "From the moment a file is saved until the whole new page has been read; see `benches/serve.py`."
    return ["## Serving", "", note, "", *table(("Pages", "Server", "Edit", "Median", "p95", "Edits"), rows), ""]


def terms():
    return ["## What is compared", "",
            "psychoed makes one edition without PDF, with all checks and with three citations a page from 500 works. Hugo has the same "
            "pages, words, links, tables and pictures, no citations and no checks; `benches/corpus.py` lists every difference. Each of "
            "them is in Hugo's favour. Every row but the first of a size asks less of Hugo than of psychoed; the first is left out where "
            f"it takes Hugo minutes, beyond {MOST_RELATED:,} pages.", ""]


def table(head, rows):
    return ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)] + ["| " + " | ".join(row) + " |" for row in rows]


def milliseconds(seconds):
    return f"{seconds * 1000:.0f} ms" if seconds >= 0.1 else f"{seconds * 1000:.1f} ms"


def both(value):
    return f"median {milliseconds(value['median'])}, p95 {milliseconds(value['p95'])}"


if __name__ == "__main__":
    main()
