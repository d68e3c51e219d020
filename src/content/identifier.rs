//! Numbers that works and people are known by. Each has a straight form, and most a check digit that gives slips away.

use std::borrow::Cow;

/// A kind of identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scheme {
    /// Of anything that is published, above all articles.
    Doi,
    /// Of an entry in PubMed.
    Pmid,
    /// Of a full text in PubMed Central.
    Pmcid,
    /// Of a book, of 10 or of 13 digits.
    Isbn,
    /// Of a journal or series.
    Issn,
    /// Of a person.
    Orcid,
}

/// What can be said of an identifier by looking at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// It is as it should be.
    Straight,
    /// It says which one is meant, but in another form; this is the straight one.
    Other(String),
    /// It cannot be right.
    Wrong {
        /// Why, as half a sentence about “it”.
        why: String,
        /// The straight form that may have been meant.
        perhaps: Option<String>,
    },
}

impl Scheme {
    /// All of them, in the order of this type.
    pub const ALL: [Scheme; 6] = [Scheme::Doi, Scheme::Pmid, Scheme::Pmcid, Scheme::Isbn, Scheme::Issn, Scheme::Orcid];

    /// Its name, which is also CSL's name of the field that holds it.
    pub fn name(self) -> &'static str {
        match self {
            Scheme::Doi => "DOI",
            Scheme::Pmid => "PMID",
            Scheme::Pmcid => "PMCID",
            Scheme::Isbn => "ISBN",
            Scheme::Issn => "ISSN",
            Scheme::Orcid => "ORCID",
        }
    }

    /// What a straight one looks like.
    pub fn example(self) -> &'static str {
        match self {
            Scheme::Doi => "10.1001/jama.289.23.3117",
            Scheme::Pmid => "12813115",
            Scheme::Pmcid => "PMC1414693",
            Scheme::Isbn => "978-0-306-40615-7",
            Scheme::Issn => "0002-953X",
            Scheme::Orcid => "0000-0002-1825-0097",
        }
    }

    /// The identifiers that a field holds, as written: fields of books and journals often hold several, with remarks.
    pub fn several(self, written: &str) -> Vec<&str> {
        let pieces = match self {
            Scheme::Doi => return vec![written.trim()],
            Scheme::Isbn if written.split_whitespace().all(|word| matches!(digits(word).len(), 10 | 13)) => {
                written.split([',', ';', ' ', '\n']).collect::<Vec<_>>()
            }
            _ => written.split([',', ';', '\n']).collect(),
        };
        pieces.into_iter().map(without_remark).filter(|piece| !piece.is_empty()).collect()
    }

    /// Looks at one identifier.
    pub fn form(self, written: &str) -> Form {
        let written = written.trim();
        match self {
            Scheme::Doi => doi(written),
            Scheme::Pmid => pmid(written),
            Scheme::Pmcid => pmcid(written),
            Scheme::Isbn => isbn(written),
            Scheme::Issn => issn(written),
            Scheme::Orcid => orcid(written),
        }
    }

    /// The form by which two that mean the same are told to be the same; `None` for what is no identifier.
    pub fn compared(self, written: &str) -> Option<String> {
        let straight = match self.form(written) {
            Form::Straight => written.trim().to_owned(),
            Form::Other(straight) => straight,
            Form::Wrong { .. } => return None,
        };
        Some(match self {
            Scheme::Doi | Scheme::Pmid | Scheme::Pmcid => straight.to_lowercase(),
            Scheme::Isbn => as_13_digits(&digits(&straight)),
            Scheme::Issn | Scheme::Orcid => digits(&straight),
        })
    }
}

/// A DOI without the address or the label it may have been written with.
pub fn bare_doi(written: &str) -> &str {
    let prefixes = ["https://", "http://", "www.", "dx.", "doi.org/", "doi", ":"];
    let mut rest = written.trim();
    for prefix in prefixes {
        rest = strip_ignoring_case(rest, prefix).map_or(rest, str::trim_start);
    }
    if rest.starts_with("10.") { rest } else { written.trim() }
}

