#![allow(clippy::disallowed_methods, reason = "hostile input must not take long")]
use std::time::Instant;

use super::*;
use crate::content::block::{Alignment, BlockBody, Directive, Link, Row, plain_text};
use crate::content::{Inline, LinkRole};

/// Where bodies start in these tests: far enough that a place in the body is never taken for one in the file.
const OFFSET: usize = 1000;

struct Read {
    written: String,
    body: Body,
    faults: Vec<Diagnostic>,
}

fn read_with(config: &Config, written: &str) -> Read {
    let path = SitePath::new("content/handouts/a.md");
    let known = |key: &str| key.starts_with('k');
    let file = ArcStr::from(" ".repeat(OFFSET) + written);
    let context = Context { path: &path, file: &file, config, known: &known, offset: OFFSET };
    let mut faults = Vec::new();
    let body = body(written, context, Vec::new(), &mut faults);
    Read { written: written.to_owned(), body, faults }
}

fn read(written: &str) -> Read {
    let (config, _) = crate::parse::config::config(&crate::source::Sources::default());
    read_with(&config, written)
}

impl Read {
    /// The text a place in the file covers.
    fn at(&self, span: impl Into<Place>) -> &str {
        let Place(start, end) = span.into();
        &self.written[start - OFFSET..end - OFFSET]
    }

    /// Rule, message and place of every fault.
    fn faults(&self) -> Vec<(&str, &str, &str)> {
        self.faults.iter().map(|fault| (fault.rule, fault.message.as_str(), self.at(fault.at.span))).collect()
    }

    fn shown(&self) -> String {
        blocks(&self.body.blocks)
    }
}

struct Place(usize, usize);

impl From<crate::diagnostic::Bytes> for Place {
    fn from(bytes: crate::diagnostic::Bytes) -> Self {
        Place(bytes.start, bytes.end)
    }
}

impl From<&Span> for Place {
    fn from(span: &Span) -> Self {
        Place(span.start, span.end)
    }
}

/// A tree in a notation short enough to read in a test.
fn blocks(blocks: &[Block]) -> String {
    blocks.iter().map(block).collect::<Vec<_>>().join(" ")
}

fn block(block: &Block) -> String {
    match &block.body {
        BlockBody::Heading { level, id, inlines } => format!("h{level}#{id}[{}]", inline(inlines)),
        BlockBody::Paragraph(inlines) => format!("p[{}]", inline(inlines)),
        BlockBody::List { start, tight, items } => {
            let items: Vec<String> = items
                .iter()
                .map(|item| {
                    let task = item.task.map_or("", |done| if done { "x:" } else { "_:" });
                    format!("({task}{})", blocks(&item.blocks))
                })
                .collect();
            let kind = start.map_or("ul".to_owned(), |start| format!("ol{start}"));
            format!("{kind}{}{}", if *tight { "" } else { "-loose" }, items.join(""))
        }
        BlockBody::DefinitionList(entries) => entries
            .iter()
            .map(|entry| {
                let definitions: Vec<String> = entry.definitions.iter().map(|definition| blocks(definition)).collect();
                format!("dl[{}: {}]", inline(&entry.term), definitions.join(" | "))
            })
            .collect(),
        BlockBody::Table { alignments, header, rows } => {
            let row = |cells: &Row| cells.iter().map(|cell| inline(cell)).collect::<Vec<_>>().join(",");
            let sides: String = alignments
                .iter()
                .map(|side| match side {
                    Alignment::Start => '<',
                    Alignment::Centre => '=',
                    Alignment::End => '>',
                })
                .collect();
            format!("table{sides}[{} / {}]", row(header), rows.iter().map(row).collect::<Vec<_>>().join(" / "))
        }
        BlockBody::Code { language, text } => format!("code:{}{text:?}", language.as_deref().unwrap_or("")),
        BlockBody::Quote(inner) => format!("quote({})", blocks(inner)),
        BlockBody::ThematicBreak => "rule".to_owned(),
        BlockBody::Directive { directive, id, title, blocks: inner } => {
            let attributes = match directive {
                Directive::Write { lines, boxed } => format!("{lines}{}", if *boxed { "box" } else { "" }),
                _ => String::new(),
            };
            let id = id.as_ref().map(|id| format!("#{id}")).unwrap_or_default();
            let title = title.as_ref().map(|title| format!("{title:?}")).unwrap_or_default();
            format!(":{}{attributes}{id}{title}({})", directive.name(), blocks(inner))
        }
        BlockBody::Footnote { label, blocks: inner } => format!("note-{label}({})", blocks(inner)),
        BlockBody::RawHtml(html) => format!("html{html:?}"),
    }
}

