//! What was meant as Markdown and is read as something else.

use super::{page, told};

/// What is found on a page with such a body: rule, text that it points at, message and hint.
fn on_page(body: &str) -> Vec<[String; 4]> {
    told(&[("content/home.md", &page("Home", "", body))])
}

#[track_caller]
fn is_found(body: &str, expected: &[[&str; 4]]) {
    assert_eq!(on_page(body), expected, "{body}");
}

#[test]
fn code_that_never_ends() {
    let (all, around) = ("all text below", "the rest of the list or quotation around it");
    for (body, line, fence, swallowed) in [
        ("A.\n\n```\nB.\n\n## C", "```", "```", all),
        ("````text\nB.\n```", "````text", "````", all),
        ("> ~~~ \n> B.\n\nC.", "~~~", "~~~", around),
        ("- A\n\n  ```\n  B.\n- C", "```", "```", around),
        ("A.\n\n```", "```", "```", all),
        (":::note\n```\nB.\n:::\n\n## C", "```", "```", all),
    ] {
        let message = format!("this block of code is never closed, so that {swallowed} is shown as code");
        let hint = format!(
            "Write {fence} on a line of its own below the last line of the code. If no code is meant, delete this line."
        );
        is_found(body, &[["code-block-unclosed", line, &message, &hint]]);
    }
    for body in
        ["```\nA\n```", "> ```\n> A\n> ````", "1. A\n\n   ~~~ text\n   ```\n   ~~~\n\nB.", "A.\n\n    ```", "```\n```"]
    {
        is_found(body, &[]);
    }
}

#[test]
fn paragraphs_that_are_shown_as_code() {
    let message = "this paragraph is shown as code, because a tab or four spaces stand before it";
    let hint = "Delete the spaces before this line, and before those below that belong to it. For code, write ``` on a line of its own \
                above and below.";
    for body in [
        "\tTake one day at a time (or less).\n\tTalk to her.",
        "A.\n\n- B\n\n        Take one day at a time (or less).",
    ] {
        is_found(body, &[["code-by-accident", "Take one day at a time (or less).", message, hint]]);
    }
    for body in [
        "    psychoed build --root site.",
        "    Run x.\n    let a = b(c);",
        "```\nTake one day at a time.\n```",
        "    One two.",
    ] {
        is_found(body, &[]);
    }
}

#[test]
fn links_that_are_not_read() {
    let space = "Write `[x](<my page.md>)`, or give the file a name without spaces and write that.";
    let picture = "Write `![A bed](<my pic.png> \"B\")`, or give the file a name without spaces and write that.";
    let undefined = "Write the address in round brackets in place of `[g]`, such as `[grief](grief.md)`. Where readers are to see square \
                     brackets, write a backslash before each: `\\[grief\\]\\[g\\]`.";
    let without = "Write the picture's file in round brackets right after it, such as `![A bed](figures/name.svg)`. If no picture is meant, \
                   delete the `!`.";
    for (text, message, hint) in [
        ("[grief] (grief.md)", "link: a space stands between its brackets", "Write `[grief](grief.md)`."),
        ("![A bed] (bed.png)", "picture: a space stands between its brackets", "Write `![A bed](bed.png)`."),
        (
            "(grief)[grief.md#what]",
            "link: the round and the square brackets are the wrong way round",
            "Write `[grief](grief.md#what)`.",
        ),
        ("[grief](grief.md", "link: `)` is missing right after its address", "Write `[grief](grief.md)`."),
        (
            "[NHS](https://www.nhs.uk/a",
            "link: `)` is missing right after its address",
            "Write `[NHS](https://www.nhs.uk/a)`.",
        ),
        ("[x](my page.md)", "link: its address holds a space", space),
        ("![A bed](my pic.png \"B\")", "picture: its address holds a space", picture),
        ("[x](#What helps)", "link: its address holds a space", "Write `[x](#what-helps)`."),
        ("[us](tel: 0 1)", "link: its address holds a space", "Write `[us](tel:01)`."),
        ("[grief][g]", "link: no line says which address `[g]` stands for", undefined),
        ("![A bed]", "picture: no file is named after it", without),
    ] {
        let message = format!("this is not read as a {message}");
        for body in [format!("Read {text} now (or later)."), format!("- {text}"), format!("| A |\n|---|\n| {text} |")] {
            is_found(&body, &[["link-not-read", text, &message, hint]]);
        }
    }
    is_found(
        "[grief\nand loss] (grief.md)",
        &[[
            "link-not-read",
            "[grief\nand loss] (grief.md)",
            "this is not read as a link: a space stands between its brackets",
            "Write `[grief and loss](grief.md)`.",
        ]],
    );
    is_found(
        "Read [**grief**] (grief.md).",
        &[[
            "link-not-read",
            "] (grief.md)",
            "this is not read as a link: a space stands between its brackets",
            "Write `[…](grief.md)`.",
        ]],
    );
}

