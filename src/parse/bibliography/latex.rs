//! The LaTeX of `.bib` values into text.
//!
//! Markup comes out as CSL-JSON has it: `<i>`, `<b>`, `<sup>`, `<sub>`, and a span for small capitals. What means nothing
//! outside LaTeX is dropped and its argument kept, so that no title is lost to a command we have not heard of.

use unicode_normalization::UnicodeNormalization;

/// Deeper than any text that people write; values with deeper braces never come here, but chains of accents could.
const DEEPEST: usize = 100;

/// Text with markup.
pub(super) fn rich(latex: &str) -> String {
    if is_plain(latex) {
        return latex.trim_matches([' ', '\n', '\t']).to_owned();
    }
    let mut reader = Reader { rest: latex, depth: 0 };
    let mut text = String::with_capacity(latex.len());
    while !reader.rest.is_empty() {
        reader.sequence(&mut text, Within::Group);
    }
    text.trim_matches([' ', '\n', '\t']).nfc().collect()
}

/// Text without markup.
pub(super) fn plain(latex: &str) -> String {
    let mut text = rich(latex);
    if !text.contains('<') {
        return text;
    }
    for (open, close) in [ITALIC, BOLD, SUPERSCRIPT, SUBSCRIPT, SMALL_CAPITALS] {
        text = text.replace(open, "").replace(close, "");
    }
    text
}

/// Whether a text means nothing but itself, as most do: ASCII without a sign that LaTeX gives a meaning, and single spaces.
fn is_plain(latex: &str) -> bool {
    let mut before = b' ';
    latex.bytes().all(|byte| {
        let doubled = byte == before && matches!(byte, b' ' | b'-');
        before = byte;
        !doubled && matches!(byte, b' '..=b'~') && !matches!(byte, b'\\' | b'{' | b'}' | b'$' | b'~' | b'`' | b'\'')
    })
}

/// Addresses and identifiers: nothing is markup, but some signs may have been escaped.
pub(super) fn verbatim(latex: &str) -> String {
    let mut text = latex.trim();
    for command in ["\\url", "\\nolinkurl", "\\path"] {
        text = text.strip_prefix(command).map_or(text, str::trim_start);
    }
    let text = text.replace("\\textasciitilde", "~").replace("\\textunderscore", "_").replace("\\~{}", "~");
    text.chars().filter(|character| !matches!(character, '\\' | '{' | '}')).collect()
}

/// A value of pages or of a number: as text, with plain hyphens.
pub(super) fn hyphened(latex: &str) -> String {
    plain(latex).replace(['–', '—'], "-")
}

type Tag = (&'static str, &'static str);
const ITALIC: Tag = ("<i>", "</i>");
const BOLD: Tag = ("<b>", "</b>");
const SUPERSCRIPT: Tag = ("<sup>", "</sup>");
const SUBSCRIPT: Tag = ("<sub>", "</sub>");
const SMALL_CAPITALS: Tag = ("<span style=\"font-variant:small-caps;\">", "</span>");
const QUOTED: Tag = ("“", "”");
const IN_PARENTHESES: Tag = ("(", ")");
const PLAIN: Tag = ("", "");