fn inline(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|one| match one {
            Inline::Text(words) => words.to_string(),
            Inline::Emphasis(inner) => format!("<em {}>", inline(inner)),
            Inline::Strong(inner) => format!("<strong {}>", inline(inner)),
            Inline::Struck(inner) => format!("<s {}>", inline(inner)),
            Inline::Code(code) => format!("<code {code}>"),
            Inline::Link(link) => {
                let Link { link, title, inlines } = &**link;
                format!(
                    "<a{link}{} {}>",
                    title.as_deref().map(|title| format!(" {title:?}")).unwrap_or_default(),
                    inline(inlines)
                )
            }
            Inline::Image(image) => format!("<img{} {}>", image.link, image.alt),
            Inline::Citation(index) => format!("<cite{index}>"),
            Inline::FootnoteMark(label) => format!("<fn {label}>"),
            Inline::SoftBreak => "⏎".to_owned(),
            Inline::HardBreak => "⏎⏎".to_owned(),
            Inline::RawHtml(html) => format!("<html {html}>"),
        })
        .collect()
}

/// One row a feature of the dialect.
const DIALECT: [(&str, &str); 46] = [
    ("One *two* **three** ~~four~~ `five`.", "p[One <em two> <strong three> <s four> <code five>.]"),
    ("One\ntwo  \nthree\\\nfour", "p[One⏎two⏎⏎three⏎⏎four]"),
    ("## Title", "h2#title[Title]"),
    ("## What *helps* {#help}", "h2#help[What <em helps>]"),
    ("## Closed {#help} ##", "h2#help[Closed]"),
    ("Under {#u}\n-----", "h2#u[Under]"),
    ("## `code` {#c}", "h2#c[<code code>]"),
    ("## Dear {{ name }}", "h2#dear-name[Dear {{ name }}]"),
    ("## Not an id \\{#x}", "h2#not-an-id-x[Not an id {#x}]"),
    ("## Dose\n\n### Dose\n\n## 🙂", "h2#dose[Dose] h3#dose-1[Dose] h2#section[🙂]"),
    ("- a\n- b", "ul(p[a])(p[b])"),
    ("- a\n\n- b", "ul-loose(p[a])(p[b])"),
    ("3. a\n   - b\n4. c", "ol3(p[a] ul(p[b]))(p[c])"),
    ("- a\n\n  b\n- c", "ul-loose(p[a] p[b])(p[c])"),
    ("- [ ] open\n- [x] done", "ul(_:p[open])(x:p[done])"),
    ("- [ ] open\n\n- [X] done", "ul-loose(_:p[open])(x:p[done])"),
    ("- ```\n  a\n  ```", "ul(code:\"a\\n\")"),
    ("Term\n: One\n: Two\n\nOther\n: Three", "dl[Term: p[One] | p[Two]]dl[Other: p[Three]]"),
    ("| a | b | c |\n|---|:-:|--:|\n| *1* | 2 |\n", "table<=>[a,b,c / <em 1>,2,]"),
    ("```toml x\na = 1\n```", "code:toml\"a = 1\\n\""),
    ("    indented\n\n    code", "code:\"indented\\n\\ncode\""),
    ("> quoted\nlazily", "quote(p[quoted⏎lazily])"),
    ("a\n\n---\n\nb", "p[a] rule p[b]"),
    ("Text[^n].\n\n[^n]: Note\n    goes on.", "p[Text<fn n>.] note-n(p[Note⏎goes on.])"),
    ("[a](b.md#c \"T\")", "p[<a0 \"T\" a>]"),
    ("[a *b*][r] and [r]\n\n[r]: b.md", "p[<a0 a <em b>> and <a1 r>]"),
    ("![A *picture* of [it](x)](../figures/a.svg)", "p[<img0 A picture of it>]"),
    ("<https://example.org> <a@example.org>", "p[<a0 https://example.org> <a1 a@example.org>]"),
    ("&amp; &euro; \\* {{ x }} {% y %} $z$", "p[& € * {{ x }} {% y %} $z$]"),
    (":::note\nA\n:::", ":note(p[A])"),
    ("A\n:::note {title=\"T\" #i}\nB\n:::\nC", "p[A] :note#i\"T\"(p[B]) p[C]"),
    (":::::steps\n1. a\n2. b\n:::", ":steps(ol1(p[a])(p[b]))"),
    (":::clinician\nA\n\n:::write {lines=3 box=true}\nB\n:::\n\nC\n:::", ":clinician(p[A] :write3box(p[B]) p[C])"),
    ("- a\n  :::tip\n  b\n\n  c\n  :::\n- d", "ul-loose(p[a] :tip(p[b] p[c]))(p[d])"),
    ("- :::tip\n  b\n  :::", "ul(:tip(p[b]))"),
    ("> :::tip\n> b\n> :::", "quote(:tip(p[b]))"),
    ("| a |\n|---|\n| b |\n:::tip\nx\n:::", "table<[a / b] :tip(p[x])"),
    ("Term\n: a\n:::tip\nx\n:::", "dl[Term: p[a]] :tip(p[x])"),
    ("> q\n:::tip\n## H\n- a\n\n- b\n:::", "quote(p[q]) :tip(h2#h[H] ul-loose(p[a])(p[b]))"),
    ("[r]: a.md\n:::tip\n[r]\n:::", ":tip(p[<a0 r>])"),
    ("1. a\n  :::tip\n2. b\n:::", "ol1(p[a]) :tip(ol2(p[b]))"),
    ("- a\n\n\t:::tip\n\tx\n\t:::\n", "ul-loose(p[a] :tip(p[x]))"),
    ("1. a\n\n   :::write\n   :::\n", "ol1-loose(p[a] :write4())"),
    ("[r]\n\n:::note\n[^f] [r]\n:::\n\n[r]: a.md\n[^f]: F", "p[<a0 r>] :note(p[<fn f> <a1 r>]) note-f(p[F])"),
    (":::figure {#fig-a}\n![A](a.svg)\n\nSays it.\n:::", ":figure#fig-a(p[<img0 A>] p[Says it.])"),
    (":::figure\n![A](a.svg)\nSays *it*.\n:::", ":figure(p[<img0 A>] p[Says <em it>.])"),
];

