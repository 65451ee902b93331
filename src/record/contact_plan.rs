//! Keys of kind `contact-plan` that code reads.
