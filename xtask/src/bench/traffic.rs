//! What happens at the proxy of a company in the made data: some thousand clients, a few popular hosts and a long tail
//! of others, about one request in twenty to Microsoft's sign-in hosts, and among them one Entra Connect server.

use super::random::Random;
use super::server::{self, Call};
use std::collections::VecDeque;

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With this status of the far side; 200 for a tunnel that was opened.
    Answered(u16),
    /// The proxy asked for a sign-in.
    SignIn,
    /// The policy of the proxy refused it.
    Denied,
    /// The far side could not be reached.
    Unreachable,
    /// The client went away before an answer.
    Abandoned,
}

/// One request. Times are those of its end, because that is when proxies write.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// Milliseconds since 1970; never less than that of the request before.
    pub end_ms: u64,
    pub duration_ms: u64,
    pub client: &'a str,
    /// Empty when nobody has signed in.
    pub user: &'a str,
    pub agent: &'a str,
    /// CONNECT, GET, POST or HEAD.
    pub method: &'static str,
    pub host: &'a str,
    pub port: u16,
    /// Empty for a tunnel.
    pub path: &'a str,
    pub category: &'static str,
    /// Where the host answers.
    pub address: &'a str,
    pub ending: Ending,
    /// Bytes from the client.
    pub sent: u64,
    /// Bytes to the client.
    pub received: u64,
    /// Counts the requests, from 1.
    pub number: u64,
}

/// The moment at which the data begins: 2026-09-21 06:00:00 UTC, a Monday.
pub const BEGIN_MS: u64 = 1_789_970_400_000;
const CLIENTS: u64 = 3000;
const TAIL: u64 = 20_000;
/// One request in so many goes to a sign-in host of Microsoft.
const SIGN_IN_SHARE: u64 = 20;

/// Hosts that every Windows machine and every browser calls to sign in. None of them tells an Entra Connect server.
const SIGN_IN_HOSTS: [&str; 6] = [
    "login.microsoftonline.com",
    "login.microsoftonline.com",
    "login.windows.net",
    "aadcdn.msftauth.net",
    "aadcdn.msauth.net",
    "graph.microsoft.com",
];

const POPULAR: [&str; 24] = [
    "outlook.office365.com",
    "teams.microsoft.com",
    "settings-win.data.microsoft.com",
    "v10.events.data.microsoft.com",
    "substrate.office.com",
    "www.google.com",
    "fonts.gstatic.com",
    "clients4.google.com",
    "github.com",
    "api.github.com",
    "pypi.org",
    "registry.npmjs.org",
    "download.mozilla.org",
    "deb.debian.org",
    "archive.ubuntu.com",
    "intranet.contoso.example",
    "crm.contoso.example",
    "files.contoso.example",
    "cdn.fabrikam.example",
    "shop.fabrikam.example",
    "news.wingtip.example",
    "video.wingtip.example",
    "api.tailspin.example",
    "telemetry.tailspin.example",
];

const CATEGORIES: [&str; 6] = [
    "Technology/Internet",
    "Business/Economy",
    "Office/Business Applications",
    "News/Media",
    "Content Servers",
    "Web Ads/Analytics",
];

const AGENTS: [&str; 5] = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
    "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.19127; Pro)",
    "Debian APT-HTTP/1.3 (2.6.1)",
];

/// The company. Gives out one request after the other, without an end.
#[derive(Debug)]
pub struct Traffic {
    random: Random,
    clients: Vec<(String, String)>,
    tail: Vec<String>,
    /// Addresses for hosts; which one a host has depends on its name alone.
    addresses: Vec<String>,
    paths: Vec<String>,
    /// Calls of the Entra Connect server that are due, in order.
    due: VecDeque<Call>,
    next_cycle_ms: u64,
    cycles: u64,
    was_trouble: bool,
    now_ms: u64,
    number: u64,
}

impl Traffic {
    /// The company as this seed makes it.
    pub fn from_seed(seed: u64) -> Self {
        let mut random = Random::from_seed(seed);
        let clients = (0..CLIENTS).map(|number| {
            let address = format!("10.{}.{}.{}", 16 + number / 1000, number / 200 % 250, 10 + number % 200);
            (address, format!("CONTOSO\\user{number:04}"))
        });
        let clients = clients.collect();
        let tail = (0..TAIL).map(|_| tail_host(&mut random)).collect();
        let address = |random: &mut Random| {
            let block = random.one_of(&["192.0.2", "198.51.100", "203.0.113"]);
            format!("{block}.{}", random.between(1, 254))
        };
        let addresses = (0..512).map(|_| address(&mut random)).collect();
        let paths = (0..4096).map(|_| path(&mut random)).collect();
        let due = server::wizard(BEGIN_MS, &mut random);
        Self {
            random,
            clients,
            tail,
            addresses,
            paths,
            due,
            next_cycle_ms: BEGIN_MS + server::CYCLE_MS,
            cycles: 0,
            was_trouble: false,
            now_ms: BEGIN_MS,
            number: 0,
        }
    }

