"""Prints web pages as accessible PDFs: print.py FOLDER PROCESSES PAGE.html …; says how many seconds it took, once all were warm."""
import functools
import json
import multiprocessing
import pathlib
import sys
import time

import weasyprint


def printed(folder, page):
    weasyprint.HTML(filename=page).write_pdf(folder / f"{pathlib.Path(page).stem}.pdf", pdf_variant="pdf/ua-1")


def main(folder, processes, *pages):
    folder = pathlib.Path(folder)
    with multiprocessing.Pool(int(processes)) as pool:
        pool.map(functools.partial(printed, folder), [pages[0]] * int(processes), 1)
        started = time.monotonic()
        pool.map(functools.partial(printed, folder), pages, 1)
        print(json.dumps({"seconds": time.monotonic() - started}))


if __name__ == "__main__":
    main(*sys.argv[1:])
