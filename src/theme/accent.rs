//! The accent: one colour of the configuration, and everything that follows from it for light and dark pages.

use csscolorparser::Color;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Location};
use crate::source::{SitePath, Sources, Span};

/// The colours that follow from the accent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    light: Scheme,
    dark: Scheme,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Scheme {
    /// For links, marks and filled areas.
    accent: Rgb,
    /// For text on a filled area.
    on_accent: Rgb,
    /// The background of boxes that belong to the accent; links in the accent can be read on it.
    tint: Rgb,
}

type Rgb = [u8; 3];

/// Where the style sheet wants the colours.
pub const MARK: &str = "/* psychoed: accent */";
/// The accent of a site that names none; also the colour of the built-in icon.
pub const DEFAULT: &str = "#1f6f6b";

/// The contrast that text needs with what is behind it (WCAG 2.2, 1.4.3).
const ENOUGH: f64 = 4.5;
/// More than enough: what the accent is given where we choose its shade, on dark pages.
const COMFORTABLE: f64 = 6.0;

// These are the style sheet's own colours; a test holds the two together.
const LIGHT_PAGE: Rgb = [0xfb, 0xf7, 0xef];
const LIGHT_INK: Rgb = [0x2a, 0x24, 0x21];
const DARK_PAGE: Rgb = [0x1b, 0x19, 0x17];
/// The lightest background of dark pages, hence the hardest to read on.
const DARK_SURFACE: Rgb = [0x26, 0x23, 0x20];
const WHITE: Rgb = [0xff; 3];

impl Palette {
    /// The colours of a site. An accent that is no colour gives way to the default; [`faults`] says so.
    pub fn of(config: &Config) -> Self {
        let asked = config.theme.accent.as_ref().and_then(|accent| opaque(&accent.value));
        let accent = asked.or_else(|| opaque(DEFAULT)).unwrap_or(LIGHT_INK);
        let bright = towards(accent, 0.005, |shade| contrast(shade, DARK_SURFACE) >= COMFORTABLE).unwrap_or(WHITE);
        Self {
            light: Scheme {
                accent,
                on_accent: more_legible(WHITE, LIGHT_INK, accent),
                tint: tint(LIGHT_PAGE, accent, 0.10),
            },
            dark: Scheme {
                accent: bright,
                on_accent: more_legible(DARK_PAGE, WHITE, bright),
                tint: tint(DARK_PAGE, bright, 0.14),
            },
        }
    }

    /// The colours as custom properties. Paper is always light.
    pub fn css(&self) -> String {
        let (light, dark) = (self.light.css(), self.dark.css());
        format!(":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}")
    }

    /// The accent, what can be read on it, and its tint: on paper, which is always light.
    pub fn on_paper(&self) -> [String; 3] {
        [self.light.accent, self.light.on_accent, tint(WHITE, self.light.accent, 0.10)].map(hex)
    }

    /// The accent on light pages.
    pub fn hex(&self) -> String {
        hex(self.light.accent)
    }
}

impl Scheme {
    fn css(&self) -> String {
        let [accent, on_accent, tint] = [self.accent, self.on_accent, self.tint].map(hex);
        format!("--accent:{accent};--on-accent:{on_accent};--tint:{tint}")
    }
}

/// An accent that is no colour, or that is hard to read on the page.
pub fn faults(config: &Config) -> Vec<Diagnostic> {
    const RULE: &str = "theme-accent-contrast";
    let Some(accent) = &config.theme.accent else { return Vec::new() };
    let (written, at) = (&accent.value, in_config(&accent.span));
    let Some(colour) = opaque(written) else {
        let see_through = csscolorparser::parse(written).is_ok();
        let what = if see_through { "lets what is behind it show through" } else { "is not a colour" };
        let fault = Diagnostic::error(RULE, at, format!("the accent `{written}` {what}"));
        return vec![fault.hint(format!("Write a colour as on the web, for example `accent = \"{DEFAULT}\"`."))];
    };
    let measured = contrast(colour, LIGHT_PAGE);
    if measured >= ENOUGH {
        return Vec::new();
    }
    let message = format!(
        "the accent `{written}` is hard to read on the page: its contrast is {} to 1, and text needs at least {ENOUGH} to 1",
        rounded_down(measured),
    );
    let darker = towards(colour, -0.005, |shade| contrast(shade, LIGHT_PAGE) >= ENOUGH).unwrap_or(LIGHT_INK);
    let hint = format!("The nearest darker shade that is easy to read: `accent = \"{}\"`.", hex(darker));
    vec![Diagnostic::error(RULE, at, message).hint(hint)]
}

/// How far apart two colours are in lightness (WCAG 2.2): from 1 for the same to 21 for black and white.
pub fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// A stretch of the configuration.
pub(super) fn in_config(span: &Span) -> Location {
    Location::new(&SitePath::new(Sources::CONFIG), span)
}

