//! Whole sites rendered in memory, with plain templates so that what is asserted is what psychoed hands to a theme.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

#[path = "render/addresses.rs"]
mod addresses;
#[path = "render/duties.rs"]
mod duties;
#[path = "render/editions.rs"]
mod editions;
#[path = "render/feeds.rs"]
mod feeds;
#[path = "render/lists.rs"]
mod lists;
#[path = "render/support.rs"]
mod support;
#[path = "render/templates.rs"]
mod templates;
#[path = "render/translations.rs"]
mod translations;
