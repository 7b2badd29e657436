//! Help for reading the evidence: what is healthy, what may be ignored, what tells nothing.

use super::{Finding, Rule, Step, Text, Who};
use crate::artifact::Kind;
use crate::endpoints::{self, Role};
use crate::errors::Layer;
use crate::facts::Facts;
use crate::readers::error_text::events::is_sync_service;
use crate::readers::error_text::shell::Shell;
use crate::readers::error_text::wizard_run::Step as WizardStep;
use crate::readers::proxy_log::{Flow, Log, Outcome};
use crate::report::{Confidence, Severity};
use crate::rules::proxy_settings::evidence::known_proxy_place;
use crate::traffic::{ServerFlow, list, logs_show_entra_connect, server_flows, silent_tunnels};
use std::cmp::Reverse;

const ARTICLE: &str = "Troubleshoot Microsoft Entra Connect connectivity issues, section Communication pattern";

fn healthy_pattern(facts: &Facts) -> Option<Finding> {
    if !logs_show_entra_connect(facts) {
        return wizard_came_to_its_end(facts);
    }
    let flows = server_flows(facts);
    let needed = |role: Role| !matches!(role, Role::Telemetry | Role::Alias | Role::Feature);
    let failed = |outcome| flows.iter().any(|flow| needed(flow.endpoint.role) && flow.unresolved(outcome));
    let bad = [Outcome::AuthRequired, Outcome::Denied, Outcome::UpstreamFailed, Outcome::Reset, Outcome::TimedOut];
    if bad.into_iter().any(failed) || super::idle::tunnels_are_cut(facts) || !silent_tunnels(&flows).is_empty() {
        return None;
    }
    // A directory call that stops at discovery is no healthy sign.
    let called = |role| flows.iter().any(|flow| flow.endpoint.role == role);
    if called(Role::Provisioning) && !called(Role::RegionalProvisioning) && !called(Role::Graph) {
        return None;
    }
    let mut finding: Option<Finding> = None;
    // The three calls that every phase makes.
    for role in [Role::SignIn, Role::SyncService, Role::RegionalSync] {
        // Of a flow that was only counted for a while no line may be left.
        let (flow, span) = flows.iter().filter(|flow| flow.endpoint.role == role).find_map(|flow| {
            let outcome = if flow.has_outcomes { Outcome::Reached } else { Outcome::Seen };
            Some((flow, *flow.flow.tally(outcome).samples.first()?))
        })?;
        let note = format!("{} {}", flow.flow.host, if flow.has_outcomes { "is reached" } else { "is called" });
        finding = Some(match finding {
            None => Finding::new(Confidence::Likely, span, note),
            Some(finding) => finding.and(span, note),
        });
    }
    let recorded = flows.iter().all(|flow| flow.has_outcomes);
    let limit = if recorded {
        ""
    } else {
        " This log does not record how requests ended, so it proves the order of the calls only."
    };
    let detail = format!("Sign-in, sync service and its regional host are all there.{limit}");
    finding.map(|finding| finding.arg("what", "log").arg("detail", detail))
}

/// The wizard's last run in a trace that came to its end, where nothing else reports an error.
fn wizard_came_to_its_end(facts: &Facts) -> Option<Finding> {
    if facts.errors().next().is_some() {
        return None;
    }
    let runs = facts.reports().filter_map(|text| text.run.as_ref()).filter(|run| run.failure.is_none());
    let last = runs.filter_map(|run| run.steps.last()).find(|line| line.step == WizardStep::Finish)?;
    Some(
        Finding::new(Confidence::Likely, last.span, "Here the wizard came to its end")
            .arg("what", "trace")
            .arg("detail", "The wizard's last run came to its end, and what failed on the way was passed after all."),
    )
}

fn ignorable_traffic(facts: &Facts) -> Option<Finding> {
    let flows = server_flows(facts);
    let mut hosts = Vec::new();
    let mut finding: Option<Finding> = None;
    for flow in flows.iter().filter(|flow| flow.endpoint.role == Role::Telemetry) {
        for tally in &flow.flow.outcomes {
            for &span in &tally.samples {
                let note = format!("{}: {}", flow.flow.host, tally.status);
                finding = Some(match finding {
                    None => Finding::new(Confidence::Certain, span, note),
                    Some(finding) => finding.and(span, note),
                });
            }
        }
        hosts.push(flow.flow.host.clone());
    }
    hosts.sort();
    hosts.dedup();
    finding.map(|finding| finding.arg("hosts", list(&hosts, 4)))
}

