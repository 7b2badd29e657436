//! Which cloud a host name speaks for.

use super::Cloud;
use super::matching::{below, trimmed};

/// The weight of a hint that proves its cloud.
pub const PROOF: u8 = 3;
/// The weight of a host that several clouds share.
const SHARED: u8 = 1;

/// Names, with everything below them, that exist in one cloud only. Hosts of GCC High and `DoD` alike stand under
/// GCC High.
const ZONES: &[(&str, Cloud)] = &[
    ("partner.microsoftonline.cn", Cloud::China),
    ("chinacloudapi.cn", Cloud::China),
    ("partner.microsoftonline-p.cn", Cloud::China),
    ("parter.microsoftonline-p.cn", Cloud::China),
    ("msauth.cn", Cloud::China),
    ("msftauth.cn", Cloud::China),
    ("msauthimages.cn", Cloud::China),
    ("msftauthimages.cn", Cloud::China),
    ("auth.microsoft.cn", Cloud::China),
    ("dod-graph.microsoft.us", Cloud::UsGovDod),
    ("apps.mil", Cloud::UsGovDod),
    ("microsoftonline.us", Cloud::UsGovGccHigh),
    ("gov.us.microsoftonline.com", Cloud::UsGovGccHigh),
    ("graph.microsoft.us", Cloud::UsGovGccHigh),
    ("auth.microsoft.us", Cloud::UsGovGccHigh),
    ("autologon.microsoft.us", Cloud::UsGovGccHigh),
    ("login.windows.us", Cloud::UsGovGccHigh),
    ("msappproxy.us", Cloud::UsGovGccHigh),
    ("usgovcloudapi.net", Cloud::UsGovGccHigh),
    ("microsoftazure.us", Cloud::UsGovGccHigh),
    ("microsoftonline.de", Cloud::Germany),
    ("microsoftonline-p.de", Cloud::Germany),
    ("cloudapi.de", Cloud::Germany),
    ("graph.microsoft.de", Cloud::Germany),
];

/// Names of the public cloud below microsoftonline.com. US Government has them below gov.us.microsoftonline.com.
const WORLDWIDE: &[&str] =
    &["adminwebservice.microsoftonline.com", "provisioningapi.microsoftonline.com", "becws.microsoftonline.com"];

/// Names of the public cloud that the lists of other clouds contain as well, or that every tenant's users call.
const WORLDWIDE_SHARED: &[&str] =
    &["microsoftonline.com", "login.windows.net", "graph.windows.net", "graph.microsoft.com", "login.microsoft.com"];

/// Which cloud a host speaks for, and how loudly: 3 is proof, 1 is a host that other clouds use too. Certificate
/// hosts, content networks and unknown names say nothing.
pub fn cloud_hint(host: &str) -> Option<(Cloud, u8)> {
    let host = trimmed(host);
    let within = |zone: &str| host.eq_ignore_ascii_case(zone) || below(zone, host);
    if let Some((_, cloud)) = ZONES.iter().find(|(zone, _)| within(zone)) {
        return Some((*cloud, PROOF));
    }
    let regional = |suffix: &str| super::host_matches(suffix, host);
    if WORLDWIDE.iter().any(|name| host.eq_ignore_ascii_case(name))
        || regional("*-anchor.microsoftonline.com")
        || regional("*-relay.microsoftonline.com")
    {
        return Some((Cloud::Worldwide, PROOF));
    }
    WORLDWIDE_SHARED.iter().any(|zone| within(zone)).then_some((Cloud::Worldwide, SHARED))
}

/// The cloud that a set of hosts speaks for, with the host that shows it best. Count each host once. A host that
/// only `DoD` has turns all Government hosts into hosts of `DoD`; the public cloud needs proof to win over another
/// cloud's proof, since its shared hosts stand in the lists of all clouds.
pub fn cloud_of_hosts<'a>(hosts: impl IntoIterator<Item = &'a str>) -> Option<(Cloud, &'a str)> {
    let mut votes = [(0usize, 0usize); Cloud::ALL.len()];
    let mut shown: [Option<&'a str>; Cloud::ALL.len()] = [None; Cloud::ALL.len()];
    let mut shared = None;
    for host in hosts {
        let Some((cloud, weight)) = cloud_hint(host) else { continue };
        let Some(index) = Cloud::ALL.iter().position(|&other| other == cloud) else { continue };
        if weight < PROOF {
            shared = shared.or(Some((cloud, host)));
            continue;
        }
        if let (Some(vote), Some(first)) = (votes.get_mut(index), shown.get_mut(index)) {
            // Of two clouds with as many hosts the later one wins: what is proved against the default.
            *vote = (vote.0 + 1, index);
            *first = first.or(Some(host));
        }
    }
    let government = Cloud::ALL.iter().position(|&cloud| cloud == Cloud::UsGovGccHigh);
    let dod = Cloud::ALL.iter().position(|&cloud| cloud == Cloud::UsGovDod);
    if let (Some(government), Some(dod)) = (government, dod)
        && votes.get(dod).is_some_and(|vote| vote.0 > 0)
        && let Some(moved) = votes.get_mut(government).map(std::mem::take)
        && let Some(vote) = votes.get_mut(dod)
    {
        vote.0 += moved.0;
    }
    let (count, index) = votes.iter().copied().max()?;
    if count == 0 {
        return shared;
    }
    Some((*Cloud::ALL.get(index)?, (*shown.get(index)?)?))
}