/// What text is read within, and so what ends it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// Braces, or nothing.
    Group,
    /// Dollar signs.
    Math,
    /// Braces within dollar signs.
    MathGroup,
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// Reads up to what ends it, which is consumed.
    fn sequence(&mut self, text: &mut String, within: Within) {
        let math = within != Within::Group;
        while let Some(character) = self.next() {
            match character {
                '}' => return,
                '$' if within == Within::Math => return,
                '{' => self.deeper(text, if math { Within::MathGroup } else { Within::Group }),
                '$' => {
                    self.eat('$');
                    self.deeper(text, Within::Math);
                    self.eat('$');
                }
                '\\' => {
                    if let Some(tag) = self.command(text, within) {
                        // A declaration such as `\em` holds up to the end of what it stands in.
                        text.push_str(tag.0);
                        self.deeper(text, within);
                        text.push_str(tag.1);
                        return;
                    }
                }
                '^' if math => self.wrapped(text, SUPERSCRIPT, Within::MathGroup),
                '_' if math => self.wrapped(text, SUBSCRIPT, Within::MathGroup),
                '~' => text.push('\u{a0}'),
                '-' if !math => self.dashes(text),
                '`' if self.eat('`') => text.push('“'),
                '`' => text.push('‘'),
                '\'' if math => text.push('′'),
                '\'' if self.eat('\'') => text.push('”'),
                '\'' => text.push('’'),
                _ if character.is_whitespace() && character != '\u{a0}' => {
                    if !text.ends_with(' ') && !text.is_empty() {
                        text.push(' ');
                    }
                }
                _ => text.push(character),
            }
        }
    }

    fn deeper(&mut self, text: &mut String, within: Within) {
        if self.depth < DEEPEST {
            self.depth += 1;
            self.sequence(text, within);
            self.depth -= 1;
        } else {
            self.rest = "";
        }
    }

    fn next(&mut self) -> Option<char> {
        let character = self.rest.chars().next()?;
        self.rest = &self.rest[character.len_utf8()..];
        Some(character)
    }

    fn eat(&mut self, character: char) -> bool {
        let rest = self.rest.strip_prefix(character);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn dashes(&mut self, text: &mut String) {
        match (self.eat('-'), self.rest.starts_with('-')) {
            (true, true) => {
                self.eat('-');
                text.push('—');
            }
            (true, false) => text.push('–'),
            (false, _) => text.push('-'),
        }
    }

    /// What follows a backslash. Returns the markup that holds from here on, for a declaration.
    fn command(&mut self, text: &mut String, within: Within) -> Option<Tag> {
        let letters = self.rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(self.rest.len());
        if letters == 0 {
            self.sign(text);
            return None;
        }
        let name = &self.rest[..letters];
        self.rest = self.rest[letters..].trim_start_matches('*').trim_start();
        if let Some(tag) = declaration(name) {
            return Some(tag);
        }
        match name {
            "emph" | "textit" | "textsl" | "mkbibemph" | "mkbibitalic" | "mathit" => self.wrapped(text, ITALIC, within),
            "textbf" | "mkbibbold" | "mathbf" => self.wrapped(text, BOLD, within),
            "textsuperscript" | "mkbibsuperscript" | "sp" => self.wrapped(text, SUPERSCRIPT, within),
            "textsubscript" | "mkbibsubscript" => self.wrapped(text, SUBSCRIPT, within),
            "textsc" => self.wrapped(text, SMALL_CAPITALS, within),
            "enquote" | "mkbibquote" => self.wrapped(text, QUOTED, within),
            "mkbibparens" => self.wrapped(text, IN_PARENTHESES, within),
            "href" => {
                self.raw_argument();
                self.wrapped(text, PLAIN, within);
            }
            "url" | "nolinkurl" | "path" => {
                let address = self.raw_argument();
                text.push_str(&verbatim(address));
            }
            "ensuremath" => self.wrapped(text, PLAIN, Within::MathGroup),
            _ => match (accent(name), symbol(name)) {
                (Some(accent), _) => self.accented(text, accent, within),
                (_, Some(symbol)) => text.push_str(symbol),
                // An unknown command: what follows it is read as if it were not there.
                _ => {}
            },
        }
        None
    }

    /// A command of one sign.
    fn sign(&mut self, text: &mut String) {
        let Some(sign) = self.next() else { return };
        if let Some(accent) = accent(sign.encode_utf8(&mut [0; 4])) {
            self.rest = self.rest.trim_start();
            self.accented(text, accent, Within::Group);
            return;
        }
        match sign {
            '(' | ')' | '[' | ']' | '-' | '/' | '!' => {}
            ',' | ';' | ':' => text.push('\u{202f}'),
            '\\' | ' ' | '\n' | '\t' => text.push(' '),
            _ => text.push(sign),
        }
    }

    /// The argument of a command, with markup around it.
    fn wrapped(&mut self, text: &mut String, tag: Tag, within: Within) {
        text.push_str(tag.0);
        self.argument(text, within);
        text.push_str(tag.1);
    }

    /// A group, a command or a character.
    fn argument(&mut self, text: &mut String, within: Within) {
        self.rest = self.rest.trim_start();
        let within = if within == Within::Group { Within::Group } else { Within::MathGroup };
        match self.next() {
            Some('{') => self.deeper(text, within),
            Some('\\') if self.depth < DEEPEST => {
                self.depth += 1;
                self.command(text, within);
                self.depth -= 1;
            }
            Some('\\') => self.rest = "",
            Some(character) => text.push(character),
            None => {}
        }
    }

    /// A group's inside as it stands.
    fn raw_argument(&mut self) -> &'a str {
        let Some(inside) = self.rest.strip_prefix('{') else { return "" };
        let mut depth = 1usize;
        let end = inside.char_indices().find_map(|(at, character)| {
            match character {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            (depth == 0).then_some(at)
        });
        let end = end.unwrap_or(inside.len());
        self.rest = inside.get(end + 1..).unwrap_or_default();
        &inside[..end]
    }

    fn accented(&mut self, text: &mut String, accent: char, within: Within) {
        let mut base = String::new();
        self.argument(&mut base, within);
        // `\'{\i}` means í: Unicode puts accents on the dotted letter.
        let base = base.replace('ı', "i").replace('ȷ', "j");
        let mut characters = base.chars();
        match characters.next() {
            Some(first) => text.extend([first, accent]),
            None => text.push(accent),
        }
        text.push_str(characters.as_str());
    }
}

