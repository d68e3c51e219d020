//! French: groups of vowels with their usual sounds; an *e*, *es* or the *-aient* of a past tense that nobody hears at the end is not
//! counted. What is left out: the *-ent* of other verbs (`parlent`), which is counted since nouns (`moment`) are spelt alike, and
//! the *e* within a word, which is counted although many do not say it.

pub(super) fn syllables(word: &str) -> u32 {
    let mut letters = [' '; 32];
    let mut length = 0;
    for character in word.chars().filter(|character| *character != '\'') {
        if length == letters.len() {
            break;
        }
        letters[length] = character;
        length += 1;
    }
    let letters = without_mute_end(&letters[..length]);
    let mut count = 0;
    let mut at = 0;
    while at < letters.len() {
        if !sounds(letters, at) {
            at += 1;
            continue;
        }
        count += 1;
        at += sound(letters, at);
    }
    count
}

fn is_vowel(character: char) -> bool {
    "aeiouyàâäæéèêëîïôöœùûüÿ".contains(character)
}

/// Whether a letter is a vowel that is heard.
fn sounds(word: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| word[before]);
    let next = word.get(at + 1).copied();
    match word[at] {
        'u' if before == Some('q') => false,
        'u' if before == Some('g') => !next.is_some_and(|next| "eéèêi".contains(next)),
        // `mangeons`, `voyageur` keeps its `eu`.
        'e' if before == Some('g') => !next.is_some_and(|next| "aoâô".contains(next)),
        'y' => before.is_some() && !next.is_some_and(is_vowel) || word.len() == 1,
        character => is_vowel(character),
    }
}

/// The word without an ending that nobody hears, unless nothing would be left to hear.
fn without_mute_end(word: &[char]) -> &[char] {
    let heard = |word: &[char]| (0..word.len()).any(|at| sounds(word, at));
    if let [stem @ .., 'e', 'n', 't'] = word
        && stem.ends_with(&['a', 'i'])
    {
        return stem;
    }
    let stem = match word {
        [stem @ .., 'e'] | [stem @ .., 'e', 's'] => stem,
        _ => return word,
    };
    // `langue`, but `que`.
    let stem = match stem {
        [shorter @ .., 'g' | 'q', 'u'] if heard(shorter) => shorter,
        _ => stem,
    };
    if heard(stem) { stem } else { word }
}

/// How many letters the sound that starts here takes.
fn sound(word: &[char], at: usize) -> usize {
    let rest = &word[at..];
    for together in ["oeu", "eau", "œu", "oui", "ai", "aî", "au", "ei", "eu", "eû", "ou", "où", "oû", "oi", "oî", "ui"]
    {
        if rest.iter().copied().zip(together.chars()).filter(|(a, b)| a == b).count() == together.chars().count() {
            return together.chars().count();
        }
    }
    if rest[0] != 'i' || !rest.get(1).is_some_and(|next| "aeoéèêuâ".contains(*next)) {
        return 1;
    }
    // `nation` and `bien` glide; after two consonants (`client`, `crier`) the vowels are apart.
    let apart = at >= 2 && matches!(word[at - 1], 'l' | 'r') && !is_vowel(word[at - 2]) && word[at - 2] != word[at - 1];
    if apart { 1 } else { 1 + sound(word, at + 1) }
}
