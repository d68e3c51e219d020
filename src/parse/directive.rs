//! Fenced divs: finds the fences, and reads their names and attributes.
