//! The order of a list of all works.

use crate::content::reference::Work;

/// By author (or else editor, or else title), then year, then title, as a reader looks a work up.
pub(super) fn alphabetical<'a>(works: impl Iterator<Item = &'a Work>) -> Vec<&'a Work> {
    let mut keyed: Vec<_> = works.map(|work| ((names(work), work.year(), folded(title(work))), work)).collect();
    keyed.sort_by(|(a, first), (b, second)| a.cmp(b).then_with(|| first.key.cmp(&second.key)));
    keyed.into_iter().map(|(_, work)| work).collect()
}

fn names(work: &Work) -> Vec<String> {
    let people = ["author", "editor", "translator", "director"].iter().find_map(|role| work.csl.get(*role)?.as_array());
    let Some(people) = people.filter(|people| !people.is_empty()) else { return vec![folded(title(work))] };
    let names = people.iter().map(|person| {
        let part = |key: &str| person.get(key).and_then(serde_json::Value::as_str);
        let family = part("literal").or(part("family")).unwrap_or_default();
        let particle = part("non-dropping-particle").map(|particle| format!("{particle} ")).unwrap_or_default();
        folded(&format!("{particle}{family}, {}", part("given").unwrap_or_default()))
    });
    names.collect()
}

fn title(work: &Work) -> &str {
    let title = work.text("title").unwrap_or(&work.key);
    ["The ", "A ", "An "].iter().find_map(|article| title.strip_prefix(article)).unwrap_or(title)
}

/// Letters without accents and case, so that Öst stands with Ost.
fn folded(text: &str) -> String {
    let plain = deunicode::deunicode(text).to_lowercase();
    plain.chars().filter(|character| character.is_alphanumeric() || matches!(character, ' ' | ',')).collect()
}
