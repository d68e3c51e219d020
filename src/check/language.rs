//! Words that rules look for in texts of every language they know: the one place where they are listed. Rules leave pages alone
//! whose language is not among these. What needs the grammar of one language stands in `readability`, or with its rule.

use crate::readability::Language;
use crate::site::{Page, Site};

/// Words of one language, all in lower case.
pub(super) struct Words {
    /// How a summary is headed; the first is the one to suggest.
    pub(super) summary_headings: &'static [&'static str],
    /// Words right before a telephone number, alone or a few of them: “numero verde”, but not any “verde”.
    pub(super) dial: &'static [&'static str],
    /// Words between such a word and the number, as in “ring us on”.
    pub(super) dial_on: &'static [&'static str],
    /// Words right after a telephone number, as in “die 112 anrufen” or “le 3114 répond”.
    pub(super) dial_after: &'static [&'static str],
    /// Verbs in two parts, between which the number stands: “rufen Sie sofort 112 an”.
    pub(super) dial_around: &'static [(&'static str, &'static str)],
    /// Numbers of two figures that are rung; all others are shorter or longer than anybody would ring.
    pub(super) two_figures: &'static [&'static str],
    /// Words between two ways to ring, of which the second is a number, as in “ring your doctor or 112”.
    pub(super) or: &'static [&'static str],
    /// Words that lead from one number to the next, besides those.
    pub(super) and: &'static [&'static str],
    /// Words for what is rung, as far as a number after `or` is one, too.
    pub(super) rung: &'static [&'static str],
    /// Words after a number that only counts things, or is the day of a month.
    pub(super) counted: &'static [&'static str],
    /// Words right before a number that tells when, or how many.
    pub(super) bounds: &'static [&'static str],
    /// Words for what is measured: “ring us if your pulse is 120”.
    pub(super) measured: &'static [&'static str],
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
            heading.strip_prefix(known).is_some_and(|rest| {
                // The French put a space before such signs.
                let is_closed = rest.trim_start().starts_with([':', '!', '?']);
                is_closed || !rest.starts_with(|c: char| c.is_alphanumeric() || c.is_whitespace())
            })
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
    dial_after: &[],
    dial_around: &[],
    two_figures: &[],
    or: &["or"],
    and: &["and"],
    rung: &["crisis", "emergency", "helplines", "hotlines"],
    counted: &[
        "people", "men", "women", "children", "patients", "adults", "friends", "times", "minutes", "hours", "days",
        "weeks", "months", "years", "words", "letters", "texts", "calls", "steps", "miles", "metres", "mg", "ml", "am",
        "pm",
    ],
    bounds: &[],
    measured: &["pulse", "pressure", "rate", "weight", "score", "temperature"],
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
    dial: &[
        "tel",
        "telefon",
        "telefonnummer",
        "rufnummer",
        "notrufnummer",
        "notfallnummer",
        "anrufen",
        "rufen sie",
        "rufe",
        "ruf",
        "ruft die",
        "nummer lautet",
        "nummer ist",
        "wählen",
        "wähle",
        "wähl",
        "wählt",
        "kontaktieren",
        "notruf",
        "fax",
        "mobil",
        "handy",
        "sms",
        "nachricht an",
        "erreichen uns unter",
        "erreichst uns unter",
        "erreichen sie uns unter",
        "erreichbar unter",
    ],
    dial_on: &["unter", "die", "der", "sie", "uns", "an", "ist", "nummer"],
    dial_after: &[
        "anrufen",
        "anzurufen",
        "anruft",
        "anrufst",
        "wählen",
        "wählt",
        "antwortet",
        "hilft",
        "ist erreichbar",
        "ist rund um die uhr",
        "ist tag und nacht",
    ],
    dial_around: &[("rufen", "an"), ("rufe", "an"), ("ruf", "an"), ("ruft", "an")],
    two_figures: &[],
    or: &["oder"],
    and: &["und"],
    rung: &["krisentelefon", "krisentelefone", "krisendienst", "krisendienste", "notrufnummern"],
    counted: &[
        "menschen",
        "personen",
        "leute",
        "freunde",
        "freunden",
        "tage",
        "tagen",
        "wochen",
        "monate",
        "monaten",
        "jahre",
        "jahren",
        "stunden",
        "minuten",
        "sekunden",
        "mal",
        "schritte",
        "wörter",
        "punkte",
        "meter",
        "kilometer",
        "kalorien",
        "euro",
        "franken",
        "kg",
        "mg",
        "ml",
        "uhr",
    ],
    bounds: &[
        "nach",
        "um",
        "ab",
        "vor",
        "bis",
        "von",
        "in",
        "seit",
        "gegen",
        "mit",
        "über",
        "zwischen",
        "etwa",
        "mindestens",
        "höchstens",
        "rund",
        "fast",
        "seite",
        "seiten",
        "kapitel",
    ],
    measured: &["puls", "blutdruck", "blutzucker", "gewicht", "wert", "werte", "punktzahl"],
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
        "llamen",
        "llamad",
        "llamar",
        "llamando",
        "llámenos",
        "llámanos",
        "llamarnos",
        "llámeme",
        "llámame",
        "telefonee",
        "telefonear",
        "contacte",
        "contacta",
        "contacten",
        "contactar",
        "póngase en contacto con",
        "ponte en contacto con",
        "marque",
        "marca",
        "marcar",
        "sms",
        "whatsapp",
        "mensaje a",
        "mensaje al",
        "mensaje de texto al",
        "número de emergencias",
        "número es",
        "línea de ayuda",
        "fax",
        "móvil",
    ],
    dial_on: &["al", "a", "el", "en", "es", "número", "línea"],
    dial_after: &["atiende", "responde", "le atiende", "te atiende", "está disponible", "está abierto", "es gratuito"],
    dial_around: &[],
    two_figures: &[],
    or: &["o", "u"],
    and: &["y", "e"],
    rung: &["crisis", "emergencia", "emergencias"],
    counted: &[
        "personas",
        "amigos",
        "amigas",
        "pacientes",
        "contactos",
        "días",
        "semanas",
        "meses",
        "años",
        "horas",
        "minutos",
        "segundos",
        "veces",
        "pasos",
        "palabras",
        "puntos",
        "metros",
        "euros",
        "kg",
        "mg",
        "ml",
    ],
    bounds: &["de", "hasta", "desde", "tras", "entre", "unos", "unas", "página", "páginas", "capítulo"],
    measured: &["pulso", "tensión", "presión", "glucosa", "peso", "puntuación"],
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
    dial: &[
        "tél",
        "téléphone",
        "téléphonez",
        "téléphoner",
        "téléphonez-nous",
        "appelez",
        "appeler",
        "appelle",
        "appelant",
        "appelez-nous",
        "appelez-moi",
        "contactez",
        "contacte",
        "contacter",
        "contactez-nous",
        "composez",
        "compose",
        "composer",
        "faites le",
        "fais le",
        "faire le",
        "joignez le",
        "joindre le",
        "joignez-nous",
        "sms",
        "texto",
        "message au",
        "numéro vert",
        "numéro est",
        "numéro d'urgence",
        "fax",
        "portable",
    ],
    dial_on: &["au", "le", "est", "nous", "numéro"],
    dial_after: &[
        "répond",
        "vous répond",
        "vous écoute",
        "est joignable",
        "est ouvert",
        "est gratuit",
        "est accessible",
        "est à votre écoute",
    ],
    dial_around: &[],
    two_figures: &["15", "17", "18"],
    or: &["ou"],
    and: &["et"],
    rung: &["crise", "urgence", "urgences", "samu", "pompiers"],
    counted: &[
        "personnes",
        "amis",
        "amies",
        "patients",
        "jours",
        "semaines",
        "mois",
        "ans",
        "années",
        "heures",
        "h",
        "minutes",
        "secondes",
        "fois",
        "pas",
        "mots",
        "points",
        "mètres",
        "euros",
        "kg",
        "mg",
        "ml",
        "du",
        "au",
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    bounds: &["de", "à", "avant", "après", "dès", "sur", "entre", "jusqu'au", "environ", "page", "pages", "chapitre"],
    measured: &["pouls", "tension", "glycémie", "poids", "score"],
};

