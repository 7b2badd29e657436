//! The differences between Microsoft's list and the catalogue, in both directions.

use super::{List, Set};
use crate::endpoints::{Cloud, Endpoint, Need, Role, catalogue, host_matches};
use std::collections::BTreeMap;

/// The differences, and what was compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The cloud that the list is of, and whose rows it was compared with.
    pub cloud: Cloud,
    /// In Microsoft's list and covered by no row, the closest to sign-in first.
    pub theirs_only: Vec<TheirsOnly>,
    /// In the catalogue and covered by no name of the list, what is worth a look first. Empty for a list that is cut
    /// off.
    pub ours_only: Vec<OursOnly>,
    /// In both, with another port or another weight.
    pub differs: Vec<Differs>,
    /// Names about sign-in and certificates that a row has too, or covers with a wildcard.
    pub in_both: usize,
    /// Sets in the file, and sets among them that are about sign-in or certificates.
    pub sets: (usize, usize),
    /// What limits the comparison: another instance than the one chosen, a file that is cut off.
    pub problems: Vec<String>,
}

/// Why a name of Microsoft's list may matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// It stands in a set with sign-in, sync or Graph hosts of the catalogue.
    BesideSignIn,
    /// It stands in another set, and its name looks like sign-in.
    LooksLikeSignIn,
    /// It stands in a set with certificate hosts of the catalogue.
    BesideCertificates,
}

impl Place {
    /// What that means, for the user.
    pub fn text(self) -> &'static str {
        match self {
            Self::BesideSignIn => "stands with the sign-in hosts: allow it, it may be new",
            Self::LooksLikeSignIn => "stands with other services, but its name speaks of sign-in: look at its notes",
            Self::BesideCertificates => {
                "a certificate host; those of Entra ID come from DigiCert and Microsoft, so that other issuers matter for \
                 other services (inferred)"
            }
        }
    }
}

/// A name that only Microsoft's list has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TheirsOnly {
    /// The name or pattern.
    pub url: String,
    /// Number of its set.
    pub set: u64,
    /// Why it may matter.
    pub place: Place,
    /// What the set says; `None` when it says nothing.
    pub required: Option<bool>,
    /// TCP ports, first and last of each range.
    pub ports: Vec<(u16, u16)>,
    /// Microsoft's words about an optional set.
    pub notes: String,
}

/// A row of which the list lacks hosts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OursOnly {
    /// The row.
    pub row: &'static Endpoint,
    /// What the list does not cover: hosts of the row, or its pattern.
    pub missing: Vec<&'static str>,
    /// An earlier edition of this list is a source of the row: Microsoft may have taken it out.
    pub look: bool,
    /// Why its absence may be all right, or what to do.
    pub why: &'static str,
}

/// A name that both have, with a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differs {
    /// The row.
    pub row: &'static Endpoint,
    /// The name as in Microsoft's list.
    pub url: String,
    /// Number of its set.
    pub set: u64,
    /// What differs, in a sentence.
    pub what: String,
}

/// Compares Microsoft's list with the rows of its cloud. `chosen` is the cloud that the user believes it to be of.
pub fn compare(list: &List, chosen: Option<Cloud>) -> Comparison {
    let rows: Vec<&'static Endpoint> =
        catalogue().filter(|row| row.cloud == list.cloud || row.role == Role::Alias).collect();
    let mut comparison = Comparison {
        cloud: list.cloud,
        theirs_only: Vec::new(),
        ours_only: Vec::new(),
        differs: Vec::new(),
        in_both: 0,
        sets: (list.set_count, 0),
        problems: problems(list, chosen),
    };
    // A name may stand in several sets; the closest place to sign-in counts.
    let mut theirs: BTreeMap<&str, TheirsOnly> = BTreeMap::new();
    let mut both: BTreeMap<&str, &'static Endpoint> = BTreeMap::new();
    for set in &list.sets {
        let place = place(set, &rows);
        comparison.sets.1 += usize::from(place.is_some());
        for url in &set.urls {
            let Some(row) = rows.iter().find(|row| covers(row, url)) else {
                let Some(place) = place.or_else(|| looks_like_sign_in(set, url)) else { continue };
                let entry = theirs.entry(url).or_insert_with(|| theirs_only(set, url, place));
                if place < entry.place {
                    *entry = theirs_only(set, url, place);
                }
                continue;
            };
            if place.is_some() {
                both.insert(url, row);
            }
        }
    }
    comparison.in_both = both.len();
    comparison.theirs_only = theirs.into_values().collect();
    comparison.theirs_only.sort_by(|a, b| (a.place, a.set, &a.url).cmp(&(b.place, b.set, &b.url)));
    comparison.differs = differs(list, &rows);
    if !list.cut {
        comparison.ours_only = ours_only(list, &rows);
    }
    comparison
}