#[test]
fn every_feature_of_the_dialect_is_read() {
    for (written, expected) in DIALECT {
        let read = read(written);
        assert_eq!(read.faults(), [], "{written}");
        assert_eq!(read.shown(), expected, "{written}");
    }
}

#[test]
fn line_ends_of_windows_change_nothing_but_places() {
    for (written, expected) in DIALECT {
        let read = read(&written.replace('\n', "\r\n"));
        assert_eq!(read.faults(), [], "{written}");
        assert_eq!(read.shown(), expected, "{written}");
        for block in &read.body.blocks {
            assert!(!read.at(&block.span).ends_with(['\r', '\n']), "{written}");
        }
    }
}

#[test]
fn lines_that_look_like_fences_within_code_are_left_alone() {
    let fenced = "```\n:::note\n:::\n```\n\n:::tip\n    ::::: x\n\n`:::a`\n:::";
    let read = read(fenced);
    assert_eq!(read.faults(), []);
    assert_eq!(read.shown(), "code:\":::note\\n:::\\n\" :tip(code:\"::::: x\\n\" p[<code :::a>])");
}

#[test]
fn blocks_know_where_they_stand() {
    let read = read("## A {#a}\n\n- one\n  two\n\n:::note\nx\n:::\n\n| a |\n|---|\n\n[^n]: N\n\n> q\n");
    let texts: Vec<&str> = read.body.blocks.iter().map(|block| read.at(&block.span)).collect();
    assert_eq!(texts, ["## A {#a}", "- one\n  two", ":::note\nx\n:::", "| a |\n|---|", "[^n]: N", "> q"]);
    let BlockBody::List { items, .. } = &read.body.blocks[1].body else { panic!("a list") };
    assert_eq!(read.at(&items[0].blocks[0].span), "one\n  two");
}

#[test]
fn links_know_where_their_address_stands() {
    for (written, places) in [
        ("[a](b.md)", vec!["b.md"]),
        ("[](b.md)", vec!["b.md"]),
        ("[a `](` b]( <b c.md> 'T' )", vec!["b c.md"]),
        ("[a\n  b](c(d)e.md\n \"T\")", vec!["c(d)e.md"]),
        ("[a](b\\)c.md)", vec!["b\\)c.md"]),
        ("![i *j* k](x.png)", vec!["x.png"]),
        ("[![i](x.png) z](y.md)", vec!["y.md", "x.png"]),
        ("[a][r]\n\n[r]: <b.md> 'T'\n", vec!["b.md"]),
        ("[a\\]: z][]\n\n[a\\]: z]:\n   b.md\n", vec!["b.md"]),
        ("<https://x.org/a>", vec!["https://x.org/a"]),
        ("<a@b.org>", vec!["a@b.org"]),
        ("> [a](b\n> 'T')", vec!["b"]),
        ("é [ü](ö.md)", vec!["ö.md"]),
    ] {
        let read = read(written);
        let found: Vec<&str> = read.body.links.iter().map(|link| read.at(&link.span)).collect();
        assert_eq!(found, places, "{written}");
    }
}

