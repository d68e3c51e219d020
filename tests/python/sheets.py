"""Looks into printed sheets with other eyes than those that made them: pikepdf reads their tags, pdfium their words.

usage: sheets.py FOLDER ASKED.json

ASKED is a list of [SHEET.pdf, PAGE.html, OPTION …]: paths from FOLDER, and an empty one for a sheet that has no page of the same
words. Options are `large` for large print, `learner` for a module without what is for instructors, and `patient` for a page without what is
for others than patients. Prints a JSON object: for each
sheet "faults", a list of sentences, and "says", all that it says anywhere.

Words are read in the order of the tags, which is the order in which they are read aloud. They have to be the words of the page in the
order of its elements, but for what only one of the two can have.
"""

import collections
import difflib
import html.parser
import json
import multiprocessing
import pathlib
import re
import sys

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

# Elements of tags and of HTML that words may run across; around all others stands a space.
RUNNING = {"/Span", "/Strong", "/Em", "/Link", "/Sub", "/Code", "/Lbl"} | {
    "a", "abbr", "b", "code", "del", "em", "i", "mark", "s", "small", "span", "strong", "sub", "sup",
}  # fmt: skip
EMPTY = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "source", "use", "wbr"}

# Parts of the web page that a sheet has no use for: ways to go elsewhere, and what stands in the sheet's own lines.
ONLY_ON_THE_WEB = {
    "back-link", "cell-label", "chips", "contents", "document-control", "downloads", "neighbours", "print-or-save", "related",
}  # fmt: skip
# A sheet's document control begins with this, and ends the sheet.
DOCUMENT_CONTROL = (" About this page ", " Document: ", " Written by: ")
# The line that says where to ask whether a copy is current.
CURRENT = re.compile(r"Is this copy current\?.*?\.\s*html", re.DOTALL)
# What a sheet may say beyond its page: for whom it is, where to ask whether it is current, and a name that the web draws as a sign.
ONLY_ON_PAPER = re.compile(r"Is this copy current \?( \S+ [./-])* html|for (learners|instructors)|Direction")
# The id of a page, which sheets set beside the first link to it.
ID_BESIDE = re.compile(r"\([A-Z]{2}(-\s?[A-Z0-9]+)+\)")


class Element:
    """An element of a page or of a sheet's tags."""

    def __init__(self, name, classes=(), **more):
        self.name, self.classes, self.children = name, set(classes), []
        self.id, self.alt, self.address = more.get("id"), more.get("alt"), more.get("address")

    def text(self):
        """The words in it, with a space around whatever stands by itself."""
        inner = "".join(child if isinstance(child, str) else child.text() for child in self.children)
        return inner if self.name in RUNNING else f" {inner} "

    def all(self):
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.all()


class Page(html.parser.HTMLParser):
    """The elements of a page's article."""

    def __init__(self, path):
        super().__init__()
        self.open = [Element("page")]
        self.feed(path.read_text(encoding="utf-8"))
        self.close()
        self.article = next(element for element in self.open[0].all() if element.name == "article")

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        element = Element(tag, (attributes.get("class") or "").split(), id=attributes.get("id"), address=attributes.get("href"))
        self.open[-1].children.append(element)
        if tag not in EMPTY:
            self.open.append(element)

    def handle_startendtag(self, tag, attributes):
        self.open[-1].children.append(Element(tag))

    def handle_endtag(self, tag):
        if tag not in EMPTY and any(element.name == tag for element in self.open):
            while self.open.pop().name != tag:
                pass

    def handle_data(self, data):
        self.open[-1].children.append(data)


def tags(pdf, words):
    """The tree of a sheet's tags with its words, and the content that hangs in it."""
    reached, links = set(), set()

    def element(node, page):
        page = node.get("/Pg", page)
        result = Element(str(node.S), alt=node.get("/Alt"))
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == pikepdf.Name.OBJR:
                links.add(kid.Obj.objgen)
            elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") != pikepdf.Name.MCR:
                result.children.append(element(kid, page))
            else:
                holder = page if isinstance(kid, int) else kid.get("/Pg", page)
                place = (numbers[holder.objgen], int(kid if isinstance(kid, int) else kid.MCID))
                reached.add(place)
                result.children.append(words.get(place, ""))
        return result

    numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
    root = Element("/Root")
    kids = pdf.Root.StructTreeRoot.K
    root.children = [element(kid, None) for kid in (kids if isinstance(kids, pikepdf.Array) else [kids])]
    return root, reached, links


