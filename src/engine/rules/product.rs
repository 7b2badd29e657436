//! Product, service and earlier releases: the release is retired, the service is busy, or something local stands still.

use super::Who::{IdentityAdmin, NetworkTeam, ServerAdmin};
use super::from_errors::{finding, from_errors, supporting, with_cloud};
use super::{Finding, Rule, Step, Text};
use crate::artifact::Span;
use crate::endpoints::Cloud;
use crate::errors::Layer;
use crate::facts::Facts;
use crate::readers::error_text::cloud_instance::CloudInstance;
use crate::readers::error_text::days::{self, Day};
use crate::readers::error_text::service::ServiceState;
use crate::readers::proxy_log::Tally;
use crate::report::{Confidence, Severity};
use crate::traffic::server_flows;

/// A release number such as 2.5.190.0; parts that are not given count as 0.
type Release = [u32; 4];

/// The first release without the sign-in assistant (February 2016).
const WITHOUT_ASSISTANT: Release = [1, 1, 105, 0];

/// The first release of the second generation; the service refuses the first one since 2023-10-01.
const SECOND_GENERATION: Release = [2, 0, 0, 0];

/// The oldest release that may go on after 2026-09-30, by most sources.
const MINIMUM: Release = [2, 5, 79, 0];

/// The last day on which older ones may sync for sure.
const DEADLINE: Day = (2026, 9, 30);

/// A release that was taken back; 2.6.84.0 replaces it.
const WITHDRAWN: Release = [2, 6, 79, 0];