fn doi(written: &str) -> Form {
    let bare = bare_doi(written);
    // Within an address, signs may have been written as numbers.
    let bare = match bare == written {
        true => Cow::Borrowed(bare),
        false => percent_encoding::percent_decode_str(bare).decode_utf8_lossy(),
    };
    let wrong = |why: &str, perhaps: Option<&str>| Form::Wrong {
        why: why.to_owned(),
        perhaps: perhaps.filter(|meant| is_doi(meant)).map(str::to_owned),
    };
    if is_doi(&bare) {
        let whole = bare.trim_end_matches(['.', ',', ';']);
        return if whole.len() < bare.len() {
            wrong("it ends with a punctuation mark", Some(whole))
        } else {
            straight_or(written, bare.into_owned())
        };
    }
    if bare.contains(char::is_whitespace) {
        let joined: String = bare.split_whitespace().collect();
        return wrong("it holds a space", Some(&joined));
    }
    let inside = written.find("/10.").map(|at| &written[at + 1..]).and_then(|rest| rest.split(['?', '#']).next());
    if inside.is_some_and(is_doi) {
        return wrong("it is the address of a page", inside);
    }
    match bare.starts_with("10.") {
        true => wrong("a DOI is made of “10.”, at least four digits, “/” and more", None),
        false => wrong("a DOI starts with “10.”", None),
    }
}

