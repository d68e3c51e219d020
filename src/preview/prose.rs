//! Messages with the author's text in backticks.

use serde::Serialize;

/// A stretch of a message.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Piece<'a> {
    /// Whether it is something to type, rather than said in words.
    pub code: bool,
    /// The words.
    pub text: &'a str,
}

/// Splits a message at its backticks. One whose backticks do not pair is left as it is.
pub fn pieces(message: &str) -> Vec<Piece<'_>> {
    if message.matches('`').count() % 2 == 1 {
        return vec![Piece { code: false, text: message }];
    }
    let pieces = message.split('`').enumerate().map(|(at, text)| Piece { code: at % 2 == 1, text });
    pieces.filter(|piece| !piece.text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pairs_of_backticks_mean_something() {
        let shown = |message| -> Vec<(bool, &str)> {
            pieces(message).into_iter().map(|piece| (piece.code, piece.text)).collect()
        };
        assert_eq!(
            shown("Write `a` or `b`."),
            [(false, "Write "), (true, "a"), (false, " or "), (true, "b"), (false, ".")]
        );
        assert_eq!(shown("a ` b"), [(false, "a ` b")]);
    }
}
