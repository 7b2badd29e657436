//! The shelf of rules. To add one: a file here that ends in a `pub const RULES`, a `mod` line, and a line in
//! [`GROUPS`]. A test holds the list against the folder, gives each rule its example and its counter-example,
//! and checks that evidence lies inside the text.
//!
//! A rule looks at facts, never at raw text; it gives evidence and never sets rank, colour or markup. What a
//! person reads stands in [`Text`], apart from the check, one per language.

mod allow_list;
mod blocked_hosts;
mod bypass_list;
mod config_syntax;
mod cut;
pub mod from_errors;
mod idle;
mod layers;
mod name_resolution;
mod near;
mod product;
mod proxy_answers;
mod proxy_auth;
pub(crate) mod proxy_settings;
mod reach;
mod reading;
mod refusals;
mod sign_in;
mod sign_in_window;
mod tls;
mod tls_registry;
mod way;

use crate::artifact::Span;
use crate::facts::Facts;
use crate::report::{Confidence, Context, Evidence, Severity};

/// One diagnosis: its public id, what a person reads about it, and when it holds.
#[derive(Debug)]
pub struct Rule {
    /// The public id, kebab-case, never renamed: it names the problem.
    pub id: &'static str,
    /// How bad it is when it holds.
    pub severity: Severity,
    /// What a person reads, in English. A second language is a second field.
    pub en: Text,
    /// Ids of the diagnoses that are symptoms of this one: when both hold they are ranked after it and listed
    /// under it.
    pub explains: &'static [&'static str],
    /// Article and section, or vendor document.
    pub source: &'static str,
    /// When it holds. Gives `None` rather than a finding without evidence.
    pub check: fn(&Facts) -> Option<Finding>,
    /// Artifacts (name, content) that give this diagnosis.
    pub example: &'static [(&'static str, &'static str)],
    /// Artifacts that look alike and do not.
    pub counter_example: &'static [(&'static str, &'static str)],
}

/// What a person reads about a diagnosis. `{name}` is filled from [`Finding::args`].
#[derive(Debug)]
pub struct Text {
    /// A short headline that names the problem.
    pub title: &'static str,
    /// What was found: one or two sentences about this very evidence.
    pub summary: &'static str,
    /// Why it breaks Entra Connect.
    pub why: &'static str,
    /// How to fix it, in order.
    pub steps: &'static [Step],
}

/// One step of a fix.
#[derive(Debug)]
pub struct Step {
    /// Who does it.
    pub who: Who,
    /// What to do, in the imperative.
    pub text: &'static str,
    /// A command or text to copy, where there is one. `{name}` as in [`Text`].
    pub command: Option<&'static str>,
    /// How to see that it worked, where this step can be verified.
    pub verify: Option<&'static str>,
}

/// Who can do a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The administrator of the Entra Connect server.
    ServerAdmin,
    /// The people of the proxy and the firewall.
    NetworkTeam,
    /// The administrator of the Entra tenant.
    IdentityAdmin,
}

impl Who {
    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::ServerAdmin => "server-admin",
            Self::NetworkTeam => "network-team",
            Self::IdentityAdmin => "identity-admin",
        }
    }
}

/// What a check found. It cannot be built without evidence.
#[derive(Clone, Debug)]
pub struct Finding {
    /// How sure.
    pub confidence: Confidence,
    /// The identity concerned.
    pub context: Context,
    /// The one place that shows it best.
    pub primary: Evidence,
    /// Other places, in the order in which they tell the story.
    pub related: Vec<Evidence>,
    /// Values for the `{name}`s of the text.
    pub args: Vec<(&'static str, String)>,
    /// Replaces [`Rule::severity`] where the evidence makes it better or worse.
    pub severity: Option<Severity>,
    /// Steps of the rule, counted from 0, that do not fit this evidence: what they ask for is there already, or they
    /// concern another account.
    pub skipped: Vec<usize>,
}

impl Finding {
    /// How many related places are kept.
    pub const MAX_RELATED: usize = 24;

    /// A finding that rests on one place.
    pub fn new(confidence: Confidence, span: Span, note: impl Into<String>) -> Self {
        Self {
            confidence,
            context: Context::Any,
            primary: Evidence { span, note: note.into() },
            related: Vec::new(),
            args: Vec::new(),
            severity: None,
            skipped: Vec::new(),
        }
    }