fn is_doi(text: &str) -> bool {
    let Some((registrant, name)) = text.strip_prefix("10.").and_then(|rest| rest.split_once('/')) else { return false };
    let mut numbers = registrant.split('.');
    let is_number = |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    numbers.next().is_some_and(|first| (4..=9).contains(&first.len()) && is_number(first))
        && numbers.all(is_number)
        && !name.is_empty()
        && !name.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn pmid(written: &str) -> Form {
    let number = bare(written, &["pubmed.ncbi.nlm.nih.gov/", "ncbi.nlm.nih.gov/pubmed/"], &["pubmed", "pmid"]);
    if strip_ignoring_case(number, "pmc").is_some_and(is_count) {
        return Form::Wrong {
            why: "this is the number of a full text, which belongs in a field `PMCID`".to_owned(),
            perhaps: None,
        };
    }
    if !is_count(number) {
        return Form::Wrong { why: "a PMID is a number of up to eight digits".to_owned(), perhaps: None };
    }
    straight_or(written, number.to_owned())
}

fn pmcid(written: &str) -> Form {
    let hosts = ["pmc.ncbi.nlm.nih.gov/articles/", "ncbi.nlm.nih.gov/pmc/articles/"];
    let label = bare(written, &hosts, &["pmcid"]);
    let number = strip_ignoring_case(label, "pmc").unwrap_or(label).trim_start();
    let (count, version) = number.split_once('.').unwrap_or((number, "1"));
    if !is_count(count) || !is_count(version) {
        return Form::Wrong { why: "a PMCID is made of “PMC” and a number".to_owned(), perhaps: None };
    }
    straight_or(written, format!("PMC{number}"))
}

fn is_count(text: &str) -> bool {
    (1..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0')
}

fn isbn(written: &str) -> Form {
    let number = bare(written, &[], &["isbn-13", "isbn-10", "isbn13", "isbn10", "isbn"]);
    let figures = digits(number);
    if let Some(odd) = number.chars().find(|c| !is_part_of_number(*c)) {
        return Form::Wrong { why: format!("an ISBN cannot hold “{odd}”"), perhaps: None };
    }
    let due = match figures.len() {
        10 => isbn_10_digit(&figures[..9]),
        13 if !figures.starts_with("978") && !figures.starts_with("979") => {
            return Form::Wrong { why: "an ISBN of 13 digits starts with 978 or 979".to_owned(), perhaps: None };
        }
        13 => isbn_13_digit(&figures[..12]),
        length => {
            return Form::Wrong { why: format!("an ISBN has 10 or 13 digits, and this has {length}"), perhaps: None };
        }
    };
    checked(&figures, due).unwrap_or_else(|| straight_or(written, number.to_owned()))
}

fn issn(written: &str) -> Form {
    let figures = digits(bare(written, &["portal.issn.org/resource/ISSN/"], &["eissn", "issn"]));
    if figures.len() != 8 {
        return Form::Wrong { why: format!("an ISSN has 8 digits, and this has {}", figures.len()), perhaps: None };
    }
    let due = mod_11(&figures[..7], 8);
    checked(&figures, due).unwrap_or_else(|| straight_or(written, format!("{}-{}", &figures[..4], &figures[4..])))
}

fn orcid(written: &str) -> Form {
    let number = bare(written, &["orcid.org/"], &["orcid"]);
    let figures = digits(number);
    if figures.len() != 16 || number.chars().any(|c| !is_part_of_number(c)) {
        return Form::Wrong { why: format!("an ORCID has 16 digits, and this has {}", figures.len()), perhaps: None };
    }
    if let Some(wrong) = checked(&figures, orcid_digit(&figures[..15])) {
        return wrong;
    }
    let groups = [&figures[..4], &figures[4..8], &figures[8..12], &figures[12..]].join("-");
    // ORCID itself asks for the whole address, so that is straight, too.
    if written.strip_prefix("https://orcid.org/") == Some(&*groups) {
        Form::Straight
    } else {
        straight_or(written, groups)
    }
}

/// What is wrong with a number whose last digit is not the one that is due.
fn checked(figures: &str, due: Option<char>) -> Option<Form> {
    let due = due.filter(|due| !figures.ends_with(*due));
    match (due, figures[..figures.len() - 1].contains('X')) {
        (_, true) => Some(Form::Wrong { why: "an X can only stand at its end".to_owned(), perhaps: None }),
        (Some(due), false) => {
            Some(Form::Wrong { why: format!("after these digits, the last one would have to be {due}"), perhaps: None })
        }
        (None, false) => None,
    }
}

/// The last digit of an ISBN of 10 digits, from the nine before it (ISO 2108).
fn isbn_10_digit(before: &str) -> Option<char> {
    mod_11(before, 10)
}

/// The last digit of an ISBN of 13 digits, from the twelve before it (ISO 2108).
fn isbn_13_digit(before: &str) -> Option<char> {
    let weighed =
        before.chars().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| Some(digit.to_digit(10)? * weight));
    let sum: u32 = weighed.sum::<Option<u32>>()?;
    char::from_digit((10 - sum % 10) % 10, 10)
}

/// The check digit of an ISBN of 10 digits and of an ISSN (ISO 3297): weights falling from `first`, modulo 11.
fn mod_11(before: &str, first: u32) -> Option<char> {
    let weighed = before.chars().zip((2..=first).rev()).map(|(digit, weight)| Some(digit.to_digit(10)? * weight));
    let sum: u32 = weighed.sum::<Option<u32>>()?;
    ten_as_x((11 - sum % 11) % 11)
}

/// The check digit of an ORCID, from the fifteen before it (ISO 7064, MOD 11-2).
fn orcid_digit(before: &str) -> Option<char> {
    let total = before.chars().try_fold(0, |total, digit| Some((total + digit.to_digit(10)?) * 2 % 11))?;
    ten_as_x((12 - total) % 11)
}

fn ten_as_x(digit: u32) -> Option<char> {
    if digit == 10 { Some('X') } else { char::from_digit(digit, 10) }
}

/// An ISBN of 10 digits as the one of 13 that means the same book.
fn as_13_digits(figures: &str) -> String {
    let Some(book) = figures.get(..9).filter(|_| figures.len() == 10) else { return figures.to_owned() };
    let book = format!("978{book}");
    let last = isbn_13_digit(&book);
    book.chars().chain(last).collect()
}

/// The digits of a number, and the X that stands for ten.
fn digits(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X')).map(|c| c.to_ascii_uppercase()).collect()
}

fn is_part_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, 'x' | 'X' | '-' | ' ' | '‐' | '‑' | '–')
}

/// What is left without the address of a site, or without a label.
fn bare<'t>(written: &'t str, sites: &[&str], labels: &[&str]) -> &'t str {
    let mut rest = written.trim();
    let scheme = ["https://", "http://"].iter().find_map(|scheme| strip_ignoring_case(rest, scheme)).unwrap_or(rest);
    let host = strip_ignoring_case(scheme, "www.").unwrap_or(scheme);
    if let Some(page) = sites.iter().find_map(|site| strip_ignoring_case(host, site)) {
        return page.split(['/', '?', '#']).next().unwrap_or_default();
    }
    if let Some(labelled) = labels.iter().find_map(|label| strip_ignoring_case(rest, label)) {
        rest = labelled.trim_start_matches([':', ' ', '\u{a0}']);
    }
    rest.trim()
}

fn strip_ignoring_case<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn straight_or(written: &str, straight: String) -> Form {
    if written == straight { Form::Straight } else { Form::Other(straight) }
}

