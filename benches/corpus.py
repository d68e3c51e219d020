#!/usr/bin/env python3
"""Writes a site of generated pages, the same every time: for measuring, never for reading.

usage: corpus.py [--for psychoed|hugo|hugo-related|hugo-plain] DIR PAGES

Each page has about 600 words under five headings, five links (two with anchors), three citations from 500 works, a list, on
every third page a table and on every twentieth one of 50 pictures with a caption. Every page belongs to one of three kinds, one of
three phases and one of four focal areas.

`--for hugo` writes the same pages, words, headings, links, tables and pictures as a site for Hugo, whose theme (benches/hugo) makes
pages much like psychoed's: head, navigation, breadcrumb, table of contents, six related pages, document control, a second page that
says whether a printed copy is current, lists for kinds, phases and focal areas, an overview, an A to Z, a feed and a sitemap. What
differs, always in Hugo's favour:

- No citations, no bibliography, no pages or downloads of references, and no checks of anything.
- Links name Markdown files, as in psychoed's pages, and Hugo's own render hook resolves them; none is checked. With
  `--for hugo-plain` they are addresses of finished pages instead, which Hugo copies without looking at them.
- Blocks such as `:::steps` are plain lists and quotations; shortcodes would cost Hugo time.
- Related pages are simply the neighbours in its list of pages, which costs Hugo nothing; psychoed picks them by what they share.
  `--for hugo-related` has Hugo do the same, with its own means: at 10,000 pages that takes it more than ten times longer.
- What is the same on many pages (header, help box) is rendered once by `partialCached`; styles keep a fixed name.
"""
import argparse
import pathlib
import random
import shutil

HERE = pathlib.Path(__file__).resolve().parent
WORDS = ("you mood talk change help grief role friend mother session week plan loss support feel need story time "
         "listen write share rest walk call meet agree differ expect hope answer question notice begin end keep").split()
HUGO = ("hugo", "hugo-related", "hugo-plain")
KINDS = ("handout", "quick-reference", "handout", "page")
PHASES = ("beginning", "middle", "ending")
AREAS = ("grief", "disputes", "transitions", "isolation")
WORKS = 500
PICTURES = 50

CONFIG = """title = "Generated site"
language = "en"
base-url = "https://clinic.example/"
region = "X"

[organisation]
name = "Generated clinic"
phone = "000"
feedback = "https://clinic.example/feedback"
funding = "Nobody pays for generated pages."

[[crisis-lines]]
region = "X"
name = "Test line"
number = "000"
checked = 2026-01-01
"""

HUGO_TITLES = {
    "handout": "Handouts", "quick-reference": "Quick references", "page": "About", "kinds": "Everything to read",
    "phases": "Where are you in your treatment?", "focal-areas": "What are you going through?",
}


def main():
    arguments = argparse.ArgumentParser(description="Writes a site of generated pages.")
    arguments.add_argument("--for", dest="generator", choices=("psychoed", *HUGO), default="psychoed")
    arguments.add_argument("dir", type=pathlib.Path)
    arguments.add_argument("pages", type=int)
    arguments = arguments.parse_args()
    write(arguments.dir, arguments.pages, arguments.generator)


def write(root, pages, generator="psychoed"):
    """Writes a site of so many pages to a new folder."""
    chance = random.Random(7)
    content = root / "content"
    content.mkdir(parents=True)
    works = [work(number, chance) for number in range(WORKS)]
    if generator == "psychoed":
        config = [CONFIG]
        config += [f'[[phases]]\nid = "{phase}"\ntitle = "{phase.title()}"\n' for phase in PHASES]
        config += [f'[[focal-areas]]\nid = "{area}"\ntitle = "{area.title()}"\n' for area in AREAS]
        (root / "site-config.toml").write_text("\n".join(config))
        (content / "references.bib").write_text("\n".join(works))
        pictures, layout = content / "figures", psychoed_page
    else:
        hugo_theme(root, generator)
        pictures, layout = root / "static" / "figures", hugo_plain_page if generator == "hugo-plain" else hugo_page
    pictures.mkdir(parents=True)
    for number in range(PICTURES):
        (pictures / f"figure-{number:02}.svg").write_text(picture(number, chance))
    for number in range(pages):
        path = content / address(number, ".md")
        if number % 100 == 0:
            path.parent.mkdir()
        path.write_text(layout(Page(number, pages, chance)))


def hugo_theme(root, generator):
    shutil.copytree(HERE / "hugo" / "layouts", root / "layouts")
    settings = (HERE / "hugo" / "hugo.toml").read_text()
    if generator == "hugo-related":
        settings = settings.replace("related = false", "related = true")
    if generator == "hugo-plain":
        settings = settings.replace('useEmbedded = "always"', 'useEmbedded = "never"')
    (root / "hugo.toml").write_text(settings)
    assets = root / "static" / "assets"
    assets.mkdir(parents=True)
    for source in (HERE.parent / "themes" / "default" / "assets").iterdir():
        if source.is_file():
            shutil.copy(source, assets)
    titles = HUGO_TITLES | {name: name.title() for name in PHASES + AREAS}
    (root / "data").mkdir()
    (root / "data" / "titles.toml").write_text("".join(f'{name} = "{title}"\n' for name, title in titles.items()))
    for layout, title in (("a-z", "A to Z"), ("browse", "Browse")):
        (root / "content" / f"{layout}.md").write_text(f'+++\ntitle = "{title}"\nlayout = "{layout}"\noutputs = ["html"]\n+++\n')


