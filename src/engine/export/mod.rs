//! The report as other programs see it.

pub mod v1;
