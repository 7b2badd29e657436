//! Addresses at which Microsoft Entra ID answers, for logs that name no hosts.
//!
//! The list gives one set of ranges for sign-in, adminwebservice, provisioningapi and Graph together: an address tells
//! that a call went to the service, and not which host was meant. The lists of the other clouds name no ranges for
//! these hosts.
//!
//! Source: Microsoft 365 endpoint web service, instance Worldwide, ID 56; read 2026-11-22.

use std::net::{IpAddr, Ipv4Addr};

/// Networks and the lengths of their prefixes.
const V4: &[(Ipv4Addr, u32)] = &[
    (Ipv4Addr::new(20, 20, 32, 0), 19),
    (Ipv4Addr::new(20, 190, 128, 0), 18),
    (Ipv4Addr::new(20, 231, 128, 0), 19),
    (Ipv4Addr::new(40, 126, 0, 0), 18),
];

/// The networks of IPv6; each prefix has 48 bits, written as its three words.
const V6: &[[u16; 3]] = &[
    [0x2603, 0x1006, 0x2000],
    [0x2603, 0x1007, 0x0200],
    [0x2603, 0x1016, 0x1400],
    [0x2603, 0x1017, 0x0000],
    [0x2603, 0x1026, 0x3000],
    [0x2603, 0x1027, 0x0001],
    [0x2603, 0x1036, 0x3000],
    [0x2603, 0x1037, 0x0001],
    [0x2603, 0x1046, 0x2000],
    [0x2603, 0x1047, 0x0001],
    [0x2603, 0x1056, 0x2000],
    [0x2603, 0x1057, 0x0002],
];

/// Whether an address lies in the ranges that Microsoft publishes for sign-in and sync. A name does not.
pub fn is_service_address(text: &str) -> bool {
    // Most hosts of a log are names, and most addresses begin otherwise.
    if !["20.", "40.", "2603:"].iter().any(|start| text.starts_with(start)) {
        return false;
    }
    match text.parse() {
        Ok(IpAddr::V4(address)) => {
            V4.iter().any(|(network, prefix)| (address.to_bits() ^ network.to_bits()).leading_zeros() >= *prefix)
        }
        Ok(IpAddr::V6(address)) => V6.iter().any(|network| address.segments().starts_with(network)),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_at_the_ends_of_the_ranges_are_told_apart_from_their_neighbours() {
        for inside in ["20.190.128.0", "20.190.191.255", "40.126.63.255", "20.20.63.255", "2603:1006:2000::a"] {
            assert!(is_service_address(inside), "{inside}");
        }
        for outside in
            ["20.190.127.255", "20.190.192.0", "40.126.64.0", "20.20.64.0", "2603:1006:2001::a", "20.example"]
        {
            assert!(!is_service_address(outside), "{outside}");
        }
    }
}
