//! See the page beside this file.

use crate::check::style_sheet::{self, Declaration, of_own_theme};
use crate::check::{File, Rule};
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::site::Site;
use crate::theme::{Theme, overlay};

/// The longest line, in characters.
const LONGEST_LINE: f64 = 70.0;

pub(super) fn check(rule: &Rule, site: &Site, file: &File<'_>, found: &mut Vec<Diagnostic>) {
    let Some(css) = of_own_theme(site, file) else { return };
    let declarations = style_sheet::declarations(css);
    for declaration in declarations.iter().filter(|declaration| !is_for_clinicians(declaration)) {
        let Some(fault) = Fault::of(declaration) else { continue };
        let at = Location::new(file.path, &declaration.span);
        let finding = rule.finding(at, fault.message()).hint(fault.hint());
        // How long lines get also depends on the screen and the paper.
        let severity = if fault == Fault::LongLines { Severity::Warning } else { finding.severity };
        found.push(Diagnostic { severity, ..finding });
    }
    let style = overlay(&site.config).map(|folder| folder + Theme::STYLE);
    if style.as_deref() == Some(file.path.as_str()) && !sets_emphasis_upright(&declarations) {
        let message = "with this style sheet of your own, words between asterisks are in italics for patients, too";
        found.push(rule.finding(Location::top(file.path), message).hint(
            "Add `.for-patients em { font-style: normal; font-weight: 600 }`: browsers set emphasis in italics when nobody says \
             otherwise.",
        ));
    }
}

/// A way to set text that many readers find hard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Justified,
    Hyphenated,
    Italic,
    Capitals,
    LongLines,
}

impl Fault {
    fn of(declaration: &Declaration<'_>) -> Option<Self> {
        let value = declaration.value.to_ascii_lowercase();
        let has = |word: &str| value.split_whitespace().any(|known| known == word);
        match declaration.property.as_str() {
            "text-align" | "text-align-last" | "text-align-all" if has("justify") => Some(Fault::Justified),
            "hyphens" | "-webkit-hyphens" if has("auto") => Some(Fault::Hyphenated),
            "font-style" | "font" if has("italic") || has("oblique") => Some(Fault::Italic),
            "text-transform" if has("uppercase") => Some(Fault::Capitals),
            "max-width" | "max-inline-size" | "--measure" => {
                let characters: f64 = value.strip_suffix("ch")?.trim().parse().ok()?;
                (characters > LONGEST_LINE).then_some(Fault::LongLines)
            }
            _ => None,
        }
    }

    fn message(self) -> String {
        match self {
            Fault::Justified => "this sets text flush on both sides, which leaves uneven gaps between words".to_owned(),
            Fault::Hyphenated => "this splits words at the end of lines".to_owned(),
            Fault::Italic => "this sets text in italics".to_owned(),
            Fault::Capitals => "this sets text in capitals".to_owned(),
            Fault::LongLines => format!("this makes lines longer than {LONGEST_LINE} characters"),
        }
    }

    fn hint(self) -> String {
        let (instead, why) = match self {
            Fault::Justified => ("text-align: start", "Even gaps are easier to read."),
            Fault::Hyphenated => ("hyphens: manual", "Whole words are easier to read."),
            Fault::Italic => ("font-weight: 600", "Heavier letters stand out and keep their shape."),
            Fault::Capitals => ("text-transform: none", "Words in capitals lose their shape."),
            Fault::LongLines => ("max-inline-size: 65ch", "From the end of a long line, the next one is hard to find."),
        };
        format!("Write `{instead}`. {why}")
    }
}

/// Whether it is for pages that no patient reads.
fn is_for_clinicians(declaration: &Declaration<'_>) -> bool {
    const KINDS: [&str; 5] =
        [".kind-quick-reference", ".kind-session-guide", ".kind-suitability", ".kind-evidence", ".kind-module"];
    declaration.selector.split(',').all(|selector| KINDS.iter().any(|kind| selector.contains(kind)))
}

/// Whether something keeps emphasis from being in italics.
fn sets_emphasis_upright(declarations: &[Declaration<'_>]) -> bool {
    declarations.iter().any(|declaration| {
        declaration.property == "font-style"
            && declaration.value.eq_ignore_ascii_case("normal")
            && declaration.selector.split([',', ' ', '>', '(', ')']).any(|part| part == "em")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use crate::theme::tests::config;

    fn faults(css: &str) -> Vec<Fault> {
        let declarations = style_sheet::declarations(css);
        declarations.iter().filter(|declaration| !is_for_clinicians(declaration)).filter_map(Fault::of).collect()
    }

    #[test]
    fn each_way_to_set_text_badly_is_known() {
        let css = "p{text-align:justify;hyphens:auto} blockquote{font:ITALIC 1rem serif} .x{text-transform: uppercase !important} \
                   .body{max-inline-size:90ch}";
        assert_eq!(
            faults(css),
            [Fault::Justified, Fault::Hyphenated, Fault::Italic, Fault::Capitals, Fault::LongLines]
        );
        let fine = "p{text-align:start;hyphens:none;font-style:normal;max-width:65ch;max-inline-size:40rem} .justify{color:red} \
                    .kind-evidence i,.kind-module q{font-style:italic} a{font-family:'Italic Sans'}";
        assert_eq!(faults(fine), []);
        assert_eq!(faults(".kind-evidence i, p{font-style:italic}"), [Fault::Italic]);
    }

    #[test]
    fn the_built_in_theme_is_clear() {
        let theme = Theme::of(&config(Default::default()), &Sources::default());
        let css = std::str::from_utf8(&theme.files[Theme::STYLE].bytes).unwrap();
        assert_eq!(faults(css), []);
        assert!(sets_emphasis_upright(&style_sheet::declarations(css)));
    }
}
