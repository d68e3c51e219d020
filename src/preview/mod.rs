//! What `psychoed serve` shows besides the site.
//!
//! Pages are served as they would be published, with two things laid over them ([`inject()`]): a [`panel`] with the findings of
//! the page's source, and a [`bar`] to switch edition, look at the page as it comes out of a printer ([`paper`]) and open its
//! source ([`editor`]). Everything below [`address::INDEX`] is psychoed's own: the [`index`] of all pages with what
//! is to be done, the [`explanation`] of every rule, and the [`assets`] that these need.
//!
//! All of this is pure: plain data in, bytes out. What a person wrote reaches HTML through one function, in `templates`.

pub mod address;
mod answers;
pub mod assets;
pub mod bar;
pub mod editor;
mod excerpt;
pub mod explanation;
pub mod head;
pub mod index;
pub mod inject;
mod media;
mod notice;
pub mod overview;
pub mod panel;
pub mod paper;
mod prose;
pub mod styles;
mod tags;
mod templates;
pub mod view;

pub use crate::diagnostic::Tally;
use crate::diagnostic::tally;
pub use answers::Preview;
pub use bar::Bar;
pub use inject::inject;
pub use overview::Overview;
pub use panel::{Findings, Panel};
pub use view::View;