def address(number, ending):
    return f"part-{number // 100:03}/page-{number:05}{ending}"


def work(number, chance):
    authors = " and ".join(f"Author{chance.randrange(200)}, {chr(65 + chance.randrange(26))}." for _ in range(chance.randrange(1, 9)))
    return (f"@article{{work{number},\n  author = {{{authors}}},\n  title = {{Study {number} of {sentence(chance, 8)}}},\n"
            f"  journal = {{Journal of {chance.choice(WORDS)}}},\n  year = {{{chance.randrange(1980, 2026)}}},\n"
            f"  volume = {{{chance.randrange(1, 90)}}},\n  pages = {{{number}--{number + 9}}},\n  doi = {{10.1000/{number}}}\n}}\n")


def picture(number, chance):
    circles = "".join(
        f'<circle cx="{chance.randrange(400)}" cy="{chance.randrange(200)}" r="{chance.randrange(9, 40)}" fill="#1f6f6b"/>\n'
        for _ in range(8))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200" width="400" height="200" role="img">\n'
            f"<title>Picture {number}</title>\n{circles}</svg>\n")


def sentence(chance, words):
    return " ".join(chance.choices(WORDS, k=words))


class Page:
    """What stands on a page, whichever generator it is for."""

    def __init__(self, number, pages, chance):
        self.number = number
        self.kind = KINDS[number % len(KINDS)]
        self.title = f"Page {number}: {sentence(chance, 4)}"
        self.summary = sentence(chance, 12).capitalize() + "."
        self.phase, self.area = chance.choice(PHASES), chance.choice(AREAS)
        self.key_message = sentence(chance, 12).capitalize() + "." if self.kind == "handout" else None
        self.parts = [[". ".join(sentence(chance, 12).capitalize() for _ in range(3)) for _ in range(3)] for _ in range(5)]
        self.links = [(sentence(chance, 2), chance.randrange(pages)) for _ in self.parts]
        self.works = [chance.randrange(WORKS) for _ in range(3)]
        self.table = [(sentence(chance, 2), sentence(chance, 3)) for _ in range(4)] if number % 3 == 0 else []
        self.steps = [sentence(chance, 6).capitalize() + "." for _ in range(4)]
        self.picture = (chance.randrange(PICTURES), sentence(chance, 5), sentence(chance, 9)) if number % 20 == 0 else None

    def body(self, ending, cites):
        """The parts and the table; both generators read these alike."""
        lines = []
        for part, paragraphs in enumerate(self.parts):
            title = "Summary" if part == len(self.parts) - 1 else f"Part {part + 1}"
            lines += [f"## {title} {{#part-{part + 1}}}", ""]
            for number, text in enumerate(paragraphs):
                if number == 0:
                    words, to = self.links[part]
                    text += f" [{words}](../{address(to, ending)}{'#part-2' if part < 2 else ''})"
                if number == 1 and part < 3 and cites:
                    text += f" [@work{self.works[part]}]"
                lines += [text + ".", ""]
        if self.table:
            lines += ["| Sign | Step |", "|---|---|"] + [f"| {sign} | {step} |" for sign, step in self.table] + [""]
        return lines

    def list_of_steps(self):
        return [f"{number}. {step}" for number, step in enumerate(self.steps, 1)]


def front_matter(page):
    return ["+++", f'id = "P-{page.number}"', f'title = "{page.title}"', f'summary = "{page.summary}"', 'version = "1"',
            'authors = ["A. Writer"]', 'reviewers = [{ name = "B. Reader", role = "Clinician" }]', "reviewed = 2026-01-01",
            "review-due = 2028-12-31"]


def psychoed_page(page):
    lines = front_matter(page)
    lines += [f'kind = "{page.kind}"', f'phase = ["{page.phase}"]', f'focal-area = ["{page.area}"]', "+++", ""]
    if page.key_message:
        lines += [":::key-message", page.key_message, ":::", ""]
    lines += page.body(".md", cites=True)
    if page.picture:
        number, alt, caption = page.picture
        lines += [":::figure", f"![{alt}](../figures/figure-{number:02}.svg)", "", caption.capitalize() + ".", ":::", ""]
    return "\n".join(lines + [":::steps", *page.list_of_steps(), ":::", ""])


def hugo_plain_page(page):
    return hugo_page(page, ending=".html")


def hugo_page(page, ending=".md"):
    lines = front_matter(page)
    lines += [f'kinds = ["{page.kind}"]', f'phases = ["{page.phase}"]', f'focal-areas = ["{page.area}"]', "date = 2026-01-01",
              "+++", ""]
    if page.key_message:
        lines += ["> " + page.key_message, ""]
    lines += page.body(ending, cites=False)
    if page.picture:
        number, alt, caption = page.picture
        lines += [f"![{alt}](../figures/figure-{number:02}.svg)", "", caption.capitalize() + ".", ""]
    return "\n".join(lines + [*page.list_of_steps(), ""])


if __name__ == "__main__":
    main()
