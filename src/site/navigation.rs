//! The lists between pages of one edition: by kind, phase and focal area, and what is related to what.
