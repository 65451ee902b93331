//! Keys of kind `visit` that code reads.