#[test]
fn brackets_that_are_no_links() {
    for body in [
        "`[grief] (grief.md)` and ``![A bed]``.",
        "\\[grief] (grief.md) and [grief\\] (grief.md) and \\![A bed] and [grief]\\[g] and [grief] \\(grief.md)",
        "He said [sic] (p. 3), [your name], [x] (e.g. this one), [a](word after word), f[x](a, b) and (see)[below].",
        "    [grief] (grief.md)",
        "```\n[grief][g]\n```",
        "- [ ] (optional) a task\n- [x] done",
        "Wow![A bed] and ![] and []() [] [",
        "[grief][g]\n\n[g]: https://www.nhs.uk",
    ] {
        let found = on_page(body);
        assert!(found.iter().all(|[rule, ..]| rule != "link-not-read"), "{body}: {found:?}");
    }
}

#[test]
fn many_brackets_are_read_quickly() {
    let body = "[a] (".repeat(20_000) + &"\\]".repeat(20_000) + &")[a.md]".repeat(20_000);
    assert!(on_page(&body).len() > 1);
}

#[test]
fn text_that_is_not_shown() {
    let hint = "Give the table another column, with a cell more in its first row and in the row of dashes. Where a `|` belongs to the \
                text, write `\\|`.";
    is_found(
        "| A | B |\n|---|---|\n| 1 | 2 | **3** | 4 |\n| 5 | 6 |  |\n| 7 |\n8 | 9 | 10",
        &[
            [
                "table-cells-too-many",
                "**3** | 4",
                "this is not shown: the row has more cells than the 2 columns of its table",
                hint,
            ],
            [
                "table-cells-too-many",
                "10",
                "this is not shown: the row has more cells than the 2 columns of its table",
                hint,
            ],
        ],
    );
    is_found(
        "A.[^1] B.[^3] `[^4]` \\[^5]\n\n[^1]: One.\n\n[^2]: Two.",
        &[
            [
                "footnote-text-missing",
                "[^3]",
                "the footnote `[^3]` has no text, so that readers see the mark as it was typed",
                "Write its text as a paragraph of its own that begins with `[^3]: `, with an empty line above, or delete the mark.",
            ],
            [
                "footnote-mark-missing",
                "[^2]",
                "this footnote is not shown: no mark `[^2]` leads to it",
                "Write `[^2]` after the words that it belongs to, or delete this paragraph.",
            ],
        ],
    );
}

#[test]
fn headings_that_are_not_read() {
    for (line, why, hint) in [
        (
            "##What helps",
            "this line is not read as a heading: no space stands after the `##`",
            "Write `## What helps`.",
        ),
        ("#What helps", "this line is not read as a heading: no space stands after the `#`", "Write `## What helps`."),
        (
            "####### What helps",
            "this line is not read as a heading: it begins with 7 `#`, and six are the most",
            "Write `## What helps`, or `### What helps` for a part of a section.",
        ),
    ] {
        for body in [line.to_owned(), format!("A.\n\n{line}\n\nB."), format!("A\n{line}\nB."), format!("> {line}")] {
            is_found(&body, &[["heading-malformed", line, why, hint]]);
        }
    }
    for (line, hashes) in [("##", "##"), ("### {#a}", "###")] {
        let hint = format!("Write the heading after the `{hashes}`, or delete the line.");
        is_found(&format!("## A\n\n{line}\n\nB."), &[["heading-malformed", line, "this heading has no words", &hint]]);
    }
    for body in [
        "\\##What helps",
        "`a\n##What helps`",
        "#grief #loss",
        "#MeToo",
        "#IPT is a treatment.",
        "    ##What",
        "## What",
        "#1 of 2",
    ] {
        is_found(body, &[]);
    }
}

