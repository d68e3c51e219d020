#!/usr/bin/env python3
"""Prints the same handout with psychoed, WeasyPrint and a Chromium kept open, and says how many documents a second each makes.

usage: benches/print.py [--binary PATH] [--documents N] [--peers N] [--output FILE]

Every program may use all processors: psychoed prints several sheets at a time, WeasyPrint runs in one process for each, Chromium has
one page open for each. Each copy of the handout says its number in every paragraph, so that nothing can be taken over from one to the
next. psychoed starts from Markdown, and its time is that of the whole command: reading, checking, web pages and PDFs, nothing kept from
before. The others print the web pages that psychoed made of the same copies, and are not charged for starting up.

Writes benches/PRINT.md. Needs `npm --prefix tests/browser ci` for Chromium; WeasyPrint is installed below target/. Fails when printing
the copies takes more memory than it may; the library also has packs, each of which is one large document.
"""
import argparse
import datetime
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

import measuring
import report

TURNS = 3
HANDOUT = "handouts/grief.md"
MOST_MEMORY = 300  # MB
TIMES_FASTER = 10
CONFIG = """title = "Clinic library"
language = "en-GB"
base-url = "https://clinic.example/"
region = "GB"

[organisation]
name = "Riverside Clinic"
phone = "020 7946 0000"

[[crisis-lines]]
region = "GB"
name = "Samaritans"
number = "116 123"
checked = 2026-05-01

[editions.patient]
title = "Handouts"
audiences = ["patient"]

[pdf]
paper = "a4"
variants = ["standard"]

[checks]
"""


def main():
    arguments = argparse.ArgumentParser(description="Prints the same handout with psychoed, WeasyPrint and a warm Chromium.")
    arguments.add_argument("--binary", type=pathlib.Path, help="measure this program instead of building one")
    arguments.add_argument("--documents", type=int, default=1000, help="how many psychoed prints (default: 1000)")
    arguments.add_argument("--peers", type=int, default=60, help="how many the others print (default: 60)")
    arguments.add_argument("--output", type=pathlib.Path, default=measuring.HERE / "PRINT.md", help="the report to write")
    arguments = arguments.parse_args()
    machine = report.Machine(measuring.HERE)
    binary = measuring.psychoed(arguments.binary)
    weasyprint = measuring.installed("weasyprint") / "bin" / "python"
    turns, peaks, library = [], [], []
    with tempfile.TemporaryDirectory(prefix="print-") as folder:
        folder = pathlib.Path(folder)
        for turn in range(TURNS + 1):
            site = folder / f"site-{turn}"
            write_copies(site, arguments.documents)
            run = build(binary, site, site / "public")
            pages = sorted((site / "public").rglob("handouts/copy-*.html"))[: arguments.peers]
            made = sorted((site / "public").rglob("handouts/copy-*.pdf"))
            if len(made) != arguments.documents or len(pages) != arguments.peers:
                sys.exit(f"psychoed made {len(made)} PDFs of {arguments.documents} copies and {len(pages)} pages")
            speeds = {
                "psychoed": len(made) / run.seconds,
                "WeasyPrint": with_weasyprint(weasyprint, pages, site),
                "Chromium": with_chromium(pages, site),
            }
            whole = build(binary, library_copy(folder / f"library-{turn}"), folder / f"library-{turn}" / "public")
            sheets = len(list((folder / f"library-{turn}" / "public").rglob("*.pdf")))
            print(", ".join(f"{name} {speed:.1f}/s" for name, speed in speeds.items()), file=sys.stderr)
            if turn > 0:  # the first turn warms the disk's cache
                turns.append(speeds)
                peaks.append(run.peak / 1024)
                library.append((sheets, whole.seconds, whole.peak / 1024))
    peak = max(peaks)
    text = written(machine, versions(binary, weasyprint, arguments.binary), arguments, turns, peak, library)
    arguments.output.write_text(text, encoding="utf-8")
    print(text)
    if peak > MOST_MEMORY:
        sys.exit(f"printing took {peak:.0f} MB, and may take {MOST_MEMORY}")


def build(binary, site, output):
    os.sync()
    return measuring.timed(measuring.build_command(binary, site, output, pdf=True))


