//! Keys of kind `information` that code reads.
