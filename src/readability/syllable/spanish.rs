//! Spanish spelling tells syllables fully: strong vowels (*a, e, o*) and weak ones with an accent (*í, ú*) each make one; weak
//! vowels without accent join them.

pub(super) fn syllables(word: &str) -> u32 {
    let mut count = 0;
    let mut group = Group::default();
    let mut before = ' ';
    let mut characters = word.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        let silent =
            character == 'u' && (before == 'q' || (before == 'g' && next.is_some_and(|next| "eéií".contains(next))));
        match character {
            _ if silent => {}
            'a' | 'e' | 'o' | 'á' | 'é' | 'ó' | 'í' | 'ú' | 'à' | 'è' | 'ò' => group.strong += 1,
            'i' | 'u' | 'ü' => group.weak += 1,
            // A vowel at the end of a word or before a consonant.
            'y' if next.is_none_or(|next| !is_vowel(next)) => group.weak += 1,
            _ => count += std::mem::take(&mut group).syllables(),
        }
        before = character;
    }
    count + group.syllables()
}

fn is_vowel(character: char) -> bool {
    "aeiouáéíóúü".contains(character)
}

/// Vowels that stand together.
#[derive(Default)]
struct Group {
    strong: u32,
    weak: u32,
}

impl Group {
    fn syllables(self) -> u32 {
        if self.strong > 0 { self.strong } else { u32::from(self.weak > 0) }
    }
}
