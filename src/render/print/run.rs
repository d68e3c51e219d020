//! Running text as the theme's Typst files get it.

use serde::Serialize;

/// Running text on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Run {
    /// Words.
    Text {
        /// They.
        text: String,
    },
    /// Emphasis.
    Emphasis {
        /// The words.
        inlines: Vec<Run>,
    },
    /// Strong emphasis.
    Strong {
        /// The words.
        inlines: Vec<Run>,
    },
    /// Struck out.
    Struck {
        /// The words.
        inlines: Vec<Run>,
    },
    /// Above the line.
    Raised {
        /// The words.
        inlines: Vec<Run>,
    },
    /// Below the line.
    Lowered {
        /// The words.
        inlines: Vec<Run>,
    },
    /// Small capitals.
    SmallCaps {
        /// The words.
        inlines: Vec<Run>,
    },
    /// Code.
    Code {
        /// As typed.
        text: String,
    },
    /// A link.
    Link {
        /// Where on the web it leads.
        address: Option<String>,
        /// Where on the sheet it leads.
        anchor: Option<String>,
        /// What a reader of paper needs besides the words.
        beside: Option<String>,
        /// The words.
        inlines: Vec<Run>,
    },
    /// A footnote's mark.
    Mark {
        /// Its number.
        number: usize,
    },
    /// A picture.
    Picture {
        /// Its virtual file.
        file: String,
        /// What to say to those who cannot see it; empty for decoration.
        alt: String,
    },
    /// A line end that readers see.
    Break,
}

/// The words of running text; a picture says what it shows.
pub fn words(runs: &[Run]) -> String {
    let mut words = String::new();
    for run in runs {
        match run {
            Run::Text { text } | Run::Code { text } => words.push_str(text),
            Run::Emphasis { inlines }
            | Run::Strong { inlines }
            | Run::Struck { inlines }
            | Run::Raised { inlines }
            | Run::Lowered { inlines }
            | Run::SmallCaps { inlines }
            | Run::Link { inlines, .. } => words.push_str(&self::words(inlines)),
            Run::Picture { alt, .. } => words.push_str(alt),
            Run::Mark { .. } => {}
            Run::Break => words.push(' '),
        }
    }
    words
}

/// A link out of the site: what follows the scheme is printed, unless the words say it already.
pub(super) fn on_the_web(web: &str, words: &str) -> (Option<String>, Option<String>, Option<String>) {
    let (scheme, rest) = web.split_once(':').unwrap_or((web, ""));
    if !["http", "https", "mailto", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return (None, None, None);
    }
    let shown = rest.trim_start_matches('/').trim_end_matches('/');
    let folded = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let said = folded(words).contains(&folded(shown));
    (Some(web.to_owned()), None, (!said).then(|| shown.to_owned()))
}

/// Adds words, to those before them where there are any.
pub(super) fn push_text(words: &str, runs: &mut Vec<Run>) {
    match runs.last_mut() {
        Some(Run::Text { text }) => text.push_str(words),
        _ if words.is_empty() => {}
        _ => runs.push(Run::Text { text: words.to_owned() }),
    }
}
