//! References as `.bib`, `.ris` and CSL-JSON.

use crate::content::reference::Work;

/// BibLaTeX that reads back as the same works.
pub fn bib(works: &[&Work]) -> String {
    let _ = works;
    String::new()
}

/// RIS, as reference managers import it.
pub fn ris(works: &[&Work]) -> String {
    let _ = works;
    String::new()
}

/// A CSL-JSON array.
pub fn csl_json(works: &[&Work]) -> String {
    let _ = works;
    String::new()
}
