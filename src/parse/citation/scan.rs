//! One pass over a run that finds keys and brackets, so that nothing has to look ahead twice.

use crate::source::Span;

/// A citation key as it stands in a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// From the `-` or `@`.
    pub start: usize,
    /// The key without `@` and braces.
    pub name: Span,
    /// Behind the key, and behind its brace if it has one.
    pub end: usize,
    /// Whether a `-` stands before it.
    pub suppresses_author: bool,
}

impl Key {
    pub fn name<'t>(&self, text: &'t str) -> &'t str {
        &text[self.name.clone()]
    }
}

/// Something that may start a citation.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    /// A bracket, closed, that holds a key directly.
    Group { open: usize, close: usize },
    /// A key.
    Key(Key),
    /// A bracket that holds a key and is never closed.
    Unclosed { open: usize, key: Key },
    /// A bracket that closes behind a key and was never opened.
    Unopened { key: Key, close: usize },
}

impl Mark {
    pub fn at(&self) -> usize {
        match self {
            Mark::Group { open, .. } | Mark::Unclosed { open, .. } => *open,
            Mark::Key(key) => key.start,
            Mark::Unopened { close, .. } => *close,
        }
    }
}

/// What one pass found.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Candidates by place.
    pub marks: Vec<Mark>,
    /// Every key that stands directly within a bracket, by place.
    keys: Vec<(usize, Key)>,
    /// Every `;` that stands directly within a bracket: the bracket, and its own place.
    semicolons: Vec<(usize, usize)>,
    /// Closed brackets by where they open.
    brackets: Vec<(usize, usize)>,
    /// The last key outside brackets.
    last_bare: Option<Key>,
}

#[derive(Default)]
struct OpenBracket {
    at: usize,
    first_key: Option<Key>,
    /// How many braces are open in it. Within braces a locator may hold anything: `[@a, {p. 3; p. 7}]`.
    braces: usize,
}

impl Scan {
    pub fn of(text: &str, escaped: &[usize]) -> Self {
        let mut scan = Scan::default();
        let mut open: Vec<OpenBracket> = Vec::new();
        let means_something = |byte: &u8| matches!(byte, b'[' | b']' | b';' | b'@' | b'-' | b'{' | b'}');
        let mut next = 0;
        while let Some(found) = text.as_bytes()[next..].iter().position(means_something) {
            let at = next + found;
            next = at + 1;
            if escaped.binary_search(&at).is_ok() {
                continue;
            }
            let in_braces = open.last().is_some_and(|bracket| bracket.braces > 0);
            match text.as_bytes()[at] {
                b'[' => open.push(OpenBracket { at, ..Default::default() }),
                b']' => scan.close(open.pop(), at),
                b';' if !in_braces => scan.semicolons.extend(open.last().map(|bracket| (bracket.at, at))),
                b'@' | b'-' if !in_braces && !text[..at].ends_with(char::is_alphanumeric) => {
                    if let Some(key) = key(text, at, escaped) {
                        next = key.end;
                        scan.note(key, open.last_mut());
                    }
                }
                brace @ (b'{' | b'}') => {
                    if let Some(bracket) = open.last_mut() {
                        let braces = bracket.braces;
                        bracket.braces = if brace == b'{' { braces + 1 } else { braces.saturating_sub(1) };
                    }
                }
                _ => {}
            }
        }
        for bracket in open {
            scan.marks.extend(bracket.first_key.map(|key| Mark::Unclosed { open: bracket.at, key }));
        }
        scan.marks.sort_by_key(Mark::at);
        scan.brackets.sort_unstable();
        scan.keys.sort_by_key(|(bracket, key)| (*bracket, key.start));
        scan.semicolons.sort_unstable();
        scan
    }

    fn note(&mut self, key: Key, bracket: Option<&mut OpenBracket>) {
        if let Some(bracket) = bracket {
            bracket.first_key.get_or_insert_with(|| key.clone());
            self.keys.push((bracket.at, key.clone()));
        } else {
            self.last_bare = Some(key.clone());
        }
        self.marks.push(Mark::Key(key));
    }

    fn close(&mut self, bracket: Option<OpenBracket>, at: usize) {
        match bracket {
            Some(bracket) => {
                self.brackets.push((bracket.at, at));
                if bracket.first_key.is_some() {
                    self.marks.push(Mark::Group { open: bracket.at, close: at });
                }
            }
            None => self.marks.extend(self.last_bare.take().map(|key| Mark::Unopened { key, close: at })),
        }
    }

    /// Where the bracket that opens here closes.
    pub fn close_of(&self, open: usize) -> Option<usize> {
        let index = self.brackets.binary_search_by_key(&open, |(open, _)| *open).ok()?;
        Some(self.brackets[index].1)
    }

    /// The stretches between the `;` of a bracket.
    pub fn parts(&self, open: usize, close: usize) -> impl Iterator<Item = Span> {
        let first = self.semicolons.partition_point(|(of, _)| *of < open);
        let cuts = self.semicolons[first..].iter().take_while(move |(of, _)| *of == open).map(|(_, at)| *at);
        let mut from = open + 1;
        cuts.chain([close]).map(move |cut| {
            let part = from..cut;
            from = cut + 1;
            part
        })
    }

    /// The keys that stand directly within a part of a bracket.
    pub fn keys_within(&self, open: usize, part: &Span) -> impl Iterator<Item = &Key> {
        let first = self.keys.partition_point(|(of, key)| (*of, key.start) < (open, part.start));
        let end = part.end;
        self.keys[first..].iter().take_while(move |(of, key)| *of == open && key.start < end).map(|(_, key)| key)
    }
}

/// The key that starts with the `@` or `-` at a place.
fn key(text: &str, at: usize, escaped: &[usize]) -> Option<Key> {
    let suppresses_author = text[at..].starts_with('-');
    let sign = at + usize::from(suppresses_author);
    if !text[sign..].starts_with('@') || escaped.binary_search(&sign).is_ok() {
        return None;
    }
    let from = sign + 1;
    if text[from..].starts_with('{') {
        let close = from + text[from..].find(|c: char| c == '}' || c.is_whitespace())?;
        let name = from + 1..close;
        let closed = text[close..].starts_with('}') && !name.is_empty();
        return closed.then_some(Key { start: at, name, end: close + 1, suppresses_author });
    }
    let length = key_length(&text[from..]);
    (length > 0).then_some(Key { start: at, name: from..from + length, end: from + length, suppresses_author })
}

/// How many bytes of a text are a key.
fn key_length(text: &str) -> usize {
    let plain = |c: char| c.is_alphanumeric() || c == '_';
    let mut characters = text.char_indices().peekable();
    let mut length = match characters.next() {
        Some((_, first)) if plain(first) => first.len_utf8(),
        _ => return 0,
    };
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let inner = ":.#$%&-+?<>~/".contains(character) && next.is_some_and(plain);
        let scheme = ":/".contains(character) && next == Some('/');
        if !(plain(character) || inner || scheme) {
            break;
        }
        length = at + character.len_utf8();
    }
    length
}
