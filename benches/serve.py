#!/usr/bin/env python3
"""Measures how soon a saved file is seen in the browser: edits files below `psychoed serve`, and asks for pages until they are new.

usage: benches/serve.py [--binary PATH] [--no-hugo] [--json FILE] [PAGES]      (default: 1000)

The clock starts when the file is closed (or renamed into place, as many editors save: every second edit) and stops when the whole new
page has been read over one connection that is kept alive. Between two requests it waits no longer than 0.3 ms. Three kinds of edits:

- a sentence in the body of a page: until that page has it;
- a title: until the list of its kind has it, then until a page that recommends it has it; then every other page that shows it (the
  page, its phase, its focal area, the A to Z) is asked for once and has to be right;
- a template of the site's own theme that every page uses: until a page has it.

`hugo server` gets ten edits of a body and ten of a title, for comparison.
"""
import argparse
import http.client
import json
import pathlib
import posixpath
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import corpus
import measuring

BODY_EDITS, TITLE_EDITS, TEMPLATE_EDITS, HUGO_EDITS = 100, 20, 10, 10
POLL = 0.0003
PATIENCE = 120
TEMPLATE = "templates/document-control.html"


def main():
    arguments = argparse.ArgumentParser(description="Measures how soon a saved file is seen in the browser.")
    arguments.add_argument("pages", type=int, nargs="?", default=1000, help="how many pages (default: 1000)")
    arguments.add_argument("--binary", type=pathlib.Path, help="measure this program instead of building one")
    arguments.add_argument("--no-hugo", dest="hugo", action="store_false", help="leave Hugo out")
    arguments.add_argument("--json", type=pathlib.Path, help="also write the numbers to this file")
    arguments = arguments.parse_args()
    binary = measuring.psychoed(arguments.binary)
    if not measuring.knows(binary, "serve"):
        sys.exit(f"{binary} has no command `serve`")
    results = {"pages": arguments.pages, "psychoed": measure_psychoed(binary, arguments.pages)}
    if arguments.hugo:
        results["hugo"] = measure_hugo(measuring.hugo(), arguments.pages)
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1) + "\n")
    for program in ("psychoed", "hugo"):
        for name, value in results.get(program, {}).items():
            print(f"{program} {arguments.pages} pages: {name.replace('_', ' ')}: {shown(value)}")


def shown(value):
    if isinstance(value, dict):
        return f"median {value['median'] * 1000:.1f} ms, p95 {value['p95'] * 1000:.1f} ms of {value['edits']}"
    return f"{value:.3f} s" if isinstance(value, float) else str(value)


def measure_psychoed(binary, pages):
    with tempfile.TemporaryDirectory() as folder:
        site = pathlib.Path(folder) / "site"
        measuring.write_corpus(site, pages)
        overlay = site / "looks" / TEMPLATE
        overlay.parent.mkdir(parents=True)
        template = (measuring.HERE.parent / "themes" / "default" / TEMPLATE).read_text()
        overlay.write_text(template)
        with (site / "site-config.toml").open("a") as config:
            config.write('\n[theme]\nfolder = "looks"\n')
        port = measuring.free_port()
        address = f"http://127.0.0.1:{port}/"
        with Server([binary, "serve", "--port", str(port), "--root", site], port, announced=address) as server:
            edits = Edits(server, site / "content", pages)
            results = {"ready": server.ready, "memory_at_start_kb": server.memory()}
            results["body"] = summary(edits.body(number) for number in range(BODY_EDITS))
            lists, neighbours = zip(*[edits.title(number) for number in range(TITLE_EDITS)])
            results["title_in_list"], results["title_at_neighbour"] = summary(lists), summary(neighbours)
            results["stale_pages_after_a_title"] = edits.stale
            results["template"] = summary(edits.template(overlay, template, number) for number in range(TEMPLATE_EDITS))
            results["memory_at_end_kb"], results["reconnects"] = server.memory(), server.reconnects
            return results


def measure_hugo(binary, pages):
    with tempfile.TemporaryDirectory() as folder:
        site = pathlib.Path(folder) / "site"
        measuring.write_corpus(site, pages, "hugo")
        port = measuring.free_port()
        command = [binary, "server", "--source", site, "--bind", "127.0.0.1", "--port", str(port), "--renderToMemory",
                   "--disableFastRender"]
        with Server(command, port) as server:
            edits = Edits(server, site / "content", pages)
            results = {"ready": server.ready, "body": summary(edits.body(number) for number in range(HUGO_EDITS))}
            lists = [edits.title(number, with_neighbour=False)[0] for number in range(HUGO_EDITS)]
            results["title_in_list"], results["memory_at_end_kb"] = summary(lists), server.memory()
            return results


