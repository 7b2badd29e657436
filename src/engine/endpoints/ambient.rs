//! Rows that the catalogue lists but nothing is recognised by, see [`super::AMBIENT`].

use super::Endpoint;

/// The public cloud.
pub const WORLDWIDE: &[Endpoint] = &[];
/// GCC High.
pub const GCC_HIGH: &[Endpoint] = &[];
/// `DoD`.
pub const DOD: &[Endpoint] = &[];
