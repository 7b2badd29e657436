//! Finds rows of the endpoint catalogue by what a person types. No view.

use advisor_engine::endpoints::{self, Cloud, Endpoint, Role};
use std::sync::LazyLock;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// A host, a URL, or words.
    pub typed: String,
    /// Public id of a cloud; empty for all.
    pub cloud: String,
    /// Public id of a need; empty for all.
    pub need: String,
    /// Public id of an optional feature; empty for all.
    pub feature: String,
}

/// What was found: places in [`ROWS`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The host that was typed in full, where it was one.
    pub host: Option<String>,
    /// How many rows cover that host; they stand first, the closest one on top.
    pub covering: usize,
    /// All rows.
    pub rows: Vec<usize>,
    /// Rows that the filters hide.
    pub hidden: usize,
}

/// Every row in the order in which the catalogue shows it: cloud by cloud, what is needed most first.
pub static ROWS: LazyLock<Vec<&'static Endpoint>> = LazyLock::new(|| {
    let mut rows: Vec<_> = endpoints::catalogue().collect();
    // Sign-in and sync before certificates; the sort is stable, so below that the order of the documents stays.
    rows.sort_by_key(|row| (is_alias(row), row.cloud, row.need, row.role));
    rows
});

/// What the words of a search may stand in, in small letters: first the names, then all the rest.
static TEXTS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let text = |row: &&'static Endpoint| {
        let names = std::iter::once(row.pattern).chain(row.hosts.iter().copied()).collect::<Vec<_>>().join(" ");
        let rest =
            [row.purpose, row.breaks.text, row.trap, row.remark, row.source, row.since, row.until, row.cloud.id()];
        let lists = row.features.iter().chain(row.disagreements).copied();
        let sources = row.also_in.iter().map(|source| source.name);
        let all = rest.into_iter().chain(lists).chain(sources).collect::<Vec<_>>().join(" ");
        let port = format!(" {} {}", row.port, row.protocol());
        (names.to_lowercase(), all.to_lowercase() + &port.to_lowercase())
    };
    ROWS.iter().map(text).collect()
});

/// A row of the catalogue that no cloud owns.
pub fn is_alias(row: &Endpoint) -> bool {
    row.role == Role::Alias
}

/// Finds the rows.
pub fn find(wanted: &Wanted) -> Found {
    let host = typed_host(&wanted.typed);
    let words = wanted.typed.to_lowercase();
    let words = host.as_deref().unwrap_or(&words).split_whitespace().collect::<Vec<_>>();
    // What covers the host, then what has the words in a name, then what has them anywhere.
    let mut ranked: Vec<((u8, usize), usize)> = Vec::new();
    for (at, (row, (names, rest))) in ROWS.iter().zip(TEXTS.iter()).enumerate() {
        let closeness = host.as_deref().and_then(|host| closeness(row, host));
        let in_names = words.iter().all(|word| names.contains(word));
        let rank = match closeness {
            Some(length) => (0, usize::MAX - length),
            None if in_names => (1, 0),
            None if words.iter().all(|word| names.contains(word) || rest.contains(word)) => (2, 0),
            None => continue,
        };
        ranked.push((rank, at));
    }
    ranked.sort();
    let all = ranked.len();
    ranked.retain(|(_, at)| ROWS.get(*at).is_some_and(|row| passes(row, wanted)));
    let covering = ranked.iter().filter(|((rank, _), _)| *rank == 0).count();
    Found { host, covering, hidden: all - ranked.len(), rows: ranked.into_iter().map(|(_, at)| at).collect() }
}

fn passes(row: &Endpoint, wanted: &Wanted) -> bool {
    let is = |filter: &str, id: &str| filter.is_empty() || filter == id;
    let in_cloud = is(&wanted.cloud, row.cloud.id()) || is_alias(row) && Cloud::from_id(&wanted.cloud).is_some();
    let for_feature = wanted.feature.is_empty() || row.features.contains(&wanted.feature.as_str());
    in_cloud && for_feature && is(&wanted.need, row.need.id())
}

/// How close the closest name or pattern of the row that covers the host is: a name, then the longest pattern.
fn closeness(row: &Endpoint, host: &str) -> Option<usize> {
    let names = row.hosts.iter().copied().chain(std::iter::once(row.pattern));
    let covering = names.filter(|name| endpoints::host_matches(name, host));
    covering.map(|name| if name.contains('*') { name.len() } else { usize::MAX / 2 }).max()
}

/// The host of a URL, or of `host:port`, or the host itself; `None` for what is no host typed in full.
fn typed_host(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let rest = typed.split_once("://").map_or(typed, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host.split(':').next()?.trim_end_matches('.');
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    let is_host = host.contains('.') && host.split('.').all(is_label) && host.chars().any(char::is_alphabetic);
    is_host.then(|| host.to_lowercase())
}
