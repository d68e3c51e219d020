//! Questions on a terminal, one line each: they work with a screen reader, and over the slowest connection.

use std::io::{self, BufRead, Write};

use super::About;
use super::country::{self, Country};
use crate::commands::blanks::one_line;
use crate::site::translation;

/// Asks for what is not known yet. An empty answer leaves it open.
pub(super) fn ask(about: &mut About, input: &mut dyn BufRead, output: &mut dyn Write) -> io::Result<()> {
    let open = about.name.is_none() || about.country.is_none() || about.language.is_none() || about.therapy.is_none();
    if open {
        writeln!(output, "Press Enter to leave an answer for later.")?;
    }
    if about.name.is_none() {
        about.name = answer("The name of your clinic: ", input, output)?;
    }
    if about.country.is_none() {
        about.country = country(input, output)?;
    }
    if about.language.is_none() {
        about.language = language(about, input, output)?;
    }
    if about.therapy.is_none() {
        about.therapy = answer("The therapy that your pages are about: ", input, output)?;
    }
    Ok(())
}

fn country(input: &mut dyn BufRead, output: &mut dyn Write) -> io::Result<Option<Country>> {
    while let Some(name) = answer("Your country, such as Ireland or IE: ", input, output)? {
        match country::named(&name) {
            Ok(country) => return Ok(Some(country)),
            Err(why) => writeln!(output, "Sorry, {why}")?,
        }
    }
    Ok(None)
}

/// In many countries more than one is spoken.
fn language(about: &About, input: &mut dyn BufRead, output: &mut dyn Write) -> io::Result<Option<String>> {
    let likely = about.language();
    let question = format!("The language that you write in, by its tag, such as fr-CA (Enter for {likely}): ");
    while let Some(tag) = answer(&question, input, output)? {
        match translation::language(&tag) {
            Some(tag) => return Ok(Some(tag)),
            None => writeln!(output, "Sorry, psychoed knows no language with the tag {tag}")?,
        }
    }
    Ok(Some(likely))
}

fn answer(question: &str, input: &mut dyn BufRead, output: &mut dyn Write) -> io::Result<Option<String>> {
    loop {
        write!(output, "{question}")?;
        output.flush()?;
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the input ended"));
        }
        // Arrow keys are not for moving here: a terminal hands them on as letters nobody sees.
        if !line.contains('\u{1b}') {
            return Ok(Some(one_line(&line)).filter(|line| !line.is_empty()));
        }
        writeln!(output, "Sorry, arrow keys do not work here; type it again, and mend slips with Backspace.")?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(mut about: About, answers: &str) -> (io::Result<About>, String) {
        let mut output = Vec::new();
        let result = ask(&mut about, &mut answers.as_bytes(), &mut output);
        (result.map(|()| about), String::from_utf8(output).unwrap())
    }

    #[test]
    fn answers_are_taken_and_a_bad_country_is_asked_for_again() {
        let (about, said) = asked(About::default(), "Hill  Clinic\r\nIrland\nireland\nxq\nga-ie\n\n");
        let about = about.unwrap();
        assert_eq!(about.name.as_deref(), Some("Hill Clinic"));
        assert_eq!(about.country.map(Country::alpha2), Some("IE"));
        assert_eq!((about.language.as_deref(), about.therapy), (Some("ga-IE"), None));
        assert_eq!(
            said,
            "Press Enter to leave an answer for later.\nThe name of your clinic: Your country, such as Ireland or IE: \
             Sorry, there is no country “Irland”; did you mean “Ireland” (IE)?\nYour country, such as Ireland or IE: \
             The language that you write in, by its tag, such as fr-CA (Enter for en-IE): \
             Sorry, psychoed knows no language with the tag xq\n\
             The language that you write in, by its tag, such as fr-CA (Enter for en-IE): The therapy that your pages are about: "
        );
    }

    #[test]
    fn an_answer_with_arrow_keys_in_it_is_asked_for_again() {
        let (about, said) = asked(About::default(), "Hil\u{1b}[D\u{1b}[Cl\nHill\n\n\n\n");
        assert_eq!(about.unwrap().name.as_deref(), Some("Hill"));
        assert!(
            said.contains("Sorry, arrow keys do not work here; type it again, and mend slips with Backspace.\n"),
            "{said}"
        );
    }

    #[test]
    fn what_is_known_is_not_asked_for_and_an_end_is_an_error() {
        let known = || About { name: Some("A".into()), therapy: Some("B".into()), ..About::default() };
        let (about, said) = asked(known(), "\n\n");
        assert!(about.unwrap().country.is_none() && !said.contains("clinic"));
        assert_eq!(asked(known(), "").0.map(|_| ()).unwrap_err().to_string(), "the input ended");
    }
}
