//! See the page beside this file.

use std::collections::HashSet;

use crate::check::ties::Whole;
use crate::check::wording::{quoted, written};
use crate::check::{Rule, levels, mending};
use crate::content::{LinkRole, RawLink};
use crate::diagnostic::{Diagnostic, Severity};
use crate::site::{Facts, LinkFault, LinkTarget, Page, Site};
use crate::source::{SitePath, Spanned};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    for (link, target) in page.links() {
        let LinkTarget::Missing(LinkFault::NoSuchFile { nearest, certain }) = target else { continue };
        if link.value.role != LinkRole::Image {
            let finding = rule.finding(page.at(&link.span), no_such_file(&link.value));
            let finding = finding.hint(advice(link, nearest.as_deref()));
            found.push(match nearest {
                Some(nearest) if *certain => mending::with_file(finding, site, page, link, nearest),
                _ => finding,
            });
        }
    }
}

/// Links to pages that are there, but could not be read.
pub(super) fn unreadable(rule: &Rule, whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let mut stopping = None;
    for (page, link, fault) in whole.links_astray() {
        let LinkFault::Unreadable { path } = fault else { continue };
        let stopping = stopping.get_or_insert_with(|| stopping_the_build(whole.site, whole.facts));
        if link.value.role != LinkRole::Image && !stopping.contains(path) {
            let message = format!("the page {} could not be read, so nothing leads there", quoted(path.as_str()));
            let hint = "Mend that page first: its own findings say what is wrong with it.";
            found.push(rule.finding(page.at(&link.span), message).hint(hint));
        }
    }
}

/// The files whose own faults stop the build: a link to one of them has nothing to add.
fn stopping_the_build(site: &Site, facts: &Facts) -> HashSet<SitePath> {
    site.faults
        .iter()
        .filter_map(|fault| levels::settle_one(site, facts, fault.clone()))
        .filter(|fault| fault.severity == Severity::Error)
        .map(|fault| fault.at.path)
        .collect()
}

fn no_such_file(link: &RawLink) -> String {
    let file = without_anchor(&link.address);
    let name = file.rsplit('/').next().unwrap_or(file);
    let what = match name.rsplit_once('.') {
        _ if name.is_empty() || name == ".." || name == "." => "folder",
        Some((_, "md" | "html" | "htm")) | None => "page",
        Some(_) => "file",
    };
    if what == "folder" {
        return format!("{} is a folder, and links lead to pages", quoted(file));
    }
    format!("the {what} {} does not exist", quoted(file))
}

/// What to write instead, with the anchor kept.
fn advice(link: &Spanned<RawLink>, nearest: Option<&str>) -> String {
    let RawLink { address, role, .. } = &link.value;
    let file = without_anchor(address);
    let anchor = address.split_once('#').map_or(String::new(), |(_, anchor)| format!("#{anchor}"));
    if let Some(nearest) = nearest {
        let write = written(*role, &format!("{nearest}{anchor}"));
        let html = file.trim_end_matches(".html").trim_end_matches(".htm");
        if html != file && nearest.ends_with(".md") {
            return format!("Link to the page's source file, and psychoed makes the address of it. Write {write}.");
        }
        let name = nearest.rsplit('/').next().unwrap_or(nearest);
        return format!("Did you mean `{name}`? Write {write}.");
    }
    if file.starts_with("www.") {
        return format!(
            "If this is a page of the web, write the whole address: {}.",
            written(*role, &format!("https://{address}"))
        );
    }
    if file.contains('@') && !file.contains('/') {
        return format!("If this is an email address, write {}.", written(*role, &format!("mailto:{address}")));
    }
    "Check the spelling, and that the file is in the content folder. Addresses start from the folder of the page that they \
     stand on; `../` leads one folder up."
        .to_owned()
}

fn without_anchor(address: &str) -> &str {
    address.split(['#', '?']).next().unwrap_or(address)
}
