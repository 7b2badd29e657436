//! The shelf of log dialects. To add one: a file here that ends in a `pub const FORMAT`, a `mod` line, and a line
//! in [`ALL`]. A test holds the list against the folder and checks that each sample is won by its own format.
