//! What the logs show of the Entra Connect server, told apart from everybody else behind the same proxy.

use crate::endpoints::{self, Endpoint, Role};
use crate::facts::Facts;
use crate::readers::proxy_log::{Flow, Outcome};

/// One flow of the Entra Connect server, with the row of the catalogue it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct ServerFlow<'a> {
    /// The traffic.
    pub flow: &'a Flow,
    /// The row.
    pub endpoint: &'static Endpoint,
    /// Whether the log says how requests ended.
    pub has_outcomes: bool,
}

impl ServerFlow<'_> {
    /// Whether `outcome` happened and no later request of the flow was answered. A 407 is settled as well by a
    /// later refusal of another kind: the proxy accepted the sign-in and then said no.
    pub fn unresolved(&self, outcome: Outcome) -> bool {
        let last = self.flow.tally(outcome).last;
        let after = |other| self.flow.tally(other).last > last;
        let accepted =
            outcome == Outcome::AuthRequired && [Outcome::Denied, Outcome::UpstreamFailed].into_iter().any(after);
        last.is_some() && !after(Outcome::Reached) && !accepted
    }

    /// Whether at least one request was answered.
    pub fn reached(&self) -> bool {
        self.flow.tally(Outcome::Reached).count > 0
    }
}

/// The flows of the Entra Connect server over all logs. In a log where somebody calls hosts that only Entra
/// Connect calls, these are all flows of those clients. Otherwise they are the flows to sign-in hosts and their
/// content of clients that never get through to one of them: whoever gets through to all may be anybody's browser.
pub fn server_flows(facts: &Facts) -> Vec<ServerFlow<'_>> {
    let mut result = Vec::new();
    for (_, log) in &facts.logs {
        let known = || log.flows.iter().filter_map(|flow| Some((flow, endpoints::find_host(&flow.host)?)));
        let mut servers: Vec<Option<&str>> = known()
            .filter(|(flow, _)| endpoints::proves_entra_connect(&flow.host))
            .map(|(flow, _)| flow.client.as_deref())
            .collect();
        servers.sort_unstable();
        servers.dedup();
        let has_outcomes = log.has_outcomes;
        let signs_in = |role| matches!(role, Role::SignIn | Role::SignInContent);
        let certain = !servers.is_empty();
        if !certain && has_outcomes {
            servers = known()
                .filter(|(flow, endpoint)| signs_in(endpoint.role) && flow.tally(Outcome::Reached).count == 0)
                .map(|(flow, _)| flow.client.as_deref())
                .collect();
            servers.sort_unstable();
            servers.dedup();
        }
        for (flow, endpoint) in known() {
            let server_flow = ServerFlow { flow, endpoint, has_outcomes };
            let wanted = (certain || signs_in(endpoint.role) || endpoint.role == Role::Telemetry)
                && servers.binary_search(&flow.client.as_deref()).is_ok();
            if wanted {
                result.push(server_flow);
            }
        }
    }
    result
}

/// Whether any log shows hosts that only Entra Connect calls.
pub fn logs_show_entra_connect(facts: &Facts) -> bool {
    facts.flows().any(|flow| endpoints::proves_entra_connect(&flow.host))
}

/// "a.example, b.example and 3 more".
pub fn list(names: &[String], most: usize) -> String {
    let shown = names.iter().take(most).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