#[test]
fn addresses_are_kept_as_typed_but_for_markdowns_escapes() {
    let read = read("[a](b%20c.md?x=1&amp;y#z\\_) ![p](<x y.png>) <mail@example.org>");
    let found: Vec<_> = read.body.links.iter().map(|link| (link.value.address.as_str(), link.value.role)).collect();
    assert_eq!(
        found,
        [
            ("b%20c.md?x=1&y#z_", LinkRole::Link),
            ("x y.png", LinkRole::Image),
            ("mailto:mail@example.org", LinkRole::Link)
        ]
    );
}

#[test]
fn what_stands_in_a_block_for_one_audience_says_so() {
    let read = read("[a](a.md)\n:::clinician\n## H\n[b](b.md)\n:::instructor\n[c](c.md)\n:::\n:::\n[d](d.md)\n");
    let within: Vec<usize> = read.body.links.iter().map(|link| link.value.within.len()).collect();
    assert_eq!(within, [0, 1, 2, 0]);
    assert_eq!(read.body.links[2].value.within, [Audience::Clinician, Audience::Instructor]);
    assert_eq!(read.body.headings[0].within, [Audience::Clinician]);
}

#[test]
fn headings_and_anchors_are_listed() {
    let read = read("## A `b` &amp; *c*\n\nDose {#d}\n---\n\n:::note {#n}\n### Dose\n:::\n");
    let headings: Vec<_> =
        read.body.headings.iter().map(|h| (h.level, h.id.as_str(), h.text.as_str(), read.at(&h.span))).collect();
    assert_eq!(
        headings,
        [
            (2, "a-b-c", "A b & c", "## A `b` &amp; *c*"),
            (2, "d", "Dose", "Dose {#d}\n---"),
            (3, "dose", "Dose", "### Dose")
        ]
    );
    let anchors: Vec<_> = read.body.anchors.iter().map(|anchor| (anchor.id.as_str(), read.at(&anchor.span))).collect();
    assert_eq!(anchors, [("a-b-c", "## A `b` &amp; *c*"), ("d", "d"), ("n", "n"), ("dose", "### Dose")]);
}

#[test]
fn an_anchor_given_twice_names_both_places() {
    let read = read("## A {#x}\n\n:::note {#x}\nB\n:::\n");
    assert_eq!(read.faults(), [("anchor-duplicate", "the anchor `x` is given twice on this page", "x")]);
    assert_eq!(read.faults[0].at.span.start, OFFSET + 21);
    assert_eq!(read.faults[0].related[0].0.span.start, OFFSET + 7);
}

#[test]
fn faults_of_directives_are_reported_where_they_are() {
    for (written, expected) in [
        (":::nte\nx\n:::", vec![("directive-unknown", "there is no directive `nte`", "nte")]),
        (":::note\nx", vec![("directive-unclosed", "`:::note` is never closed", ":::note")]),
        ("x\n\n:::", vec![("directive-attribute", "this fence closes nothing", ":::")]),
        (
            "- :::note\n  x\n\n:::\ny",
            vec![(
                "directive-unclosed",
                "`:::note` is opened within a list or a quotation and not closed there",
                ":::note",
            )],
        ),
        (
            ":::note\n- x\n  :::\n\ny",
            vec![(
                "directive-attribute",
                "`:::note` cannot be closed within a list or a quotation that stands inside it",
                ":::",
            )],
        ),
        (
            "words\n     :::note\nmore",
            vec![("directive-attribute", "this fence stands too far from the left edge to be one", ":::note")],
        ),
        (
            ":::figure\nx\n:::",
            vec![("directive-attribute", "a figure is exactly one picture and then its caption", ":::figure")],
        ),
        (
            ":::figure\n![a](a.svg)\n\n![b](b.svg)\n:::",
            vec![("directive-attribute", "a figure is exactly one picture and then its caption", ":::figure")],
        ),
        (
            ":::figure\n![a](a.svg) beside it\n\nCaption\n:::",
            vec![("directive-attribute", "a figure is exactly one picture and then its caption", ":::figure")],
        ),
        // That it has no caption is for a rule to say, which may be waived.
        (":::figure\n![a](a.svg)\n:::", vec![]),
        ("## A {.b}", vec![("directive-attribute", "a heading takes an anchor and nothing else in its braces", ".b")]),
    ] {
        assert_eq!(read(written).faults(), expected, "{written}");
    }
}

