//! What stands in for Typst where psychoed was built without it.

use super::{Fault, Job, Sheet};
use crate::theme::{Face, Theme};

/// Nobody: without the feature `pdf` there is none.
#[derive(Debug)]
pub enum Printer {}

impl Printer {
    /// There is none to be had.
    pub fn new(_: &Theme, _: &[Face]) -> Option<Self> {
        None
    }

    pub(super) fn fingerprint(&self) -> &[u8] {
        match *self {}
    }

    pub(super) fn print(&self, _: &Job) -> Result<Sheet, Fault> {
        match *self {}
    }
}
