//! How large pictures are, so that a page does not jump while they load.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use quick_xml::events::{BytesStart, Event};

use crate::source::{SitePath, Sources};

/// Width and height in CSS pixels of pictures, each measured when a page first shows it.
#[derive(Debug, Default)]
pub struct Pictures {
    sizes: RwLock<HashMap<SitePath, Option<(u32, u32)>>>,
}

impl Pictures {
    /// One picture's width and height. `None` for one that cannot be measured; a rule reports it.
    pub fn size(&self, path: &SitePath, sources: &Sources) -> Option<(u32, u32)> {
        if let Some(known) = self.sizes.read().unwrap_or_else(PoisonError::into_inner).get(path) {
            return *known;
        }
        let size = sources.bytes(path.as_str()).and_then(|bytes| size(path, bytes));
        self.sizes.write().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), size);
        size
    }
}

fn size(path: &SitePath, bytes: &[u8]) -> Option<(u32, u32)> {
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("svg")) {
        return svg_size(std::str::from_utf8(bytes).ok()?);
    }
    let size = imagesize::blob_size(bytes).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// The size an SVG asks for, or that of its drawing when it asks for none.
fn svg_size(text: &str) -> Option<(u32, u32)> {
    let mut reader = quick_xml::Reader::from_str(text);
    let root = loop {
        match reader.read_event().ok()? {
            Event::Start(element) | Event::Empty(element) => break element,
            Event::Eof => return None,
            _ => {}
        }
    };
    if root.local_name().as_ref() != "svg" {
        return None;
    }
    let length = |name| attribute(&root, name).and_then(|value| pixels(&value));
    if let (Some(width), Some(height)) = (length("width"), length("height")) {
        return Some((width, height));
    }
    let view_box = attribute(&root, "viewBox")?;
    let mut numbers = view_box.split([' ', ',', '\n', '\t']).filter(|part| !part.is_empty());
    Some((pixels(numbers.nth(2)?)?, pixels(numbers.next()?)?))
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element.try_get_attribute(name).ok()?.map(|attribute| attribute.value.into_owned())
}

/// A length without a unit or in pixels; anything else depends on where the picture stands.
fn pixels(length: &str) -> Option<u32> {
    let number: f64 = length.trim().trim_end_matches("px").parse().ok()?;
    (number >= 1.0 && number <= f64::from(u32::MAX)).then_some(number.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_svg_is_as_large_as_it_says_or_as_its_drawing() {
        let cases = [
            (r#"<svg width="640" height="320px" viewBox="0 0 10 10"/>"#, Some((640, 320))),
            (r#"<?xml version="1.0"?><!-- a --><svg viewBox="0 0 720.4 360"><g/></svg>"#, Some((720, 360))),
            (r#"<svg width="100%" height="auto" viewBox="0,0,30,20"></svg>"#, Some((30, 20))),
            (r#"<svg></svg>"#, None),
            (r#"<html width="1" height="1"/>"#, None),
            ("", None),
            (r#"<svg viewBox="0 0 NaN -4"/>"#, None),
        ];
        for (text, expected) in cases {
            assert_eq!(svg_size(text), expected, "{text}");
        }
    }
}