fn cname_alias_seen(facts: &Facts) -> Option<Finding> {
    let is_alias = |host: &str| endpoints::find_host(host).is_some_and(|endpoint| endpoint.role == Role::Alias);
    let mentions = facts
        .reports()
        .flat_map(|text| &text.hosts)
        .filter(|mention| is_alias(&mention.host))
        .map(|mention| (mention.span, mention.host.clone()));
    // Anybody's browser may call such names; only those of the server matter.
    let flows = server_flows(facts);
    let called =
        flows.iter().map(|flow| flow.flow).filter(|flow| is_alias(&flow.host)).filter_map(|flow| {
            Some((*flow.outcomes.iter().find_map(|tally| tally.samples.first())?, flow.host.clone()))
        });
    let mut seen = mentions.chain(called).collect::<Vec<_>>();
    seen.sort();
    let mut names: Vec<String> = seen.iter().map(|(_, host)| host.clone()).collect();
    names.sort();
    names.dedup();
    let mut seen = seen.into_iter();
    let (span, host) = seen.next()?;
    let finding = Finding::new(Confidence::Certain, span, format!("{host} is a name behind the real one"))
        .arg("names", list(&names, 5));
    Some(seen.fold(finding, |finding, (span, host)| finding.and(span, host)))
}

fn auth_handshake_normal(facts: &Facts) -> Option<Finding> {
    let flows = server_flows(facts);
    let line = |flow: &ServerFlow, outcome| flow.flow.tally(outcome).samples.first().copied();
    let mut normal = flows
        .iter()
        .filter(|flow| flow.flow.tally(Outcome::AuthRequired).count > 0 && !flow.unresolved(Outcome::AuthRequired));
    let (first, asked, reached) =
        normal.find_map(|flow| Some((flow, line(flow, Outcome::AuthRequired)?, line(flow, Outcome::Reached)?)))?;
    let finding = Finding::new(Confidence::Certain, asked, "407: the proxy asks")
        .and(reached, "The same host is reached right after")
        .arg("host", first.flow.host.clone());
    Some(normal.take(4).fold(finding, |finding, flow| match line(flow, Outcome::AuthRequired) {
        Some(span) => finding.and(span, format!("{}: 407, then reached", flow.flow.host)),
        None => finding,
    }))
}

/// Any known error gives this finding; the report drops it as soon as another diagnosis tells more.
fn evidence_insufficient(facts: &Facts) -> Option<Finding> {
    // A page that is not there was answered by the service itself, behind an open way: nothing failed.
    let answered: Vec<_> = facts
        .reports()
        .flat_map(|text| &text.http_proof)
        .filter(|proof| !proof.tunnel && matches!(proof.status, 400 | 404 | 405))
        .filter(|proof| proof.host.as_deref().is_some_and(|host| endpoints::find_host(host).is_some()))
        .map(|proof| proof.span)
        .collect();
    let is_answer = |span: crate::artifact::Span| {
        answered.iter().any(|line| line.artifact == span.artifact && line.start <= span.start && span.end <= line.end)
    };
    let mut hits: Vec<_> = facts.errors().filter(|hit| !is_answer(hit.span)).collect();
    // The number of an event says where something failed; the text inside of it says what.
    // Of a chain of exceptions the inner one is the cause.
    hits.sort_by_key(|hit| (Reverse(hit.entry.layer), Reverse(hit.link.depth), !hit.entry.events.is_empty(), hit.span));
    let mut hits = hits.into_iter();
    let hit = hits.next()?;
    let elsewhere = matches!(hit.entry.layer, Layer::Local | Layer::Service);
    let (title, severity, consequence) = if elsewhere {
        (
            "A known error that is not a matter of the network",
            Severity::Info,
            "No change to proxy or firewall helps against it. Where connections fail as well, the evidence below tells why.",
        )
    } else {
        (
            "This text alone cannot tell the cause",
            Severity::Warning,
            "On the strength of this text alone any change to proxy, firewall or accounts is a guess. One more piece of evidence settles it.",
        )
    };
    let cut =
        if hit.link.cut { " The pasted text ends where the inner exception begins: send the rest of it." } else { "" };
    let finding = Finding::new(Confidence::Certain, hit.span, hit.entry.meaning)
        .context(hit.context)
        .severity(severity)
        .arg("title", title)
        .arg("consequence", consequence)
        .arg("meaning", format!("{}{cut}", hit.entry.meaning))
        .arg("text", facts.text_at(hit.span).split_whitespace().collect::<Vec<_>>().join(" "));
    let finding = finding.skip(given_already(facts));
    Some(hits.take(8).fold(finding, |finding, hit| finding.and(hit.span, hit.entry.meaning)))
}

