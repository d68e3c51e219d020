//! Where works can be found: addresses that are safe to follow.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use url::Url;

use crate::content::reference::Work;

/// What a DOI may hold and an address may not.
const IN_DOI: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'#')
    .add(b'?')
    .add(b'%')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The address of a DOI.
pub(super) fn doi(doi: &str) -> String {
    format!("https://doi.org/{}", utf8_percent_encode(doi.trim(), IN_DOI))
}

/// The address of a record of PubMed; nothing when it is no number.
pub(super) fn pubmed(pmid: &str) -> Option<String> {
    let number = pmid.trim();
    let is_number = !number.is_empty() && number.len() <= 12 && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("https://pubmed.ncbi.nlm.nih.gov/{number}/"))
}

/// An address as it may be linked: only of the web, and rewritten to where PubMed and DOI live today.
pub(super) fn address(url: &str) -> Option<String> {
    let trimmed = url.trim();
    if let Some(rest) = trimmed.strip_prefix("https://doi.org/") {
        return Some(doi(rest));
    }
    if let Some(rest) = trimmed.strip_prefix("https://www.ncbi.nlm.nih.gov/pubmed/") {
        return pubmed(rest);
    }
    if let Some(rest) = trimmed.strip_prefix("https://www.ncbi.nlm.nih.gov/pmc/articles/") {
        let number = rest.strip_prefix("PMC").unwrap_or(rest);
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        return is_number.then(|| format!("https://pmc.ncbi.nlm.nih.gov/articles/PMC{number}/"));
    }
    let parsed = Url::parse(trimmed).ok()?;
    (matches!(parsed.scheme(), "http" | "https") && parsed.has_host()).then(|| parsed.to_string())
}

/// Links to add to an entry, each with its words: those to the DOI and to PubMed, or else to the work's address.
pub(super) fn of(work: &Work) -> Vec<(String, String)> {
    let mut links = Vec::new();
    if let Some(number) = work.text("DOI").filter(|number| number.trim().starts_with("10.")) {
        links.push((doi(number), "DOI".to_owned()));
    }
    if let Some(address) = work.text("PMID").and_then(pubmed) {
        links.push((address, "PubMed".to_owned()));
    }
    if links.is_empty()
        && let Some(address) = work.text("URL").and_then(address)
    {
        let host = Url::parse(&address)
            .ok()
            .and_then(|url| url.host_str().map(|host| host.trim_start_matches("www.").to_owned()));
        links.extend(host.map(|host| (address, host)));
    }
    links
}