#[test]
fn what_an_unknown_directive_holds_is_read_all_the_same() {
    assert_eq!(read(":::nte\na\n:::tip\nb\n:::\n:::\nc").shown(), "p[a] :tip(p[b]) p[c]");
}

#[test]
fn html_is_refused_unless_the_site_allows_it() {
    let written = "a <b>c</b> d\n\n<div onclick='x'>\n:::note\n</div>\n\n<!-- secret -->\n\n\\<b> `<i>` a < b";
    let read = read(written);
    assert_eq!(
        read.faults(),
        [
            ("raw-html", "HTML such as `<b>` cannot stand in a page", "<b>"),
            ("raw-html", "HTML such as `<div onclick='x'>` cannot stand in a page", "<div onclick='x'>"),
            ("raw-html", "HTML comments cannot stand in a page, since they would be published", "<!-- secret -->"),
        ]
    );
    assert_eq!(read.shown(), "p[a c d] p[<b> <code <i>> a < b]");
    let (mut config, _) = crate::parse::config::config(&crate::source::Sources::default());
    config.markdown.allow_html = true;
    let read = read_with(&config, written);
    assert_eq!(read.faults(), []);
    assert_eq!(
        read.shown(),
        "p[a <html <b>>c<html </b>> d] html\"<div onclick='x'>\\n:::note\\n</div>\\n\" html\"<!-- secret -->\\n\" \
         p[<b> <code <i>> a < b]"
    );
}

#[test]
fn a_footnote_within_a_directive_stays_there() {
    assert_eq!(read(":::clinician\nA[^1]\n\n[^1]: Secret\n:::\n").shown(), ":clinician(p[A<fn 1>] note-1(p[Secret]))");
}

/// Inputs that ruin parsers, each repeated many times: none may panic, overflow the stack or take more than linear time.
#[test]
fn hostile_repetition_is_harmless() {
    const TIMES: usize = 5_000;
    let repeated = |piece: &str| piece.repeat(TIMES);
    let mut inputs: Vec<String> = [
        "[",
        "[a](<b",
        "*a_ ",
        "[^\n",
        "<!-- <",
        "a <![CDATA[",
        "> ",
        "- ",
        "$a $",
        "*a **a ",
        "![a",
        "[a](",
        ":::note\n",
        "- :::note\n",
        ":::\n",
        "> :::note\n",
        "1. ",
        "`",
        "~~a ",
        "\\",
        "&",
        "{#a} ",
        "## a {#b}\n",
        "[@a; ",
        "a\n: b\n",
        ":::{",
        "- a\n  ",
        "[^a]: ",
    ]
    .map(repeated)
    .into();
    inputs.push(format!("{}\n{}\n", "|a".repeat(TIMES), "|-".repeat(TIMES)));
    inputs.push(format!("{}x{}", "[".repeat(TIMES), "](y)".repeat(TIMES)));
    inputs.push(format!("{}x{}", "*a **".repeat(TIMES), "** *".repeat(TIMES)));
    inputs.push((0..60).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect());
    for input in inputs {
        let start = Instant::now();
        let read = read(&input);
        let shallow = read.shown().len() < 50 * input.len() + 1000;
        assert!(shallow && start.elapsed().as_secs() < 5, "{:?}… took {:?}", &input[..10], start.elapsed());
    }
}

#[test]
fn nesting_past_the_limit_is_reported_once() {
    let read = read(&format!("{}a\n\nb", "> ".repeat(100)));
    let [fault] = &read.faults[..] else { panic!("one fault") };
    assert_eq!((fault.rule, fault.at.span.start), ("nesting-too-deep", OFFSET + 126));
    assert!(read.shown().ends_with(" p[b]"));
    let deep = format!("{}{}x", ":::note\n".repeat(100), ":::\n".repeat(100));
    let rules: Vec<_> = super::tests::read(&deep).faults.iter().map(|fault| fault.rule).collect();
    assert_eq!(rules, ["nesting-too-deep"]);
}

