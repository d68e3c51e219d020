//! Words that speak to readers.
//!
//! Where a word may mean somebody else as well (`Sie`, `su`, `Lei`), it counts: a text that speaks to nobody has none of them.

use super::Language;

/// Whether a word, given as it is written and in lower case, speaks to whoever reads.
pub fn is_you(written: &str, lower: &str, language: Language) -> bool {
    match language {
        Language::English => ENGLISH.contains(&lower.split('\'').next().unwrap_or_default()),
        Language::French => FRENCH.contains(&lower) || lower.starts_with("t'"),
        Language::German => {
            GERMAN.contains(&lower)
                || GERMAN_POLITE.contains(&written)
                || lower.starts_with("dein")
                || lower.starts_with("euer")
        }
        Language::Italian => ITALIAN.contains(&lower) || ITALIAN_POLITE.contains(&written),
        Language::Spanish => SPANISH.contains(&lower),
    }
}

const ENGLISH: [&str; 5] = ["you", "your", "yours", "yourself", "yourselves"];
const FRENCH: [&str; 10] = ["tu", "te", "toi", "ton", "ta", "tes", "vous", "votre", "vos", "vôtre"];
const GERMAN: [&str; 7] = ["du", "dich", "dir", "euch", "eure", "euren", "eurer"];
const GERMAN_POLITE: [&str; 8] = ["Sie", "Ihnen", "Ihr", "Ihre", "Ihrem", "Ihren", "Ihrer", "Ihres"];
const ITALIAN: [&str; 12] = ["tu", "ti", "te", "tuo", "tua", "tuoi", "tue", "voi", "vi", "vostro", "vostra", "vostri"];
const ITALIAN_POLITE: [&str; 5] = ["Lei", "Suo", "Sua", "Suoi", "Sue"];
const SPANISH: [&str; 19] = [
    "tú", "tu", "tus", "te", "ti", "contigo", "tuyo", "tuya", "usted", "ustedes", "vosotros", "vosotras", "vuestro",
    "vuestra", "os", "su", "sus", "le", "les",
];
