//! A page's style sheets as a script, since pages may not fetch: `/_psychoed/styles.js?page=…&view=…`.

use super::tags::{Token, Tokens};

/// The script that hands a page its style sheets' addresses as they are now, in order. `html` is the page as it would be served.
pub fn script(html: &[u8]) -> String {
    let mut addresses = Vec::new();
    for token in Tokens::new(html) {
        let Token::Tag(tag) = token else { continue };
        if tag.is_stylesheet(html) && tag.attribute("data-psychoed").is_none() {
            let href = tag.attribute("href").map(|href| String::from_utf8_lossy(&html[href.value.clone()]));
            addresses.extend(href.map(|href| serde_json::Value::String(href.replace("&amp;", "&"))));
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
