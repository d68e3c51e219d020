//! Every page of an edition: those that were written, and the lists between them.