/// The rules of this family.
pub const RULES: &[Rule] = &[
    Rule {
        id: "client-version-retired",
        severity: Severity::Error,
        en: Text {
            title: "This release of Entra Connect is retired or close to it",
            summary: "{detail}",
            why: "The service refuses retired releases; then every sync fails although network and account are right. Releases 1.x no longer sync since 2023-10-01. Releases below 2.5.79.0 stop on 2026-09-30; one source names 2.6.84.0 as the minimum instead, so take the newest.",
            steps: &[
                Step {
                    who: ServerAdmin,
                    text: "Read the release of this server.",
                    command: Some(
                        "(Get-ItemProperty 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\*' | Where-Object DisplayName -like '*Entra Connect*').DisplayVersion",
                    ),
                    verify: None,
                },
                Step {
                    who: ServerAdmin,
                    text: "Upgrade in place to the newest release, best on a staging server first. From 1.x, export the settings and check operating system, .NET 4.7.2 and TLS 1.2 before.",
                    command: None,
                    verify: Some("A new trace begins with the new release number, and a cycle ends with success."),
                },
                Step {
                    who: NetworkTeam,
                    text: "Open the hosts that newer releases need, Microsoft Graph among them, before the upgrade.",
                    command: None,
                    verify: None,
                },
            ],
        },
        explains: &[],
        source: "reference-connect-version-history; hardening notes of 2026 (sources disagree: 2.5.79.0 or 2.6.84.0)",
        check: client_version_retired,
        example: &[(
            "events.txt",
            "Log Name: Application\nSource: Directory Synchronization\nEvent ID: 109\nLevel: Error\nDescription:\nThis version of the Microsoft Online Services Directory Sync tool is no longer supported. Install the newest one.\n",
        )],
        counter_example: &[(
            "trace-20260302-110000.log",
            "[11:00:01.100] [  1] [INFO ] Application Version: 2.6.84.0\n[11:00:02.300] [  1] [INFO ] TLS 1.2 is properly configured.\n",
        )],
    },
    Rule {
        id: "service-throttled",
        severity: Severity::Warning,
        en: Text {
            title: "The service asks for a pause",
            summary: "The service answered: {detail} The network works.",
            why: "Too many requests came in a short time, or the service is busy. Entra Connect repeats them by itself; impatient restarts make it worse.",
            steps: &[
                Step {
                    who: ServerAdmin,
                    text: "Leave the scheduler alone for an hour and watch whether the runs end with success.",
                    command: Some("Get-ADSyncScheduler"),
                    verify: Some("The next cycles end with success."),
                },
                Step {
                    who: ServerAdmin,
                    text: "If it lasts, look for a second sync server that is active, for scripts with the same account, and for an export of very many changes.",
                    command: None,
                    verify: None,
                },
                Step {
                    who: IdentityAdmin,
                    text: "Look at the service health page of the tenant.",
                    command: None,
                    verify: None,
                },
            ],
        },
        explains: &[],
        source: "SupportArticles-docs, KB 2855271 (Error Code 81); Learn, reference-error-codes: AADSTS90055",
        check: |facts| from_errors(facts, "service-throttled"),
        example: &[(
            "events.txt",
            "Log Name: Application\nSource: Directory Synchronization\nEvent ID: 652\nLevel: Error\nDescription:\nFailed credential provisioning batch. Error: Microsoft.Online.Coexistence.ProvisionRetryException: An error occurred. Error Code: 81. Error Description: Windows Azure Active Directory is currently busy. This operation will be retried automatically.\n",
        )],
        counter_example: &[(
            "events.txt",
            "Log Name: Application\nSource: Directory Synchronization\nEvent ID: 655\nLevel: Error\nDescription:\nFailed credential provisioning ping. Error Code: 90. Error Description: Password Synchronization has not been activated for this company.\n",
        )],
    },
    Rule {
        id: "service-unavailable",
        severity: Severity::Error,
        en: Text {
            title: "The sign-in service reports a fault of its own",
            summary: "The service answered: {detail} The network to it works.",
            why: "The answer came from the service itself, so no proxy, firewall or setting of this server is the cause. Such faults mostly pass.",
            steps: &[
                Step {
                    who: IdentityAdmin,
                    text: "Look at the service health page of the tenant for the time of the error.",
                    command: None,
                    verify: None,
                },
                Step {
                    who: ServerAdmin,
                    text: "Wait 30 minutes and start a cycle.",
                    command: Some("Start-ADSyncSyncCycle -PolicyType Delta"),
                    verify: Some("The cycle ends with success."),
                },
                Step {
                    who: IdentityAdmin,
                    text: "If it lasts for hours and the health page is clean, open a case with the correlation id and the time stamp of the message.",
                    command: None,
                    verify: None,
                },
            ],
        },
        explains: &[],
        source: "Learn, reference-error-codes: AADSTS90033",
        check: |facts| from_errors(facts, "service-unavailable"),
        example: &[(
            "mail.txt",
            "Entra Connect wizard: AADSTS90033: A transient error has occurred. Please try again. Trace ID: 00000000-0000-0000-0000-000000000006\n",
        )],
        counter_example: &[(
            "mail.txt",
            "Invoke-WebRequest : The remote server returned an error: (503) Server Unavailable.\n",
        )],
    },
    Rule {
        id: "sign-in-assistant-proxy",
        severity: Severity::Error,
        en: Text {
            title: "The retired sign-in assistant cannot get out",
            summary: "{detail}",
            why: "Releases before 1.1.105.0 (February 2016) sign in through the sign-in assistant. It follows the WinHTTP settings of the machine, not machine.config, so a proxy set only in machine.config does not reach it.",
            steps: &[
                Step {
                    who: ServerAdmin,
                    text: "Replace the release: this generation no longer syncs. The current one needs no sign-in assistant.",
                    command: None,
                    verify: Some("A new trace begins with a current release number."),
                },
                Step {
                    who: ServerAdmin,
                    text: "Only to understand the old server: compare the WinHTTP proxy with the one in machine.config.",
                    command: Some("netsh winhttp show proxy"),
                    verify: Some("It prints the proxy of your network and not direct access."),
                },
            ],
        },
        explains: &["wrong-credentials", "unspecified-authentication-failure"],
        source: "tshoot-connect-connectivity: The sign-in assistant isn't configured correctly",
        check: sign_in_assistant_proxy,
        example: &[(
            "events.txt",
            "Log Name: Application\nSource: Directory Synchronization\nEvent ID: 0\nLevel: Error\nDescription:\nUnable to establish a connection to the authentication service. Contact Technical Support. GetAuthState() failed with -2147186688 state. HResult:0. Contact Technical Support. (0x80048862)\n",
        )],
        counter_example: &[(
            "netsh.txt",
            "C:\\>netsh winhttp show proxy\n\nCurrent WinHTTP proxy settings:\n\n    Direct access (no proxy server).\n",
        )],
    },
    Rule {
        id: "sync-service-stopped",
        severity: Severity::Error,
        en: Text {
            title: "The sync service does not run",
            summary: "{detail} This is local to the server; the network is not involved.",
            why: "The wizard, the cmdlets and the scheduler talk to the service over a local pipe. While it is stopped nothing syncs, and the texts speak of a missing endpoint as if it were a web address.",
            steps: &[
                Step {
                    who: ServerAdmin,
                    text: "Look at the service and at the events of the Service Control Manager (7000, 7009, 7031, 7038).",
                    command: Some(
                        "Get-Service ADSync; Get-WinEvent -FilterHashtable @{LogName='System'; ProviderName='Service Control Manager'} -MaxEvents 20",
                    ),
                    verify: None,
                },
                Step {
                    who: ServerAdmin,
                    text: "If Windows refuses the account of the service, its password was changed or its right to log on as a service was taken away. Restore that, following the procedure for this account; do not simply switch to another one, for the database keys belong to it.",
                    command: None,
                    verify: None,
                },
                Step {
                    who: ServerAdmin,
                    text: "Start the service and a cycle.",
                    command: Some("Start-Service ADSync; Start-ADSyncSyncCycle -PolicyType Delta"),
                    verify: Some("Get-Service shows Running, and the cycle begins."),
                },
            ],
        },
        explains: &[],
        source: "Service Control Manager events 7000 and 7038; WCF text for a missing local endpoint",
        check: sync_service_stopped,
        example: &[(
            "session.txt",
            "PS C:\\> Start-ADSyncSyncCycle -PolicyType Delta\nStart-ADSyncSyncCycle : System.ServiceModel.EndpointNotFoundException: There was no endpoint listening at net.pipe://localhost/ADSyncManagement that could accept the message. This is often caused by an incorrect address or SOAP action.\n",
        )],
        counter_example: &[(
            "mail.txt",
            "System.ServiceModel.EndpointNotFoundException: There was no endpoint listening at https://adminwebservice.microsoftonline.com/provisioningservice.svc that could accept the message. This is often caused by an incorrect address or SOAP action.\n",
        )],
    },
    Rule {
        id: "database-unreachable",
        severity: Severity::Error,
        en: Text {
            title: "The sync engine cannot use its database",
            summary: "{detail}",
            why: "The words sound like a network problem, but they concern the on-premises database. Proxy, Entra hosts and sign-in play no part in it.",
            steps: &[
                Step {
                    who: ServerAdmin,
                    text: "Which database is it? An express installation has its own LocalDB: read why that one does not start, and free memory and disk space first.",
                    command: Some(
                        "Get-WinEvent -FilterHashtable @{LogName='Application'; Level=2} -MaxEvents 200 | Where-Object ProviderName -like '*SQL*' | Format-List TimeCreated, ProviderName, Id, Message",
                    ),
                    verify: None,
                },
                Step {
                    who: ServerAdmin,
                    text: "With an SQL Server of your own: check that its service runs, that the instance name is right, and that the SQL Browser runs when a named instance is used without a port.",
                    command: Some("Get-Service *SQL*"),
                    verify: None,
                },
                Step {
                    who: ServerAdmin,
                    text: "Test the connection with the tool of the product.",
                    command: Some(
                        "Import-Module ADSyncTools; Connect-ADSyncToolsSqlDatabase -Server <server> -Instance <instance>",
                    ),
                    verify: Some("The tool reports that the connection was opened."),
                },
                Step {
                    who: ServerAdmin,
                    text: "If SQL Server answers and refuses: give the account that the text names its login and its rights on the database ADSync, or let this server trust the certificate of SQL Server, and use TLS 1.2 on both sides.",
                    command: None,
                    verify: None,
                },
                Step {
                    who: NetworkTeam,
                    text: "If SQL Server runs elsewhere, let this server reach UDP 1434 and the TCP port of the instance.",
                    command: None,
                    verify: None,
                },
            ],
        },
        explains: &["sync-service-stopped"],
        source: "tshoot-connect-tshoot-sql-connectivity",
        check: |facts| from_errors(facts, "database-unreachable"),
        example: &[(
            "mail.txt",
            "Entra Connect setup: A network-related or instance-specific error occurred while establishing a connection to SQL Server. The server was not found or was not accessible. (provider: Named Pipes Provider, error: 40 - Could not open a connection to SQL Server)\n",
        )],
        counter_example: &[(
            "mail.txt",
            "Entra Connect wizard: Unable to connect to the remote server. SQL Server runs on the same machine and is fine.\n",
        )],
    },
];

