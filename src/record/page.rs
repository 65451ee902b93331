//! Keys of kind `page` that code reads.
