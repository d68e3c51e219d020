//! Words that rules look for in texts of every language they know: the one place where they are listed. Rules leave pages alone
//! whose language is not among these. What needs the grammar of one language stands in `readability`, or with its rule.

use crate::readability::Language;
use crate::site::{Page, Site};

/// Words of one language, all in lower case.
pub(super) struct Words {
    /// How a summary is headed; the first is the one to suggest.
    pub(super) summary_headings: &'static [&'static str],
    /// Words right before a telephone number.
    pub(super) dial: &'static [&'static str],
    /// Words between such a word and the number, as in “ring us on”.
    pub(super) dial_on: &'static [&'static str],
    /// Words between two ways to ring, of which the second is a number, as in “ring your doctor or 112”.
    pub(super) or: &'static [&'static str],
    /// Words that lead from one number to the next, besides those.
    pub(super) and: &'static [&'static str],
    /// Words for what is rung, as far as a number after `or` is one, too.
    pub(super) rung: &'static [&'static str],
    /// Words after a number that only counts things.
    pub(super) counted: &'static [&'static str],
}

impl Words {
    /// Those of the language that a page is in, if it is known.
    pub(super) fn of(site: &Site, page: &Page) -> Option<&'static Self> {
        Language::of(site.language(page)).map(Self::in_language)
    }

    fn in_language(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::French => &FRENCH,
            Language::German => &GERMAN,
            Language::Italian => &ITALIAN,
            Language::Spanish => &SPANISH,
        }
    }

    /// Whether a heading is one that stands over a summary, perhaps with more after a colon.
    pub(super) fn heads_summary(&self, heading: &str) -> bool {
        let heading = heading.trim().replace('’', "'").to_lowercase();
        self.summary_headings.iter().any(|known| {
            heading.strip_prefix(known).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == ' '))
        })
    }
}

static ENGLISH: Words = Words {
    summary_headings: &[
        "in short",
        "in brief",
        "in summary",
        "in a nutshell",
        "summary",
        "to sum up",
        "at a glance",
        "key points",
        "key messages",
        "main points",
        "the main points",
        "remember",
        "what to remember",
        "points to remember",
        "things to remember",
        "take-home message",
        "take-home messages",
    ],
    dial: &[
        "call",
        "calling",
        "ring",
        "ringing",
        "phone",
        "phoning",
        "telephone",
        "tel",
        "dial",
        "dialling",
        "dialing",
        "text",
        "texting",
        "sms",
        "helpline",
        "hotline",
        "freephone",
        "mobile",
        "fax",
    ],
    dial_on: &["on", "to", "is", "the", "us", "them", "free", "number"],
    or: &["or"],
    and: &["and"],
    rung: &["crisis", "emergency", "helplines", "hotlines"],
    counted: &[
        "people", "men", "women", "children", "patients", "adults", "friends", "times", "minutes", "hours", "days",
        "weeks", "months", "years", "words", "letters", "texts", "calls", "steps", "miles", "metres", "mg", "ml", "am",
        "pm",
    ],
};

static GERMAN: Words = Words {
    summary_headings: &[
        "kurz gesagt",
        "in kürze",
        "kurz und knapp",
        "zusammenfassung",
        "auf einen blick",
        "das wichtigste",
        "das wichtigste in kürze",
        "merken sie sich",
    ],
    dial: &["tel", "telefon", "telefonnummer", "rufnummer", "anrufen", "wählen", "wählt", "notruf", "fax", "mobil"],
    dial_on: &["unter", "die", "der", "sie", "ist", "nummer"],
    or: &["oder"],
    and: &["und"],
    rung: &["krisentelefon", "krisentelefone", "krisendienst", "krisendienste", "notrufnummern"],
    counted: &[
        "menschen", "personen", "tage", "tagen", "wochen", "jahre", "jahren", "stunden", "minuten", "mg", "ml", "uhr",
    ],
};

static SPANISH: Words = Words {
    summary_headings: &[
        "en resumen",
        "en breve",
        "resumen",
        "puntos clave",
        "lo más importante",
        "para recordar",
        "recuerde",
        "recuerda",
    ],
    dial: &[
        "tel",
        "teléfono",
        "tfno",
        "llame",
        "llama",
        "llamar",
        "llamando",
        "marque",
        "marca",
        "marcar",
        "fax",
        "móvil",
    ],
    dial_on: &["al", "a", "el", "es", "número"],
    or: &["o", "u"],
    and: &["y", "e"],
    rung: &["crisis", "emergencia", "emergencias"],
    counted: &["personas", "días", "semanas", "meses", "años", "horas", "minutos", "mg", "ml"],
};

static FRENCH: Words = Words {
    summary_headings: &[
        "en bref",
        "en résumé",
        "résumé",
        "à retenir",
        "ce qu'il faut retenir",
        "points clés",
        "les points clés",
        "l'essentiel",
    ],
    dial: &["tél", "téléphone", "téléphonez", "appelez", "appeler", "composez", "composer", "fax", "portable"],
    dial_on: &["au", "le", "est", "nous", "numéro"],
    or: &["ou"],
    and: &["et"],
    rung: &["crise", "urgence", "urgences"],
    counted: &["personnes", "jours", "semaines", "mois", "ans", "années", "heures", "minutes", "fois", "mg", "ml"],
};

static ITALIAN: Words = Words {
    summary_headings: &["in breve", "in sintesi", "riassunto", "riepilogo", "punti chiave", "da ricordare", "ricorda"],
    dial: &["tel", "telefono", "telefona", "telefonare", "chiama", "chiami", "chiamare", "componi", "fax", "cellulare"],
    dial_on: &["al", "allo", "il", "lo", "è", "numero"],
    or: &["o", "oppure"],
    and: &["e", "ed"],
    rung: &["crisi", "emergenza", "emergenze"],
    counted: &["persone", "giorni", "settimane", "mesi", "anni", "ore", "minuti", "volte", "mg", "ml"],
};

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The words of a language.
    pub(in crate::check) fn named(tag: &str) -> Option<&'static Words> {
        Language::of(tag).map(Words::in_language)
    }

    #[test]
    fn headings_of_summaries_are_known_with_what_follows_a_colon() {
        let english = named("en").unwrap();
        for heading in ["In short", " in SHORT: three things", "Remember!", "Key points"] {
            assert!(english.heads_summary(heading), "{heading}");
        }
        for heading in ["Remember your tablets", "Summary of studies", "In shorts", "What helps", ""] {
            assert!(!english.heads_summary(heading), "{heading}");
        }
        assert!(named("fr").unwrap().heads_summary("Ce qu’il faut retenir"));
    }

    #[test]
    fn lists_are_in_lower_case() {
        for words in [&ENGLISH, &FRENCH, &GERMAN, &ITALIAN, &SPANISH] {
            let all =
                [words.summary_headings, words.dial, words.dial_on, words.or, words.and, words.rung, words.counted]
                    .concat();
            assert!(all.iter().all(|word| *word == word.to_lowercase() && !word.is_empty()), "{all:?}");
        }
    }
}
