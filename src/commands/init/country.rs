//! Countries by code or name, and what a starter takes from them: never a telephone number.

use celes::LookupTable as _;
use icu_locale::{LanguageIdentifier, LocaleExpander};

use crate::config::Paper;
use crate::diagnostic::nearest;

/// A country of ISO 3166.
#[derive(Clone, Copy, Debug)]
pub(super) struct Country(celes::Country);

/// Where printers hold US Letter paper: `paperSize` in the supplemental data of Unicode's CLDR.
const US_LETTER: [&str; 14] = ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"];

/// What people call their country in the languages that psychoed itself speaks, where that is not much like the English name.
const OWN_NAMES: [(&str, &str); 11] = [
    ("Belgien", "BE"),
    ("Belgique", "BE"),
    ("Deutschland", "DE"),
    ("España", "ES"),
    ("Guinea Ecuatorial", "GQ"),
    ("Italia", "IT"),
    ("Österreich", "AT"),
    ("República Dominicana", "DO"),
    ("Schweiz", "CH"),
    ("Suisse", "CH"),
    ("Svizzera", "CH"),
];

/// The country of a code or of a name, as people write them.
pub(super) fn named(written: &str) -> Result<Country, String> {
    let wanted = letters(written);
    // Not a code of the standard, but what everybody there writes.
    let wanted = if wanted == "uk" { "gb".to_owned() } else { wanted };
    let all = celes::Country::get_countries();
    let found = all.iter().find(|country| {
        country.alpha2.eq_ignore_ascii_case(&wanted)
            || country.alpha3.eq_ignore_ascii_case(&wanted)
            || names(country).any(|name| letters(name) == wanted)
    });
    if let Some(country) = found.filter(|_| !wanted.is_empty()) {
        return Ok(Country(*country));
    }
    let known: Vec<(String, &celes::Country)> =
        all.iter().flat_map(|country| names(country).map(move |name| (letters(name), country))).collect();
    let near = nearest(&wanted, known.iter().map(|(name, _)| name.as_str()));
    let near = known.iter().find(|(name, _)| Some(name.as_str()) == near).map(|(_, country)| country);
    Err(match near {
        Some(near) if wanted.len() > 3 => {
            format!("there is no country “{written}”; did you mean “{}” ({})?", near.long_name, near.alpha2)
        }
        _ => format!("there is no country “{written}”; write its English name, or its code of two letters, such as IE"),
    })
}

fn names(country: &celes::Country) -> impl Iterator<Item = &str> {
    let own = OWN_NAMES.iter().filter(|(_, code)| *code == country.alpha2).map(|(name, _)| *name);
    std::iter::once(country.long_name).chain(country.aliases.iter().copied()).chain(own)
}

/// A name without capitals, accents, gaps, and the words that people leave out.
fn letters(name: &str) -> String {
    let plain = deunicode::deunicode(name).to_lowercase();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !matches!(*word, "" | "the"));
    words.collect()
}

impl Country {
    /// Its two letters.
    pub(super) fn alpha2(self) -> &'static str {
        self.0.alpha2
    }

    /// As in “people in Ireland (IE)”.
    pub(super) fn in_it(self) -> String {
        let name = self.0.long_name.replace(" Of ", " of ").replace(" And ", " and ").replace(" The ", " the ");
        let name = name.strip_prefix("The ").map_or_else(|| name.clone(), |rest| format!("the {rest}"));
        format!("in {name} ({})", self.alpha2())
    }

    /// The language most people there write in, as CLDR has it; English where it does not say.
    pub(super) fn language(self) -> String {
        let english = format!("en-{}", self.alpha2());
        let Ok(mut likely) = LanguageIdentifier::try_from_str(&format!("und-{}", self.alpha2())) else {
            return english;
        };
        let expander = LocaleExpander::new_common();
        expander.maximize(&mut likely);
        if likely.language.is_unknown() {
            return english;
        }
        let mut short = likely.clone();
        short.script = None;
        let mut expanded = short.clone();
        expander.maximize(&mut expanded);
        if expanded == likely { short.to_string() } else { likely.to_string() }
    }

    /// What printers there hold.
    pub(super) fn paper(self) -> Paper {
        if US_LETTER.contains(&self.alpha2()) { Paper::Letter } else { Paper::A4 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_found_by_what_people_call_it() {
        for (written, code) in [
            ("IE", "IE"),
            ("ie", "IE"),
            ("IRL", "IE"),
            ("Ireland", "IE"),
            ("UK", "GB"),
            ("Scotland", "GB"),
            ("the United Kingdom", "GB"),
            ("Great Britain", "GB"),
            ("USA", "US"),
            ("United States", "US"),
            ("united states of america", "US"),
            ("Netherlands", "NL"),
            ("Côte d'Ivoire", "CI"),
            ("Ivory Coast", "CI"),
            ("Turkey", "TR"),
            ("Türkiye", "TR"),
            ("South Korea", "KR"),
            ("New Zealand", "NZ"),
        ] {
            assert_eq!(named(written).map(Country::alpha2), Ok(code), "{written}");
        }
    }

    #[test]
    fn no_country_is_made_up() {
        let ends = |written: &str| named(written).unwrap_err();
        assert_eq!(ends("Irland"), "there is no country “Irland”; did you mean “Ireland” (IE)?");
        assert_eq!(
            ends("Narnia Sea"),
            "there is no country “Narnia Sea”; write its English name, or its code of two letters, such as IE"
        );
        assert!(ends("ZZ").ends_with("such as IE") && ends("").ends_with("such as IE") && ends("🙂").contains("🙂"));
    }

    #[test]
    fn every_country_has_a_language_that_is_a_tag() {
        let language = |code: &str| named(code).unwrap().language();
        for (code, tag) in [
            ("IE", "en-IE"),
            ("GB", "en-GB"),
            ("US", "en-US"),
            ("ES", "es-ES"),
            ("BR", "pt-BR"),
            ("UG", "sw-UG"),
            ("RS", "sr-RS"),
            ("TW", "zh-TW"),
        ] {
            assert_eq!(language(code), tag);
        }
        for country in celes::Country::get_countries() {
            let tag = Country(country).language();
            assert!(LanguageIdentifier::try_from_str(&tag).is_ok_and(|tag| tag.region.is_some()), "{tag}");
        }
    }
}
