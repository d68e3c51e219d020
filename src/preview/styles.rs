//! A page's style sheets as a script, since pages may not fetch: `/_psychoed/styles.js?page=…&view=…`.

use super::tags::{Token, Tokens};

/// The script that hands a page its style sheets' addresses as they are now, in order. `html` is the page as it would be served.
pub fn script(html: &[u8]) -> String {
    let mut addresses = Vec::new();
    for token in Tokens::new(html) {
        let Token::Tag(tag) = token else { continue };
        let value = |name| {
            tag.attribute(name).map(|attribute| String::from_utf8_lossy(&html[attribute.value.clone()]).into_owned())
        };
        let is_stylesheet = value("rel").is_some_and(|rel: String| {
            rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("stylesheet"))
        });
        if tag.name == "link" && is_stylesheet && tag.attribute("data-psychoed").is_none() {
            addresses.extend(value("href").map(|href| serde_json::Value::String(href.replace("&amp;", "&"))));
        }
    }
    format!("psychoedStyles({});\n", serde_json::Value::Array(addresses))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_sites_own_style_sheets_are_named() {
        let html = b"<link rel=icon href=i><link rel='alternate StyleSheet' href='a.css?x&amp;y\"'>\
            <!-- <link rel=stylesheet href=c> --><link rel=stylesheet data-psychoed href=p><LINK HREF=b.css rel=stylesheet>";
        assert_eq!(script(html), "psychoedStyles([\"a.css?x&y\\\"\",\"b.css\"]);\n");
    }
}
