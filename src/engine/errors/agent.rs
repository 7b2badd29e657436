//! Answers of a pass-through authentication agent, by the Windows number in its trace. The agent has its own way out
//! and its own account: it may fail while synchronization works.

use super::{ErrorEntry, Layer, event};

/// An answer of the domain about the sign-in of one user.
macro_rules! answer {
    ($number:literal, $meaning:literal) => {
        ErrorEntry {
            id: concat!("agent-reason-", $number),
            layer: Layer::Service,
            patterns: &[concat!("Authentication request failed. RequestId: '{request}'. Reason: '", $number, "'")],
            meaning: $meaning,
            rules_in: "The agent got the request: its way to the cloud is open.",
            rules_out: "The proxy, and the way of Entra Connect to the cloud, are not the cause.",
            example: concat!(
                "Passthrough Authentication request failed. RequestId: '00000000-0000-0000-0000-000000000007'. Reason: '",
                $number,
                "'."
            ),
            source: "tshoot-connect-pass-through-authentication",
            date: "2026-11",
            ..ErrorEntry::BLANK
        }
    };
}

/// The entries of this family.
pub const ENTRIES: &[ErrorEntry] = &[
    answer!(1311, "No domain controller could be asked: DNS or the ports from the agent to it."),
    answer!(1317, "The domain does not know this user."),
    answer!(1326, "The user name or the password is wrong."),
    answer!(1327, "A restriction of the account forbids the sign-in."),
    answer!(1328, "The account may not sign in at this hour."),
    answer!(1329, "The account may not sign in from the server of the agent."),
    answer!(1330, "The password has expired."),
    answer!(1331, "The account is disabled."),
    answer!(1355, "The domain could not be found: DNS or the ports from the agent to it."),
    answer!(1385, "The account may not sign in in this way on that server."),
    answer!(1398, "The clocks of agent and domain controller differ."),
    ErrorEntry {
        id: "agent-certificate-not-valid",
        layer: Layer::Tls,
        patterns: &["stopped working because the client certificate is not valid"],
        events: &[
            event("Microsoft-AzureADConnect-AuthenticationAgent", 12019),
            event("Microsoft Azure AD Connect Authentication Agent", 12019),
        ],
        meaning: "The service did not accept the agent's client certificate. In the one case we know of, a device that opened TLS on the way had taken it away; an agent that was off for months may hold an expired one instead.",
        rules_in: "It is the agent of pass-through authentication or of the application proxy, with its own way out.",
        rules_out: "Synchronization is another program: it may work all the same.",
        diagnosis: Some("tls-inspection"),
        example: "The Connector stopped working because the client certificate is not valid. Uninstall the Connector and install it again. Request ID: '{00000000-0000-0000-0000-000000000007}'",
        source: "stephenwagner.com 2018-01-21, agent behind a firewall that inspects HTTPS; AuthenticationAgent event 12019",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
];
