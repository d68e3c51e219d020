//! Titles put together from their parts, and shortened.

/// A title with what stands below it.
pub(super) fn joined(title: String, subtitle: Option<String>, addon: Option<String>) -> String {
    let mut whole = title;
    for (part, separator) in [(subtitle, ": "), (addon, ". ")] {
        let Some(part) = part else { continue };
        whole.push_str(if whole.ends_with(['?', '!', '.', ':']) { " " } else { separator });
        whole.push_str(&part);
    }
    whole
}

/// What stands before the colon of a title: short enough for a citation of a work without author.
pub(super) fn before_colon(title: &str) -> Option<String> {
    let (short, _) = title.split_once(": ")?;
    let balanced = short.matches('<').count() == 2 * short.matches("</").count();
    (balanced && !short.is_empty()).then(|| short.to_owned())
}
