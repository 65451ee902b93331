//! Bold beside Chinese punctuation. Delete when pulldown-cmark ships its CJK option (its PR 1059; not in 0.13.6).
