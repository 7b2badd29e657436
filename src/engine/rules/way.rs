//! Which way a connection took, by the address behind a socket message: for the rules about proxies that do not
//! answer, about direct connections and about those that are cut.

use crate::artifact::Span;
use crate::endpoints;
use crate::facts::Facts;
use crate::host_port::host_port;
use crate::readers::error_text::ErrorHit;
use crate::readers::proxy_log::Outcome;
use crate::rules::proxy_settings::evidence::{is_public, known_proxy};

/// What the address behind a socket message says about the way the client took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A port that no Microsoft endpoint uses: a proxy.
    Proxy,
    /// A proxy on the server itself: what a debugging tool leaves behind.
    LocalProxy,
    /// A public address on 443 or 80: straight to the service.
    Direct,
    /// A private address on 443: a transparent proxy, split DNS or a hosts entry.
    PrivateService,
    /// An address that no host has, `0.0.0.0` or `::`: a name server or hosts file that blocks the name.
    Nowhere,
    /// No address.
    Unknown,
}

/// The way that a socket error shows (the rule of the address behind the message).
pub(super) fn way(hit: &ErrorHit) -> Way {
    let (Some(address), Some(port)) = (hit.capture("address"), hit.capture("port")) else { return Way::Unknown };
    let local = address.starts_with("127.") || address == "::1" || address.eq_ignore_ascii_case("localhost");
    match (port, local) {
        _ if leads_nowhere(address) => Way::Nowhere,
        (_, true) => Way::LocalProxy,
        ("443" | "80", _) if endpoints::find_host(address).is_some() => Way::Direct,
        ("443", _) if is_private(address) => Way::PrivateService,
        ("443", _) => Way::Direct,
        ("80", _) if is_public(address) => Way::Direct,
        _ => Way::Proxy,
    }
}

/// The address that a name server gives for a name that it blocks.
pub(super) fn leads_nowhere(address: &str) -> bool {
    address.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_unspecified())
}

/// An IP address that is not one of the internet; a name is neither.
fn is_private(address: &str) -> bool {
    address.parse::<std::net::IpAddr>().is_ok() && !is_public(address)
}

pub(super) fn place(hit: &ErrorHit) -> String {
    match (hit.capture("address"), hit.capture("port")) {
        (Some(address), Some(port)) => host_port(address, port),
        _ => String::new(),
    }
}

pub(super) fn hits<'a>(facts: &'a Facts, ids: &'a [&'a str]) -> impl Iterator<Item = &'a ErrorHit> {
    facts.network_errors().filter(move |hit| ids.contains(&hit.entry.id))
}

pub(super) const REFUSED_ON_THE_WAY: &str = "A device on the way drops or refuses the connection to this address.";

/// Lines of a log that refuse a connection to the address that an error names.
pub(super) fn refused_on_the_way(facts: &Facts, hit: &ErrorHit) -> Vec<Span> {
    let Some(address) = hit.capture("address") else { return Vec::new() };
    let port = hit.capture("port").and_then(|port| port.parse().ok());
    facts
        .flows()
        .filter(|flow| flow.host == address && (flow.port == port || port.is_none()))
        .flat_map(|flow| {
            [Outcome::Denied, Outcome::TimedOut, Outcome::Reset]
                .into_iter()
                .flat_map(|outcome| flow.tally(outcome).samples.iter().copied().take(2))
        })
        .take(4)
        .collect()
}

/// Errors that mean "the name has no address". The last two come from programs that do not read machine.config.
pub(super) const UNRESOLVED: &[&str] = &[
    "dotnet-name-unresolved",
    "socket-host-unknown",
    "socket-name-try-again",
    "socket-name-no-recovery",
    "socket-name-no-data",
    "curl-host-unresolved",
    "winhttp-name-unresolved",
];

/// A name that a Microsoft endpoint has, or that cannot be told.
pub(super) fn microsoft_name(hit: &ErrorHit) -> bool {
    hit.capture("host").is_none_or(|host| endpoints::find_host(host).is_some() || endpoints::cloud_hint(host).is_some())
}

/// Whether the evidence names a proxy that requests are meant to take.
pub(super) fn proxy_is_meant(facts: &Facts) -> bool {
    facts.direct_design().is_none() && known_proxy(facts).is_some()
}
