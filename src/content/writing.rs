//! How languages are written.

/// The language of a tag without its script and country: `pt` of `pt-BR`.
pub fn main_part(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

/// Whether a language is written from right to left, by its primary subtag or its script.
pub fn is_right_to_left(language: &str) -> bool {
    let mut subtags = language.split(['-', '_']);
    let primary = subtags.next().unwrap_or_default().to_ascii_lowercase();
    let script = subtags.next().filter(|subtag| subtag.len() == 4).map(str::to_ascii_lowercase);
    match script.as_deref() {
        Some(script) => matches!(script, "arab" | "hebr" | "syrc" | "thaa" | "nkoo" | "adlm" | "rohg"),
        None => matches!(
            primary.as_str(),
            "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "iw" | "nqo" | "ps" | "sd" | "syr" | "ug" | "ur" | "yi"
        ),
    }
}
