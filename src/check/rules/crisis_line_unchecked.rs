//! See the page beside this file.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::config::CrisisLine;
use crate::diagnostic::{Diagnostic, Location};
use crate::site::{Facts, Site};
use crate::source::{SitePath, Sources};

pub(super) fn check(rule: &Rule, site: &Site, facts: &Facts, found: &mut Vec<Diagnostic>) {
    // Lines of other regions are shown to nobody.
    let Some(region) = &site.config.region else { return };
    for line in site.config.crisis_lines.iter().filter(|line| line.region == region.value) {
        let Some(message) = fault(line, facts.today) else { continue };
        let at = Location::new(&SitePath::new(Sources::CONFIG), &line.name.span);
        found.push(rule.finding(at, message).hint(format!(
            "Ring {}, or look at the service's own site. If the number, hours and name are right, write `checked = {}`.",
            line.number, facts.today,
        )));
    }
}

fn fault(line: &CrisisLine, today: Date) -> Option<String> {
    let which = format!("the crisis line {}, {},", quoted(&line.name.value), line.number);
    let Some(checked) = &line.checked else {
        return Some(format!("nobody has checked {}", which.trim_end_matches(',')));
    };
    if checked.value > today {
        return Some(format!("{which} is said to have been checked on {}, which has not come yet", checked.value));
    }
    let year_later = checked.value.saturating_add(1.year());
    (year_later < today).then(|| format!("{which} was last checked on {}, more than a year ago", checked.value))
}
