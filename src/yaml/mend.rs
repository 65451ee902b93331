//! Slips of a Chinese keyboard, understood and reported (`product.md`, reading).
