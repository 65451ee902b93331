//! Keys of kind `customer` that code reads.
