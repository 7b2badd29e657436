//! What follows from a row's role, where the row says nothing of its own.

use super::{Breaks, Caller, Endpoint, Phase, Role};

/// The same rows with what their role tells: what breaks, and who calls.
pub const fn complete<const N: usize>(mut rows: [Endpoint; N]) -> [Endpoint; N] {
    let mut at = 0;
    while at < N {
        if rows[at].breaks.text.is_empty() {
            rows[at].breaks = Breaks { text: breaks(rows[at].role), stated: false };
        }
        if rows[at].callers.is_empty() {
            rows[at].callers = callers(rows[at].role, rows[at].phases);
        }
        at += 1;
    }
    rows
}

/// What stops, inferred from what hosts of this role do.
const fn breaks(role: Role) -> &'static str {
    match role {
        Role::SignIn => "No token: the wizard cannot sign in, and no sync begins.",
        Role::SyncService => "No import, no export and no password hashes; the wizard cannot finish.",
        Role::RegionalSync => {
            "The discovery before it succeeds, then the wizard fails or the sync hangs, and the cause is easy to miss."
        }
        Role::Provisioning | Role::RegionalProvisioning => {
            "Builds before 2.4.18.0: \"Connect to MSOnline failed\", or company or domain information is unavailable. \
             Newer builds: nothing."
        }
        Role::Graph => "The wizard of builds from 2.4.18.0 on fails after the sign-in.",
        Role::LegacyGraph => "Old builds: the wizard fails after the sign-in. Newer builds: nothing.",
        Role::SignInContent => "The sign-in window stays blank or shows a script error.",
        Role::Revocation => {
            "Certificates cannot be checked: TLS connections become slow or fail. Whether Entra Connect insists on the \
             check is not documented."
        }
        Role::Management => "Nothing is known to stop: no published log shows a call.",
        Role::Telemetry => "Nothing but the telemetry itself.",
        Role::Family => "Whatever stands below it; the known hosts have rows of their own.",
        Role::Feature | Role::Alias => "",
    }
}

/// Who opens the connection. Nobody is named where no source shows a call.
const fn callers(role: Role, phases: &[Phase]) -> &'static [Caller] {
    const BOTH: &[Caller] = &[Caller::SignedInUser, Caller::ServiceAccount];
    if phases.is_empty() {
        return &[];
    }
    match role {
        Role::SignInContent => &[Caller::SignInWindow],
        Role::Revocation => &[Caller::Windows],
        Role::Alias | Role::Feature => &[],
        _ if !matches!(phases[0], Phase::Connect | Phase::Configure) => &[Caller::ServiceAccount],
        Role::SignIn => &[Caller::SignedInUser, Caller::SignInWindow, Caller::ServiceAccount],
        _ if phases.len() == 1 && matches!(phases[0], Phase::Connect) => &[Caller::SignedInUser],
        _ => BOTH,
    }
}
