//! Words that speak to readers.
//!
//! Where a word may mean somebody else as well (`Sie`, `su`, `Lei`), it counts: a text that speaks to nobody has none of them.
//!
//! Italian and Spanish need no such word to be polite (“Salga cada mañana.”): there, it takes a look at how clauses begin and how verbs
//! end. `puede` and the like alone tell nothing, since grief “puede durar meses”, too.

use super::{Language, word};

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
const ITALIAN: [&str; 18] = [
    "tu", "ti", "te", "tuo", "tua", "tuoi", "tue", "voi", "vi", "vostro", "vostra", "vostri", "puoi", "devi", "vuoi",
    "hai", "potresti", "dovresti",
];
const ITALIAN_POLITE: [&str; 5] = ["Lei", "Suo", "Sua", "Suoi", "Sue"];
const SPANISH: [&str; 26] = [
    "tú",
    "tu",
    "tus",
    "te",
    "ti",
    "contigo",
    "tuyo",
    "tuya",
    "usted",
    "ustedes",
    "vosotros",
    "vosotras",
    "vuestro",
    "vuestra",
    "os",
    "su",
    "sus",
    "le",
    "les",
    "puedes",
    "debes",
    "quieres",
    "tienes",
    "necesitas",
    "podrías",
    "deberías",
];

/// Whether a sentence speaks politely to whoever reads, though none of its words alone says so.
pub(super) fn is_polite(sentence: &str, language: Language) -> bool {
    let opens = |opening: &Opening| sentence.split([',', ';', ':']).any(|clause| opening.is_of(clause));
    match language {
        Language::Italian => opens(&ITALIAN_OPENING) || has_capital_pronoun(sentence),
        Language::Spanish => opens(&SPANISH_OPENING) || words(sentence).any(|word| ends_in_pronoun(&word)),
        Language::English | Language::French | Language::German => false,
    }
}

fn words(text: &str) -> impl Iterator<Item = Box<str>> {
    word::lowered(text).into_iter()
}

/// How clauses begin that ask something of whoever reads.
struct Opening {
    not: &'static str,
    /// What is asked for. In the middle of a clause, the same forms say what others may do.
    imperatives: &'static [&'static str],
    when: &'static str,
    /// What may stand between `when` and the verb.
    between: &'static [&'static str],
    /// Verbs after `when` that have no subject but the reader.
    conditions: &'static [&'static str],
}

impl Opening {
    fn is_of(&self, clause: &str) -> bool {
        let mut words = words(clause);
        let first = words.next().unwrap_or_default();
        if *first == *self.when {
            let verb = words.find(|word| !self.between.contains(&&**word));
            return verb.is_some_and(|verb| self.conditions.contains(&&*verb));
        }
        let verb = if *first == *self.not { words.next().unwrap_or_default() } else { first };
        self.imperatives.contains(&&*verb)
    }
}

/// Imperatives that are nouns as well (`faccia`, `telefoni`) are not among them.
const ITALIAN_OPENING: Opening = Opening {
    not: "non",
    imperatives: &[
        "abbia", "aspetti", "beva", "cammini", "chiami", "chieda", "continui", "contatti", "descriva", "dica", "dorma",
        "esca", "eviti", "inizi", "lasci", "legga", "mangi", "metta", "parli", "pensi", "prenda", "provi", "respiri",
        "riposi", "scelga", "scriva", "segua", "tenga", "usi", "vada", "venga",
    ],
    when: "se",
    between: &["non", "oggi", "lo", "la", "ne", "già", "ancora"],
    conditions: &["può", "vuole", "ha", "sente", "desidera", "preferisce", "pensa", "teme", "prende", "soffre"],
};

