//! What the evidence says about the file that is wanted: which proxy, whether a sign-in, whether one is needed.

use super::{Proxy, Wanted};
use crate::facts::Facts;
use crate::layers::trace_view;
use crate::readers::machine_config::{Config, Effective, WhichFile};
use crate::report::{Report, Severity};
use crate::rules::proxy_settings::evidence::{
    fails_to_connect, other_layers, required_urls, sign_in_refused, tried_proxies,
};

/// What the evidence wants of one configuration.
pub fn wanted(report: &Report, config: &Config) -> Wanted {
    let facts = &report.facts;
    let severe = |id: &str| {
        report.diagnoses.iter().any(|diagnosis| diagnosis.rule.id == id && diagnosis.severity <= Severity::Warning)
    };
    let is_ours = config.counts();
    let proxy = proxy(facts, config);
    let misses = is_ours && (severe("proxy-not-configured") || severe("proxy-disabled"));
    // A block that gives an address and is refused is meant to be used.
    let needed = misses && facts.direct_design().is_none();
    Wanted {
        sign_in: is_ours && !sign_in_refused(facts).is_empty(),
        needed,
        remove: matches!(config.which, WhichFile::Miiserver | WhichFile::Wizard) && config.default_proxy.is_some(),
        urls: if is_ours { required_urls(facts) } else { Vec::new() },
        proxy,
    }
}

/// The proxy that something other than this file names: the wizard's trace, an error, another file, another layer of
/// Windows, in the order of their weight.
fn proxy(facts: &Facts, config: &Config) -> Option<Proxy> {
    let proxy = |host: &str, port: u16, from: &str| Proxy {
        host: host.to_owned(),
        port,
        from: from.to_owned(),
        is_users: false,
    };
    let usable = |host: &str| {
        let local = host == "localhost" || host == "::1" || host.starts_with("127.");
        !host.is_empty() && !local && !host.contains([' ', '<', '>', '{', '}'])
    };
    let trace = trace_view(facts);
    let from_trace = trace.proxy().and_then(|address| {
        let read = crate::readers::machine_config::address::read(address);
        let good = usable(&read.host) && !read.unusable() && !address.trim_end_matches('/').ends_with(&read.host);
        good.then(|| proxy(&read.host, read.port, "The wizard's trace"))
    });
    let from_other = || {
        let others = facts.configs.iter().map(|(_, other)| other).filter(|other| other.which != config.which);
        others.filter(|other| other.effective == Effective::Proxy).find_map(|other| {
            let read = other.address.as_ref().filter(|read| read.issues.is_empty() && usable(&read.host))?;
            Some(proxy(&read.host, read.port, &format!("The block in {}", other.which.name())))
        })
    };
    let from_error = || {
        let (host, port, _) = tried_proxies(facts).find(|(host, _, _)| usable(host))?;
        Some(proxy(host, port, "An error message"))
    };
    // The other layers may name other proxies: that counts only where .NET does not get out, and they agree.
    let from_layers = || {
        let layers = other_layers(facts);
        let first = layers.first().filter(|layer| usable(&layer.host))?;
        let agree = layers.iter().all(|layer| layer.host == first.host && layer.port == first.port);
        let wanting = fails_to_connect(facts) || config.address.is_none();
        let from = match first.name {
            "WinHTTP" => "WinHTTP",
            "an environment variable" => "An environment variable",
            _ => "The proxy setting of Internet Options",
        };
        (agree && wanting).then(|| proxy(&first.host, first.port, from))
    };
    from_trace.or_else(from_other).or_else(from_error).or_else(from_layers)
}