    /// Adds a place, unless it is there already or there are enough.
    #[must_use]
    pub fn and(mut self, span: Span, note: impl Into<String>) -> Self {
        let known = self.primary.span == span || self.related.iter().any(|place| place.span == span);
        if !known && self.related.len() < Self::MAX_RELATED {
            self.related.push(Evidence { span, note: note.into() });
        }
        self
    }

    /// Says whose identity is concerned.
    #[must_use]
    pub fn context(mut self, context: Context) -> Self {
        self.context = context;
        self
    }

    /// A value for the text.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// Leaves out these steps of the rule, counted from 0.
    #[must_use]
    pub fn skip(mut self, steps: impl IntoIterator<Item = usize>) -> Self {
        self.skipped.extend(steps);
        self
    }

    /// Makes it better or worse than the rule's own severity.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }
}

/// Every public id of a diagnosis, family by family. An id is never reused and never renamed.
pub const PUBLIC_IDS: &[&str] = &[
    "proxy-not-configured",
    "proxy-disabled",
    "proxy-in-wrong-file",
    "config-not-well-formed",
    "config-section-misplaced",
    "config-section-duplicated",
    "config-attribute-unknown",
    "proxy-address-invalid",
    "proxy-address-without-port",
    "proxy-bypasses-entra",
    "proxy-bypass-too-broad",
    "proxy-credentials-not-sent",
    "proxy-script-configured",
    "proxy-layers-disagree",
    "service-not-restarted",
    "proxy-auth-required",
    "proxy-auth-scheme-unsupported",
    "service-account-cannot-authenticate",
    "endpoint-blocked",
    "regional-endpoint-blocked",
    "mfa-endpoint-blocked",
    "graph-endpoint-blocked",
    "revocation-endpoint-blocked",
    "allowlist-misses-endpoint",
    "block-page-returned",
    "proxy-upstream-failure",
    "proxy-unreachable",
    "web-server-is-no-proxy",
    "proxy-name-unresolved",
    "direct-connection-attempted",
    "dns-failure",
    "firewall-drops",
    "local-filter-blocks",
    "browser-security-blocks-sign-in",
    "idle-timeout",
    "connection-reset",
    "tls12-disabled",
    "tls-inspection",
    "root-certificate-missing",
    "clock-skew",
    "wrong-credentials",
    "password-expired",
    "account-locked",
    "account-disabled",
    "user-not-found",
    "microsoft-account-used",
    "realm-discovery-failed",
    "mfa-required-noninteractive",
    "mfa-challenge-cancelled",
    "conditional-access-blocked",
    "tenant-restrictions-blocked",
    "authorization-failure",
    "pim-role-not-active",
    "msonline-connect-failed",
    "company-information-unavailable",
    "domain-information-unavailable",
    "unspecified-authentication-failure",
    "federation-service-unreachable",
    "wrong-cloud-instance",
    "application-credential-expired",
    "client-version-retired",
    "service-throttled",
    "service-unavailable",
    "sign-in-assistant-proxy",
    "sync-service-stopped",
    "database-unreachable",
    "healthy-pattern",
    "healthy-configuration",
    "ignorable-traffic",
    "cname-alias-seen",
    "auth-handshake-normal",
    "evidence-insufficient",
    "not-entra-connect",
];

/// The groups of the shelf, one per file, from the server's own settings outwards: among equals the one that
/// stands first here is looked at first.
pub const GROUPS: &[&[Rule]] = &[
    config_syntax::RULES,
    proxy_settings::RULES,
    bypass_list::RULES,
    layers::RULES,
    proxy_auth::RULES,
    blocked_hosts::RULES,
    proxy_answers::RULES,
    reach::RULES,
    name_resolution::RULES,
    cut::RULES,
    idle::RULES,
    tls::RULES,
    sign_in::RULES,
    sign_in_window::RULES,
    product::RULES,
    allow_list::RULES,
    reading::RULES,
];

/// Every rule of the shelf.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    GROUPS.iter().flat_map(|group| group.iter())
}