/// The steps of `evidence-insufficient`, by their place, whose evidence is there already. What remains when all of it
/// is there is the first one, for another time or another server.
fn given_already(facts: &Facts) -> Vec<usize> {
    /// An event shorter than this is the line of a table, which cuts its message.
    const WHOLE: usize = 300;
    let events = facts
        .reports()
        .flat_map(|text| &text.events)
        .any(|event| is_sync_service(&event.source) && event.block.end - event.block.start > WHOLE);
    let tested = facts.reports().any(|text| text.http_proof.iter().any(|proof| proof.shell != Shell::Seven));
    let given = [events, facts.has_kind(Kind::WizardTrace), tested];
    if given.iter().all(|given| *given) {
        return vec![1, 2];
    }
    given.iter().enumerate().filter(|(_, given)| **given).map(|(step, _)| step).collect()
}

/// Whether a log has anything to do with Entra Connect.
fn concerns(log: &Log, reported: bool) -> bool {
    let refused = |flow: &Flow| flow.last_refused() > flow.last_reached();
    let signs_in = |flow: &Flow| {
        endpoints::find_host(&flow.host)
            .is_some_and(|endpoint| matches!(endpoint.role, Role::SignIn | Role::SignInContent))
    };
    !log.unknown_names.is_empty()
        || log
            .flows
            .iter()
            .any(|flow| flow.proves || flow.by_address || flow.leads && (reported || refused(flow)) && signs_in(flow))
}

