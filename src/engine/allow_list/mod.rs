//! What the network has to let through, held against what a list lets through, and written in a product's syntax.
//!
//! [`needed`] says what Entra Connect calls in a cloud; [`check`](check()) measures a list against it; [`write`] writes
//! a list that passes the check.

mod check;
mod needed;
mod pasted;
mod words;
mod write;

pub use crate::readers::allow_list::{HowKnown, Product};
pub use check::{Check, Found, Place, Remark, Row, Verdict, check, found_in, measure, remarks_of, rows_of};
pub use needed::{Needed, Weight, needed};
pub use pasted::{Pasted, allowing, cloud_of, concerns_entra, pasted};
pub use words::note;
pub use write::write;

#[cfg(test)]
mod tests;
