//! The proxy asks for a sign-in that the server cannot give.

use super::refusals::{again, refusals};
use super::{Finding, Rule, Step, Text, Who};
use crate::artifact::Span;
use crate::endpoints::Role;
use crate::facts::Facts;
use crate::readers::proxy_log::Outcome;
use crate::report::{Confidence, Context, Severity};
use crate::rules::near::host_near;
use crate::traffic::{ServerFlow, server_flows};

fn proxy_auth_required(facts: &Facts) -> Option<Finding> {
    let logged = refusals(facts, Outcome::AuthRequired, |flow| !flow.reached() || many_since_success(flow));
    let mut hits = facts.network_errors().filter(|hit| hit.entry.id == "http-407").peekable();
    let finding = match (logged, hits.peek()) {
        (Some(finding), _) => finding,
        (None, Some(_)) => {
            let hit = hits.next()?;
            let host = host_near(facts, hit.span).map_or("the requested host", |mention| mention.host.as_str());
            Finding::new(Confidence::Certain, hit.span, "The proxy asked for a sign-in and got none it accepts")
                .context(hit.context)
                .arg("hosts", host)
                .arg("client", "the server")
                .arg("times", "once")
        }
        (None, None) => return None,
    };
    Some(hits.fold(finding, |finding, hit| again(facts, finding, hit.span, "407 here too")))
}

/// A handshake costs one or two 407 lines; more than that after the last success is a refusal.
fn many_since_success(flow: &ServerFlow) -> bool {
    flow.flow.refused_since_success > 2
}

