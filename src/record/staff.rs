//! Keys of kind `staff` that code reads.
