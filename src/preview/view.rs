//! How a page is looked at.

use url::form_urlencoded;

use crate::server::own;

/// How a page is looked at: the end of its address says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize)]
pub enum View {
    /// As readers see it on a screen.
    #[default]
    Screen,
    /// As it comes out of a printer.
    Paper,
    /// As it comes out of a printer, in 18 point.
    Large,
}

impl View {
    /// All of them, in the order of the bar.
    pub const ALL: [View; 3] = [View::Screen, View::Paper, View::Large];

    /// The view that a query such as `view=paper` asks for.
    pub fn asked(query: &str) -> Self {
        let asked = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "view");
        match asked.as_ref().map(|(_, value)| value.as_ref()) {
            Some("paper") => View::Paper,
            Some("large") => View::Large,
            _ => View::Screen,
        }
    }

    /// What follows a page's address to ask for the view.
    pub fn query(self) -> &'static str {
        match self {
            View::Screen => "",
            View::Paper => "?view=paper",
            View::Large => "?view=large",
        }
    }

    /// What the bar calls it.
    pub fn title(self) -> &'static str {
        match self {
            View::Screen => "Screen",
            View::Paper => "Paper",
            View::Large => "Large print",
        }
    }

    /// The folder that holds the site's style sheets for the view; `None` on a screen, which has them as they are.
    pub fn folder(self) -> Option<&'static str> {
        match self {
            View::Screen => None,
            View::Paper => Some(own!("paper/")),
            View::Large => Some(own!("large/")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_asked_for_by_its_own_query() {
        for view in View::ALL {
            assert_eq!(View::asked(view.query().trim_start_matches('?')), view);
        }
        assert_eq!(View::asked("x=1&view=large&view=paper"), View::Large);
        assert_eq!(View::asked("view=cinema"), View::Screen);
    }
}
