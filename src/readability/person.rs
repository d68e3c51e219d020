//! Words that speak to readers, or for them.
//!
//! Where a word may mean somebody else as well (`Sie`, `su`, `Lei`), it counts: a text that speaks to nobody has none of them.

use super::Language;

/// Whom a word speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Person {
    /// Of whoever writes, or fills in what has been written for them.
    First,
    /// Of whoever reads.
    Second,
}

impl Person {
    /// Whom a word speaks of, given as it is written and in lower case.
    pub(super) fn of(written: &str, lower: &str, language: Language) -> Option<Self> {
        let stem = match language {
            // `you'll`, `I'm`.
            Language::English => lower.split('\'').next().unwrap_or_default(),
            _ => lower,
        };
        let (first, second, capital): (&[&str], &[&str], &[&str]) = match language {
            Language::English => (&["i", "me", "my", "mine", "myself"], &YOU_ENGLISH, &[]),
            Language::French => (&["je", "me", "moi", "mon", "ma", "mes"], &YOU_FRENCH, &[]),
            Language::German => (&["ich", "mich", "mir"], &YOU_GERMAN, &YOU_GERMAN_POLITE),
            Language::Italian => (&["io", "mi", "me", "mio", "mia", "miei", "mie"], &YOU_ITALIAN, &YOU_ITALIAN_POLITE),
            Language::Spanish => (&["yo", "me", "mí", "mi", "mis", "conmigo"], &YOU_SPANISH, &[]),
        };
        let elided = |letters: &str| language == Language::French && stem.starts_with(letters);
        let mine = language == Language::German && stem.starts_with("mein");
        let yours = language == Language::German && (stem.starts_with("dein") || stem.starts_with("euer"));
        if second.contains(&stem) || capital.contains(&written) || elided("t'") || yours {
            Some(Person::Second)
        } else if first.contains(&stem) || elided("j'") || elided("m'") || mine {
            Some(Person::First)
        } else {
            None
        }
    }
}

const YOU_ENGLISH: [&str; 5] = ["you", "your", "yours", "yourself", "yourselves"];
const YOU_FRENCH: [&str; 10] = ["tu", "te", "toi", "ton", "ta", "tes", "vous", "votre", "vos", "vôtre"];
const YOU_GERMAN: [&str; 7] = ["du", "dich", "dir", "euch", "eure", "euren", "eurer"];
const YOU_GERMAN_POLITE: [&str; 8] = ["Sie", "Ihnen", "Ihr", "Ihre", "Ihrem", "Ihren", "Ihrer", "Ihres"];
const YOU_ITALIAN: [&str; 12] =
    ["tu", "ti", "te", "tuo", "tua", "tuoi", "tue", "voi", "vi", "vostro", "vostra", "vostri"];
const YOU_ITALIAN_POLITE: [&str; 5] = ["Lei", "Suo", "Sua", "Suoi", "Sue"];
const YOU_SPANISH: [&str; 19] = [
    "tú", "tu", "tus", "te", "ti", "contigo", "tuyo", "tuya", "usted", "ustedes", "vosotros", "vosotras", "vuestro",
    "vuestra", "os", "su", "sus", "le", "les",
];