static ITALIAN: Words = Words {
    summary_headings: &[
        "in breve",
        "in sintesi",
        "riassunto",
        "riepilogo",
        "punti chiave",
        "da ricordare",
        "ricorda",
        "ricordi",
    ],
    dial: &[
        "tel",
        "telefono",
        "telefona",
        "telefonare",
        "telefoni al",
        "telefoni allo",
        "telefonate al",
        "telefonate allo",
        "telefonaci",
        "telefonateci",
        "telefonarci",
        "chiama",
        "chiami",
        "chiamare",
        "chiamando",
        "chiamate il",
        "chiamate lo",
        "chiamate al",
        "chiamaci",
        "chiamateci",
        "chiamarci",
        "contatta",
        "contattare",
        "contatti il",
        "contatti lo",
        "contatti al",
        "contattate il",
        "contattaci",
        "contattateci",
        "componi",
        "componga",
        "comporre",
        "faccia il",
        "fai il",
        "fare il",
        "fate il",
        "sms",
        "messaggio al",
        "numero verde",
        "numero è",
        "numero di emergenza",
        "fax",
        "cellulare",
    ],
    dial_on: &["al", "allo", "all", "il", "lo", "l", "è", "numero"],
    dial_after: &["risponde", "è attivo", "è sempre attivo", "è disponibile", "è gratuito"],
    dial_around: &[],
    two_figures: &[],
    or: &["o", "oppure"],
    and: &["e", "ed"],
    rung: &["crisi", "emergenza", "emergenze"],
    counted: &[
        "persone",
        "amici",
        "amiche",
        "pazienti",
        "giorni",
        "settimane",
        "mesi",
        "anni",
        "ore",
        "minuti",
        "secondi",
        "volte",
        "passi",
        "parole",
        "punti",
        "metri",
        "euro",
        "kg",
        "mg",
        "ml",
    ],
    bounds: &["di", "da", "dopo", "entro", "tra", "fra", "su", "circa", "pagina", "pagine", "capitolo"],
    measured: &["polso", "battito", "pressione", "glicemia", "peso", "punteggio"],
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
        let french = named("fr").unwrap();
        for heading in [
            "Ce qu’il faut retenir",
            "En bref : trois choses",
            "En bref\u{a0}: trois choses",
            "À retenir\u{202f}!",
            "À retenir !",
        ] {
            assert!(french.heads_summary(heading), "{heading}");
        }
        for heading in ["En bref\u{a0}ou en long", "Résumé des études : trois", "L’essentiel du jour"] {
            assert!(!french.heads_summary(heading), "{heading}");
        }
        let italian = named("it").unwrap();
        assert!(italian.heads_summary("Ricordi: tre cose") && !italian.heads_summary("Ricordi d’infanzia"));
    }

    #[test]
    fn lists_are_in_lower_case() {
        for words in [&ENGLISH, &FRENCH, &GERMAN, &ITALIAN, &SPANISH] {
            let all = [
                words.summary_headings,
                words.dial,
                words.dial_on,
                words.dial_after,
                words.or,
                words.and,
                words.rung,
                words.counted,
                words.bounds,
                words.measured,
            ]
            .concat();
            assert!(all.iter().all(|word| *word == word.to_lowercase() && !word.is_empty()), "{all:?}");
        }
    }
}
