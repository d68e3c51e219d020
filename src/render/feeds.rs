//! Atom feed of changes, sitemap and robots.
