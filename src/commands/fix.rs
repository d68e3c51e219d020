//! `psychoed check --fix`: mends what is certain, then checks again.

use std::path::Path;
use std::sync::Arc;

use super::{FAULT, build, fault, print_out, today};
use crate::cli::{CheckArguments, CheckOnlyArguments};
use crate::mend::{self, Plan};
use crate::report::place::Places;
use crate::site::Facts;
use crate::source::Sources;
use crate::{Memo, Options, load};

/// Mends, or shows what would be mended.
pub fn fix(arguments: &CheckOnlyArguments) -> u8 {
    let (plan, sources, code) = match found(&arguments.check) {
        Ok(found) => found,
        Err(why) => return fault(why),
    };
    if arguments.dry_run {
        let printed = print_out(plan.diff().as_bytes());
        anstream::eprintln!("{}", would_mend(&plan));
        return code.max(printed);
    }
    let whole = carry_out(&arguments.check.root, &plan, &sources);
    drop((plan, sources));
    let code = build::check(arguments);
    if whole { code } else { FAULT }
}

/// What is to be mended, in which files, and what checking alone would come to.
fn found(arguments: &CheckArguments) -> Result<(Plan, Arc<Sources>, u8), String> {
    let sources = Arc::new(load::project(&arguments.root).map_err(|why| why.to_string())?);
    if let Some(unknown) = build::unknown_edition(&sources, &arguments.editions) {
        return Err(unknown);
    }
    let facts = Facts::on(today(arguments.today));
    let options = Options { editions: arguments.editions.clone(), ..Options::default() };
    let mut built = crate::build(&sources, &facts, &options, &mut Memo::default());
    built.print(&facts, &|_| {});
    let plan = Plan::of(&built.diagnostics, &sources);
    let code = build::exit_code(&built, arguments.strict);
    Ok((plan, sources, code))
}

/// Changes the files and says so. False when one had to stay as it was.
fn carry_out(root: &Path, plan: &Plan, sources: &Sources) -> bool {
    let mut places = Places::new(sources);
    let mut whole = true;
    for (path, mended) in &plan.files {
        if let Err(why) = mend::write(root, path, mended) {
            fault(why);
            whole = false;
            continue;
        }
        for fix in &mended.fixes {
            let place = places.of(&fix.at);
            let before = String::from_utf8_lossy(&mended.before[fix.at.span.start..fix.at.span.end]);
            anstream::eprintln!(
                "Mended {path}:{}:{}: `{before}` is now `{}`",
                place.line,
                place.column,
                fix.replacement
            );
        }
    }
    if plan.is_empty() {
        anstream::eprintln!("Nothing to mend that is certain");
    }
    if plan.waiting > 0 {
        anstream::eprintln!("{}", run_again(plan.waiting));
    }
    anstream::eprintln!();
    whole
}

fn would_mend(plan: &Plan) -> String {
    if plan.is_empty() {
        return "Nothing to mend that is certain".to_owned();
    }
    let mut said = format!(
        "Would mend {} in {}; nothing was written",
        counted(plan.count(), "place"),
        counted(plan.files.len(), "file")
    );
    if plan.waiting > 0 {
        said.push('\n');
        said.push_str(&run_again(plan.waiting));
    }
    said
}

fn run_again(waiting: usize) -> String {
    let changes = if waiting == 1 { "1 more changes" } else { &format!("{waiting} more change") };
    format!("{changes} the same places, so run `psychoed check --fix` again afterwards")
}

fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
