#![allow(clippy::disallowed_methods, reason = "hostile input must not take long")]
use super::*;

/// A run as the Markdown parser hands it over: backslash escapes resolved.
fn run(source: &str) -> Run {
    let mut run = Run::default();
    let mut characters = source.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let (at, character) = match characters.peek() {
            Some(&(next, escaped)) if character == '\\' && escaped.is_ascii_punctuation() => {
                characters.next();
                run.escaped.push(run.text.len());
                (next, escaped)
            }
            _ => (at, character),
        };
        run.origins.extend(at..at + character.len_utf8());
        run.text.push(character);
    }
    run.origins.push(source.len());
    run
}

fn known(key: &str) -> bool {
    ["a", "b", "c", "a.b", "doe_2001:x", "https://x.y/z", "é1"].contains(&key)
}

/// Parts one a line: text in quotes; citations by the text their span covers, then each item.
fn show(source: &str) -> String {
    let mut faults = Vec::new();
    let run = run(source);
    let parts = split(&run, &SitePath::new("content/page.md"), &known, &mut faults);
    let mut shown = String::new();
    for part in parts {
        match part {
            Part::Text(within) => shown += &format!("{:?}\n", &run.text[within]),
            Part::Citation(Spanned { value, span }) => {
                let narrative = if value.narrative { " narrative" } else { "" };
                shown += &format!("<{}>{narrative}\n", &source[span]);
                for item in value.items {
                    assert_eq!(source[item.key_span.clone()], item.key);
                    let sign = if item.suppress_author { "-" } else { "" };
                    let locator = item.locator.map(|l| format!(" {}={}", l.label, l.value)).unwrap_or_default();
                    shown += &format!("  {:?} {sign}{}{locator} {:?}\n", item.prefix, item.key, item.suffix);
                }
            }
        }
    }
    for fault in faults {
        let span = &source[fault.at.span.start..fault.at.span.end];
        shown += &format!(
            "{:?}[{}] <{span}> {}\n  {}\n",
            fault.severity,
            fault.rule,
            fault.message,
            fault.hint.unwrap_or_default()
        );
    }
    shown
}

#[track_caller]
fn check(source: &str, expected: &str) {
    let expected: String = expected.lines().map(|line| format!("{}\n", line.trim_start_matches("    |"))).collect();
    assert_eq!(show(source), expected, "for {source}");
}

#[test]
fn two_items_with_affixes_and_locators() {
    check(
        "As shown [see @a, pp. 33-35; also @b, ch. 1], it helps.",
        r#""As shown "
    |<[see @a, pp. 33-35; also @b, ch. 1]>
    |  "see" a page=33-35 ""
    |  "also" b chapter=1 ""
    |", it helps.""#,
    );
}

#[test]
fn narrative_with_a_locator_and_a_second_item() {
    check(
        "@a [p. 3; @b] say",
        r#"<@a [p. 3; @b]> narrative
    |  "" a page=3 ""
    |  "" b ""
    |" say""#,
    );
}

#[test]
fn narrative_followed_by_a_citation() {
    check(
        "@a [see @b; @c]",
        r#"<@a [see @b; @c]> narrative
    |  "" a ""
    |  "see" b ""
    |  "" c """#,
    );
}

#[test]
fn braced_locators_hold_anything() {
    check(
        "[@a, {pp. iv, vi-xi} with suffix]",
        r#"<[@a, {pp. iv, vi-xi} with suffix]>
    |  "" a page=iv, vi-xi "with suffix""#,
    );
    check(
        "[@a, {p. 3; p. 7}; @b{}, 99 years later]",
        r#"<[@a, {p. 3; p. 7}; @b{}, 99 years later]>
    |  "" a page=3; p. 7 ""
    |  "" b ", 99 years later""#,
    );
}

#[test]
fn what_is_left_alone() {
    check("mail x@a.com", r#""mail x@a.com""#);
    check("a literal \\@a", r#""a literal @a""#);
    check("a literal \\[@a\\]", "\"a literal [\"\n<@a> narrative\n  \"\" a \"\"\n\"]\"");
    check("[no key] and @ alone, [@] too", r#""[no key] and @ alone, [@] too""#);
}

#[test]
fn neighbouring_brackets_are_two_citations() {
    check(
        "[@a][@b]",
        r#"<[@a]>
    |  "" a ""
    |<[@b]>
    |  "" b """#,
    );
}

#[test]
fn works_need_a_semicolon_between_them() {
    check(
        "so [@a and @b].",
        r#""so [@a and @b]."
    |Error[citation-malformed] <@b> “@b” follows “@a” without a “;” between them
    |  Separate works with “;”: `[@a; @b]`."#,
    );
}

#[test]
fn every_part_needs_a_key() {
    check(
        "[@a, p. 33; p. 40]",
        r#""[@a, p. 33; p. 40]"
    |Error[citation-malformed] <p. 40> “p. 40” names no work
    |  Each part between “;” needs a key such as `@key`. Within one work write a comma instead of “;”."#,
    );
    check(
        "[@a; ]",
        r#""[@a; ]"
    |Error[citation-malformed] <; > nothing stands after a “;”
    |  Take the “;” out, or write another work, such as `; @key`."#,
    );
}