fn not_entra_connect(facts: &Facts) -> Option<Finding> {
    let mut strangers: Vec<(usize, &str)> = Vec::new();
    // One log of several may be the wrong one, and that is worth a word too. A log of sign-in hosts says nothing
    // by itself, but beside a report of Entra Connect it belongs to it.
    let reported = facts.errors().next().is_some();
    // A log of addresses alone may well be about the server; which of them are Microsoft's it does not say.
    let nameless = |log: &Log| reported && log.other_records == 0 && log.hostless_records == log.records;
    // The way to the configured proxy is a part of the way to the service.
    let proxy = known_proxy_place(facts).map(|(host, _)| host);
    let named = |log: &Log| {
        let is_named = |flow: &Flow| {
            proxy.as_ref() == Some(&flow.host)
                || facts.errors().any(|hit| hit.capture("address") == Some(flow.host.as_str()))
        };
        log.flows.iter().any(is_named)
    };
    let alone_in = |artifact: usize| {
        let mut logs = facts.logs.iter().zip(&facts.servers);
        logs.any(|((other, _), servers)| *other == artifact && !servers.flows.is_empty())
    };
    let strange = facts
        .logs
        .iter()
        .filter(|(artifact, _)| !alone_in(*artifact))
        .filter(|(_, log)| log.records > 0 || !reported && facts.logs.len() == 1)
        .filter(|(_, log)| !concerns(log, reported) && !nameless(log) && !named(log));
    strangers.extend(strange.map(|(artifact, _)| (*artifact, "No line of this log concerns Entra Connect")));
    strangers.extend(facts.texts.iter().filter_map(|(artifact, text)| {
        if text.documentation.is_some() {
            Some((*artifact, "This text explains errors; it reports none"))
        } else if text.unrelated {
            Some((*artifact, "It speaks of other hosts or other programs, not of Entra Connect"))
        } else {
            None
        }
    }));
    // A part of a mail without any finding is just the rest of the mail, and so is a note beside evidence; a file
    // that is all there is, is worth a word.
    let alone =
        !reported && facts.configs.is_empty() && facts.allow_lists.is_empty() && !logs_show_entra_connect(facts);
    strangers.extend(
        facts
            .artifacts
            .iter()
            .enumerate()
            .filter(|(_, artifact)| {
                alone && artifact.kind == Kind::Unknown && !artifact.id.contains('.') && artifact.end > artifact.start
            })
            .map(|(index, _)| (index, "Nothing in this file is known to concern Entra Connect")),
    );
    strangers.sort_unstable();
    let mut strangers = strangers.into_iter();
    let (artifact, note) = strangers.next()?;
    let given = facts.artifacts.get(artifact);
    let name = given.map_or("", |artifact| artifact.name.as_str()).to_owned();
    // Who writes that the sync is broken writes about Entra Connect, only not what can be judged.
    let is_unknown = given.is_some_and(|artifact| artifact.kind == Kind::Unknown);
    let (lacks, summary) = if is_unknown {
        ("names an error, a host or a setting", "No reader found anything in it that tells one cause from another.")
    } else {
        (
            "concerns Entra Connect",
            "No host, error or setting of Entra Connect stands in it. Refusals of other clients and other hosts are no \
             finding.",
        )
    };
    let is_log = facts.logs.iter().any(|(log, _)| *log == artifact);
    let consequence = if is_log {
        "If this is the log of the right proxy at the right time, then the server's requests never reached this \
         proxy: that itself is a finding, and it points to machine.config."
    } else {
        "It neither helps nor harms. What would help stands under what to ask for."
    };
    let finding = Finding::new(Confidence::Likely, facts.head_of(artifact), note)
        .arg("name", name)
        .arg("lacks", lacks)
        .arg("summary", summary)
        .arg("consequence", consequence);
    Some(strangers.fold(finding, |finding, (artifact, note)| finding.and(facts.head_of(artifact), note)))
}

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "evidence-insufficient",
        severity: Severity::Warning,
        en: Text {
            title: "{title}",
            summary: "\"{text}\": {meaning}",
            why: "{consequence}",
            steps: &[
                Step {
                    who: Who::ServerAdmin,
                    text: "If synchronisation fails or complains, send the events of that time with their whole message, not as a table that cuts it.",
                    command: Some(
                        "Get-WinEvent -FilterHashtable @{LogName='Application'; ProviderName='ADSync','Directory Synchronization'} -MaxEvents 30 | Format-List TimeCreated, Id, Message",
                    ),
                    verify: None,
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "If the wizard fails, send its newest trace file. The lines after the last [ERROR] name the real cause.",
                    command: Some(
                        "Get-ChildItem $env:ProgramData\\AADConnect\\trace-*.log | Sort-Object LastWriteTime | Select-Object -Last 1",
                    ),
                    verify: None,
                },
                Step {
                    who: Who::ServerAdmin,
                    text: "Send the output of this test, from Windows PowerShell 5.1 (64-bit) on the server.",
                    command: Some("Invoke-WebRequest -UseBasicParsing -Uri {test_url}"),
                    verify: None,
                },
            ],
        },
        explains: &[],
        source: ".NET Framework HttpRequestException wraps an inner exception; Microsoft Entra Connect trace logs",
        check: evidence_insufficient,
        example: &[("mail.txt", "The wizard says: An error occurred while sending the request.\n")],
        counter_example: &[(
            "mail.txt",
            "An error occurred while sending the request. ---> The remote server returned an error: (407) Proxy Authentication Required.\n",
        )],
    },
    Rule {
        id: "healthy-pattern",
        severity: Severity::Ok,
        en: Text {
            title: "The {what} shows what a working Entra Connect does",
            summary: "{detail}",
            why: "In this {what} nothing stands in the way of Entra Connect.",
            steps: &[],
        },
        explains: &[],
        source: ARTICLE,
        check: healthy_pattern,
        example: &[(
            "access.log",
            "1767600001.100   3120 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT login.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n\
             1767600002.100   3120 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n\
             1767600003.100   3120 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT bba800-anchor.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n",
        )],
        counter_example: &[(
            "access.log",
            "1767600001.100   3120 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT login.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n\
             1767600002.100   3120 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n\
             1767600003.100      1 10.1.0.5 TCP_DENIED/403 4120 CONNECT bba800-anchor.microsoftonline.com:443 - HIER_NONE/- text/html\n",
        )],
    },
    Rule {
        id: "auth-handshake-normal",
        severity: Severity::Info,
        en: Text {
            title: "The 407 lines before a success are the normal sign-in to the proxy",
            summary: "For {host} the proxy asks with 407 and lets the request through right after.",
            why: "Kerberos costs one 407 per connection, NTLM two. Only a 407 that is never followed by a success is a fault.",
            steps: &[],
        },
        explains: &[],
        source: "Squid access log documentation; HTTP proxy authentication",
        check: auth_handshake_normal,
        example: &[(
            "access.log",
            "1767600001.100      2 10.1.0.5 TCP_DENIED/407 4120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_NONE/- text/html\n\
             1767600002.100   3120 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT adminwebservice.microsoftonline.com:443 svc HIER_DIRECT/40.126.9.65 -\n",
        )],
        counter_example: &[(
            "access.log",
            "1767600001.100      2 10.1.0.5 TCP_DENIED/407 4120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_NONE/- text/html\n",
        )],
    },
    Rule {
        id: "ignorable-traffic",
        severity: Severity::Info,
        en: Text {
            title: "Telemetry calls may fail without harm",
            summary: "{hosts}: Application Insights telemetry. Entra Connect works without it, open or blocked.",
            why: "It is not the cause of any problem. No rule is needed for it.",
            steps: &[],
        },
        explains: &[],
        source: ARTICLE,
        check: ignorable_traffic,
        example: &[(
            "access.log",
            "1767600001.100      2 10.1.0.5 TCP_DENIED/403 4120 CONNECT dc.services.visualstudio.com:443 - HIER_NONE/- text/html\n\
             1767600002.100   3120 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n",
        )],
        counter_example: &[(
            "access.log",
            "1767600002.100   3120 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n",
        )],
    },
    Rule {
        id: "cname-alias-seen",
        severity: Severity::Info,
        en: Text {
            title: "Names of other DNS namespaces need no rule",
            summary: "{names}: names that DNS puts behind the real host names.",
            why: "Requests go to the real names only. The names behind them change without notice, and a proxy never sees them. Do not add them to an allow-list.",
            steps: &[],
        },
        explains: &[],
        source: ARTICLE,
        check: cname_alias_seen,
        example: &[(
            "dns.txt",
            "C:\\>nslookup login.microsoftonline.com\nNon-authoritative answer:\nName:    www.tm.f.prd.aadg.trafficmanager.net\nAddress:  20.190.160.14\nAliases:  login.microsoftonline.com\n",
        )],
        counter_example: &[(
            "dns.txt",
            "C:\\>nslookup login.microsoftonline.com\nNon-authoritative answer:\nName:    login.microsoftonline.com\nAddress:  20.190.160.14\n",
        )],
    },
    Rule {
        id: "not-entra-connect",
        severity: Severity::Info,
        en: Text {
            title: "Nothing in {name} {lacks}",
            summary: "{summary}",
            why: "{consequence}",
            steps: &[
                Step {
                    who: Who::ServerAdmin,
                    text: "Send what the failing step itself says, as text and with its details: the message of the wizard, its newest trace file, or the events of the sync service.",
                    command: None,
                    verify: None,
                },
                Step {
                    who: Who::NetworkTeam,
                    text: "Send the lines of the Entra Connect server's address, of all proxies it can use, from the minute of the failed attempt.",
                    command: None,
                    verify: None,
                },
            ],
        },
        explains: &[],
        source: ARTICLE,
        check: not_entra_connect,
        example: &[(
            "access.log",
            "1767600001.100      2 10.1.0.5 TCP_DENIED/403 4120 CONNECT www.facebook.example:443 - HIER_NONE/- text/html\n\
             1767600002.100    220 10.1.0.6 TCP_TUNNEL/200 9120 CONNECT outlook.office365.com:443 - HIER_DIRECT/52.97.1.2 -\n",
        )],
        counter_example: &[(
            "access.log",
            "1767600002.100   3120 10.1.0.5 TCP_TUNNEL/200 9120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_DIRECT/40.126.9.65 -\n",
        )],
    },
];