#[test]
fn plain_text_of_a_heading_reads_as_words() {
    let read = read("## One\ntwo\n\n## [a](b) `c`");
    let BlockBody::Heading { inlines, .. } = &read.body.blocks[2].body else { panic!("a heading") };
    assert_eq!(plain_text(inlines), "a c");
}

#[test]
fn words_that_stand_in_the_file_are_a_piece_of_it() {
    let file = ArcStr::from("One *two* [@k1] three &amp; four\nfive \\* six");
    let (config, _) = crate::parse::config::config(&crate::source::Sources::default());
    let path = SitePath::new("content/a.md");
    let known = |key: &str| key == "k1";
    let context = Context { path: &path, file: &file, config: &config, known: &known, offset: 0 };
    let body = body(&file, context, Vec::new(), &mut Vec::new());
    let BlockBody::Paragraph(inlines) = &body.blocks[0].body else { panic!("a paragraph") };
    let words = inlines
        .iter()
        .flat_map(|one| if one.children().is_empty() { std::slice::from_ref(one) } else { one.children() });
    let texts: Vec<_> = words
        .filter_map(|one| match one {
            Inline::Text(text) => Some((text.as_str(), ArcStr::ptr_eq(text.parent(), &file))),
            _ => None,
        })
        .collect();
    assert_eq!(texts, [("One ", true), ("two", true), (" ", true), (" three & four", false), ("five * six", false)]);
}

/// Citations: `k…` are known keys here.
#[test]
fn citations_are_found_in_running_text_and_nowhere_else() {
    for (written, shown, places) in [
        ("A [see @k1, pp. 3-5; @k2] b.", "p[A <cite0> b.]", vec!["[see @k1, pp. 3-5; @k2]"]),
        ("As @k1 [p. 3] says, [-@k2].", "p[As <cite0> says, <cite1>.]", vec!["@k1 [p. 3]", "[-@k2]"]),
        ("[@k1][@k2]", "p[<cite0><cite1>]", vec!["[@k1]", "[@k2]"]),
        ("A [see @k1;\n@k2] b\nc", "p[A <cite0> b⏎c]", vec!["[see @k1;\n@k2]"]),
        ("> A [@k1;\n> @k2]", "quote(p[A <cite0>])", vec!["[@k1;\n> @k2]"]),
        ("x@k1.com `[@k1]` \\@k1 \\[@k1\\] &#64;k1", "p[x@k1.com <code [@k1]> @k1 [<cite0>] @k1]", vec!["@k1"]),
        ("*As @k1* says", "p[<em As <cite0>> says]", vec!["@k1"]),
        ("- a [@k1]\n- b", "ul(p[a <cite0>])(p[b])", vec!["[@k1]"]),
        ("| a [@k1] |\n|---|\n| @k2 |", "table<[a <cite0> / <cite1>]", vec!["[@k1]", "@k2"]),
        ("## H [@k1] {#h}", "h2#h[H <cite0>]", vec!["[@k1]"]),
        ("![alt @k1](x.svg)", "p[<img0 alt @k1>]", vec![]),
        ("é &amp; [@k1]", "p[é & <cite0>]", vec!["[@k1]"]),
    ] {
        let read = read(written);
        assert_eq!((read.shown().as_str(), read.faults()), (shown, vec![]), "{written}");
        let found: Vec<&str> = read.body.citations.iter().map(|citation| read.at(&citation.span)).collect();
        assert_eq!(found, places, "{written}");
        for item in read.body.citations.iter().flat_map(|citation| &citation.value.items) {
            assert_eq!(read.at(&item.key_span).trim_start_matches('@'), item.key, "{written}");
        }
    }
}

#[test]
fn a_citation_knows_the_audience_of_its_block() {
    let read = read("[@k1]\n:::clinician\n[@k2]\n:::\n");
    let within: Vec<_> = read.body.citations.iter().map(|citation| citation.value.within.clone()).collect();
    assert_eq!(within, [vec![], vec![Audience::Clinician]]);
}

#[test]
fn a_link_wins_over_a_citation_and_says_so() {
    let read = read("[@k1](a.md) and [x@k1.com](b.md)");
    assert_eq!(read.shown(), "p[<a0 @k1> and <a1 x@k1.com>]");
    assert_eq!(read.faults(), [("citation-in-link", "a link's text cannot cite: this is shown as it is typed", "@k1")]);
    assert_eq!(read.faults[0].severity, crate::diagnostic::Severity::Warning);
}