fn problems(list: &List, chosen: Option<Cloud>) -> Vec<String> {
    let mut problems = Vec::new();
    if let Some(chosen) = chosen.filter(|&chosen| chosen != list.cloud) {
        problems.push(format!(
            "You chose {}, but the hosts in this file are those of {}. It is compared with the rows of {1}.",
            name(chosen),
            name(list.cloud)
        ));
    }
    if list.cloud == Cloud::Germany {
        problems
            .push("The German cloud was closed on 2021-10-29: this file is of historical interest only.".to_owned());
    }
    if list.cut {
        problems.push(
            "The file ends in the middle. What it has is compared; what the catalogue has and the file lacks cannot be told."
                .to_owned(),
        );
    }
    problems
}

/// A cloud by the name of its instance.
pub(super) fn name(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Worldwide => "the public cloud (Worldwide)",
        Cloud::China => "21Vianet (China)",
        Cloud::UsGovGccHigh => "GCC High (USGOVGCCHigh)",
        Cloud::UsGovDod => "DoD (USGOVDoD)",
        Cloud::Germany => "the closed German cloud (Germany)",
    }
}

/// What a set is about, told by the hosts in it that the catalogue knows by name. One known host among many others
/// tells nothing: Office sets have a revocation host, too.
fn place(set: &Set, rows: &[&Endpoint]) -> Option<Place> {
    use Role::{Graph, LegacyGraph, Provisioning, Revocation, SignIn, SignInContent, SyncService};
    let named = |roles: &[Role]| {
        let known = |url: &&String| rows.iter().any(|row| roles.contains(&row.role) && names(row, url));
        set.urls.iter().filter(known).count()
    };
    let enough = |count: usize| count >= 2 || (count > 0 && count * 2 >= set.urls.len());
    if !in_common(set) {
        None
    } else if enough(named(&[SignIn, SyncService, Provisioning, Graph, LegacyGraph, SignInContent])) {
        Some(Place::BesideSignIn)
    } else if enough(named(&[Revocation])) {
        Some(Place::BesideCertificates)
    } else {
        None
    }
}

/// The other service areas, such as Exchange, have nothing about sign-in.
fn in_common(set: &Set) -> bool {
    set.area.is_empty() || set.area.eq_ignore_ascii_case("common")
}

fn looks_like_sign_in(set: &Set, url: &str) -> Option<Place> {
    const WORDS: [&str; 10] = [
        "microsoftonline",
        "login",
        "auth",
        "aadcdn",
        "aadconnect",
        "msidentity",
        "activedirectory",
        "passwordreset",
        "msappproxy",
        "adminwebservice",
    ];
    (in_common(set) && WORDS.iter().any(|word| url.contains(word))).then_some(Place::LooksLikeSignIn)
}

fn theirs_only(set: &Set, url: &str, place: Place) -> TheirsOnly {
    TheirsOnly {
        url: url.to_owned(),
        set: set.id,
        place,
        required: set.required,
        ports: set.ports.clone(),
        notes: set.notes.clone(),
    }
}

fn names(row: &Endpoint, url: &str) -> bool {
    row.pattern == url || row.hosts.contains(&url)
}

/// Whether a row has a name of the list, or a wildcard around it.
fn covers(row: &Endpoint, url: &str) -> bool {
    names(row, url) || row.hosts.iter().chain([&row.pattern]).any(|pattern| around(pattern, url))
}

/// Whether a pattern covers a name, or all that another pattern covers: tried with one label and with two.
fn around(pattern: &str, name: &str) -> bool {
    if !name.contains('*') {
        return host_matches(pattern, name);
    }
    let with = |filling: &str| host_matches(pattern, &name.replace('*', filling));
    with("x7q") && (!name.starts_with("*.") || with("x7q.y8"))
}

