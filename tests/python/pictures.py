"""Compares printed sheets with pictures of them that somebody has looked at.

usage: pictures.py FOLDER REFERENCES SEEN [--bless]

All pages of each NAME.pdf in FOLDER, side by side and small, are compared with REFERENCES/NAME.png; with --bless they are stored there
instead. Pictures that differ are stored in SEEN, to be looked at. Prints a JSON list of sentences: what differs.
"""

import json
import pathlib
import sys

import PIL.Image
import PIL.ImageChops
import PIL.ImageStat
import pypdfium2

DOTS_PER_INCH = 50
# Of 255 greys, what two pictures may differ by on average, and what any small square of them may: edges of letters drawn a little
# otherwise stay far below, a line more or less does not.
WHOLE, SQUARE = 1.0, 30
SIDE = 12


def picture(path):
    """All pages side by side, in sixteen greys."""
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil().convert("L") for page in document]
    whole = PIL.Image.new("L", (sum(page.width for page in pages), max(page.height for page in pages)), 255)
    left = 0
    for page in pages:
        whole.paste(page, (left, 0))
        left += page.width
    return whole.point(lambda grey: grey // 17 * 17)


def difference(seen, path):
    """What differs from a stored picture, as words; None when nothing does."""
    if not path.is_file():
        return "there is no picture of it"
    with PIL.Image.open(path) as stored:
        stored = stored.convert("L")
    if seen.size != stored.size:
        return f"it has {seen.width} by {seen.height} dots, and its picture {stored.width} by {stored.height}"
    apart = PIL.ImageChops.difference(seen, stored)
    mean, worst = PIL.ImageStat.Stat(apart).mean[0], apart.reduce(SIDE).getextrema()[1]
    if mean > WHOLE or worst > SQUARE:
        return f"it differs from its picture by {mean:.2f} greys on average and {worst} where it differs most"
    return None


def main(folder, references, shown, bless):
    faults = []
    sheets = sorted(folder.glob("*.pdf"))
    references.mkdir(exist_ok=True)
    if bless:
        for path in references.glob("*.png"):
            path.unlink()
    for sheet in sheets:
        seen, name = picture(sheet), f"{sheet.stem}.png"
        if bless:
            seen.save(references / name, optimize=True)
        elif fault := difference(seen, references / name):
            seen.save(shown / name)
            faults.append(f"{sheet.name}: {fault}; see {shown / name}")
    unused = {path.stem for path in references.glob("*.png")} - {sheet.stem for sheet in sheets}
    faults += [f"{name}.png is the picture of no sheet" for name in sorted(unused)]
    print(json.dumps(faults))


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:4]), sys.argv[4:] == ["--bless"])