def summary(seconds):
    seconds = sorted(seconds)
    return {"median": statistics.median(seconds), "p95": seconds[-(-len(seconds) * 95 // 100) - 1], "edits": len(seconds)}


class Server:
    """A running server and one connection to it. `announced` is the text by which it says that it is ready."""

    def __init__(self, command, port, announced=None):
        started = time.monotonic()
        self.port, self.announced, self.reconnects, self.output = port, announced, -1, []
        self.said = threading.Event()
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        threading.Thread(target=self.listen, daemon=True).start()
        self.connection = None
        try:
            self.wait_until_ready()
        except BaseException:
            self.process.kill()
            raise
        self.ready = time.monotonic() - started

    def listen(self):
        for line in self.process.stdout:
            line = line.decode(errors="replace")
            self.output.append(line)
            if self.announced is None or self.announced in line:
                self.said.set()

    def wait_until_ready(self):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.check_alive()
            if self.said.wait(0.002) and (self.announced or self.answers()):
                return
        sys.exit("the server was not ready in time:\n" + "".join(self.output))

    def answers(self):
        try:
            return self.get("/")[0] == 200
        except OSError:
            time.sleep(0.01)
            return False

    def check_alive(self):
        if self.process.poll() is not None:
            sys.exit("the server stopped:\n" + "".join(self.output)[-4000:])

    def get(self, url):
        """Status and body of a page. A connection that the server closed is opened again, and counted."""
        for attempt in range(3):
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
                self.reconnects += 1
            try:
                self.connection.request("GET", url)
                response = self.connection.getresponse()
                return response.status, response.read()
            except (http.client.HTTPException, OSError):
                self.connection.close()
                self.connection = None
                if attempt == 2:
                    self.check_alive()
                    raise

    def until(self, url, text):
        """Asks for a page until it holds a text."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            status, body = self.get(url)
            if status == 200 and text in body:
                return
            time.sleep(POLL)
        sys.exit(f"{url} never held {text.decode()}; the server said:\n" + "".join(self.output)[-4000:])

    def memory(self):
        """What the server's process holds, in kB, where the system tells."""
        try:
            status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return None
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.connection:
            self.connection.close()
        self.process.terminate()
        self.process.wait()


class Edits:
    """Edits of the pages of a generated site, each timed."""

    def __init__(self, server, content, pages):
        self.server, self.content, self.pages = server, content, pages
        self.chance, self.stale, self.saves = random.Random(11), 0, 0

    def save(self, path, text):
        """Saves a file, in place or by renaming, in turns. Gives the moment when that was done."""
        time.sleep(0.1)  # nobody saves twice in a moment
        self.saves += 1
        if self.saves % 2:
            path.write_text(text)
        else:
            beside = path.with_name(f".{path.name}.saving")
            beside.write_text(text)
            beside.rename(path)
        return time.monotonic()

    def body(self, number):
        at = self.chance.randrange(self.pages)
        path, mark = self.content / corpus.address(at, ".md"), f"bodyedit{number}end"
        saved = self.save(path, path.read_text() + f"\nThis sentence is new: {mark}.\n")
        self.server.until("/" + corpus.address(at, ".html"), mark.encode())
        return time.monotonic() - saved

    def title(self, number, with_neighbour=True):
        """Changes the title of a page, and with it nothing of the order of any list."""
        path, neighbour = self.recommended() if with_neighbour else (self.content / corpus.address(number, ".md"), None)
        text, mark = path.read_text(), f"titleedit{number}end"
        keys = {key: re.search(rf'^{key}s? = \[?"([^"]+)"', text, re.M)[1] for key in ("kind", "phase", "focal-area")}
        saved = self.save(path, re.sub(r'^title = "(.*)"$', rf'title = "\1 {mark}"', text, count=1, flags=re.M))
        self.server.until(f"/kinds/{keys['kind']}.html", mark.encode())
        in_list = time.monotonic() - saved
        if not with_neighbour:
            return in_list, None
        self.server.until(neighbour, mark.encode())
        at_neighbour = time.monotonic() - saved
        own = "/" + path.relative_to(self.content).with_suffix(".html").as_posix()
        others = [own, f"/phases/{keys['phase']}.html", f"/focal-areas/{keys['focal-area']}.html", "/a-z.html", "/browse.html"]
        self.stale += sum(mark.encode() not in self.server.get(url)[1] for url in others)
        return in_list, at_neighbour

    def recommended(self):
        """A page, and another one that recommends it below its text."""
        by = "/" + corpus.address(self.chance.randrange(self.pages), ".html")
        card = re.search(rb'class="card-title"><a href="([^"]+)"', self.server.get(by)[1])
        url = posixpath.normpath(posixpath.join(posixpath.dirname(by), card[1].decode()))
        return self.content / url.lstrip("/").replace(".html", ".md"), by

    def template(self, overlay, text, number):
        at, mark = self.chance.randrange(self.pages), f"templateedit{number}end"
        saved = self.save(overlay, text.replace("</h2>", f" {mark}</h2>"))
        self.server.until("/" + corpus.address(at, ".html"), mark.encode())
        return time.monotonic() - saved


if __name__ == "__main__":
    main()
