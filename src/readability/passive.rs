//! A guess at the passive voice in English.
//!
//! A form of *be* or *get*, up to two adverbs, and a participle: a word in *-ed*, or one of the irregular participles below. After a
//! verb that opens a question, a pronoun may stand between (`Were you given a date?`).
//!
//! What it gets wrong: participles that describe a state pass for the passive (`the door is closed`) unless they are listed in
//! [`STATES`]; passives without *be* or *get* (`help offered by friends`, `have it checked`), those with other words between
//! (`was, in the end, told`) and those after `'s` (`she's called Ana`) are not seen.

/// What a word may be to the passive voice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    be: bool,
    get: bool,
    pronoun: bool,
    adverb: bool,
    participle: bool,
    /// A participle that tells how somebody comes to be when it follows *get*.
    after_get: bool,
}

impl Part {
    /// What a word in lower case may be.
    pub(super) fn of(word: &str) -> Self {
        Self {
            be: BE.contains(&word) || word.ends_with("'re") || word == "i'm",
            get: GET.contains(&word),
            pronoun: PRONOUNS.contains(&word),
            adverb: is_adverb(word),
            participle: is_participle(word),
            after_get: AFTER_GET.contains(&word),
        }
    }
}

/// Whether a sentence, given as its words, seems to be in the passive voice.
pub(super) fn is_passive(words: impl Iterator<Item = Part> + Clone) -> bool {
    let mut ahead = words;
    let mut first = true;
    while let Some(word) = ahead.next() {
        if word.be || word.get {
            let mut after = ahead.clone().peekable();
            if first && word.be {
                after.next_if(|word| word.pronoun);
            }
            for _ in 0..2 {
                after.next_if(|word| word.adverb);
            }
            let after = after.next().unwrap_or_default();
            if after.participle && !(word.get && after.after_get) {
                return true;
            }
        }
        first = false;
    }
    false
}

fn is_adverb(word: &str) -> bool {
    (word.len() > 3 && word.ends_with("ly")) || ADVERBS.contains(&word)
}

fn is_participle(word: &str) -> bool {
    if STATES.binary_search(&word).is_ok() {
        return false;
    }
    let word = word.rsplit('-').next().unwrap_or_default();
    (word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed"))
        || IRREGULAR.binary_search(&word).is_ok()
        || word == "used"
}

const BE: [&str; 15] = [
    "am", "are", "aren't", "be", "been", "being", "is", "isn't", "was", "wasn't", "were", "weren't", "ain't",
    "they're", "we're",
];
const GET: [&str; 5] = ["get", "gets", "getting", "got", "gotten"];
const PRONOUNS: [&str; 7] = ["he", "i", "it", "she", "they", "we", "you"];
const ADVERBS: [&str; 22] = [
    "all",
    "almost",
    "already",
    "also",
    "always",
    "best",
    "both",
    "even",
    "ever",
    "first",
    "just",
    "long",
    "never",
    "not",
    "now",
    "often",
    "once",
    "so",
    "sometimes",
    "soon",
    "still",
    "well",
];

/// Participles that tell how somebody comes to be when they follow *get*.
const AFTER_GET: [&str; 6] = ["dressed", "involved", "lost", "started", "stuck", "used"];

/// Words in *-ed* and participles that mostly tell how somebody is. In order.
const STATES: [&str; 40] = [
    "aged",
    "alleged",
    "ashamed",
    "bored",
    "concerned",
    "confused",
    "convinced",
    "depressed",
    "determined",
    "disappointed",
    "distressed",
    "divorced",
    "embarrassed",
    "engaged",
    "excited",
    "exhausted",
    "frightened",
    "frustrated",
    "hundred",
    "indeed",
    "interested",
    "married",
    "mixed",
    "naked",
    "overwhelmed",
    "pleased",
    "prepared",
    "related",
    "relaxed",
    "relieved",
    "retired",
    "sacred",
    "satisfied",
    "scared",
    "supposed",
    "surprised",
    "tired",
    "unmarried",
    "worried",
    "wounded",
];

/// Irregular participles of verbs that have a passive; those that look like the past tense included. In order.
const IRREGULAR: [&str; 108] = [
    "awoken",
    "beaten",
    "begun",
    "bent",
    "bitten",
    "blown",
    "born",
    "bought",
    "bound",
    "bred",
    "broken",
    "brought",
    "built",
    "burnt",
    "cast",
    "caught",
    "chosen",
    "cut",
    "dealt",
    "done",
    "drawn",
    "driven",
    "drunk",
    "eaten",
    "fed",
    "felt",
    "flung",
    "forbidden",
    "forecast",
    "foreseen",
    "forgiven",
    "forgotten",
    "fought",
    "found",
    "frozen",
    "given",
    "ground",
    "grown",
    "heard",
    "held",
    "hidden",
    "hit",
    "hung",
    "hurt",
    "kept",
    "known",
    "laid",
    "learnt",
    "led",
    "left",
    "lent",
    "let",
    "lit",
    "lost",
    "made",
    "meant",
    "met",
    "misread",
    "mistaken",
    "misunderstood",
    "mown",
    "overcome",
    "overdone",
    "overheard",
    "overtaken",
    "paid",
    "proven",
    "put",
    "read",
    "rebuilt",
    "redone",
    "rewritten",
    "ridden",
    "rung",
    "said",
    "seen",
    "sent",
    "set",
    "sewn",
    "shaken",
    "shed",
    "shot",
    "shown",
    "shut",
    "sold",
    "sought",
    "spelt",
    "spent",
    "split",
    "spoken",
    "spread",
    "stolen",
    "struck",
    "stuck",
    "sung",
    "swept",
    "sworn",
    "taken",
    "taught",
    "thought",
    "thrown",
    "told",
    "torn",
    "understood",
    "undone",
    "withdrawn",
    "worn",
    "written",
];

#[cfg(test)]
mod tests {
    use super::{IRREGULAR, STATES};

    #[test]
    fn lists_are_in_order() {
        assert!(STATES.is_sorted());
        assert!(IRREGULAR.is_sorted());
    }
}