/// Markup that a declaration switches on.
fn declaration(name: &str) -> Option<Tag> {
    Some(match name {
        "em" | "it" | "itshape" | "sl" | "slshape" => ITALIC,
        "bf" | "bfseries" => BOLD,
        "sc" | "scshape" => SMALL_CAPITALS,
        _ => return None,
    })
}

/// The combining accent that a command puts on the next letter.
fn accent(name: &str) -> Option<char> {
    Some(match name {
        "`" => '\u{300}',
        "'" => '\u{301}',
        "^" => '\u{302}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "u" => '\u{306}',
        "." => '\u{307}',
        "\"" => '\u{308}',
        "r" => '\u{30a}',
        "H" => '\u{30b}',
        "v" => '\u{30c}',
        "d" => '\u{323}',
        "c" => '\u{327}',
        "k" => '\u{328}',
        "b" => '\u{331}',
        "t" => '\u{361}',
        _ => return None,
    })
}

/// What a command without argument prints.
fn symbol(name: &str) -> Option<&'static str> {
    let index = SYMBOLS.binary_search_by_key(&name, |(name, _)| name).ok()?;
    Some(SYMBOLS[index].1)
}

/// By name.
const SYMBOLS: &[(&str, &str)] = &[
    ("AA", "Å"),
    ("AE", "Æ"),
    ("DH", "Ð"),
    ("DJ", "Đ"),
    ("Delta", "Δ"),
    ("Gamma", "Γ"),
    ("L", "Ł"),
    ("LaTeX", "LaTeX"),
    ("Lambda", "Λ"),
    ("NG", "Ŋ"),
    ("O", "Ø"),
    ("OE", "Œ"),
    ("Omega", "Ω"),
    ("P", "¶"),
    ("Phi", "Φ"),
    ("Pi", "Π"),
    ("Psi", "Ψ"),
    ("S", "§"),
    ("SS", "ẞ"),
    ("Sigma", "Σ"),
    ("TH", "Þ"),
    ("TeX", "TeX"),
    ("Theta", "Θ"),
    ("aa", "å"),
    ("ae", "æ"),
    ("alpha", "α"),
    ("approx", "≈"),
    ("beta", "β"),
    ("bibrangedash", "–"),
    ("cdot", "·"),
    ("chi", "χ"),
    ("circ", "°"),
    ("copyright", "©"),
    ("dag", "†"),
    ("ddag", "‡"),
    ("degree", "°"),
    ("delta", "δ"),
    ("dh", "ð"),
    ("dj", "đ"),
    ("dots", "…"),
    ("epsilon", "ε"),
    ("eta", "η"),
    ("euro", "€"),
    ("gamma", "γ"),
    ("ge", "≥"),
    ("geq", "≥"),
    ("i", "ı"),
    ("infty", "∞"),
    ("iota", "ι"),
    ("j", "ȷ"),
    ("kappa", "κ"),
    ("l", "ł"),
    ("lambda", "λ"),
    ("ldots", "…"),
    ("le", "≤"),
    ("leq", "≤"),
    ("lq", "‘"),
    ("mu", "μ"),
    ("neq", "≠"),
    ("ng", "ŋ"),
    ("nu", "ν"),
    ("o", "ø"),
    ("oe", "œ"),
    ("omega", "ω"),
    ("phi", "φ"),
    ("pi", "π"),
    ("pm", "±"),
    ("pounds", "£"),
    ("psi", "ψ"),
    ("quad", " "),
    ("rho", "ρ"),
    ("rightarrow", "→"),
    ("rq", "’"),
    ("sigma", "σ"),
    ("sim", "∼"),
    ("slash", "/"),
    ("ss", "ß"),
    ("tau", "τ"),
    ("textasciicircum", "^"),
    ("textasciigrave", "`"),
    ("textasciitilde", "~"),
    ("textbackslash", "\\"),
    ("textbar", "|"),
    ("textbullet", "•"),
    ("textcopyright", "©"),
    ("textdegree", "°"),
    ("textellipsis", "…"),
    ("textemdash", "—"),
    ("textendash", "–"),
    ("textgreater", ">"),
    ("textless", "<"),
    ("textmu", "µ"),
    ("textquotedblleft", "“"),
    ("textquotedblright", "”"),
    ("textquoteleft", "‘"),
    ("textquoteright", "’"),
    ("textquotesingle", "'"),
    ("textregistered", "®"),
    ("texttimes", "×"),
    ("texttrademark", "™"),
    ("textunderscore", "_"),
    ("th", "þ"),
    ("theta", "θ"),
    ("times", "×"),
    ("upsilon", "υ"),
    ("xi", "ξ"),
    ("zeta", "ζ"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_sorted() {
        assert!(SYMBOLS.is_sorted_by_key(|(name, _)| *name));
    }

    #[test]
    fn text_and_markup() {
        for (latex, expected) in [
            (r#"{\"O}st, Lars-G{\"{o}}ran"#, "Öst, Lars-Göran"),
            (r#"Ad{\`e}r Ren\'ee \c{c}a \v Z \'{\i} \H{o} \k{a} {\aa}ngstr\"om"#, "Adèr Renée ça Ž í ő ą ångström"),
            (r"{\L}ukasz Micha{\l} \ss\ \O stby", "Łukasz Michał ß Østby"),
            ("{{National Institute}} of  Mental\n  Health", "National Institute of Mental Health"),
            ("``quoted'' and `single' and it's", "“quoted” and ‘single’ and it’s"),
            ("a--b---c-d~e", "a–b—c-d\u{a0}e"),
            (r"\emph{in vivo} and {\em in vitro} end", "<i>in vivo</i> and <i>in vitro</i> end"),
            (
                r"\textbf{b} \textsc{s} H\textsubscript{2}O",
                "<b>b</b> <span style=\"font-variant:small-caps;\">s</span> H<sub>2</sub>O",
            ),
            (r"H$_2$O, $\chi^{2}$ and $p < .05$", "H<sub>2</sub>O, χ<sup>2</sup> and p < .05"),
            (r"5\,\% \& more \$ \# \_ \{x\}", "5\u{202f}% & more $ # _ {x}"),
            (r"\enquote{so} \mkbibparens{it}", "“so” (it)"),
            (r"see \url{https://x.y/a_b%c} and \href{https://x.y}{there}", "see https://x.y/a_b%c and there"),
            (r"\unknown{kept} \LaTeX{} rest", "kept LaTeX rest"),
            (r"stray } brace and $open", "stray brace and open"),
        ] {
            assert_eq!(rich(latex), expected, "for {latex}");
        }
        assert_eq!(plain(r"\emph{a} $x^2$ \textsc{b}"), "a x2 b");
        assert_eq!(verbatim(r"\url{https://x.y/a\_b\%20{\~{}}c}"), "https://x.y/a_b%20~c");
        assert_eq!(hyphened("1053--1059"), "1053-1059");
    }

    #[test]
    fn chains_of_accents_end() {
        assert_eq!(rich(&"\\'".repeat(100_000)).chars().next(), Some('\u{301}'));
        rich(&"{".repeat(100_000));
        rich(&"\\em ".repeat(100_000));
        rich(&"$^".repeat(100_000));
    }
}