fn proxy_auth_scheme_unsupported(facts: &Facts) -> Option<Finding> {
    let headers = facts.reports().flat_map(|text| &text.proxy_authenticate);
    let logged = facts.logs.iter().flat_map(|(_, log)| &log.auth_schemes);
    // WCF quotes the header of a 401 or 407; only a proxy writes 407.
    let asked = facts.network_errors().any(|hit| hit.entry.id == "http-407");
    let quoted = facts
        .network_errors()
        .filter(|hit| asked && hit.entry.id == "http-unauthorized-scheme")
        .filter_map(|hit| Some((hit.capture("header")?.split_whitespace().next()?, hit.span)));
    let offers: Vec<(&str, Span)> =
        headers.chain(logged).map(|(scheme, span)| (scheme.as_str(), *span)).chain(quoted).collect();
    let integrated =
        |scheme: &str| ["negotiate", "ntlm", "kerberos"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    if offers.iter().any(|(scheme, _)| integrated(scheme)) {
        return None;
    }
    let (scheme, span) = offers.first()?;
    Some(Finding::new(Confidence::Certain, *span, format!("The proxy offers only {scheme}")).arg("scheme", *scheme))
}

fn service_account_cannot_authenticate(facts: &Facts) -> Option<Finding> {
    // A text says it: 407 on the Configure page or in the service, while the Connect page went through.
    let service = |context| context == Context::SyncServiceAccount;
    let hit = facts.network_errors().find(|hit| hit.entry.id == "http-407" && service(hit.context));
    if let Some(hit) = hit {
        let user_passed = facts.reports().any(|text| !text.signed_in_user_passed.is_empty())
            || server_flows(facts).iter().any(|flow| flow.endpoint.role == Role::SyncService && flow.reached());
        let confidence = if user_passed { Confidence::Likely } else { Confidence::Possible };
        let mut finding = Finding::new(confidence, hit.span, "407 while the service account was at work");
        for span in facts.reports().flat_map(|text| &text.signed_in_user_passed) {
            finding = finding.and(*span, "The signed-in user got through");
        }
        return Some(finding.context(Context::SyncServiceAccount));
    }
    // A log shows it: the same client got through first, with a user name, and later is asked again and again.
    let flows = server_flows(facts);
    let refused = |flow: &&ServerFlow| flow.unresolved(Outcome::AuthRequired) && many_since_success(flow);
    let flow = flows.iter().filter(refused).find(|flow| flow.reached() && flow.flow.user.is_some())?;
    let refused = &flow.flow.refused_after;
    let first = *flow.flow.tally(Outcome::Reached).samples.first()?;
    let user = flow.flow.user.clone().unwrap_or_default();
    // A name of its own beside the one that got through: the proxy knows the account and does not let it out.
    let sent = flow.flow.refused_user.as_ref().filter(|sent| **sent != user);
    let (confidence, note) = match sent {
        Some(sent) => (Confidence::Likely, format!("{sent} is refused with 407 from here on")),
        None => (Confidence::Possible, "The same host is refused with 407 from here on".to_owned()),
    };
    let finding = Finding::new(confidence, *refused.first()?, note)
        .and(first, format!("Earlier {user} got through to it"))
        .context(Context::SyncServiceAccount);
    let others = flows.iter().filter(|other| other.unresolved(Outcome::AuthRequired));
    Some(
        others
            .flat_map(|other| &other.flow.refused_after)
            .fold(finding, |finding, &span| finding.and(span, "Refused with 407 as well")),
    )
}

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "proxy-auth-scheme-unsupported",
        severity: Severity::Error,
        en: Text {
            title: "The proxy offers a sign-in that .NET cannot use: {scheme}",
            summary: "The proxy answers 407 and offers only {scheme}. machine.config can send nothing but the Windows \
                      credentials of the account (Negotiate, Kerberos or NTLM).",
            why: "The wizard, the sync service and Windows PowerShell 5.1 cannot answer {scheme}, whatever \
                  useDefaultCredentials says. Every request ends with 407.",
            steps: &[
                Step {
                    who: Who::NetworkTeam,
                    text: "Let the Entra Connect server through without a sign-in, by its source address, for the \
                           Entra hosts. This is the safest way. Or offer Negotiate (Kerberos) to this server.",
                    command: None,
                    verify: Some(
                        "The Proxy-Authenticate header of the 407 names Negotiate, or there is no 407 any more.",
                    ),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Do not write a user name and password into machine.config: .NET ignores them and \
                           everybody on the server can read them.",
                    command: None,
                    verify: None,
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Test again in Windows PowerShell 5.1 (64-bit).",
                    command: Some("Invoke-WebRequest -UseBasicParsing -Uri {test_url}"),
                    verify: Some("StatusCode is 200."),
                },
            ],
        },
        explains: &["proxy-auth-required", "service-account-cannot-authenticate", "realm-discovery-failed"],
        source: "Microsoft Entra Connect prerequisites (proxy with authentication); .NET defaultProxy element: \
                 only default credentials exist",
        check: proxy_auth_scheme_unsupported,
        example: &[(
            "curl.txt",
            "C:\\>curl -v -x http://proxy.fabrikam.example:8080 https://login.microsoftonline.com\n\
             < HTTP/1.1 407 Proxy Authentication Required\n\
             < Proxy-Authenticate: Basic realm=\"internet\"\n\
             curl: (56) CONNECT tunnel failed, response 407\n",
        )],
        counter_example: &[(
            "curl.txt",
            "C:\\>curl -v -x http://proxy.fabrikam.example:8080 https://login.microsoftonline.com\n\
             < HTTP/1.1 407 Proxy Authentication Required\n\
             < Proxy-Authenticate: Negotiate\n\
             < Proxy-Authenticate: Basic realm=\"internet\"\n",
        )],
    },
    Rule {
        id: "service-account-cannot-authenticate",
        severity: Severity::Error,
        en: Text {
            title: "The sync service account cannot sign in to the proxy",
            summary: "The steps that run as the signed-in user pass; where the account of the sync service is at \
                      work (the Configure page, and every sync), the proxy answers 407.",
            why: "The wizard changes identity on the Configure page. A local account cannot sign in to a proxy at \
                  all, and a virtual account (NT SERVICE\\ADSync) signs in as the computer account.",
            steps: &[
                Step {
                    who: Who::ServerAdmin,
                    text: "See which account the service runs as.",
                    command: Some("(Get-CimInstance Win32_Service -Filter \"Name='ADSync'\").StartName"),
                    verify: Some("A domain account or gMSA: it can sign in to a proxy. A local account cannot."),
                },
                Step {
                    who: Who::NetworkTeam,
                    text: "Allow this account (for NT SERVICE\\ADSync: the computer account) at the proxy, or let \
                           the server through without a sign-in by its source address.",
                    command: None,
                    verify: Some("The proxy log shows 200 with this account's name, or without any 407."),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "If the account is local, it must be replaced by a domain account. Microsoft supports this \
                           only at installation: install a second server in staging mode with a domain account, then swing over.",
                    command: None,
                    verify: None,
                },
            ],
        },
        explains: &["proxy-auth-required"],
        source: "Troubleshoot Microsoft Entra Connect connectivity issues, sections Errors in the wizard and Verify \
                 proxy connectivity; ADSync service account concepts",
        check: service_account_cannot_authenticate,
        example: &[(
            "mail.txt",
            "The Connect to Microsoft Entra ID page went through. On the Configure page:\n\
             An error occurred executing Configure AAD Sync task: The remote server returned an error: (407) Proxy \
             Authentication Required.\n",
        )],
        counter_example: &[(
            "ps.txt",
            "PS C:\\> Invoke-WebRequest https://login.microsoftonline.com\n\
             Invoke-WebRequest : The remote server returned an error: (407) Proxy Authentication Required.\n",
        )],
    },
    Rule {
        id: "proxy-auth-required",
        severity: Severity::Error,
        en: Text {
            title: "The proxy asks for a sign-in and gets none it accepts (407)",
            summary: "407 Proxy Authentication Required for {hosts} from {client}, never followed by a success.",
            why: "407 always comes from a proxy, so the proxy is reached and the address is right. Without a sign-in \
                  that it accepts, not one request of Entra Connect passes.",
            steps: &[
                Step {
                    who: Who::NetworkTeam,
                    text: "The surest way: let the Entra Connect server through without a sign-in, by its source \
                           address, for the Entra hosts.",
                    command: None,
                    verify: Some("The log shows the CONNECT lines of the server with 200 and no 407 before them."),
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Otherwise let .NET send Windows credentials: in the 64-bit machine.config, on defaultProxy. \
                           Then restart the sync service and reopen the wizard.",
                    command: Some("<defaultProxy enabled=\"true\" useDefaultCredentials=\"true\">"),
                    verify: None,
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Use domain accounts for both: the user who runs the wizard and the sync service account.",
                    command: None,
                    verify: None,
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Test in Windows PowerShell 5.1 (64-bit), then on the Configure page, which runs as the service account.",
                    command: Some("Invoke-WebRequest -UseBasicParsing -Uri {test_url}"),
                    verify: Some("StatusCode is 200."),
                },
            ],
        },
        explains: &["realm-discovery-failed", "company-information-unavailable", "domain-information-unavailable"],
        source: "Troubleshoot Microsoft Entra Connect connectivity issues, section Verify proxy connectivity",
        check: proxy_auth_required,
        example: &[(
            "access.log",
            "1767600001.100      2 10.1.0.5 TCP_DENIED/407 4120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_NONE/- text/html\n\
             1767600002.100      2 10.1.0.5 TCP_DENIED/407 4120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_NONE/- text/html\n",
        )],
        counter_example: &[(
            "access.log",
            "1767600001.100      2 10.1.0.5 TCP_DENIED/407 4120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_NONE/- text/html\n\
             1767600002.100   3120 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT adminwebservice.microsoftonline.com:443 svc HIER_DIRECT/40.126.9.65 -\n",
        )],
    },
];