/// A number of the sign-in service decides. Without one, the wizard's own word that it took another cloud than that of
/// the user name makes it likely. Where the wizard fell back to the public cloud while the network failed, that is a
/// consequence. The two Government clouds share their domains.
pub(super) fn wrong_cloud_instance(facts: &Facts) -> Option<Finding> {
    let wrong = || {
        facts.reports().flat_map(|text| &text.cloud_instances).filter(|choice| {
            let same = |cloud: Cloud| if cloud == Cloud::UsGovDod { Cloud::UsGovGccHigh } else { cloud };
            same(choice.taken) != same(choice.of_user)
        })
    };
    let note = |choice: &CloudInstance| {
        format!("The wizard takes the cloud {} for a user of {}.", choice.taken.id(), choice.domain)
    };
    let (found, further) = if let Some(found) = from_errors(facts, "wrong-cloud-instance") {
        (found, 0)
    } else if let Some(found) = closed_cloud(facts) {
        (found, 0)
    } else {
        let first = wrong().next()?;
        let detail = format!(
            "The wizard takes the cloud {}, and the user name ends in {}, which belongs to the cloud {}.",
            first.taken.id(),
            first.domain,
            first.of_user.id()
        );
        let chosen = wrong().any(|choice| !choice.fallback);
        let network = |layer| matches!(layer, Layer::Wrapper | Layer::Name | Layer::Socket | Layer::Tls | Layer::Http);
        let found = if !chosen && facts.network_errors().any(|hit| network(hit.entry.layer)) {
            Finding::new(Confidence::Possible, first.span, note(first)).severity(Severity::Warning)
        } else {
            Finding::new(Confidence::Likely, first.span, note(first))
        };
        (with_cloud(found.arg("detail", detail), first.of_user), 1)
    };
    let found = wrong().skip(further).fold(found, |found, choice| found.and(choice.span, note(choice)));
    let forced = facts.reports().flat_map(|text| &text.registry).filter(|value| value.name == "AzureInstance");
    Some(forced.fold(found, |found, value| {
        let note = match value.number {
            Some(4) => "The registry of this server forces the US Government cloud (4), whatever the user name says.",
            _ => "The registry of this server forces a cloud, whatever the user name says.",
        };
        found.and(value.span, note)
    }))
}

