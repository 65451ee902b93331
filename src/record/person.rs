//! Keys of kind `person` that code reads.
