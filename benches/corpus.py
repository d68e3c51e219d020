#!/usr/bin/env python3
"""Writes a site of generated pages, the same every time: for measuring, never for reading.

usage: corpus.py DIR PAGES

Each page has about 600 words under five headings, five links (two with anchors), three citations from 500 works, a list, and
on every third page a table. One page in forty is a glossary term.
"""
import pathlib
import random
import sys

WORDS = ("people mood talk change help grief role friend family session week plan loss support feel need story time "
         "listen write share rest walk call meet agree differ expect hope answer question notice begin end keep").split()
KINDS = ("handout", "quick-reference", "handout", "page")
PHASES = ("beginning", "middle", "ending")
AREAS = ("grief", "disputes", "transitions", "isolation")
WORKS = 500

CONFIG = """title = "Generated site"
language = "en"
base-url = "https://clinic.example/"
region = "X"

[[crisis-lines]]
region = "X"
name = "Test line"
number = "000"
checked = 2026-01-01
"""


def main():
    root, pages = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(7)
    content = root / "content"
    content.mkdir(parents=True)
    config = [CONFIG]
    config += [f'[[phases]]\nid = "{phase}"\ntitle = "{phase.title()}"\n' for phase in PHASES]
    config += [f'[[focal-areas]]\nid = "{area}"\ntitle = "{area.title()}"\n' for area in AREAS]
    (root / "site-config.toml").write_text("\n".join(config))
    (content / "references.bib").write_text("\n".join(work(number, chance) for number in range(WORKS)))
    for number in range(pages):
        path = content / address(number)
        path.parent.mkdir(exist_ok=True)
        path.write_text(page(number, pages, chance))


def address(number):
    return f"part-{number // 100:03}/page-{number:05}.md"


def work(number, chance):
    authors = " and ".join(f"Author{chance.randrange(200)}, {chr(65 + chance.randrange(26))}." for _ in range(chance.randrange(1, 9)))
    return (f"@article{{work{number},\n  author = {{{authors}}},\n  title = {{Study {number} of {sentence(chance, 8)}}},\n"
            f"  journal = {{Journal of {chance.choice(WORDS)}}},\n  year = {{{chance.randrange(1980, 2026)}}},\n"
            f"  volume = {{{chance.randrange(1, 90)}}},\n  pages = {{{number}--{number + 9}}},\n  doi = {{10.1000/{number}}}\n}}\n")


def sentence(chance, words):
    return " ".join(chance.choice(WORDS) for _ in range(words))


def link(number, pages, chance, anchor):
    target = address(chance.randrange(pages))
    return f"[{sentence(chance, 2)}](../{target}{'#part-2' if anchor else ''})"


def page(number, pages, chance):
    kind = KINDS[number % len(KINDS)]
    lines = ["+++", f'kind = "{kind}"', f'id = "P-{number}"', f'title = "Page {number}: {sentence(chance, 4)}"',
             f'summary = "{sentence(chance, 12).capitalize()}."', f'phase = ["{chance.choice(PHASES)}"]',
             f'focal-area = ["{chance.choice(AREAS)}"]', 'version = "1"',
             'authors = ["A. Writer"]', 'reviewers = [{ name = "B. Reader", role = "Clinician" }]', "reviewed = 2026-01-01",
             "review-due = 2028-01-01", "+++", ""]
    if kind == "handout":
        lines += [":::key-message", sentence(chance, 12).capitalize() + ".", ":::", ""]
    for part in range(5):
        lines += [f"## Part {part + 1} {{#part-{part + 1}}}", ""]
        for paragraph in range(3):
            text = ". ".join(sentence(chance, 12).capitalize() for _ in range(3))
            if paragraph == 0:
                text += " " + link(number, pages, chance, part < 2)
            if paragraph == 1 and part < 3:
                text += f" [@work{chance.randrange(WORKS)}]"
            lines += [text + ".", ""]
    if number % 3 == 0:
        lines += ["| Sign | Step |", "|---|---|"] + [f"| {sentence(chance, 2)} | {sentence(chance, 3)} |" for _ in range(4)] + [""]
    lines += [":::steps"] + [f"{step}. {sentence(chance, 6).capitalize()}." for step in range(1, 5)] + [":::", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