/// Calls to the hosts of a cloud that is closed: whatever becomes of them, nobody is there any more.
fn closed_cloud(facts: &Facts) -> Option<Finding> {
    let flows = server_flows(facts);
    let mut places: Vec<(Span, &str)> = flows
        .iter()
        .filter(|flow| flow.endpoint.cloud != flow.endpoint.cloud.in_service())
        .flat_map(|flow| flow.flow.outcomes.iter().flat_map(Tally::lines).map(|span| (span, &*flow.flow.host)))
        .collect();
    places.sort_unstable();
    let (first, host) = *places.first()?;
    let detail = format!(
        "The server calls {host}, a host of Microsoft Cloud Germany, which was closed on 2021-10-29. Its tenants were \
         moved to the worldwide cloud; no rule of a proxy or firewall helps."
    );
    let note = |host: &str| format!("{host}: a host of the closed cloud");
    let found = Finding::new(Confidence::Certain, first, note(host)).arg("detail", detail);
    let found = places.iter().skip(1).fold(found, |found, (span, host)| found.and(*span, note(host)));
    Some(with_cloud(found, facts.cloud.cloud))
}

/// The refusal of the service is proof. A release number alone is a warning for a retired generation, and only good
/// to know for a release whose end is announced, as long as the evidence itself is not of a later day: the engine has no
/// calendar.
fn client_version_retired(facts: &Facts) -> Option<Finding> {
    if let Some(found) = from_errors(facts, "client-version-retired") {
        return Some(found);
    }
    let (release, written, span) = oldest_release(facts)?;
    if release == WITHDRAWN {
        let detail = format!("Release {written} was withdrawn; 2.6.84.0 replaces it.");
        return Some(by_release(facts, span, detail, Confidence::Likely).severity(Severity::Warning));
    }
    if release >= MINIMUM {
        return None;
    }
    if release < SECOND_GENERATION {
        let failing = facts.errors().next().is_some();
        let detail = format!("Release {written} belongs to the generation that the service refuses since 2023-10-01.");
        let severity = if failing { Severity::Error } else { Severity::Warning };
        return Some(by_release(facts, span, detail, Confidence::Likely).severity(severity));
    }
    let detail = format!(
        "Release {written} is below 2.5.79.0, the oldest that may sync after 2026-09-30; one source names 2.6.84.0."
    );
    let Some(((year, month, day), dated)) = day_behind_the_deadline(facts) else {
        return Some(by_release(facts, span, detail, Confidence::Certain).severity(Severity::Info));
    };
    let detail = format!(
        "{detail} The evidence is of {year}-{month:02}-{day:02}: from then on the service may refuse every sync, \
         whatever the network does."
    );
    let found = by_release(facts, span, detail, Confidence::Likely).severity(Severity::Warning);
    Some(dated.into_iter().fold(found, |found, span| found.and(span, "A day behind the deadline.")))
}

