//! Levels from the configuration, and waivers.
