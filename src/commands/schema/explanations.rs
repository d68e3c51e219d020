//! What keys are for, in the words of a file that explains them to people: `site-config.toml`, or the one beside this.

/// What is said about each key and group of a file of TOML with comments.
#[derive(Debug, Default)]
pub(super) struct Explanations(Vec<(Vec<String>, String)>);

impl Explanations {
    /// Reads the comments. One above a key or a header explains it; in one above a header, `name: what it is.` explains a key
    /// of the group. A key may be switched off, by a `#` in front of it.
    pub(super) fn of(text: &str) -> Self {
        let mut known = Self::default();
        let (mut group, mut comment): (Vec<String>, Vec<&str>) = (Vec::new(), Vec::new());
        for line in text.lines() {
            let bare = line.strip_prefix("# ").unwrap_or(line);
            if let Some(header) = bare.strip_prefix('[').and_then(|rest| rest.trim_end().strip_suffix(']')) {
                group = header.trim_matches(['[', ']']).split('.').map(str::to_owned).collect();
                known.add_group(&group, &comment.join(" "));
                comment.clear();
            } else if let Some((key, _)) = bare.split_once('=').filter(|(key, _)| is_key(key.trim())) {
                known.add(&group, Some(key.trim()), &comment.join(" "));
                comment.clear();
            } else if let Some(words) = line.strip_prefix('#') {
                comment.push(words.trim());
            } else {
                comment.clear();
            }
        }
        known
    }

    /// What is said about a key, named with the groups it stands in; `*` is any name. Groups with names of the author's own
    /// are explained where the first of them is.
    pub(super) fn about(&self, path: &[&str]) -> Option<&str> {
        let about = |path: &[&str]| {
            let is_meant = |known: &[String]| {
                known.len() == path.len()
                    && known.iter().zip(path).all(|(known, asked)| *asked == "*" || known == asked)
            };
            self.0.iter().find(|(known, _)| is_meant(known)).map(|(_, words)| words.as_str())
        };
        about(path).or_else(|| about(&[path, &["*"]].concat()))
    }

    fn add(&mut self, group: &[String], key: Option<&str>, words: &str) {
        let path: Vec<String> = group.iter().cloned().chain(key.map(str::to_owned)).collect();
        if !words.is_empty() && self.0.iter().all(|(known, _)| *known != path) {
            self.0.push((path, words.to_owned()));
        }
    }

    /// Takes the words above a header apart, at sentences that begin with the name of a key.
    fn add_group(&mut self, group: &[String], words: &str) {
        let mut key = None;
        let mut said: Vec<&str> = Vec::new();
        for word in words.split(' ') {
            let begins = said.last().map_or(key.is_none(), |last| last.ends_with('.'));
            match word.strip_suffix(':').filter(|name| begins && is_key(name)) {
                Some(name) => {
                    self.add(group, key, &said.join(" "));
                    key = Some(name);
                    said.clear();
                }
                None => said.push(word),
            }
        }
        self.add(group, key, &said.join(" "));
    }
}

fn is_key(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_explain_the_key_or_the_group_below_them() {
        let text = "# About this file.\n\n# Its name.\n# On one line.\ntitle = 1\n# Off.\n# base-url = 2\nnothing = 3\n\n\
                    # The lines: in order.\n# name: who: a person, for example x = 1. hours: when.\n[[lines]]\nname = 1\n# hours =\n\
                    # number: no group begins here.\n[lines.more]\n[[lines]]\n# Another.\nname = 2\n\
                    # Each a site. title: its name.\n[editions.one]\n";
        let known = Explanations::of(text);
        for (path, words) in [
            (&["title"][..], Some("Its name. On one line.")),
            (&["base-url"], Some("Off.")),
            (&["nothing"], None),
            (&["lines"], Some("The lines: in order.")),
            (&["lines", "name"], Some("who: a person, for example x = 1.")),
            (&["lines", "hours"], Some("when.")),
            (&["*", "hours"], Some("when.")),
            (&["lines", "more", "number"], Some("no group begins here.")),
            (&["hours"], None),
            (&["editions"], Some("Each a site.")),
            (&["editions", "*", "title"], Some("its name.")),
        ] {
            assert_eq!(known.about(path), words, "{path:?}");
        }
    }
}