/// The latest day of the evidence, where it lies behind the deadline, and its place: of texts, of names of files, of
/// proxy logs.
fn day_behind_the_deadline(facts: &Facts) -> Option<(Day, Option<Span>)> {
    let texts = facts.texts.iter().filter(|(_, text)| text.documentation.is_none());
    let in_texts = texts.filter_map(|(_, text)| text.latest_day).map(|(day, span)| (day, Some(span)));
    let in_names = facts.artifacts.iter().filter_map(|artifact| Some((days::latest_in(&artifact.name)?.0, None)));
    let logged =
        facts.flows().filter_map(|flow| flow.activity.last()).max().map(days::of_seconds).map(|day| (day, None));
    in_texts.chain(in_names).chain(logged).max().filter(|(day, _)| *day > DEADLINE)
}

/// What the service itself reports, or its state as a console prints it, unless a later print shows it running.
fn sync_service_stopped(facts: &Facts) -> Option<Finding> {
    let of_sync = |state: &&ServiceState| state.name.eq_ignore_ascii_case("ADSync");
    let last = facts.reports().flat_map(|text| &text.services).filter(of_sync).last();
    let stopped = last.filter(|state| !state.running);
    if let Some(found) = from_errors(facts, "sync-service-stopped") {
        return Some(stopped.into_iter().fold(found, |found, state| found.and(state.span, "The service is stopped.")));
    }
    let stopped = stopped?;
    let found = Finding::new(Confidence::Certain, stopped.span, "The service is stopped.")
        .arg("detail", "The sync service (ADSync) is stopped.");
    Some(with_cloud(found, facts.cloud.cloud))
}

