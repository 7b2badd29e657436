//! The shelf of endpoints. To add a row: an entry in its cloud's file. A new cloud is a file here that ends in a
//! `pub const ROWS`, a `mod` line, and a line in [`TABLES`]. A test checks pattern, source, date and duplicates.

/// A Microsoft cloud. Public ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cloud {
    /// The public cloud, with GCC.
    Worldwide,
    /// Operated by 21Vianet in China.
    China,
    /// US Government GCC High.
    UsGovGccHigh,
    /// US Government DoD.
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
    /// provisioningapi: MSOnline, and the discovery of its regional host. Before 2.4.18.0.
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
}

impl Need {
    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Feature => "feature",
            Self::Legacy => "legacy",
            Self::Ignorable => "ignorable",
        }
    }
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
#[derive(Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The pattern as the source prints it: `*.crl3.digicert.com`.
    pub pattern: &'static str,
    /// The hosts that are really called: names, or patterns where they vary (`*-anchor.microsoftonline.com`).
    pub hosts: &'static [&'static str],
    /// TCP port.
    pub port: u16,
    /// What for, in our words.
    pub purpose: &'static str,
    /// What kind of host it is.
    pub role: Role,
    /// When it is called.
    pub phases: &'static [Phase],
    /// In which cloud.
    pub cloud: Cloud,
    /// How much it is needed.
    pub need: Need,
    /// A trap, a disagreement between sources, a version limit; empty when there is none.
    pub remark: &'static str,
    /// Where the row comes from.
    pub source: &'static str,
    /// Date of that source: "2025-04-09".
    pub date: &'static str,
}

/// The tables of the shelf.
pub const TABLES: &[&[Endpoint]] = &[];

/// Every row of the shelf.
pub fn all() -> impl Iterator<Item = &'static Endpoint> {
    TABLES.iter().flat_map(|table| table.iter())
}