fn differs(list: &List, rows: &[&'static Endpoint]) -> Vec<Differs> {
    let mut named: BTreeMap<&str, Vec<&Set>> = BTreeMap::new();
    for set in &list.sets {
        for url in &set.urls {
            named.entry(url).or_default().push(set);
        }
    }
    let mut found = Vec::new();
    for (url, sets) in named {
        let Some(row) = rows.iter().find(|row| names(row, url)) else { continue };
        let Some(set) = sets.first() else { continue };
        let mut note = |what: String| found.push(Differs { row, url: url.to_owned(), set: set.id, what });
        let ports: Vec<(u16, u16)> = sets.iter().flat_map(|set| set.ports.iter().copied()).collect();
        if !ports.is_empty() && !ports.iter().any(|(first, last)| (*first..=*last).contains(&row.port)) {
            note(format!("The list opens port {}, the catalogue has port {}.", written(&ports), row.port));
        }
        let required = sets.iter().any(|set| set.required == Some(true));
        let optional = sets.iter().all(|set| set.required == Some(false));
        match row.need {
            Need::Required if optional => note("The list calls it optional, the catalogue required.".to_owned()),
            Need::Legacy if required => {
                note("The list requires it, the catalogue counts it to old builds.".to_owned());
            }
            Need::Ignorable if required => {
                note("The list requires it, the catalogue says that it may be blocked.".to_owned());
            }
            _ => {}
        }
    }
    found.sort_by(|a, b| (a.set, &a.url).cmp(&(b.set, &b.url)));
    found
}

/// "80, 443 or 50000-50059".
pub(super) fn written(ports: &[(u16, u16)]) -> String {
    let mut ports = ports.to_vec();
    ports.sort_unstable();
    ports.dedup();
    let one = |(first, last): &(u16, u16)| if first == last { first.to_string() } else { format!("{first}-{last}") };
    let mut texts: Vec<String> = ports.iter().map(one).collect();
    match texts.pop() {
        Some(last) if !texts.is_empty() => format!("{} or {last}", texts.join(", ")),
        Some(last) => last,
        None => String::new(),
    }
}

fn ours_only(list: &List, rows: &[&'static Endpoint]) -> Vec<OursOnly> {
    let listed = |name: &str| list.sets.iter().flat_map(|set| &set.urls).any(|url| url == name || around(url, name));
    let mut found = Vec::new();
    for &row in rows.iter().filter(|row| row.role != Role::Alias && row.need != Need::Ignorable) {
        let own = if row.hosts.is_empty() { std::slice::from_ref(&row.pattern) } else { row.hosts };
        let missing: Vec<&'static str> = own.iter().copied().filter(|name| !listed(name)).collect();
        if missing.is_empty() {
            continue;
        }
        let look = from_this_list(row);
        found.push(OursOnly { row, missing, look, why: why(row, look) });
    }
    found.sort_by(|a, b| (!a.look, a.row.need, a.row.pattern).cmp(&(!b.look, b.row.need, b.row.pattern)));
    found
}

/// Whether an edition of this very list is where the row comes from.
fn from_this_list(row: &Endpoint) -> bool {
    row.source.starts_with("Microsoft 365 URLs") || row.source.starts_with("Office 365 ")
}

fn why(row: &Endpoint, look: bool) -> &'static str {
    if look {
        return "An earlier edition of this list had it: Microsoft may have removed it. Leave it open until the customer's \
                build is known to work without.";
    }
    match (row.need, row.role) {
        (Need::Feature, _) => {
            "All right: hosts of optional features stand on the pages of the features, not in this list."
        }
        (Need::CommunityReported, _) => "All right: no list of Microsoft ever had it.",
        (Need::Legacy, _) => "All right: only old builds call it.",
        (_, Role::Revocation) => {
            "All right: the list is made for users' computers; the servers' certificate hosts stand in the list of issuers. \
             Keep it open."
        }
        (_, Role::RegionalSync | Role::RegionalProvisioning) => {
            "Keep it open: regional hosts are handed out by the discovery host and stand in no list by name."
        }
        _ => "Keep it open: the Entra Connect pages ask for it, and the list leaves server traffic out.",
    }
}
