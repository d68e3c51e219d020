//! Publishes files without ever losing what psychoed did not write.
