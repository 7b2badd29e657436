//! Addresses at which Microsoft Entra ID answers, for logs that name no hosts.
//!
//! The list gives one set of ranges for sign-in, adminwebservice, provisioningapi and Graph together: an address tells
//! that a call went to the service, and not which host was meant. The lists of the other clouds name no ranges for
//! these hosts.
//!
//! Source: Microsoft 365 endpoint web service, instance Worldwide, ID 56; read 2026-11-22.

use std::net::IpAddr;

/// Network and length of its prefix. IPv4 first.
const RANGES: &[(&str, u32)] = &[
    ("20.20.32.0", 19),
    ("20.190.128.0", 18),
    ("20.231.128.0", 19),
    ("40.126.0.0", 18),
    ("2603:1006:2000::", 48),
    ("2603:1007:200::", 48),
    ("2603:1016:1400::", 48),
    ("2603:1017::", 48),
    ("2603:1026:3000::", 48),
    ("2603:1027:1::", 48),
    ("2603:1036:3000::", 48),
    ("2603:1037:1::", 48),
    ("2603:1046:2000::", 48),
    ("2603:1047:1::", 48),
    ("2603:1056:2000::", 48),
    ("2603:1057:2::", 48),
];

/// Whether an address lies in the ranges that Microsoft publishes for sign-in and sync. A name does not.
pub fn is_service_address(text: &str) -> bool {
    // Most hosts of a log are names, and most addresses begin otherwise.
    if !["20.", "40.", "2603:"].iter().any(|start| text.starts_with(start)) {
        return false;
    }
    let Ok(address) = text.parse::<IpAddr>() else { return false };
    RANGES.iter().any(|(network, prefix)| match (address, network.parse::<IpAddr>()) {
        (IpAddr::V4(address), Ok(IpAddr::V4(network))) => {
            (address.to_bits() ^ network.to_bits()).leading_zeros() >= *prefix
        }
        (IpAddr::V6(address), Ok(IpAddr::V6(network))) => {
            (address.to_bits() ^ network.to_bits()).leading_zeros() >= *prefix
        }
        _ => false,
    })
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
