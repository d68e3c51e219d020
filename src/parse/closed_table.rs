//! A TOML table with a closed set of keys, read with every fault at its place.