#[test]
fn headings_by_accident() {
    for (body, marks) in
        [("Take one day at a time.\n---", "---"), ("A\nB.\n---  \n\nC", "---"), ("> Take one day.\n> -----", "-----")]
    {
        let message = format!("the text above `{marks}` becomes a heading");
        let hint = format!(
            "Write an empty line above `{marks}`. For a heading, write `## ` before its words and delete this line."
        );
        is_found(body, &[["heading-by-accident", marks, &message, &hint]]);
    }
    for body in ["What helps?\n---", "Two\nlines\n---", "## Take one day at a time.\n\nA.\n\n---"] {
        is_found(body, &[]);
    }
}

#[test]
fn tables_that_are_not_read() {
    let without = "this is not read as a table: no row of dashes stands below its first row";
    let below = |dashes: &str| {
        format!("Write `{dashes}` as a line of its own below this one, and leave an empty line above the table.")
    };
    is_found("| A | B |\n| 1 | 2 |", &[["table-not-read", "| A | B |", without, &below("|---|---|")]]);
    is_found(
        "A:\n| A | B \\| C |\n| 1 | 2 | 3",
        &[["table-not-read", "| A | B \\| C |", without, &below("|---|---|")]],
    );
    is_found(
        "| A | B | C |\n|---|---|\n| 1 | 2 | 3 |",
        &[[
            "table-not-read",
            "|---|---|",
            "this is not read as a table: the row of dashes has 2 cells, and the row above it 3 cells",
            "Write `|---|---|---|` in place of this line.",
        ]],
    );
    is_found(
        "|---|---|\n| 1 | 2 |",
        &[[
            "table-not-read",
            "|---|---|",
            "this is not read as a table: nothing stands above its row of dashes",
            "Write a row above this line that says what is in each column, and an empty line above that.",
        ]],
    );
    for body in [
        "| A | B |",
        "| A line\n| of a poem",
        "\\| A | B |\n\\| 1 | 2 |",
        "| A | B |\n|---|---|\n| 1 | 2 |",
        "`a\n| A | B |\n| A | B |`",
    ] {
        is_found(body, &[]);
    }
}

#[test]
fn lists_that_are_not_read() {
    for (body, mark, hint) in [
        ("What helps:\n• A walk\n• A talk", "•", "Begin each of these lines with `- ` in place of `•`."),
        ("– A walk\n– A talk\n– A bath", "–", "Begin each of these lines with `- ` in place of `–`."),
        (
            "-A walk\n-A talk",
            "-",
            "Write a space after the `-` of each of these lines, and an empty line above the first.",
        ),
        (
            "*A walk\n*A talk",
            "*",
            "Write a space after the `*` of each of these lines, and an empty line above the first.",
        ),
        (
            "1)Walk\n2)Talk",
            "1)",
            "Write a space after the `1)` and each number below, and an empty line above the first.",
        ),
        (
            "a) Walk\nb) Talk",
            "a)",
            "Begin each of these lines with `- ` in place of `a)`, or number them: `1. `, `2. `.",
        ),
    ] {
        let message = format!("lines that begin as this one does with `{mark}` are not read as a list");
        is_found(body, &[["list-not-read", mark, &message, hint]]);
    }
    for (body, sign) in [
        ("✓ A walk\n✓ A talk", "✓"),
        ("➢ A walk\n➢ A talk", "➢"),
        ("§\tA walk\n§\tA talk", "§"),
        ("o\tone\no\ttwo", "o"),
    ] {
        let message = format!("lines that begin as this one does with `{sign}` are not read as a list");
        let hint = format!("Begin each of these lines with `- ` in place of `{sign}`.");
        is_found(body, &[["list-not-read", sign, &message, &hint]]);
    }
    for body in ["\u{f0b7}\tA walk\n\u{f0b7}\tA talk", "What helps:\n\n\u{f0b7} A walk"] {
        is_found(
            body,
            &[[
                "list-not-read",
                "\u{f0b7}",
                "lines that begin as this one does with a bullet of Word (U+F0B7) are not read as a list",
                "Begin each of these lines with `- ` in place of a bullet of Word (U+F0B7).",
            ]],
        );
    }
    for body in [
        "✓ I have slept.",
        "§ 1 A law\n§ 2 Another",
        "A.\n• B\nC.",
        "-5 to\n-3 degrees",
        "3.5 and\n2.5",
        "*A walk*\n*A talk*",
        "- A walk\n- A talk",
        "```\n•a\n•b\n```",
        "`a\n-b\n-c`",
        "– Kim",
        "I am\nI was",
    ] {
        is_found(body, &[]);
    }
}