/// A release number after 1.1.105.0 rules the sign-in assistant out, whatever the text says.
fn sign_in_assistant_proxy(facts: &Facts) -> Option<Finding> {
    let release = oldest_release(facts);
    if release.as_ref().is_some_and(|(release, _, _)| *release >= WITHOUT_ASSISTANT) {
        return None;
    }
    if let Some(found) = finding(facts, &supporting(facts, "sign-in-assistant-proxy")) {
        return Some(found);
    }
    let (_, written, span) = release?;
    let failing = facts.errors().any(|hit| {
        let by_network = hit.entry.layer > Layer::Wrapper && hit.entry.layer < Layer::Service;
        by_network || matches!(hit.entry.id, "wizard-unable-to-validate" | "dotnet-unable-to-connect")
    });
    let detail = format!("Release {written} signs in through the sign-in assistant, which follows WinHTTP settings.");
    let (confidence, severity) =
        if failing { (Confidence::Likely, Severity::Error) } else { (Confidence::Possible, Severity::Info) };
    Some(by_release(facts, span, detail, confidence).severity(severity))
}

fn by_release(facts: &Facts, span: Span, detail: String, confidence: Confidence) -> Finding {
    let found = Finding::new(confidence, span, "The release number of this server.").arg("detail", detail);
    with_cloud(found, facts.cloud.cloud)
}

/// The oldest release that the texts name, as number, as written, and its place.
fn oldest_release(facts: &Facts) -> Option<(Release, &str, Span)> {
    facts
        .texts
        .iter()
        .filter(|(_, text)| text.documentation.is_none())
        .filter_map(|(_, text)| text.version.as_ref())
        .filter_map(|(written, span)| Some((release(written)?, written.as_str(), *span)))
        .min_by_key(|(release, _, _)| *release)
}