const SPANISH_OPENING: Opening = Opening {
    not: "no",
    imperatives: &[
        "acuda",
        "anote",
        "apunte",
        "beba",
        "busque",
        "camine",
        "coma",
        "comparta",
        "consulte",
        "continúe",
        "cuente",
        "cuide",
        "deje",
        "descanse",
        "diga",
        "duerma",
        "elija",
        "empiece",
        "escriba",
        "espere",
        "evite",
        "haga",
        "hable",
        "intente",
        "lea",
        "llame",
        "mantenga",
        "observe",
        "pida",
        "piense",
        "ponga",
        "pregunte",
        "pruebe",
        "recuerde",
        "respire",
        "salga",
        "siga",
        "tenga",
        "tome",
        "use",
        "vaya",
        "venga",
    ],
    when: "si",
    between: &["no", "hoy", "lo", "la", "ya", "aún", "también"],
    conditions: &["puede", "necesita", "quiere", "tiene", "desea", "prefiere", "piensa", "teme", "toma", "sufre"],
};

/// Whether a sentence has a `La` or `Le` with a capital that no full stop or name gives it, as in “La aspettiamo e Le diamo” and
/// “vederLa”.
fn has_capital_pronoun(sentence: &str) -> bool {
    let mut tokens = sentence.split_whitespace().skip(1).peekable();
    let in_verb = |token: &str| {
        let bare = token.trim_end_matches(|c: char| !c.is_alphanumeric());
        let stem = bare.strip_suffix("La").or_else(|| bare.strip_suffix("Le"));
        stem.is_some_and(|stem| stem.ends_with(char::is_lowercase))
    };
    while let Some(token) = tokens.next() {
        let alone = matches!(token, "La" | "Le");
        if in_verb(token) || alone && tokens.peek().is_some_and(|next| next.starts_with(char::is_lowercase)) {
            return true;
        }
    }
    false
}

/// Whether a word is a Spanish imperative that a pronoun is tied to, which puts an accent on its stem: `inténtelo`, `llámenos`.
fn ends_in_pronoun(word: &str) -> bool {
    const ENDINGS: [&str; 8] = ["elo", "ela", "elos", "elas", "ese", "ase", "eme", "enos"];
    const OTHERS: [&str; 10] =
        ["dígalo", "dígale", "dígame", "díganos", "hágalo", "póngalo", "pídalo", "léalo", "escríbalo", "escríbanos"];
    /// As in `fenómenos`, `energúmenos` and `hidrógenos`.
    const NOUNS: [&str; 3] = ["ómenos", "úmenos", "genos"];
    let stem = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending));
    let is_accented = stem.is_some_and(|stem| stem.contains(['á', 'é', 'í', 'ó', 'ú']));
    OTHERS.contains(&word) || is_accented && !NOUNS.iter().any(|noun| word.ends_with(noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polite_italian_and_spanish_need_no_pronoun() {
        for sentence in [
            "Esca ogni mattina.",
            "Non beva caffè.",
            "La sera, legga un libro.",
            "Se oggi non può, riprova domani.",
            "La aspettiamo e Le diamo una mano.",
            "Siamo felici di vederLa.",
        ] {
            assert!(is_polite(sentence, Language::Italian), "{sentence}");
        }
        for sentence in [
            "Salga a la calle cada mañana.",
            "No salga de noche.",
            "Por la noche, lea un libro.",
            "Si hoy no puede, mañana es otro día.",
            "Mejor inténtelo mañana.",
            "Hoy mismo llámenos.",
        ] {
            assert!(is_polite(sentence, Language::Spanish), "{sentence}");
        }
    }

    #[test]
    fn what_others_do_speaks_to_nobody() {
        for sentence in [
            "Le persone dormono male, e la notte è lunga.",
            "Si può parlare con La Spezia.",
            "Se la notte è lunga, i pazienti leggono.",
            "Può durare mesi.",
            "È bene che il paziente parli.",
        ] {
            assert!(!is_polite(sentence, Language::Italian), "{sentence}");
        }
        for sentence in [
            "El duelo puede durar meses.",
            "Puede doler, y es un escándalo.",
            "Se puede hablar con ángeles, sin fenómenos.",
            "Ese clase de oxígenos, menos en cárceles.",
            "Es bueno que el paciente hable.",
            "Si el paciente puede, sale.",
        ] {
            assert!(!is_polite(sentence, Language::Spanish), "{sentence}");
        }
    }
}
