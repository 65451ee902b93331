//! The pipeline, ten lines long, and its memory.