def write_copies(site, count):
    """The handout so many times, without links to other pages."""
    content = measuring.HERE.parent / "content"
    original = (content / HANDOUT).read_text(encoding="utf-8")
    original = re.sub(r"(?<!!)\[([^]]+)\]\([^)]*\)", r"\1", original)
    # A phase would print all copies once more, as one pack.
    original = re.sub(r"^(phase|focal-area) = .*\n", "", original, flags=re.M)
    (site / "content" / "handouts").mkdir(parents=True)
    (site / "site-config.toml").write_text(CONFIG, encoding="utf-8")
    shutil.copy(content / "references.bib", site / "content")
    index = '+++\nkind = "page"\ntitle = "Copies"\n+++\n\nCopies of a handout.\n'
    (site / "content" / "index.md").write_text(index, encoding="utf-8")
    for number in range(1, count + 1):
        text = re.sub(r'^id = .*$', f'id = "HO-{number}"', original, flags=re.M)
        text = re.sub(r'^title = "(.*)"$', rf'title = "\1 ({number})"', text, flags=re.M)
        front_matter, body = text.split("\n+++\n", 1)
        body = re.sub(r"^((?:[A-Z]|- |\d\. ).*)$", rf"\1 Copy {number}.", body, flags=re.M)
        (site / "content" / "handouts" / f"copy-{number:05}.md").write_text(f"{front_matter}\n+++\n{body}", encoding="utf-8")


def library_copy(folder):
    """The bundled library without what was kept of other builds."""
    root = measuring.HERE.parent
    shutil.copytree(root / "content", folder / "content")
    shutil.copy(root / "site-config.toml", folder)
    return folder


def with_weasyprint(python, pages, folder):
    return documents_a_second([python, measuring.HERE / "weasyprint" / "print.py"], pages, folder / "weasyprint")


def with_chromium(pages, folder):
    return documents_a_second(["node", measuring.HERE / "print.mjs"], pages, folder / "chromium")


def documents_a_second(command, pages, folder):
    """The command gets a folder to print into, how many to print at a time, and pages; it says how many seconds it took."""
    folder.mkdir()
    os.sync()
    run = subprocess.run([*command, folder, str(os.cpu_count()), *pages], stdout=subprocess.PIPE, text=True, check=True)
    made = [path for path in folder.glob("*.pdf") if path.stat().st_size > 0]
    if len(made) != len(pages):
        sys.exit(f"{command[0]} made {len(made)} PDFs of {len(pages)} pages")
    return len(pages) / json.loads(run.stdout)["seconds"]


def versions(binary, weasyprint, given):
    said = lambda *command: subprocess.run(command, capture_output=True, text=True, cwd=measuring.HERE).stdout.strip()
    psychoed = said(binary, "--version") + (" (a program given by hand)" if given else "")
    commit = said("git", "describe", "--always", "--dirty", "--exclude=*")
    chromium = said(os.environ.get("CHROMIUM", "/usr/bin/chromium"), "--version")
    return [f"{psychoed}, sources at {commit}", "WeasyPrint " + said(weasyprint, "-c", "import weasyprint; print(weasyprint.__version__)"),
            chromium or "Chromium of unknown version"]


def written(machine, versions, arguments, turns, peak, library):
    median = lambda values: statistics.median(list(values))
    lines = ["# How fast psychoed prints", "", "Written by `benches/print.py`, which says how it measures.", "",
             f"- Date: {datetime.date.today()}",
             f"- Machine: {machine.cpu}, {machine.cores} cores, {machine.memory}, {machine.system}; load before the first run "
             f"{machine.load:.2f}",
             f"- Versions: {', '.join(versions)}",
             f"- `{HANDOUT}`, {arguments.documents} times with psychoed and {arguments.peers} times with the others; medians of "
             f"{TURNS} turns after one to warm up, ratios are those of the same turn",
             "", "| Program | Documents a second | psychoed is faster by | Goal |", "|---|---|---|---|"]
    for name in turns[0]:
        speed = median(turn[name] for turn in turns)
        if name == "psychoed":
            lines.append(f"| {name} | {speed:.1f} | – | – |")
        else:
            ratio = median(turn["psychoed"] / turn[name] for turn in turns)
            lines.append(f"| {name} | {speed:.1f} | {ratio:.1f} times | at least {TIMES_FASTER} times |")
    sheets, seconds = library[0][0], median(seconds for _, seconds, _ in library)
    lines += ["", f"- Peak memory over {arguments.documents} documents: {peak:.0f} MB (goal: under {MOST_MEMORY} MB)",
              f"- The whole bundled library, {sheets} PDFs with its web pages: {seconds:.1f} s, peak memory "
              f"{max(peak for _, _, peak in library):.0f} MB", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