/// Reads "2.5.190.0", also with fewer parts. `None` for anything else.
pub fn release(written: &str) -> Option<Release> {
    let mut parts = [0; 4];
    let mut count = 0;
    for (slot, part) in parts.iter_mut().zip(written.trim().split('.')) {
        *slot = part.parse().ok()?;
        count += 1;
    }
    (count >= 2 && written.trim().split('.').count() <= 4).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, Options, analyze};

    #[test]
    fn releases_are_compared_by_number_and_not_by_letters() {
        assert!(release("2.5.190.0") > release("2.5.79.0"));
        assert!(release("1.1.189.0") > release("1.1.105.0"));
        assert!(release("2.0.89.0") < Some(MINIMUM));
        assert!(release("2.6") > Some(MINIMUM));
    }

    fn retired(release: &str) -> Option<&'static str> {
        let trace = format!("[11:00:01.100] [  1] [INFO ] Application Version: {release}\n");
        severity(&[("trace-20260302-110000.log", &trace)])
    }

    fn severity(files: &[(&str, &str)]) -> Option<&'static str> {
        let input = |(name, text): &(&str, &str)| Input {
            name: (*name).to_owned(),
            bytes: text.as_bytes().to_vec(),
            ..Input::default()
        };
        let report = analyze(&files.iter().map(input).collect::<Vec<_>>(), &Options::default());
        let found = report.diagnoses.iter().find(|diagnosis| diagnosis.rule.id == "client-version-retired")?;
        Some(found.severity.id())
    }

    /// The day may stand in the text, in the name of the trace, or in the log of the proxy beside it.
    #[test]
    fn a_release_below_the_minimum_is_a_warning_once_the_evidence_is_of_a_day_behind_the_deadline() {
        let trace = "[11:00:01.100] [  1] [INFO ] Application Version: 2.3.8.0\n";
        let mail = |day: &str| format!("{day} Unable to connect to the remote server. Entra Connect 2.3.8.0\n");
        let log = |seconds: u32| {
            format!(
                "{seconds}.101   3387 10.8.0.14 TCP_TUNNEL/200 19131 CONNECT login.microsoftonline.com:443 - HIER_DIRECT/192.0.2.7 -\n"
            )
        };
        assert_eq!(severity(&[("trace-20260514-081203.log", trace)]), Some("info"));
        assert_eq!(severity(&[("trace-20261116-081203.log", trace)]), Some("warning"));
        assert_eq!(severity(&[("a.txt", &mail("2026-09-30"))]), Some("info"));
        assert_eq!(severity(&[("a.txt", &mail("2026-10-02"))]), Some("warning"));
        assert_eq!(severity(&[("trace.log", trace), ("access.log", &log(1_790_700_000))]), Some("info"));
        assert_eq!(severity(&[("trace.log", trace), ("access.log", &log(1_790_900_000))]), Some("warning"));
    }

    #[test]
    fn a_release_that_was_taken_back_is_a_warning_and_its_neighbours_are_not() {
        assert_eq!(retired("2.6.79.0"), Some("warning"));
        assert_eq!(retired("2.6.84.0"), None);
        assert_eq!(retired("2.5.190.0"), None);
        assert_eq!(retired("2.4.131.0"), Some("info"));
        assert_eq!(retired("1.6.16.0"), Some("warning"));
    }

    #[test]
    fn what_is_no_release_number_is_not_read_as_one() {
        for text in ["", "2", "two.five", "2.5.190.0.1", "2.-5", "99999999999.1"] {
            assert_eq!(release(text), None, "{text}");
        }
    }

    fn wrong_cloud(line: &str) -> Option<(&'static str, &'static str)> {
        let text = format!(
            "[10:44:00.004] [  1] [INFO ] Application Version: 2.6.84.0\n[10:44:50.000] [  7] [INFO ] AzureTenantPage: Beginning Windows Azure tenant credential validation for user - admin@yunshan.partner.onmschina.cn\n[10:44:50.400] [  7] {line}\n"
        );
        let input =
            Input { name: "trace-20260611-104400.log".to_owned(), bytes: text.into_bytes(), ..Input::default() };
        let report = analyze(&[input], &Options::default());
        let found = report.diagnoses.iter().find(|diagnosis| diagnosis.rule.id == "wrong-cloud-instance")?;
        Some((found.severity.id(), found.finding.confidence.id()))
    }

    #[test]
    fn a_forced_cloud_that_is_not_the_one_of_the_user_is_wrong() {
        let forced =
            "[INFO ] AzureConfigurationFromPrincipalName: Resolution Method [Registry Configuration]: Worldwide.";
        assert_eq!(wrong_cloud(forced), Some(("error", "likely")));
        let right = "[INFO ] AzureConfigurationFromPrincipalName: Resolution Method [Registry Configuration]: China.";
        assert_eq!(wrong_cloud(right), None);
    }

    #[test]
    fn a_fall_back_to_the_public_cloud_stands_behind_the_network_that_failed() {
        let line = "[ERROR] AzureConfigurationFromPrincipalName: Unable to determine the Azure instance for UPN (admin@yunshan.partner.onmschina.cn). Defaulting to the WorldWide instance which may result in authentication failures.";
        assert_eq!(wrong_cloud(line), Some(("error", "likely")));
        let failed = format!(
            "{line}  Resolution Method [AzureInstanceDiscovery]: Unexpected failure.  An error occurred while sending the request.."
        );
        assert_eq!(wrong_cloud(&failed), Some(("warning", "possible")));
    }
}
