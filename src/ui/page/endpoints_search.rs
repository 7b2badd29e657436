//! Finds rows of the endpoint catalogue by what a person types. No view.

use advisor_engine::endpoints::{self, Cloud, Covering, Endpoint, How, Role};
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
    let key = |row: &Endpoint| (is_alias(row), row.cloud, row.need, row.role);
    let mut rows: Vec<&'static Endpoint> = Vec::new();
    for row in endpoints::catalogue() {
        // Sign-in and sync before certificates; below that the order of the documents stays. A sort would be several
        // kilobytes of code in the page, for two hundred rows.
        rows.insert(rows.partition_point(|before| key(before) <= key(row)), row);
    }
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
    let covering = host.as_deref().map(endpoints::covering).unwrap_or_default();
    let words = host.clone().unwrap_or_else(|| wanted.typed.to_lowercase());
    let words = words.split_whitespace().collect::<Vec<_>>();
    // What covers the host, the closest first, then what has the words in a name, then what has them anywhere.
    // By what makes its id, and not by its address: a compiler may put a constant into the page twice.
    let key = |row: &Endpoint| (row.cloud, row.port, row.pattern);
    let place = |found: &Covering| ROWS.iter().position(|row| key(row) == key(found.row));
    let (mentioning, covering): (Vec<_>, Vec<_>) = covering.iter().partition(|found| found.how == How::Mentioned);
    let mut rows: Vec<usize> = covering.into_iter().filter_map(place).collect();
    let (mut named, mut told) = (Vec::new(), Vec::new());
    for (at, (names, rest)) in TEXTS.iter().enumerate().filter(|(at, _)| !rows.contains(at)) {
        if words.iter().all(|word| names.contains(word)) {
            named.push(at);
        } else if words.iter().all(|word| names.contains(word) || rest.contains(word)) {
            told.push(at);
        }
    }
    let covering = rows.iter().filter(|at| passes(**at, wanted)).count();
    rows.append(&mut named);
    rows.append(&mut told);
    for at in mentioning.into_iter().filter_map(place) {
        if !rows.contains(&at) {
            rows.push(at);
        }
    }
    let all = rows.len();
    rows.retain(|at| passes(*at, wanted));
    Found { host, covering, hidden: all - rows.len(), rows }
}

fn passes(at: usize, wanted: &Wanted) -> bool {
    let Some(row) = ROWS.get(at) else { return false };
    let is = |filter: &str, id: &str| filter.is_empty() || filter == id;
    let in_cloud = is(&wanted.cloud, row.cloud.id()) || is_alias(row) && Cloud::from_id(&wanted.cloud).is_some();
    let for_feature = wanted.feature.is_empty() || row.features.contains(&wanted.feature.as_str());
    in_cloud && for_feature && is(&wanted.need, row.need.id())
}

/// The host that was typed, alone, in a URL or with a port; `None` for words.
fn typed_host(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let host = endpoints::host_in(typed).filter(|_| !typed.contains(char::is_whitespace))?;
    (!host.host.contains('*')).then_some(host.host)
}