#[test]
fn bullets_of_word_that_cannot_be_printed() {
    let handout = "+++\nkind = \"handout\"\ntitle = \"T\"\nid = \"X-1\"\n+++\n\n\u{f0b7} A walk\n";
    let mut told = told(&[("content/a.md", handout)]);
    told.retain(|[rule, ..]| rule == "glyph-missing");
    assert_eq!(
        told,
        [[
            "glyph-missing",
            "\u{f0b7}",
            "“\u{f0b7}” (U+F0B7) cannot be printed: no font of the sheets has this character",
            "It is a sign of a font that only Word has, mostly a bullet. For the items of a list, begin each line with `- ` in its place; \
             otherwise delete it, or write it in words.",
        ]]
    );
}

#[test]
fn spaces_that_are_not_ordinary_ones() {
    for (space, code) in [("\u{a0}", "00A0"), ("\u{202f}", "202F"), ("\u{2007}", "2007")] {
        for (hashes, meant) in [("#", "##"), ("##", "##"), ("###", "###")] {
            let line = format!("{hashes}{space}What helps");
            let message = format!(
                "this line is not read as a heading: the space after the `{hashes}` is not an ordinary one (U+{code})"
            );
            let hint =
                format!("Delete that space and type it again, on a Mac without the Option key: `{meant} What helps`.");
            is_found(&line, &[["heading-malformed", &line, &message, &hint]]);
        }
        for mark in ["-", "*", "+", "1.", "2)"] {
            let message = format!(
                "lines that begin as this one does with `{mark}` are not read as a list: the space after it is not an ordinary one \
                 (U+{code})"
            );
            let hint = format!(
                "Delete the space after the `{mark}` of each of these lines and type it again, on a Mac without the Option key, and \
                 leave an empty line above the first."
            );
            let item = format!("{mark}{space}A walk");
            is_found(&format!("{item}\n{item}"), &[["list-not-read", mark, &message, &hint]]);
            if !mark.starts_with(|c: char| c.is_ascii_digit()) {
                is_found(&format!("What helps:\n{item}"), &[["list-not-read", mark, &message, &hint]]);
            }
        }
    }
    for body in ["1.\u{a0}January is a day.", "- A\u{a0}walk", "## What\u{a0}helps", "`a\n-\u{a0}b`"] {
        is_found(body, &[]);
    }
}

#[test]
fn blocks_with_too_few_colons() {
    for (line, meant) in [
        (":: note", ":::note"),
        ("::safety", ":::safety"),
        (": : : note", ":::note"),
        (":: write {lines=4}", ":::write {lines=4}"),
    ] {
        let hint = format!("Write `{meant}`, and `:::` on the line that closes the block.");
        let message = "this line opens no block: three colons have to stand side by side at its start";
        for body in ["{}\nTalk.\n::", "A.\n\n{}\nTalk.\n::", "A.\n{}\n\nTalk.\n\n::", "- A\n\n  {}\n  Talk.\n  ::"] {
            is_found(&body.replace("{}", line), &[["directive-unknown", line, message, &hint]]);
        }
    }
    for body in ["A\n: note", "A\n: Words\n: More", "```\n:: note\n```", ":: note that this helps"] {
        is_found(body, &[]);
    }
}