/// `0-306-40615-2 (pbk.)`, or `1="0000-0002-1825-0097"` as BibLaTeX notes it down beside names.
fn without_remark(piece: &str) -> &str {
    let piece = piece.split('(').next().unwrap_or_default();
    let piece = piece.rsplit_once('=').map_or(piece, |(_, value)| value);
    piece.trim_matches(|c: char| c.is_whitespace() || c == '"')
}

#[cfg(test)]
mod tests {
    use super::Form::{Other, Straight};
    use super::*;

    #[track_caller]
    fn check(scheme: Scheme, written: &str, expected: &Form) {
        assert_eq!(&scheme.form(written), expected, "{} {written}", scheme.name());
    }

    fn why(scheme: Scheme, written: &str) -> (String, Option<String>) {
        match scheme.form(written) {
            Form::Wrong { why, perhaps } => (why, perhaps),
            form => panic!("{written} is {form:?}"),
        }
    }

    #[test]
    fn numbers_that_are_in_use_are_straight() {
        for (scheme, numbers) in [
            (
                Scheme::Doi,
                &[
                    "10.1001/archpsyc.1989.01810110013002",
                    "10.1002/(SICI)1097-4679(199906)55:6<735::AID-JCLP7>3.0.CO;2-U",
                    "10.1000.10/123456",
                    "10.1037/0003-066X.59.1.29",
                ][..],
            ),
            (Scheme::Pmid, &["12813115", "1", "27032627"]),
            (Scheme::Pmcid, &["PMC1414693", "PMC3159442.1"]),
            (
                Scheme::Isbn,
                &[
                    "0-306-40615-2",
                    "0306406152",
                    "978-0-306-40615-7",
                    "9780306406157",
                    "0-8044-2957-X",
                    "979-10-90636-07-1",
                    "978 0 306 40615 7",
                ],
            ),
            (Scheme::Issn, &["0378-5955", "0002-953X", "1476-4687"]),
            (
                Scheme::Orcid,
                &[
                    "0000-0002-1825-0097",
                    "0000-0001-5109-3700",
                    "0000-0002-1694-233X",
                    "https://orcid.org/0000-0002-1825-0097",
                ],
            ),
        ] {
            for number in numbers {
                check(scheme, number, &Straight);
            }
            check(scheme, scheme.example(), &Straight);
        }
    }

    #[test]
    fn other_forms_have_a_straight_one() {
        for (scheme, written, straight) in [
            (Scheme::Doi, "https://doi.org/10.1001/jama.289.23.3117", "10.1001/jama.289.23.3117"),
            (Scheme::Doi, "http://dx.doi.org/10.1001/jama.289.23.3117", "10.1001/jama.289.23.3117"),
            (Scheme::Doi, "DOI: 10.1001/jama.289.23.3117", "10.1001/jama.289.23.3117"),
            (Scheme::Doi, "doi:10.1001/jama.289.23.3117", "10.1001/jama.289.23.3117"),
            (Scheme::Doi, "doi.org/10.1001/jama.289.23.3117", "10.1001/jama.289.23.3117"),
            (Scheme::Doi, "https://doi.org/10.1001%2Fjama.289.23.3117", "10.1001/jama.289.23.3117"),
            (Scheme::Pmid, "https://pubmed.ncbi.nlm.nih.gov/12813115/", "12813115"),
            (Scheme::Pmid, "http://www.ncbi.nlm.nih.gov/pubmed/12813115", "12813115"),
            (Scheme::Pmid, "PMID: 12813115", "12813115"),
            (Scheme::Pmcid, "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1414693/", "PMC1414693"),
            (Scheme::Pmcid, "PMCID: PMC1414693", "PMC1414693"),
            (Scheme::Pmcid, "1414693", "PMC1414693"),
            (Scheme::Isbn, "ISBN: 0-306-40615-2", "0-306-40615-2"),
            (Scheme::Isbn, "ISBN-13 978-0-306-40615-7", "978-0-306-40615-7"),
            (Scheme::Issn, "0002953x", "0002-953X"),
            (Scheme::Issn, "ISSN 0378-5955", "0378-5955"),
            (Scheme::Orcid, "0000000218250097", "0000-0002-1825-0097"),
            (Scheme::Orcid, "orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ] {
            check(scheme, written, &Other(straight.to_owned()));
            check(scheme, straight, &Straight);
        }
    }

    #[test]
    fn a_wrong_digit_shows() {
        for (scheme, number) in [
            (Scheme::Isbn, "0-306-40615-2"),
            (Scheme::Isbn, "978-0-306-40615-7"),
            (Scheme::Issn, "0378-5955"),
            (Scheme::Orcid, "0000-0002-1825-0097"),
        ] {
            for (at, digit) in number.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
                let other = char::from_digit((digit.to_digit(10).unwrap() + 1) % 10, 10).unwrap();
                let mut slip = number.to_owned();
                slip.replace_range(at..=at, &other.to_string());
                assert!(matches!(scheme.form(&slip), Form::Wrong { .. }), "{slip}");
            }
        }
        assert_eq!(why(Scheme::Isbn, "0-306-40615-3").0, "after these digits, the last one would have to be 2");
        assert_eq!(why(Scheme::Issn, "0002-9531").0, "after these digits, the last one would have to be X");
    }