    /// The next request. In `trouble` the proxy refuses much of what the Entra Connect server asks for.
    pub fn request(&mut self, trouble: bool) -> Request<'_> {
        self.number += 1;
        self.now_ms += self.random.below(21);
        if self.now_ms >= self.next_cycle_ms {
            self.next_cycle_ms += server::CYCLE_MS;
            self.cycles += 1;
            let calls = server::cycle(self.now_ms, self.cycles, &mut self.random);
            self.plan(calls);
        }
        if trouble && !self.was_trouble {
            let calls = server::attempt(self.now_ms, &mut self.random);
            self.plan(calls);
        }
        self.was_trouble = trouble;
        if self.due.front().is_some_and(|call| call.end_ms <= self.now_ms)
            && let Some(call) = self.due.pop_front()
        {
            let ending = if trouble { call.refused() } else { call.ending };
            let address = self.addresses[place(call.host, self.addresses.len())].as_str();
            return server::request(&call, ending, self.now_ms, address, self.number);
        }
        self.ordinary()
    }

    fn plan(&mut self, calls: VecDeque<Call>) {
        self.due.extend(calls);
        self.due.make_contiguous().sort_by_key(|call| call.end_ms);
    }

    fn ordinary(&mut self) -> Request<'_> {
        let random = &mut self.random;
        let (client, user) = &self.clients[random.skewed(self.clients.len())];
        let host = match random.below(SIGN_IN_SHARE) {
            0 => random.one_of(&SIGN_IN_HOSTS),
            1..=11 => random.one_of(&POPULAR),
            _ => self.tail[random.skewed(self.tail.len())].as_str(),
        };
        let tunnel = random.below(10) < 8;
        let (method, port) =
            if tunnel { ("CONNECT", 443) } else { (random.one_of(&["GET", "GET", "POST", "HEAD"]), 80) };
        let ending = match random.below(1000) {
            0..=24 => Ending::SignIn,
            25..=39 => Ending::Denied,
            40..=45 => Ending::Unreachable,
            46..=49 => Ending::Abandoned,
            _ if tunnel => Ending::Answered(200),
            _ => Ending::Answered(random.one_of(&[200, 200, 200, 204, 206, 301, 304, 404])),
        };
        let answered = matches!(ending, Ending::Answered(_));
        let (duration_ms, received) = match ending {
            Ending::Answered(_) if tunnel => (random.between(40, 90_000), random.between(3_000, 400_000)),
            Ending::Answered(_) => (random.between(5, 2_500), random.between(1_200, 60_000)),
            Ending::SignIn | Ending::Denied => (random.below(3), random.between(3_800, 4_200)),
            Ending::Unreachable => (random.between(1_000, 60_000), random.between(300, 4_000)),
            Ending::Abandoned => (random.between(10, 5_000), 0),
        };
        Request {
            end_ms: self.now_ms,
            duration_ms,
            client,
            user: if ending == Ending::SignIn { "" } else { user },
            agent: AGENTS[place(client, AGENTS.len())],
            method,
            host,
            port,
            path: if tunnel { "" } else { &self.paths[random.skewed(self.paths.len())] },
            category: CATEGORIES[place(host, CATEGORIES.len())],
            address: &self.addresses[place(host, self.addresses.len())],
            ending,
            sent: random.between(300, if answered { 9_000 } else { 900 }),
            received,
            number: self.number,
        }
    }

    /// For what is not a request: unreadable lines, and when they come.
    pub fn random(&mut self) -> &mut Random {
        &mut self.random
    }
}

/// An index below `len` that depends on the text alone.
fn place(text: &str, len: usize) -> usize {
    text.bytes().fold(7usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte))) % len
}

fn tail_host(random: &mut Random) -> String {
    const FIRST: [&str; 12] =
        ["www", "cdn", "api", "static", "img", "mail", "login", "assets", "track", "sync", "update", "edge"];
    const WORDS: [&str; 20] = [
        "maple", "harbour", "granite", "orchid", "falcon", "lantern", "meadow", "copper", "willow", "summit", "breeze",
        "anchor", "quartz", "saffron", "timber", "velvet", "cobalt", "juniper", "pebble", "raven",
    ];
    let (first, left, right) = (random.one_of(&FIRST), random.one_of(&WORDS), random.one_of(&WORDS));
    let zone = random.one_of(&["com.example", "net.example", "org.example", "example"]);
    match random.below(3) {
        0 => format!("{first}{}.{left}-{right}.{zone}", random.below(40)),
        1 => format!("{first}.{left}{right}{}.{zone}", random.below(90)),
        _ => format!("{:08x}.{first}.{left}.{zone}", random.below(1 << 32)),
    }
}

fn path(random: &mut Random) -> String {
    let folder = random.one_of(&["assets", "v2/items", "images", "feed", "pool/main", "api/v1/status"]);
    let name = random.below(1 << 40);
    let ending = random.one_of(&["", ".js", ".css", ".png", ".json", ".html"]);
    match random.below(3) {
        0 => format!("/{folder}/{name:010x}{ending}?v={}&lang=en", random.below(1000)),
        _ => format!("/{folder}/{name:010x}{ending}"),
    }
}