#[test]
fn an_unknown_key_is_a_citation_only_within_brackets() {
    check(
        "[@unknown] and @clinic",
        r#"<[@unknown]>
    |  "" unknown ""
    |" and @clinic"
    |Warning[citation-bare-unknown] <@clinic> “@clinic” looks like a citation, but no bibliography has a work with this key
    |  If it is a name, write `\@clinic`. If it is a work, add it to the bibliography or mend the key."#,
    );
}

#[test]
fn brackets_that_run_into_markup() {
    check(
        "as [@a, ",
        r#""as ["
    |<@a> narrative
    |  "" a ""
    |", "
    |Error[citation-malformed] <[@a> the bracket before “@a” is not closed by a “]” in the same stretch of text
    |  Write `[@a]` with plain words only between the brackets: no emphasis, links or code. For a bracket that is no citation write `\[` or `\]`."#,
    );
    check(
        " @a]",
        r#"" "
    |<@a> narrative
    |  "" a ""
    |"]"
    |Error[citation-malformed] <@a]> the bracket after “@a” is not opened by a “[” in the same stretch of text
    |  Write `[@a]` with plain words only between the brackets: no emphasis, links or code. For a bracket that is no citation write `\[` or `\]`."#,
    );
    check(
        "[@a](see below)",
        r#""[@a](see below)"
    |Error[citation-malformed] <[@a](> “[@a]” is followed directly by “(”, so it is no citation
    |  Put a space between them: `[@a] (`."#,
    );
}

#[test]
fn keys_end_where_pandoc_ends_them() {
    check(
        "@a.b. and @doe_2001:x, @https://x.y/z; (@é1) [-@{a}'s]",
        r#"<@a.b> narrative
    |  "" a.b ""
    |". and "
    |<@doe_2001:x> narrative
    |  "" doe_2001:x ""
    |", "
    |<@https://x.y/z> narrative
    |  "" https://x.y/z ""
    |"; ("
    |<@é1> narrative
    |  "" é1 ""
    |") "
    |<[-@{a}'s]>
    |  "" -a "'s""#,
    );
}

#[test]
fn suppressed_authors() {
    check(
        "They [-@a, 12] and -@b [§ 4].",
        r#""They "
    |<[-@a, 12]>
    |  "" -a page=12 ""
    |" and "
    |<-@b [§ 4]> narrative
    |  "" -b section=4 ""
    |".""#,
    );
}

#[test]
fn locators() {
    let locator = |suffix: &str| {
        let (locator, rest) = locator::split(suffix);
        locator.map_or(format!("- {rest:?}"), |l| format!("{}={} {rest:?}", l.label, l.value))
    };
    for (suffix, expected) in [
        (", p. 972", "page=972 \"\""),
        (" 33", "page=33 \"\""),
        (", 33-35, 38-39 and passim", "page=33-35, 38-39 \"and passim\""),
        (", pp. xi–xiv", "page=xi–xiv \"\""),
        (", chap. 3", "chapter=3 \"\""),
        (", ch 3", "chapter=3 \"\""),
        (", Sec. 2.1", "section=2.1 \"\""),
        (", §§ 4-5", "section=4-5 \"\""),
        (", ¶ 4", "paragraph=4 \"\""),
        (", para. 3 and 4", "paragraph=3 \"and 4\""),
        (", vols. 2-3", "volume=2-3 \"\""),
        (", fig. 2a", "figure=2a \"\""),
        (", no. 7", "issue=7 \"\""),
        (", p. 34(1)(i)", "page=34(1)(i) \"\""),
        (", p.3", "page=3 \"\""),
        (", 3.", "page=3 \".\""),
        (", table 4, note 2", "table=4 \", note 2\""),
        (" who did it", "- \"who did it\""),
        (", civil", "- \", civil\""),
        (", page", "- \", page\""),
        (" 99 years later", "page=99 \"years later\""),
        (" [p. 3]", "- \"[p. 3]\""),
        ("{p. 3}x", "page=3 \"x\""),
        ("{never closed", "- \"{never closed\""),
    ] {
        assert_eq!(locator(suffix), expected, "for {suffix}");
    }
}

#[test]
fn a_bare_key_with_a_slip_gets_the_nearest() {
    let aliases = [("elkin1989".to_owned(), "elkin".to_owned())].into();
    let bibliography = Bibliography { aliases, ..Bibliography::default() };
    let mut faults = Vec::new();
    split(&run("As @elkn1989 says to @clinic."), &SitePath::new("content/page.md"), &bibliography, &mut faults);
    let hints: Vec<&str> = faults.iter().map(|fault| fault.hint.as_deref().unwrap()).collect();
    assert_eq!(
        hints,
        [
            "If it is a name, write `\\@elkn1989`. If it is a work, did you mean `@elkin1989`?",
            "If it is a name, write `\\@clinic`. If it is a work, add it to the bibliography or mend the key.",
        ]
    );
}

#[test]
fn long_runs_take_time_in_proportion() {
    for piece in ["[", "[@a ", "[@a; ", "@a [", "@a] ", "[@a @b] ", "{", "[@a, {", "-@", "[[@a] "] {
        let source = piece.repeat(20_000);
        let run = run(&source);
        let started = std::time::Instant::now();
        let mut faults = Vec::new();
        split(&run, &SitePath::new("content/page.md"), &known, &mut faults);
        assert!(started.elapsed().as_secs() < 5, "{piece} took {:?}", started.elapsed());
    }
}
