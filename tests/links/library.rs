//! A library of a thousand pages whose links are all right.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const CONFIG: &str = r#"title = "Clinic"
language = "en"

[organisation]
phone = "111"

[checks]
document-control-incomplete = "off"
feedback-missing = "off"
funding-missing = "off"
organisation-missing = "off"
reviewer-missing = "off"
page-orphan = "off"
"#;

pub const PICTURE: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"><circle cx="4" cy="4" r="4"/></svg>
"#;

/// How many pages there are, and how many in a folder.
pub const PAGES: usize = 1000;
const IN_FOLDER: usize = 50;

/// The project's files: text by path.
#[derive(Default)]
pub struct Library {
    files: BTreeMap<String, String>,
}

impl Library {
    /// A thousand pages with five links each, and what would mislead a hasty reader: links that are none.
    pub fn of_a_thousand_pages() -> Self {
        let mut library = Self::default();
        library.add("site-config.toml", CONFIG);
        library.add("content/pictures/circle.svg", PICTURE);
        library.add("content/index.md", &page("Home", "## Welcome\n\nGood to see you.\n"));
        library.add("content/shelf/index.md", &page("Shelf", "## On the shelf\n\nLook around.\n"));
        for number in 0..PAGES {
            let name = format!("Page {number}");
            library.add(&format!("content/{}", path(number)), &page(&name, &body(number)));
        }
        library
    }

    /// Adds a file; there must be none of that name.
    pub fn add(&mut self, path: &str, text: &str) {
        let before = self.files.insert(path.to_owned(), text.to_owned());
        assert!(before.is_none(), "{path} is there twice");
    }

    /// Adds lines to a file, after an empty one. Gives the number of the first.
    pub fn append(&mut self, path: &str, lines: &str) -> usize {
        let text = self.files.get_mut(path).unwrap();
        text.push('\n');
        let first = text.lines().count() + 1;
        text.push_str(lines);
        text.push('\n');
        first
    }

    /// What is in a file.
    pub fn text(&self, path: &str) -> &str {
        &self.files[path]
    }

    /// Writes all files below a folder.
    pub fn write_to(&self, root: &Path) {
        for (path, text) in &self.files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
}

/// The source of a page, below `content/`.
pub fn path(number: usize) -> String {
    format!("part-{:02}/page-{number:03}.md", number % PAGES / IN_FOLDER)
}

/// A general page.
pub fn page(title: &str, body: &str) -> String {
    format!("+++\nkind = \"page\"\ntitle = \"{title}\"\n+++\n\n{body}")
}

/// A session guide with pages to bring along; the first of them stands on line 6.
pub fn guide(id: &str, materials: &[&str]) -> String {
    let materials: String = materials.iter().map(|address| format!("  \"{address}\",\n")).collect();
    format!(
        "\
+++
kind = \"session-guide\"
id = \"{id}\"
title = \"Guide {id}\"
materials = [
{materials}]
sessions = [1]
minutes = 50
goals = [\"Agree on the focus\"]
+++

## What helps

:::steps
1. Talk.
:::

:::safety
Ask whether the person is safe.
:::
"
    )
}

fn body(number: usize) -> String {
    let other = |step: usize| format!("../{}", path((number + step) % PAGES));
    format!(
        "\
Read [one]({}), [two]({}#what-helps) and [three](<{}#what-helps-1> \"Third\").[^a]

## What helps

- Look [here](#next), or write to [us](mailto:help@clinic.example), or ring [111](tel:111).
- See [the NHS](https://www.nhs.uk/#gone) or <https://www.who.int/gone.md>.

## What helps

| Sign | Step |
|---|---|
| Low mood | [four]({}#next) |

![A circle](../pictures/circle.svg)

## Next steps {{#next}}

None of these is a link: `[a](gone.md)`, \\[b](gone.md), [c] or (gone.md), [d] [gone], #gone.

```markdown
## In code {{#in-code}}

[e](gone.md#gone)
```

[^a]: See [five]({}).
",
        other(1),
        other(17),
        other(170),
        other(333),
        other(501),
    )
}
