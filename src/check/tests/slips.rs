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
    let message = "this block of code is never closed, so that all text below is shown as code";
    for (body, line, fence) in [
        ("A.\n\n```\nB.\n\n## C", "```", "```"),
        ("````text\nB.\n```", "````text", "````"),
        ("> ~~~ \n> B.", "~~~", "~~~"),
        ("- A\n\n  ```\n  B.", "```", "```"),
        ("A.\n\n```", "```", "```"),
    ] {
        let hint = format!(
            "Write {fence} on a line of its own below the last line of the code. If no code is meant, delete this line."
        );
        is_found(body, &[["code-block-unclosed", line, message, &hint]]);
    }
    for body in
        ["```\nA\n```", "> ```\n> A\n> ````", "1. A\n\n   ~~~ text\n   ```\n   ~~~\n\nB.", "A.\n\n    ```", "```\n```"]
    {
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
        ("[grief][g]", "link: no line says which address `[g]` stands for", undefined),
        ("![A bed]", "picture: no file is named after it", without),
    ] {
        let message = format!("this is not read as a {message}");
        for body in [format!("Read {text} now (or later)."), format!("- {text}"), format!("| A |\n|---|\n| {text} |")] {
            is_found(&body, &[["link-not-read", text, &message, hint]]);
        }
    }
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
