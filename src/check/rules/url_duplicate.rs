//! See the page beside this file.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::check::Rule;
use crate::check::ties::Whole;
use crate::check::wording::quoted;
use crate::content::KindName;
use crate::diagnostic::{Diagnostic, Location};
use crate::site::lookup::fold;
use crate::site::{Page, Site, generated};
use crate::source::{SitePath, Sources, Span, Spanned};

/// Somebody who wants an address.
struct Claim<'s> {
    address: &'s str,
    /// The address as disks and servers may take it that make no difference between capitals.
    folded: Cow<'s, str>,
    who: Claimant<'s>,
}

impl<'s> Claim<'s> {
    fn new(address: &'s str, who: Claimant<'s>) -> Self {
        Self { address, folded: folded(address), who }
    }
}

enum Claimant<'s> {
    /// psychoed itself, with what it has there.
    Psychoed(&'s str),
    Page(&'s Page),
    /// A file, with the first place that links to it or shows it.
    File(&'s SitePath, &'s Page, &'s Span),
    Alias(&'s Page, &'s Spanned<String>),
}

impl Claimant<'_> {
    fn what(&self) -> String {
        match self {
            Claimant::Psychoed(what) => (*what).to_owned(),
            Claimant::Page(page) => format!("the page {}", page.path),
            Claimant::File(path, ..) => format!("the file {path}"),
            Claimant::Alias(page, _) => format!("an alias of {}", page.path),
        }
    }

    /// Where to mend it; `None` when psychoed itself is the claimant.
    fn at(&self) -> Option<Location> {
        match self {
            Claimant::Psychoed(_) => None,
            Claimant::Page(page) => Some(page.at(&page.document.front_matter.title.span)),
            Claimant::File(_, page, span) => Some(page.at(span)),
            Claimant::Alias(page, alias) => Some(page.at(&alias.span)),
        }
    }
}

pub(super) fn check(rule: &Rule, whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let claims = claims(whole);
    let generated = generated(whole.site, &claims);
    let generated = generated.iter().map(|(address, what)| Claim::new(address, Claimant::Psychoed(what)));
    let claims: Vec<Claim<'_>> = generated.chain(claims).collect();
    let mut first: FxHashMap<&str, &Claim<'_>> = FxHashMap::default();
    first.reserve(claims.len());
    for claim in &claims {
        let earlier = *first.entry(&claim.folded).or_insert(claim);
        if std::ptr::eq(earlier, claim) {
            continue;
        }
        let Some(at) = claim.who.at() else { continue };
        let diagnostic = rule.finding(at, message(claim, earlier)).hint(hint(claim, earlier));
        found.push(match earlier.who.at() {
            Some(at) => diagnostic.related(at, "the other one is here"),
            None => diagnostic,
        });
    }
    session_packs(rule, whole.site, found);
}

/// Packs are named after ids, so that two of them may want one address although their pages do not.
fn session_packs(rule: &Rule, site: &Site, found: &mut Vec<Diagnostic>) {
    let mut first: FxHashMap<String, (&Page, &Spanned<String>)> = FxHashMap::default();
    for page in site.pages.iter().filter(|page| page.kind() == KindName::SessionGuide) {
        let Some(id) = &page.document.front_matter.id else { continue };
        let address = generated::pack_url(&generated::session_pack(&id.value));
        let (earlier, earlier_id) = *first.entry(fold(&address)).or_insert((page, id));
        if std::ptr::eq(earlier, page) {
            continue;
        }
        let message = format!(
            "the pack of the session guide {} would have the address {}, which that of {} has",
            page.path,
            quoted(&address),
            earlier.path,
        );
        let hint = "Give one of the two another id: the address of a session's pack is made from it.";
        let diagnostic = rule.finding(page.at(&id.span), message).hint(hint);
        found.push(diagnostic.related(earlier.at(&earlier_id.span), "the other one is here"));
    }
}

/// What psychoed has itself. Addresses for each page are made only if others come near them: with every edit that is
/// previewed, this would take longer than all the rest of the rule.
fn generated(site: &Site, claims: &[Claim<'_>]) -> BTreeMap<String, String> {
    let mut generated = generated::addresses(&site.config);
    if claims.iter().any(|claim| generated::may_be_of_page(&claim.folded)) {
        let ids = site
            .pages
            .iter()
            .filter_map(|page| Some((page.document.front_matter.id.as_ref()?.value.as_str(), page.kind())));
        generated.extend(generated::addresses_of_pages(ids));
    }
    generated
}

/// Most addresses are as plain as they can be.
fn folded(address: &str) -> Cow<'_, str> {
    let is_plain = address.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_plain { Cow::Borrowed(address) } else { Cow::Owned(fold(address)) }
}

/// Everybody else who wants an address; whoever comes first gets it.
fn claims<'s>(whole: &Whole<'s>) -> Vec<Claim<'s>> {
    let pages = &whole.site.pages;
    // The home page shows the body of this one, so the two share their address.
    let written = pages
        .iter()
        .filter(|page| page.path.as_str() != Site::HOME)
        .map(|page| Claim::new(page.url.as_str(), Claimant::Page(page)));
    let files = linked_files(whole).into_iter().map(|(path, (page, span))| {
        Claim::new(path.as_str().trim_start_matches(Sources::CONTENT), Claimant::File(path, page, span))
    });
    let aliases = pages.iter().flat_map(|page| {
        let aliases = page.document.front_matter.aliases.iter();
        aliases.map(move |alias| Claim::new(&alias.value, Claimant::Alias(page, alias)))
    });
    written.chain(files).chain(aliases).collect()
}

/// Every file that is published because a page links to it or shows it, with the first place that does.
fn linked_files<'s>(whole: &Whole<'s>) -> BTreeMap<&'s SitePath, (&'s Page, &'s Span)> {
    let mut linked = BTreeMap::new();
    for (page, link, path) in whole.links_to_files() {
        linked.entry(path).or_insert((page, &link.span));
    }
    linked
}

fn message(claim: &Claim<'_>, earlier: &Claim<'_>) -> String {
    let address = quoted(claim.address);
    match (&claim.who, &earlier.who) {
        (Claimant::Alias(page, _), Claimant::Alias(earlier, _)) if page.path == earlier.path => {
            return format!("the alias {address} is listed twice");
        }
        (Claimant::Alias(page, _), Claimant::Page(earlier)) if page.path == earlier.path => {
            return format!("the alias {address} is the page's own address");
        }
        _ => {}
    }
    if claim.address == earlier.address {
        return format!("{} would have the address {address}, which {} has", claim.who.what(), earlier.who.what());
    }
    format!(
        "the address {address} of {} differs only in case or in how accents are stored from {} of {}",
        claim.who.what(),
        quoted(earlier.address),
        earlier.who.what(),
    )
}

fn hint(claim: &Claim<'_>, earlier: &Claim<'_>) -> String {
    match (&claim.who, &earlier.who) {
        (Claimant::Alias(..), _) => "Delete the alias: something else answers at that address.".to_owned(),
        (who, Claimant::Psychoed(_)) => format!(
            "psychoed makes that one itself. Rename the file, for example to `our-{}`, or move it to a folder.",
            claim
                .address
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .replace(".html", if matches!(who, Claimant::Page(_)) { ".md" } else { ".html" }),
        ),
        _ => "Rename one of the two files: on many disks and servers they would overwrite each other.".to_owned(),
    }
}
