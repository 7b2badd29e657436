//! The wizard's sign-in window: an Internet Explorer control with settings of its own.

use super::from_errors::from_errors;
use super::{Rule, Step, Text, Who};
use crate::endpoints::{self, Role};
use crate::report::{Context, Severity};

/// The rules.
pub const RULES: &[Rule] = &[Rule {
    id: "browser-security-blocks-sign-in",
    severity: Severity::Error,
    en: Text {
        title: "The browser settings of this server block the sign-in window",
        summary: "{detail}",
        why: "The wizard signs in through an Internet Explorer control. Where its settings forbid scripts, the sign-in page cannot run, whatever the proxy and the firewall allow.",
        steps: &[
            Step {
                who: Who::ServerAdmin,
                text: "Server Manager, Local Server, IE Enhanced Security Configuration: choose Off for administrators. Or run this in an elevated PowerShell. Then sign out and in again.",
                command: Some(
                    "Set-ItemProperty 'HKLM:\\SOFTWARE\\Microsoft\\Active Setup\\Installed Components\\{A509B1A7-37EF-4b3f-8CFC-4F3A74704073}' -Name IsInstalled -Value 0",
                ),
                verify: Some(
                    "The sign-in page of the wizard asks for a password, without a box about blocked content.",
                ),
            },
            Step {
                who: Who::ServerAdmin,
                text: "If a policy forbids that: add the sign-in addresses to the Trusted sites of the user who runs the wizard (Internet Options, Security), and allow scripts there.",
                command: Some("{sign_in_url}\n{content_url}"),
                verify: None,
            },
            Step {
                who: Who::ServerAdmin,
                text: "Switch it on again when the wizard is done: the sync service does not need a window.",
                command: None,
                verify: None,
            },
        ],
    },
    explains: &["mfa-endpoint-blocked", "mfa-challenge-cancelled"],
    source: "Learn, how-to-connect-install-prerequisites; Microsoft support, Internet Explorer Enhanced Security Configuration",
    check: |facts| {
        let content = endpoints::hosts_of_role(facts.cloud.cloud.in_service(), Role::SignInContent).next();
        let finding = from_errors(facts, "browser-security-blocks-sign-in")?;
        let content = format!("https://{}", content.unwrap_or("secure.aadcdn.microsoftonline-p.com"));
        Some(finding.arg("content_url", content).context(Context::BrowserWindow))
    },
    example: &[(
        "mail.txt",
        "Entra Connect wizard: Content within this application coming from the website listed below is being blocked by Internet Explorer Enhanced Security Configuration. https://login.microsoftonline.com\n",
    )],
    counter_example: &[(
        "mail.txt",
        "Entra Connect wizard: we have switched off Internet Explorer Enhanced Security Configuration, and it still fails.\n",
    )],
}];
