//! What a row of the shelf is made of.

/// A Microsoft cloud. Public ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cloud {
    /// The public cloud, with GCC.
    Worldwide,
    /// Operated by 21Vianet in China.
    China,
    /// US Government GCC High.
    UsGovGccHigh,
    /// US Government `DoD`.
    UsGovDod,
    /// Microsoft Cloud Germany, closed on 2021-10-29.
    Germany,
}

impl Cloud {
    /// Every cloud.
    pub const ALL: [Self; 5] = [Self::Worldwide, Self::China, Self::UsGovGccHigh, Self::UsGovDod, Self::Germany];

    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Worldwide => "worldwide",
            Self::China => "china",
            Self::UsGovGccHigh => "usgov-gcch",
            Self::UsGovDod => "usgov-dod",
            Self::Germany => "germany",
        }
    }

    /// The cloud whose hosts to use today: tenants of the closed German cloud were moved to the public one.
    #[must_use]
    pub fn in_service(self) -> Self {
        if self == Self::Germany { Self::Worldwide } else { self }
    }

    /// The cloud with this public id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cloud| cloud.id() == id)
    }
}

/// What a host is for; the rules speak of these, never of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Token service: every phase begins here.
    SignIn,
    /// adminwebservice: the sync service and the discovery of its regional host.
    SyncService,
    /// `*-anchor` and other regional hosts of the sync service.
    RegionalSync,
    /// provisioningapi: `MSOnline`, and the discovery of its regional host. Before 2.4.18.0.
    Provisioning,
    /// `*-relay` and other regional hosts of provisioningapi.
    RegionalProvisioning,
    /// Microsoft Graph, from 2.4.18.0.
    Graph,
    /// Azure AD Graph and other hosts of old builds.
    LegacyGraph,
    /// Scripts and styles of the sign-in window; without them MFA shows a script error.
    SignInContent,
    /// CRL, OCSP and issuer certificates, port 80.
    Revocation,
    /// Azure service management.
    Management,
    /// Application Insights.
    Telemetry,
    /// An optional feature.
    Feature,
    /// Any other name below a wildcard that the article asks for. What the name itself is for is unknown.
    Family,
    /// A name of another DNS namespace to which the real names resolve; no request goes there.
    Alias,
}

/// How much a row is needed. Public ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Without it sync or sign-in does not work.
    Required,
    /// Only for an optional feature.
    Feature,
    /// Only for old builds.
    Legacy,
    /// May be blocked without harm.
    Ignorable,
    /// No list of Microsoft asks for it; users or published traces have seen it called.
    CommunityReported,
}

impl Need {
    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Feature => "feature",
            Self::Legacy => "legacy",
            Self::Ignorable => "ignorable",
            Self::CommunityReported => "community-reported",
        }
    }

    /// The id in `advisor-report/1`, which knows four: what only the community has seen counts there as "legacy",
    /// since no current list asks for it.
    #[must_use]
    pub fn report_id(self) -> &'static str {
        match self {
            Self::CommunityReported => Self::Legacy.id(),
            other => other.id(),
        }
    }
}

/// Who opens the connection. It decides whose proxy settings and whose proxy sign-in count. Public ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Caller {
    /// The person who runs the wizard: every page but Configure. Reads machine.config.
    SignedInUser,
    /// The account of the sync service: the Configure page, and every sync. Reads machine.config.
    ServiceAccount,
    /// The embedded sign-in window, with the Internet Options of the signed-in user.
    SignInWindow,
    /// Windows itself, which checks certificates for all of them with the machine's own proxy settings (uncertain).
    Windows,
    /// An agent with a service and proxy settings of its own: pass-through authentication, Connect Health, cloud sync.
    Agent,
    /// Other computers of the company, not the server.
    Clients,
}

impl Caller {
    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::SignedInUser => "signed-in-user",
            Self::ServiceAccount => "service-account",
            Self::SignInWindow => "sign-in-window",
            Self::Windows => "windows",
            Self::Agent => "agent",
            Self::Clients => "clients",
        }
    }
}

/// A further port that a source names for the same hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherPort {
    /// TCP port.
    pub port: u16,
    /// When it counts, and when not.
    pub why: &'static str,
}

/// What stops when the hosts cannot be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Breaks {
    /// In our words; empty only where nothing breaks.
    pub text: &'static str,
    /// A source says it; otherwise it is inferred from what the hosts do.
    pub stated: bool,
}

/// A document that has the row too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name, and where it stands.
    pub name: &'static str,
    /// Its date, or the day on which it was read.
    pub date: &'static str,
}

/// A stage of the wizard or of sync. Public ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// The page "Connect to Microsoft Entra ID"; runs as the signed-in user.
    Connect,
    /// The page "Configure"; runs as the sync service account.
    Configure,
    /// The first sync cycle.
    InitialSync,
    /// Every later cycle.
    Sync,
}

impl Phase {
    /// Every phase, in order.
    pub const ALL: [Self; 4] = [Self::Connect, Self::Configure, Self::InitialSync, Self::Sync];

    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Configure => "configure",
            Self::InitialSync => "initial-sync",
            Self::Sync => "sync",
        }
    }
}

/// One row of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The pattern as the source prints it: `*.crl3.digicert.com`.
    pub pattern: &'static str,
    /// The hosts that are really called: names, or patterns where they vary (`*-anchor.microsoftonline.com`).
    /// Empty for a wildcard whose hosts have rows of their own, or whose hosts nobody publishes.
    pub hosts: &'static [&'static str],
    /// TCP port: 80 is plain HTTP, 443 HTTPS.
    pub port: u16,
    /// Further ports that a source names.
    pub other_ports: &'static [OtherPort],
    /// What for, in our words.
    pub purpose: &'static str,
    /// What kind of host it is.
    pub role: Role,
    /// When it is called. Empty when a list asks for it but no source shows Entra Connect calling it.
    pub phases: &'static [Phase],
    /// In which cloud.
    pub cloud: Cloud,
    /// How much it is needed.
    pub need: Need,
    /// Public ids of the optional features that need it (see [`FEATURES`]); empty unless `need` is `Feature`.
    pub features: &'static [&'static str],
    /// The first build that calls it ("2.4.18.0"); empty when every build does.
    pub since: &'static str,
    /// The first build that no longer calls it; empty while the newest does.
    pub until: &'static str,
    /// What stops when it is blocked.
    pub breaks: Breaks,
    /// Who opens the connection.
    pub callers: &'static [Caller],
    /// What people get wrong about it, and what to do instead; empty when nothing is known.
    pub trap: &'static str,
    /// Where sources contradict each other, one sentence each, with the sources by name.
    pub disagreements: &'static [&'static str],
    /// What else is worth knowing; empty when nothing is.
    pub remark: &'static str,
    /// Where the row comes from.
    pub source: &'static str,
    /// Date of that source: "2025-04-09". For a source without one, the day on which it was read.
    pub date: &'static str,
    /// Further documents that list it.
    pub also_in: &'static [Source],
}

impl Endpoint {
    /// The protocol of [`Endpoint::port`].
    pub fn protocol(&self) -> &'static str {
        if self.port == 80 { "HTTP" } else { "HTTPS" }
    }

    /// A public id that holds in links, such as `china:_.crl3.digicert.com:80`. It depends on cloud, pattern and port
    /// only; stars are written as underscores.
    pub fn id(&self) -> String {
        format!("{}:{}:{}", self.cloud.id(), self.pattern.replace('*', "_"), self.port)
    }
}