#[test]
fn files_that_are_not_read() {
    let home = page("Home", "", "There is a [diary](a/diary.docx).");
    let offered = page("Offered", "", "[A page to begin with](a/offered.txt).");
    let made_of = page("Made of", "", "A document.");
    let files = [
        ("content/a/diary.docx", ""),
        ("content/a/grief.md.txt", ""),
        ("content/a/loss.markdown", ""),
        ("content/a/plan.docx", ""),
        ("content/a/talk.odt", ""),
        ("content/a/WALK.MD", ""),
        ("content/a/made-of.rtf", ""),
        ("content/a/made-of.md", made_of.as_str()),
        ("content/home.md", home.as_str()),
        ("content/notes.txt", ""),
        ("content/plain.txt", "+++is what a page begins with."),
        ("content/LICENCE", "Free."),
        ("content/a/sleep.txt", "\u{feff}+++\r\nkind = \"page\"\r\n"),
        ("content/a/sorrow", "\n+++\nkind = \"page\"\n"),
        ("content/a/offered.txt", "+++\n"),
        ("content/b.md", offered.as_str()),
    ];
    let paste = |page: &str| {
        format!(
            "Paste its text into a page, `{page}`, and move this file out of the content folder. If readers are to download it, link to it \
             from a page."
        )
    };
    let expected = [
        ("WALK.MD", "Rename the file to `WALK.md`.".to_owned()),
        ("grief.md.txt", "Rename the file to `grief.md`.".to_owned()),
        ("loss.markdown", "Rename the file to `loss.md`.".to_owned()),
        ("plan.docx", paste("plan.md")),
        ("sleep.txt", "Rename the file to `sleep.md`.".to_owned()),
        ("sorrow", "Rename the file to `sorrow.md`.".to_owned()),
        ("talk.odt", paste("talk.md")),
    ];
    let expected = expected.map(|(name, hint)| {
        let message = format!("“{name}” looks like a page and is not read: the files of pages end with `.md`");
        ["file-not-read".to_owned(), String::new(), message, hint]
    });
    assert_eq!(told(&files), expected);
}

#[test]
fn bold_words_that_are_not_read() {
    let message = "these asterisks are shown as they were typed: they make no words bold";
    let hint = "Write `**` right before the first letter of the bold words and right after the last one. For asterisks that readers are \
                to see, write a backslash before each: `\\*`.";
    for body in ["You are **not alone.", "**Note:**breathe", "A ** b c**.", "- *a* **b", "| A |\n|---|\n| **a |"] {
        is_found(body, &[["bold-not-read", "**", message, hint]]);
    }
    for body in [
        "A **b** c and ***d***.",
        "\\**not \\*\\*bold",
        "`**a` and 2**3 and a**b",
        "Two of ten** felt worse, and nine** better.",
        "** See below.",
        "    **a",
    ] {
        is_found(body, &[]);
    }
}

#[test]
fn blocks_without_what_they_are_for() {
    is_found(
        "A.\n\n:::warning\n\n:::",
        &[[
            "directive-empty",
            ":::warning",
            "there is nothing between `:::warning` and the `:::` that closes it",
            "Write the text of the block below this line, or delete both lines.",
        ]],
    );
    is_found(
        ":::steps\nBreathe in.\n:::\n\n> :::checklist\n> **A**\n> :::",
        &[
            [
                "list-missing",
                ":::steps",
                "there is no list in this block of steps",
                "Begin each step on a line of its own with a number: `1. `, `2. `, and so on.",
            ],
            [
                "list-missing",
                ":::checklist",
                "there is no list in this checklist",
                "Begin each item on a line of its own with `- `.",
            ],
        ],
    );
    for body in [
        ":::write\n:::",
        ":::note\nA\n:::",
        ":::clinician\n:::tip\nA\n:::\n:::",
        ":::steps\nFirst:\n\n1. Breathe in.\n:::",
    ] {
        is_found(body, &[]);
    }
}
