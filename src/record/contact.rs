//! Keys of kind `contact` that code reads.