fn luminance(colour: Rgb) -> f64 {
    let [r, g, b] = colour.map(|channel| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// A CSS colour that nothing shows through.
fn opaque(written: &str) -> Option<Rgb> {
    let [r, g, b, alpha] = csscolorparser::parse(written).ok()?.to_rgba8();
    (alpha == u8::MAX).then_some([r, g, b])
}

/// The first shade that will do when a colour is made lighter or darker step by step; `None` if none does.
fn towards(colour: Rgb, step: f32, will_do: impl Fn(Rgb) -> bool) -> Option<Rgb> {
    let [lightness, chroma, hue, _] = Color::from_rgba8(colour[0], colour[1], colour[2], u8::MAX).to_oklcha();
    let lighter = (1..=200u8).map(|steps| {
        let shade = Color::from_oklcha((lightness + step * f32::from(steps)).clamp(0.0, 1.0), chroma, hue, 1.0);
        let [r, g, b, _] = shade.to_rgba8();
        [r, g, b]
    });
    std::iter::once(colour).chain(lighter).find(|shade| will_do(*shade))
}

/// A little of the accent in the page's colour: as much as asked, or less if the accent could not be read on it.
fn tint(page: Rgb, accent: Rgb, share: f64) -> Rgb {
    let shares = (0..=10).map(|tenths| share * f64::from(10 - tenths) / 10.0);
    shares.map(|share| mix(page, accent, share)).find(|tint| contrast(*tint, accent) >= ENOUGH).unwrap_or(page)
}

fn mix(most: Rgb, little: Rgb, share: f64) -> Rgb {
    std::array::from_fn(|i| (f64::from(most[i]) * (1.0 - share) + f64::from(little[i]) * share).round() as u8)
}

fn more_legible(first: Rgb, second: Rgb, background: Rgb) -> Rgb {
    if contrast(first, background) >= contrast(second, background) { first } else { second }
}

fn hex([r, g, b]: Rgb) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// Two decimals that never promise more than there is.
fn rounded_down(ratio: f64) -> String {
    format!("{:.2}", (ratio * 100.0).floor() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ThemeConfig;
    use crate::source::Spanned;
    use crate::theme::tests::config;

    const STYLE: &str = include_str!("../../themes/default/assets/site.css");

    fn with_accent(accent: &str) -> Config {
        config(ThemeConfig { accent: Some(Spanned::new(accent.into(), 10..17)), ..ThemeConfig::default() })
    }

    fn found(accent: &str) -> Vec<(String, String)> {
        faults(&with_accent(accent)).into_iter().map(|fault| (fault.message, fault.hint.unwrap())).collect()
    }

    #[test]
    fn contrast_agrees_with_known_ratios() {
        // As published with WCAG's techniques and by the usual checkers.
        for (one, other, ratio) in [
            ("#000", "#fff", 21.0),
            ("#fff", "#fff", 1.0),
            ("#777", "#fff", 4.48),
            ("#767676", "#fff", 4.54),
            ("#595959", "#fff", 7.0),
            ("#f00", "#fff", 4.0),
            ("#00f", "#fff", 8.59),
            ("#ff0", "#00f", 8.0),
        ] {
            let measured = contrast(opaque(one).unwrap(), opaque(other).unwrap());
            assert!((measured - ratio).abs() < 0.01, "{one} on {other}: {measured}, not {ratio}");
        }
    }

    #[test]
    fn the_style_sheet_has_the_colours_that_contrast_is_measured_against() {
        for colour in [LIGHT_PAGE, LIGHT_INK, DARK_PAGE, DARK_SURFACE] {
            assert!(STYLE.contains(&hex(colour)), "{} is not in the style sheet", hex(colour));
        }
        assert_eq!(STYLE.matches(MARK).count(), 1);
    }

    #[test]
    fn text_is_legible_whatever_the_accent() {
        for accent in [DEFAULT, "#663399", "#8a1c1c", "#003", "#000", "#7a5c00", "#c2185b", "#0057b7"] {
            let Palette { light, dark } = Palette::of(&with_accent(accent));
            for (text, background) in [
                (light.accent, LIGHT_PAGE),
                (light.accent, light.tint),
                (light.on_accent, light.accent),
                (LIGHT_INK, light.tint),
                (dark.accent, DARK_PAGE),
                (dark.accent, DARK_SURFACE),
                (dark.accent, dark.tint),
                (dark.on_accent, dark.accent),
            ] {
                let measured = contrast(text, background);
                assert!(measured >= ENOUGH, "{accent}: {} on {} has {measured}", hex(text), hex(background));
            }
        }
    }

    #[test]
    fn a_legible_accent_is_no_fault() {
        for accent in [DEFAULT, "rebeccapurple", "rgb(0 70 130)", "oklch(0.4 0.1 200)"] {
            assert_eq!(found(accent), [], "{accent}");
        }
        assert_eq!(faults(&config(ThemeConfig::default())), []);
    }

    #[test]
    fn a_word_that_is_no_colour_is_a_fault() {
        let expected = ("the accent `teel` is not a colour".to_owned(), example());
        assert_eq!(found("teel"), [expected]);
        let expected = ("the accent `#1f6f6b80` lets what is behind it show through".to_owned(), example());
        assert_eq!(found("#1f6f6b80"), [expected]);
        let at = &faults(&with_accent("teel"))[0].at;
        assert_eq!((at.path.as_str(), at.span.start, at.span.end), ("site-config.toml", 10, 17));
    }

    fn example() -> String {
        "Write a colour as on the web, for example `accent = \"#1f6f6b\"`.".to_owned()
    }

    #[test]
    fn a_pale_accent_is_a_fault_that_names_the_nearest_shade() {
        let [(message, hint)] = &found("#5bb5ae")[..] else { panic!("one fault") };
        assert_eq!(
            message,
            "the accent `#5bb5ae` is hard to read on the page: its contrast is 2.26 to 1, and text needs at least 4.5 to 1"
        );
        let shade = hint.split('"').nth(1).unwrap();
        let measured = contrast(opaque(shade).unwrap(), LIGHT_PAGE);
        assert!((ENOUGH..4.7).contains(&measured), "{shade} has {measured}");
        assert_eq!(found(shade), [], "the shade named passes");
    }
}
