//! The order in which people look titles up, which is not that of the characters' numbers.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::writing::main_part;

/// What comes after every letter that may follow an N: Spanish has Ñ as a letter of its own.
const AFTER_N: char = char::MAX;

/// Where a title stands in lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// The letter under which it stands.
    pub letter: Letter,
    /// What it is sorted by.
    pub key: String,
}

/// A letter, in the order of letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Letter {
    order: String,
    /// As it heads a list.
    pub shown: String,
}

/// What a title is sorted by in a site's language. Case does not count, nor does what stands before the first letter or figure;
/// accents and apostrophes only part titles that are the same without them.
pub fn sort_key(title: &str, language: &str) -> String {
    let lower = title.to_lowercase();
    let plain = if title.is_ascii() { lower.replace('\'', "") } else { plain(&lower, language) };
    let start = plain.find(char::is_alphanumeric).unwrap_or(plain.len());
    if plain == lower && start == 0 { plain } else { format!("{}\0{lower}", &plain[start..]) }
}

/// Where a title stands in lists of a site in this language.
pub fn filed_under(title: &str, language: &str) -> Filed {
    let key = sort_key(title, language);
    let letter = match key.chars().next() {
        Some('n') if key[1..].starts_with(AFTER_N) => {
            Letter { order: key[..1 + AFTER_N.len_utf8()].to_owned(), shown: "Ñ".to_owned() }
        }
        Some(first) if first.is_alphabetic() => {
            Letter { order: first.to_string(), shown: first.to_uppercase().collect() }
        }
        _ => Letter { order: String::new(), shown: "0–9".to_owned() },
    };
    Filed { letter, key }
}

fn plain(lower: &str, language: &str) -> String {
    let is_spanish = main_part(language) == "es";
    let mut plain = String::with_capacity(lower.len());
    for c in lower.nfc() {
        match c {
            '\'' | '’' => {}
            'œ' => plain.push_str("oe"),
            'æ' => plain.push_str("ae"),
            'ß' => plain.push_str("ss"),
            'ñ' if is_spanish => plain.extend(['n', AFTER_N]),
            _ => plain.extend(std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c))),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<'t>(language: &str, titles: &[&'t str]) -> Vec<&'t str> {
        let mut titles = titles.to_vec();
        titles.sort_by_key(|title| sort_key(title, language));
        titles
    }

    #[test]
    fn titles_stand_where_people_look_for_them() {
        assert_eq!(sorted("fr", &["émotions", "Émotion", "emotion"]), ["emotion", "Émotion", "émotions"]);
        let german = ["Angst", "Ängstlichkeit", "Arzt", "Größe", "Grotte", "Oberfläche", "Öffnung", "zärtlich", "Zorn"];
        let mut by_number = german;
        by_number.sort_unstable();
        assert_eq!(sorted("de", &by_number), german);
        let french = ["aujourd’hui", "aujourdhuy", "Ève", "L'espoir", "l’espoir vain", "observer", "Œdipe", "offrir"];
        let mut by_number = french;
        by_number.sort_unstable();
        assert_eq!(sorted("fr", &by_number), french);
        assert_eq!(
            sorted("es-MX", &["Oír", "Ñandú", "Nuez", "niño", "nizo", "nino"]),
            ["nino", "niño", "nizo", "Nuez", "Ñandú", "Oír"]
        );
        assert_eq!(sorted("en", &["nuts", "ñandú", "n\u{303}ame"]), ["n\u{303}ame", "ñandú", "nuts"]);
    }

    #[test]
    fn titles_are_filed_without_accents() {
        let filed = |title: &str, language: &str| {
            let filed = filed_under(title, language);
            (filed.letter.shown, filed.key)
        };
        assert_eq!(filed("Émotion", "fr"), ("E".to_owned(), "emotion\0émotion".to_owned()));
        assert_eq!(filed("“Why” now", "en"), ("W".to_owned(), "why” now\0“why” now".to_owned()));
        assert_eq!(filed("’Tis", "en").0, "T");
        assert_eq!(filed("12 weeks", "en").0, "0–9");
        assert_eq!(filed("…", "en").0, "0–9");
        assert_eq!(filed("حزن", "ar").0, "ح");
        assert_eq!(filed("Œdipe", "fr").0, "O");
        assert_eq!(["es", "es-MX", "fr", "est"].map(|language| filed("Ñandú", language).0), ["Ñ", "Ñ", "N", "N"]);
    }

    #[test]
    fn letters_stand_in_the_order_of_their_titles() {
        let letter = |title: &str| filed_under(title, "es").letter;
        assert!(letter("12") < letter("a") && letter("Nz") < letter("ña") && letter("ñz") < letter("Oa"));
    }
}
