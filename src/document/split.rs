//! Where front matter ends and the body begins.