    #[test]
    fn what_cannot_be_right_says_why() {
        for (scheme, written, expected, perhaps) in [
            (
                Scheme::Doi,
                "10.1001/jama.289.23.3117.",
                "it ends with a punctuation mark",
                Some("10.1001/jama.289.23.3117"),
            ),
            (Scheme::Doi, "10.1001/ jama.289", "it holds a space", Some("10.1001/jama.289")),
            (
                Scheme::Doi,
                "https://psycnet.apa.org/doi/10.1037/a0015?x=1",
                "it is the address of a page",
                Some("10.1037/a0015"),
            ),
            (Scheme::Doi, "10.100", "a DOI is made of “10.”, at least four digits, “/” and more", None),
            (Scheme::Doi, "n/a", "a DOI starts with “10.”", None),
            (Scheme::Doi, "", "a DOI starts with “10.”", None),
            (Scheme::Pmid, "PMC1414693", "this is the number of a full text, which belongs in a field `PMCID`", None),
            (Scheme::Pmid, "123456789", "a PMID is a number of up to eight digits", None),
            (Scheme::Pmcid, "PMC", "a PMCID is made of “PMC” and a number", None),
            (Scheme::Isbn, "123", "an ISBN has 10 or 13 digits, and this has 3", None),
            (Scheme::Isbn, "977-0-306-40615-7", "an ISBN of 13 digits starts with 978 or 979", None),
            (Scheme::Isbn, "030640615O", "an ISBN cannot hold “O”", None),
            (Scheme::Isbn, "0X06406152", "an X can only stand at its end", None),
            (Scheme::Issn, "0378-595", "an ISSN has 8 digits, and this has 7", None),
            (Scheme::Orcid, "0000-0002-1825-009é", "an ORCID has 16 digits, and this has 15", None),
        ] {
            assert_eq!(why(scheme, written), (expected.to_owned(), perhaps.map(str::to_owned)), "{written}");
        }
    }

    #[test]
    fn fields_hold_several() {
        for (scheme, written, each) in [
            (Scheme::Isbn, "978-0-306-40615-7 0-306-40615-2", &["978-0-306-40615-7", "0-306-40615-2"][..]),
            (Scheme::Isbn, "978 0 306 40615 7 (hbk.), 0 306 40615 2", &["978 0 306 40615 7", "0 306 40615 2"]),
            (Scheme::Issn, "0028-0836 (print); 1476-4687", &["0028-0836", "1476-4687"]),
            (
                Scheme::Orcid,
                "1=\"0000-0002-1825-0097\"; 2=\"0000-0001-5109-3700\"",
                &["0000-0002-1825-0097", "0000-0001-5109-3700"],
            ),
            (Scheme::Doi, " 10.1000/a,b;c ", &["10.1000/a,b;c"]),
        ] {
            assert_eq!(scheme.several(written), each);
        }
    }

    #[test]
    fn the_same_is_told_to_be_the_same() {
        let same = |scheme: Scheme, one: &str, other: &str| {
            assert!(scheme.compared(one).is_some());
            assert_eq!(scheme.compared(one), scheme.compared(other));
        };
        same(Scheme::Doi, "https://doi.org/10.1001/JAMA.289.23.3117", "10.1001/jama.289.23.3117");
        same(Scheme::Isbn, "0-306-40615-2", "9780306406157");
        same(Scheme::Pmcid, "1414693", "PMC1414693");
        assert_eq!(Scheme::Isbn.compared("0-306-40615-3"), None);
    }
}
