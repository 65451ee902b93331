//! From a stretch of text to a value of a type: lists, codes, names, rows with typed tails.