def marked_words(path):
    """The words of every piece of marked content, by page and number; those of no piece are at -1: they are for eyes alone."""
    words, before = collections.defaultdict(str), (0, 0)
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for shown in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], textpage=text):
                _, bottom, _, top = shown.get_bounds()
                # Readers take the end of a line for a space. A hyphen there comes as this character.
                next_line = top < before[0] or bottom > before[1]
                place = number, pdfium.FPDFPageObj_GetMarkedContentID(shown.raw)
                words[place] += (" " if next_line else "") + shown.extract().replace("\x02", "-")
                before = bottom, top
    return words


def marked_content(page):
    """The numbers of a page's pieces of content, and whether anything is drawn outside of all of them."""
    numbers, depth, outside = set(), 0, False
    for operands, operator in pikepdf.parse_content_stream(page):
        operator = str(operator)
        if operator in ("BDC", "BMC"):
            depth += 1
            if operator == "BDC" and "/MCID" in operands[1]:
                numbers.add(int(operands[1].MCID))
        elif operator == "EMC":
            depth -= 1
        elif operator in ("Tj", "TJ", "Do", "f", "f*", "S", "s", "B", "b", "sh") and depth == 0:
            outside = True
    return numbers, outside


def tag_faults(pdf, root, reached, links, is_pack):
    """What is wrong with a sheet's tags and with what it says about itself."""
    if not pdf.Root.get("/MarkInfo", {}).get("/Marked"):
        yield "it is not marked as tagged"
    if not str(pdf.Root.get("/Lang", "")):
        yield "its language is not named"
    title = str(pdf.docinfo.get("/Title", ""))
    if not title or not pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "it has no title, or does not show it"
    headings = [element for element in root.all() if re.fullmatch(r"/H\d", element.name)]
    level = 0
    for heading in headings:
        next_level = int(heading.name[2:])
        words = " ".join(heading.text().split())
        # Each part of a pack begins with a heading of its own of the first level.
        if next_level > level + 1 or (next_level == 1 and level > 0 and not is_pack):
            yield f"heading “{words}” of level {next_level} follows one of level {level}"
        if not words:
            yield "a heading is empty"
        level = next_level
    if not headings or " ".join(headings[0].text().split()) != title:
        yield "its first heading is not its title"
    for element in root.all():
        if element.name == "/Figure" and not str(element.alt or "").strip():
            yield "a figure has no alternative text"
        if element.name == "/Table" and not any(cell.name == "/TH" for cell in element.all()):
            yield f"a table has no header cells: {' '.join(element.text().split())[:60]}"
    by_parent = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for number, page in enumerate(pdf.pages):
        held, outside = marked_content(page)
        if outside:
            yield f"page {number + 1} draws something that is neither content nor decoration"
        if not held:
            yield f"page {number + 1} has no content in the tags"
        for lost in sorted(held - {piece for at, piece in reached if at == number}):
            yield f"page {number + 1}: piece {lost} of its content is not reached from the tags"
        parents = by_parent.get(int(page.get("/StructParents", -1)))
        if held and (parents is None or len(parents) <= max(held) or any(parents[piece] is None for piece in held)):
            yield f"page {number + 1}: the way from its content back to the tags is broken"
        for link in page.get("/Annots", []):
            if link.objgen not in links:
                yield f"page {number + 1}: a link to {link.get('/Contents')} is not reached from the tags"


def tokens(words):
    """Words and marks one by one, so that spaces beside marks do not count, nor colons and dots that a layout sets between things."""
    return re.findall(r"\w+|[^\w\s:·]", words)


def without(element, unwanted):
    """Takes parts out, however deep they lie."""
    element.children = [child for child in element.children if isinstance(child, str) or not unwanted(child)]
    for child in element.children:
        if isinstance(child, Element):
            without(child, unwanted)


def cells(row):
    return [element for element in row.all() if element.name in ("td", "th")]


def stack(table):
    """Turns a wide table into what large print makes of it: row by row, each cell after the name of its column."""
    rows = [element for element in table.all() if element.name == "tr"]
    if not any(element.name == "thead" for element in table.all()) or "fill-in" in table.classes or len(cells(rows[0])) < 3:
        return
    head = [cell.text() for cell in cells(rows[0])]
    table.children = []
    for row in rows[1:]:
        for column, cell in enumerate(cells(row)):
            if cell.text().strip():
                table.children += [f" {head[column]} " if column else " ", cell.text()]


