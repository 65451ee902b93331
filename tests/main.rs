//! The house seen from outside, room by room.

mod sample;
