//! See the page beside this file.

use std::collections::{BTreeMap, HashMap};

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::diagnostic::{Diagnostic, Location};
use crate::site::lookup::fold;
use crate::site::{Facts, LinkTarget, Site, generated};
use crate::source::{SitePath, Sources};

/// Somebody who wants an address.
struct Claim {
    address: String,
    who: Claimant,
    what: String,
    /// Where to mend it; `None` when psychoed itself is the claimant.
    at: Option<Location>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Claimant {
    Psychoed,
    Page,
    File,
    Alias,
}

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    let claims = claims(site);
    let mut first: HashMap<String, &Claim> = HashMap::new();
    for claim in &claims {
        let earlier = *first.entry(fold(&claim.address)).or_insert(claim);
        if std::ptr::eq(earlier, claim) {
            continue;
        }
        let Some(at) = &claim.at else { continue };
        let diagnostic = rule.finding(at.clone(), message(claim, earlier)).hint(hint(claim, earlier));
        found.push(match &earlier.at {
            Some(at) => diagnostic.related(at.clone(), "the other one is here"),
            None => diagnostic,
        });
    }
}

/// Everybody who wants an address; whoever comes first gets it.
fn claims(site: &Site) -> Vec<Claim> {
    let generated = generated::addresses(&site.config).into_iter().map(|(address, what)| Claim {
        address,
        who: Claimant::Psychoed,
        what,
        at: None,
    });
    // The home page shows the body of this one, so the two share their address.
    let pages = site.pages.iter().filter(|page| page.path.as_str() != Site::HOME).map(|page| Claim {
        address: page.url.to_string(),
        who: Claimant::Page,
        what: format!("the page {}", page.path),
        at: Some(page.at(&page.document.front_matter.title.span)),
    });
    let files = linked_files(site).into_iter().map(|(path, at)| Claim {
        address: path.as_str().trim_start_matches(Sources::CONTENT).to_owned(),
        who: Claimant::File,
        what: format!("the file {path}"),
        at: Some(at),
    });
    let aliases = site.pages.iter().flat_map(|page| {
        page.document.front_matter.aliases.iter().map(move |alias| Claim {
            address: alias.value.clone(),
            who: Claimant::Alias,
            what: format!("an alias of {}", page.path),
            at: Some(page.at(&alias.span)),
        })
    });
    generated.chain(pages).chain(files).chain(aliases).collect()
}

/// Every file that is published because a page links to it or shows it, with the first place that does.
fn linked_files(site: &Site) -> BTreeMap<&SitePath, Location> {
    let mut linked = BTreeMap::new();
    for page in &site.pages {
        for (link, target) in page.links() {
            if let LinkTarget::Asset(path) = target {
                linked.entry(path).or_insert_with(|| page.at(&link.span));
            }
        }
    }
    linked
}

fn message(claim: &Claim, earlier: &Claim) -> String {
    let address = quoted(&claim.address);
    let same_page = earlier.at.as_ref().map(|at| &at.path) == claim.at.as_ref().map(|at| &at.path);
    match (claim.who, earlier.who) {
        (Claimant::Alias, Claimant::Alias) if same_page => return format!("the alias {address} is listed twice"),
        (Claimant::Alias, Claimant::Page) if same_page => {
            return format!("the alias {address} is the page's own address");
        }
        _ => {}
    }
    if claim.address == earlier.address {
        return format!("{} would have the address {address}, which {} has", claim.what, earlier.what);
    }
    format!(
        "the address {address} of {} differs only in case or in how accents are stored from {} of {}",
        claim.what,
        quoted(&earlier.address),
        earlier.what,
    )
}

fn hint(claim: &Claim, earlier: &Claim) -> String {
    match (claim.who, earlier.who) {
        (Claimant::Alias, _) => "Delete the alias: something else answers at that address.".to_owned(),
        (who, Claimant::Psychoed) => format!(
            "psychoed makes that one itself. Rename the file, for example to `our-{}`, or move it to a folder.",
            claim
                .address
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .replace(".html", if who == Claimant::Page { ".md" } else { ".html" }),
        ),
        _ => "Rename one of the two files: on many disks and servers they would overwrite each other.".to_owned(),
    }
}