def page_words(article, unseen, large, crowded):
    """What the page says that the sheet has to say, too. Blocks for the audiences `unseen` are not on it."""
    if unseen:
        without(article, lambda element: element.classes & unseen)
        places = {f"#{element.id}" for element in article.all()}
        for works in [element for element in article.all() if "bibliography" in element.classes]:
            without(works, lambda element: element.name == "li" and not is_cited(element, places))
    without(article, lambda element: element.classes & ONLY_ON_THE_WEB)
    for links in [element for element in article.all() if "links" in element.classes]:
        without(links, lambda element: "quiet" in element.classes)
    for table in [element for element in article.all() if element.name == "table"]:
        # A quick reference has no room for many columns beside each other.
        if large or crowded and len(cells(next(element for element in table.all() if element.name == "tr"))) > 3:
            stack(table)
    return tokens(ID_BESIDE.sub(" ", article.text()))


def is_cited(work, places):
    """Whether one of the places is left from which its entry says that it is cited."""
    return any("back-link" in element.classes and element.address in places for element in work.all())


def sheet_words(root):
    """What the sheet says of its page. Marks of list items are drawn by browsers; figures say in other words what they show."""
    without(root, lambda element: element.name in ("/Lbl", "/Figure"))
    words = CURRENT.sub(" ", root.text())
    for beginning in DOCUMENT_CONTROL:
        words = words.rpartition(beginning)[0] or words
    return tokens(ID_BESIDE.sub(" ", words))


def word_faults(root, page, options):
    """Where a sheet says something else than its page."""
    article = Page(page).article
    chips = [chip for chips in article.all() if "chips" in chips.classes for chip in chips.all() if chip.name == "a"]
    # Only the first of several needs to say that it is a phase, or a focus.
    alone = ["".join(part for part in chip.children if isinstance(part, str)) for chip in chips]
    places = {" ".join(tokens(words)) for words in [*alone, *(chip.text() for chip in chips)]}
    addresses = {folded(element.address.partition(":")[2]) for element in article.all() if element.address}
    unseen = {"clinician", "trainee", "instructor"} if "patient" in options else {"instructor"} if "learner" in options else set()
    wanted, said = page_words(article, unseen, "large" in options, "quick-reference/" in str(page)), sheet_words(root)
    compared = difflib.SequenceMatcher(None, wanted, said, autojunk=False)
    for what, a, b, c, d in compared.get_opcodes():
        on_the_web, on_paper = " ".join(wanted[a:b]), " ".join(said[c:d])
        # Before the first word of the page stands whose sheet it is.
        if what == "equal" or what == "insert" and (a == 0 or is_of_paper(on_paper, places, addresses)):
            continue
        yield f"the web has “{on_the_web}” and paper “{on_paper}” after “{' '.join(wanted[max(a - 6, 0):a])}”"


def is_of_paper(words, places, addresses):
    """Whether only the sheet has to say this: its own lines, where its page belongs, where a link leads."""
    rest = ONLY_ON_PAPER.sub("", words)
    for place in sorted(places, key=len, reverse=True):
        rest = rest.replace(place, "")
    return not rest.strip() or folded(rest) in addresses


def folded(words):
    return re.sub(r"\W", "", words)


def everything(pdf, words, root):
    """All that a sheet says anywhere, to eyes or to machines."""
    with pdf.open_outline() as outline:
        titles = [str(item.title) for item in outline.root]
    told = [str(value) for value in pdf.docinfo.values()] + [str(element.alt) for element in root.all() if element.alt]
    links = [str(link.get("/Contents", "")) for page in pdf.pages for link in page.get("/Annots", [])]
    return "\n".join([*words.values(), root.text(), *titles, *told, *links])


def inspect(asked):
    folder, sheet, page, *options = asked
    with pikepdf.open(folder / sheet) as pdf:
        words = marked_words(folder / sheet)
        root, reached, links = tags(pdf, words)
        faults = list(tag_faults(pdf, root, reached, links, "packs/" in str(sheet)))
        says = everything(pdf, words, root)
    if page:
        faults += word_faults(root, folder / page, options)
    return sheet, {"faults": faults, "says": says}


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        asked = [(folder, *sheet) for sheet in json.load(file)]
    with multiprocessing.Pool() as pool:
        print(json.dumps(dict(pool.map(inspect, asked, 4)), ensure_ascii=False, indent=1))
