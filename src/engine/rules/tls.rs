//! TLS: the version that is offered, the device that opens it, the root that is missing, the clock that is wrong.

use super::Who::{NetworkTeam, ServerAdmin};
use super::from_errors::{finding, from_errors, supporting, with_cloud, with_ids};
use super::{Finding, Rule, Step, Text, product, tls_registry};
use crate::artifact::{Kind, Span};
use crate::endpoints::{self, Need, Role};
use crate::facts::Facts;
use crate::formats;
use crate::readers::error_text::issuer::Issuer;
use crate::readers::error_text::{ErrorHit, Text as Pasted};
use crate::readers::proxy_log::{Flow, Outcome, Tally};
use crate::report::{Confidence, Severity};
use crate::traffic::server_flows;

/// The eight values of the product documentation, as commands.
const ENABLE_TLS12: &str = "foreach ($k in 'HKLM:\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319','HKLM:\\SOFTWARE\\WOW6432Node\\Microsoft\\.NETFramework\\v4.0.30319') { New-Item $k -Force | Out-Null; 'SystemDefaultTlsVersions','SchUseStrongCrypto' | ForEach-Object { New-ItemProperty $k $_ -Value 1 -PropertyType DWord -Force | Out-Null } }\nforeach ($r in 'Client','Server') { $k = \"HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\$r\"; New-Item $k -Force | Out-Null; New-ItemProperty $k Enabled -Value 1 -PropertyType DWord -Force | Out-Null; New-ItemProperty $k DisabledByDefault -Value 0 -PropertyType DWord -Force | Out-Null }";

/// Prints who issued the certificate that this server is shown for the sync service.
const SHOW_ISSUER: &str = "$r = [Net.HttpWebRequest]::Create('{sync_url}'); try { $r.GetResponse() | Out-Null } catch {}; $r.ServicePoint.Certificate.Issuer";

/// Looks at the issuer: it tells an inspecting device from a missing root.
const LOOK_AT_ISSUER: Step = Step {
    who: ServerAdmin,
    text: "Look at the issuer of the certificate that this server is shown, in 64-bit Windows PowerShell 5.1.",
    command: Some(SHOW_ISSUER),
    verify: Some(
        "A public authority such as DigiCert or Microsoft is right. A name of your own organisation or of a security product means that a device opens TLS.",
    ),
};

/// The rules of this family.
pub const RULES: &[Rule] = &[
    Rule {
        id: "tls12-disabled",
        severity: Severity::Error,
        en: Text {
            title: "TLS 1.2 is not used by .NET on this server",
            summary: "{detail}",
            why: "The sign-in and sync services accept only TLS 1.2 and later: US Government since 2021-03-31, the worldwide cloud since 2022-01-31, 21Vianet from 2025-01-31 (listed as still going on). When .NET or Windows offers less, the handshake is cut and the wizard shows nothing but a failed request. Browsers use their own settings and still work.",
            steps: &[
                Step {
                    who: ServerAdmin,
                    text: "Set the values that let .NET and Windows use TLS 1.2, in an elevated PowerShell.",
                    command: Some(ENABLE_TLS12),
                    verify: None,
                },
                Step {
                    who: ServerAdmin,
                    text: "Restart the server; the values are read at start.",
                    command: Some("Restart-Computer"),
                    verify: None,
                },
                Step {
                    who: ServerAdmin,
                    text: "Test in 64-bit Windows PowerShell 5.1.",
                    command: Some("Invoke-WebRequest -UseBasicParsing -Uri {sync_url}"),
                    verify: Some("StatusCode is 200, and a new trace says that TLS 1.2 is properly configured."),
                },
                Step {
                    who: ServerAdmin,
                    text: "If it still fails, compare the cipher suites that a policy allows on this server with a server that works.",
                    command: Some("Get-TlsCipherSuite | Select-Object Name"),
                    verify: None,
                },
            ],
        },
        explains: &["connection-reset", "realm-discovery-failed"],
        source: "reference-connect-tls-enforcement; SupportArticles-docs, enable-support-tls-environment",
        check: tls12_disabled,
        example: &[(
            "mail.txt",
            "Entra Connect wizard: AADSTS1002016: You are using TLS version 1.0, 1.1 and/or 3DES cipher which are deprecated to improve the security posture of Azure AD.\n",
        )],
        counter_example: &[(
            "trace-20260302-120000.log",
            "[12:00:01.100] [  1] [INFO ] Application Version: 2.6.84.0\n[12:00:02.300] [  1] [INFO ] TLS 1.2 is properly configured.\n[12:00:09.400] [ 12] [ERROR] The underlying connection was closed: An unexpected error occurred on a receive.\n",
        )],
    },
    Rule {
        id: "tls-inspection",
        severity: Severity::Error,
        en: Text {
            title: "A device on the way opens the TLS connection",
            summary: "{detail}",
            why: "Microsoft does not support TLS inspection between Entra Connect and Entra ID. The device shows its own certificate, which the service account may not trust, and it loses client certificates.",
            steps: &[
                LOOK_AT_ISSUER,
                Step {
                    who: NetworkTeam,
                    text: "Exempt the sign-in, sync, Graph and regional hosts, and those of the agents in use, from TLS inspection; best everything that comes from this server.",
                    command: None,
                    verify: Some(
                        "The issuer shown on this server is a public authority, and the proxy log shows only CONNECT for these hosts.",
                    ),
                },
                Step {
                    who: ServerAdmin,
                    text: "Restart the sync service and open the wizard again.",
                    command: Some("Restart-Service ADSync"),
                    verify: Some("The page that failed passes."),
                },
            ],
        },
        explains: &["root-certificate-missing", "realm-discovery-failed", "connection-reset"],
        source: "how-to-connect-install-prerequisites, Connectivity; endpoints notes, TLS inspection",
        check: tls_inspection,
        example: &[(
            "session.txt",
            "C:\\>curl -v https://login.microsoftonline.com\n* Connected to proxy.contoso.example (10.20.0.5) port 8080\ncurl: (60) SSL certificate problem: self-signed certificate in certificate chain\n",
        )],
        counter_example: &[(
            "mail.txt",
            "Entra Connect wizard: The underlying connection was closed: Could not establish trust relationship for the SSL/TLS secure channel. The proxy team says that nothing is decrypted.\n",
        )],
    },
    Rule {
        id: "root-certificate-missing",
        severity: Severity::Error,
        en: Text {
            title: "This server does not trust the certificate it is shown",
            summary: "{detail} Nothing in the evidence shows an inspecting device; the issuer of the certificate tells the two apart.",
            why: "The connection opens, but .NET stops because the chain does not end in a trusted root. Servers without access to Windows Update miss newer roots; a device that opens TLS gives the same text.",
            steps: &[
                LOOK_AT_ISSUER,
                Step {
                    who: ServerAdmin,
                    text: "If the issuer is public, install the missing root and intermediate certificates into the stores of the computer, not of the user.",
                    command: Some("certutil -generateSSTFromWU roots.sst"),
                    verify: Some("certutil -verify -urlfetch on the exported certificate ends without error."),
                },
                Step {
                    who: NetworkTeam,
                    text: "If the issuer is your own, exempt the Entra hosts from TLS inspection. Open the CRL, OCSP and issuer hosts on port 80 in any case.",
                    command: None,
                    verify: Some("The wizard passes the page that failed."),
                },
            ],
        },
        explains: &["realm-discovery-failed"],
        source: "microsoft/referencesource System.txt (TrustFailure); com-error-codes-4",
        check: root_certificate_missing,
        example: &[(
            "mail.txt",
            "Entra Connect wizard: System.Net.WebException: The underlying connection was closed: Could not establish trust relationship for the SSL/TLS secure channel. ---> System.Security.Authentication.AuthenticationException: The remote certificate is invalid according to the validation procedure.\n",
        )],
        counter_example: &[(
            "mail.txt",
            "Entra Connect wizard: System.Net.WebException: The request was aborted: Could not create SSL/TLS secure channel.\n",
        )],
    },
    Rule {
        id: "clock-skew",
        severity: Severity::Error,
        en: Text {
            title: "A clock is wrong",
            summary: "{detail}",
            why: "Certificates, tokens and Kerberos tickets are valid only for a time. When the clock of this server is off, good ones look expired or not yet valid.",
            steps: &[
                Step {
                    who: ServerAdmin,
                    text: "Compare the clock of this server with its domain controller and with the time zone you expect.",
                    command: Some(
                        "w32tm /query /status; w32tm /stripchart /computer:<domain controller> /samples:3 /dataonly",
                    ),
                    verify: Some("The difference is a few seconds at most."),
                },
                Step {
                    who: ServerAdmin,
                    text: "Correct the time source and synchronise.",
                    command: Some("w32tm /resync /rediscover"),
                    verify: Some("The failing call passes."),
                },
                Step {
                    who: NetworkTeam,
                    text: "If the clock is right, look at the dates of the certificate: the one of an inspecting device may have expired.",
                    command: None,
                    verify: None,
                },
            ],
        },
        explains: &["root-certificate-missing"],
        source: "com-error-codes-4 (0x80090324, 0x80090328, 0x800B0101); Learn, reference-error-codes: AADSTS500133",
        check: clock_skew,
        example: &[(
            "mail.txt",
            "Entra Connect wizard: System.ComponentModel.Win32Exception (0x80090324): The clocks on the client and server machines are skewed.\n",
        )],
        counter_example: &[(
            "mail.txt",
            "Entra Connect wizard: System.ComponentModel.Win32Exception (0x80090325): The certificate chain was issued by an authority that is not trusted.\n",
        )],
    },
];

/// Texts that say that the certificate was not accepted.
const NOT_TRUSTED: &[&str] = &[
    "tls-trust-failure",
    "tls-untrusted-root",
    "tls-alert-certificate-here",
    "tls-wrong-usage",
    "winhttp-certificate-untrusted",
    "wizard-browser-certificate",
    "curl-certificate-untrusted",
];

/// Texts that say that the certificate is for another name. A missing root does not explain them.
const OTHER_NAME: &[&str] = &["tls-name-mismatch", "winhttp-certificate-name"];

/// Wrappers behind which a refused handshake hides.
const UNEXPLAINED: &[&str] = &[
    "dotnet-error-sending-request",
    "wizard-configure-task-failed",
    "wizard-connector-creation",
    "wizard-instance-unknown",
    "sync-no-start-ma",
];

/// Texts of a connection that was cut in the handshake, as a refused version does and other things too.
const CUT_IN_HANDSHAKE: &[&str] =
    &["tls-unexpected-send", "tls-handshake-closed", "tls-alert-handshake", "curl-handshake-failed"];

/// Texts that name the version are enough. A failed handshake makes it likely; values that are not set count only
/// where the release demands them or something fails. A cut while sending is one sign of several: where a trace was
/// given it would say itself how TLS 1.2 stands, so the text counts only without one.
fn tls12_disabled(facts: &Facts) -> Option<Finding> {
    let named = supporting(facts, "tls12-disabled");
    let failed = with_ids(facts, &["tls-secure-channel"]);
    let not_set = with_ids(facts, &["tls-registry-not-set"]);
    let cut = with_ids(facts, CUT_IN_HANDSHAKE);
    let all = |groups: &[&[&ErrorHit]]| finding(facts, &groups.concat());
    if !named.is_empty() {
        let found = finding(facts, &named)?;
        let further = failed.iter().chain(&not_set).chain(&cut);
        let found = further.fold(found, |found, hit| found.and(hit.span, hit.entry.meaning));
        let off = tls_registry::switched_off(facts).into_iter().chain(tls_registry::older_offered(facts));
        return Some(off.fold(found, |found, off| found.and(off.span, off.what)));
    }
    let flows = server_flows(facts);
    let mut alerts = flows
        .iter()
        .filter(|flow| flow.unresolved(Outcome::Reset))
        .map(|flow| flow.flow.tally(Outcome::Reset))
        .filter(|tally| formats::version_refused(&tally.status))
        .flat_map(Tally::lines);
    if let Some(first) = alerts.next() {
        let found = Finding::new(Confidence::Certain, first, VERSION_REFUSED).arg("detail", VERSION_REFUSED);
        let found = alerts.fold(found, |found, span| found.and(span, VERSION_REFUSED));
        let off = tls_registry::switched_off(facts);
        let found = off.into_iter().fold(found, |found, off| found.and(off.span, off.what));
        return Some(with_cloud(found, facts.cloud.cloud));
    }
    if let Some(found) = off_in_registry(facts) {
        return Some(failed.iter().chain(&cut).fold(found, |found, hit| found.and(hit.span, hit.entry.meaning)));
    }
    let as_text = tls_registry::stored_as_text(facts);
    if let Some(first) = as_text.first() {
        // Without a failure the values may not be needed: newer releases and systems do without.
        let unexplained = with_ids(facts, UNEXPLAINED);
        let failing = [&failed, &cut, &unexplained].iter().any(|hits| !hits.is_empty());
        let found = Finding::new(
            if failing { Confidence::Likely } else { Confidence::Possible },
            first.span,
            first.what.clone(),
        )
        .arg("detail", first.what.clone())
        .severity(if failing { Severity::Error } else { Severity::Warning });
        let found = as_text.iter().fold(found, |found, text| found.and(text.span, text.what.clone()));
        let hits = failed.iter().chain(&not_set).chain(&cut).chain(&unexplained);
        return Some(with_cloud(
            hits.fold(found, |found, hit| found.and(hit.span, hit.entry.meaning)),
            facts.cloud.cloud,
        ));
    }
    // A request that passes in the same shell shows that it needs no more than it offers.
    let older = if facts.passes_in_windows_powershell() { Vec::new() } else { tls_registry::older_offered(facts) };
    if let Some(first) = older.first() {
        let sending = with_ids(facts, &["tls-unexpected-send"]);
        let hits: Vec<_> = [&failed, &not_set, &cut, &sending].into_iter().flatten().collect();
        let (confidence, severity) = if failed.is_empty() && cut.is_empty() && sending.is_empty() {
            (Confidence::Possible, Severity::Warning)
        } else {
            (Confidence::Likely, Severity::Error)
        };
        let found = Finding::new(confidence, first.span, first.what.clone())
            .arg("detail", first.what.clone())
            .severity(severity);
        let found = older.iter().skip(1).fold(found, |found, print| found.and(print.span, print.what.clone()));
        let found = hits.iter().fold(found, |found, hit| found.and(hit.span, hit.entry.meaning));
        return Some(with_cloud(found, facts.cloud.cloud));
    }
    if !failed.is_empty() {
        return all(&[&failed, &not_set]);
    }
    if !not_set.is_empty() {
        let unexplained = with_ids(facts, UNEXPLAINED);
        let demanded = demanding_release(facts).is_some();
        let found = all(&[&not_set, &cut, &unexplained])?;
        return Some(if demanded || !cut.is_empty() || !unexplained.is_empty() {
            Finding { confidence: Confidence::Likely, ..found }
        } else {
            // Newer releases work without the values, so on their own they are a hint and block nothing.
            Finding { confidence: Confidence::Possible, ..found }.severity(Severity::Warning)
        });
    }
    let sending = with_ids(facts, &["tls-unexpected-send"]);
    // Whoever answered in plain text never saw the version.
    let plain = !with_ids(facts, &["tls-plain-answer"]).is_empty();
    let offered = facts.reports().flat_map(|text| &text.offered).any(|print| print.has_tls12);
    let set =
        facts.reports().flat_map(|text| &text.registry).any(|value| value.decides_tls() && value.number == Some(1));
    if let Some((version, span)) = demanding_release(facts).filter(|_| !plain && !offered && !set)
        && !sending.is_empty()
        && not_trusted(facts).is_empty()
    {
        let detail = format!(
            "Release {version} wants the values for TLS 1.2 in the registry, and the connection was cut in the \
             handshake. Nothing given here shows that they are set."
        );
        let found = finding(facts, &sending)?.and(span, "This release wants the values to be set explicitly");
        return Some(Finding { confidence: Confidence::Possible, ..with_detail(found, detail) });
    }
    if sending.is_empty() || plain || offered || facts.has_kind(Kind::WizardTrace) || !not_trusted(facts).is_empty() {
        return None;
    }
    all(&[&sending]).map(|found| Finding { confidence: Confidence::Possible, ..found })
}

const VERSION_REFUSED: &str =
    "The service ends the handshake with the alert protocol_version: this server did not offer TLS 1.2.";

/// The release of this server, where it is one of those that work only with the values for TLS 1.2 set explicitly.
///
/// Source: reference-connect-tls-enforcement; version history of 2.3.20.0 and 2.4.131.0.
fn demanding_release(facts: &Facts) -> Option<(&str, Span)> {
    let versions = facts.texts.iter().filter_map(|(_, text)| text.version.as_ref());
    let demanding = |written: &str| {
        product::release(written).is_some_and(|release| ([2, 3, 20, 0]..=[2, 4, 129, 0]).contains(&release))
    };
    versions.filter(|(written, _)| demanding(written)).map(|(written, span)| (written.as_str(), *span)).next()
}

/// Replaces what a finding says about its primary error.
fn with_detail(mut found: Finding, detail: String) -> Finding {
    found.args.retain(|(name, _)| *name != "detail");
    found.arg("detail", detail)
}

/// Values of the registry that switch TLS 1.2 off, in prints that the error shelf does not know by their text.
fn off_in_registry(facts: &Facts) -> Option<Finding> {
    let off = tls_registry::switched_off(facts);
    let first = off.iter().find(|off| off.certain).or(off.first())?;
    let confidence = if first.certain { Confidence::Certain } else { Confidence::Likely };
    let found = Finding::new(confidence, first.span, first.what.clone()).arg("detail", first.what.clone());
    let found = off.iter().fold(found, |found, off| found.and(off.span, off.what.clone()));
    Some(with_cloud(found, facts.cloud.cloud))
}

/// A printed issuer that is no public authority, a product that names itself, or a log that shows requests inside
/// the tunnel is proof; a certificate that is not trusted while the proxy did open the tunnel makes it likely, one for
/// another name possible.
fn tls_inspection(facts: &Facts) -> Option<Finding> {
    let mut named = supporting(facts, "tls-inspection");
    let distrust = not_trusted(facts);
    let inspected: Vec<Span> = needed_flows(facts).filter_map(|flow| flow.inspected).collect();
    let opened: Vec<Span> =
        needed_flows(facts).filter_map(|flow| flow.tally(Outcome::Reached).samples.first().copied()).collect();

    let failing = facts.errors().next().is_some() || needed_flows(facts).any(|flow| flow.last_refused().is_some());
    let severity = if failing { Severity::Error } else { Severity::Warning };
    let printed = issuers(facts);
    let mut private = printed.iter().filter(|issuer| !is_public(&issuer.name));
    if let Some(first) = private.next() {
        let detail = format!("The certificate shown for a Microsoft host was issued by {}.", shown(&first.name));
        let found =
            Finding::new(Confidence::Certain, first.span, NO_PUBLIC_AUTHORITY).arg("detail", detail).severity(severity);
        let found = private.fold(found, |found, issuer| found.and(issuer.span, NO_PUBLIC_AUTHORITY));
        let found = inspected.iter().fold(found, |found, span| found.and(*span, INSPECTED));
        let found = named.iter().chain(&distrust).fold(found, |found, hit| found.and(hit.span, hit.entry.meaning));
        return Some(with_cloud(found, facts.cloud.cloud));
    }
    if !printed.is_empty() {
        // A public root that the tool itself does not know looks like a private one to it.
        named.retain(|hit| hit.entry.id != "curl-self-signed");
    }
    if let Some(found) = finding(facts, &named) {
        let found = inspected.iter().fold(found, |found, span| found.and(*span, INSPECTED));
        return Some(distrust.iter().fold(found, |found, hit| found.and(hit.span, hit.entry.meaning)));
    }
    if let Some((first, rest)) = inspected.split_first() {
        let mut found = Finding::new(Confidence::Certain, *first, INSPECTED)
            .arg("detail", "The log shows requests inside the TLS connection to a host that Entra Connect needs.")
            .severity(severity);
        for span in rest {
            found = found.and(*span, INSPECTED);
        }
        let found = distrust.iter().fold(found, |found, hit| found.and(hit.span, hit.entry.meaning));
        return Some(with_cloud(found, facts.cloud.cloud));
    }
    if !printed.is_empty() {
        // The issuer is public, so nobody opens TLS on this way.
        return None;
    }
    let refused = |flow: &Flow| formats::client_distrusts(&flow.tally(Outcome::Reset).status);
    let mut alerts =
        needed_flows(facts).filter(|flow| refused(flow)).flat_map(|flow| flow.tally(Outcome::Reset).lines());
    if let Some(first) = alerts.next() {
        let found = Finding::new(Confidence::Likely, first, ALERT).arg("detail", ALERT_DETAIL).severity(severity);
        let found = alerts.fold(found, |found, span| found.and(span, ALERT));
        return Some(with_cloud(found, facts.cloud.cloud));
    }
    if let Some(tunnel) = opened.first().copied().or_else(|| opened_tunnel(facts, &distrust)) {
        let found = finding(facts, &distrust)?;
        return Some(
            Finding { confidence: Confidence::Likely, ..found }
                .and(tunnel, "The proxy did open the tunnel, so the certificate is what failed."),
        );
    }
    // A missing root does not give a certificate for another name. A wrong address in DNS or in the hosts file does.
    let found = finding(facts, &with_ids(facts, OTHER_NAME))?;
    Some(Finding { confidence: Confidence::Possible, ..found })
}

/// A tunnel that the proxy opened just before a certificate was not accepted, in the same console output.
fn opened_tunnel(facts: &Facts, distrust: &[&ErrorHit]) -> Option<Span> {
    facts.reports().flat_map(|text| &text.http_proof).filter(|proof| proof.tunnel && proof.status == 200).find_map(
        |proof| {
            let behind =
                |hit: &&ErrorHit| hit.span.artifact == proof.span.artifact && hit.span.start > proof.span.start;
            distrust.iter().copied().any(|hit| behind(&hit)).then_some(proof.span)
        },
    )
}

const INSPECTED: &str = "The proxy saw what is inside the TLS connection to this host.";

const ALERT: &str = "The server ends the handshake: it does not trust the certificate it is shown.";

const ALERT_DETAIL: &str = "The server broke off the TLS handshake with a host that Entra Connect needs, because it does not trust the certificate it was shown. Windows trusts the real one, so a device on the way most probably shows its own.";

const NO_PUBLIC_AUTHORITY: &str = "This issuer is none of the public authorities that Microsoft uses.";

/// Words of the authorities that issued for Microsoft or that a public host may have, in lower case. The first eight
/// come from the endpoint lists; the others keep an ordinary authority from being taken for a device.
const PUBLIC: &[&str] = &[
    "digicert",
    "microsoft",
    "baltimore",
    "globalsign",
    "entrust",
    "verisign",
    "d-trust",
    "geotrust",
    "cybertrust",
    "thawte",
    "symantec",
    "rapidssl",
    "let's encrypt",
    "isrg",
    "sectigo",
    "usertrust",
    "comodo",
    "godaddy",
    "starfield",
    "google trust",
    "identrust",
    "quovadis",
    "swisssign",
    "certum",
    "telesec",
    "harica",
    "amazon",
];

/// Whether the common name or the organisation of the issuer is a public authority. Names of a directory domain
/// (`DC=`) are those of a company, whatever words they hold.
fn is_public(issuer: &str) -> bool {
    let issuer = issuer.to_lowercase();
    PUBLIC.iter().any(|authority| issuer.contains(authority)) && !issuer.contains("dc=") && !issuer.contains("dc =")
}

/// The issuers that were printed for a host of Microsoft: the certificate says for whom it is, or the host that was
/// named last before it does.
fn issuers(facts: &Facts) -> Vec<&Issuer> {
    let is_entra = |host: &str| {
        endpoints::cloud_hint(host).is_some()
            || endpoints::find_host(host)
                .is_some_and(|row| !matches!(row.role, Role::Alias | Role::Revocation | Role::Feature))
    };
    let asked = |text: &Pasted, issuer: &Issuer| {
        text.hosts
            .iter()
            .rfind(|mention| mention.span.start <= issuer.span.start)
            .is_some_and(|mention| is_entra(&mention.host))
    };
    facts
        .reports()
        .flat_map(|text| text.issuers.iter().map(move |issuer| (text, issuer)))
        .filter(|(text, issuer)| issuer.subject.as_deref().map_or_else(|| asked(text, issuer), is_entra))
        .map(|(_, issuer)| issuer)
        .collect()
}

/// A name that fits into a sentence.
fn shown(name: &str) -> String {
    let name = name.replace('"', "");
    let name = name.trim();
    if name.chars().count() > 120 { name.chars().take(119).chain(['…']).collect() } else { name.to_owned() }
}

/// Kerberos refuses a clock that is further off.
const TOLERATED_SECONDS: u64 = 300;

/// An error that names the clock, or a measurement that shows it off.
fn clock_skew(facts: &Facts) -> Option<Finding> {
    let found = from_errors(facts, "clock-skew");
    let measured: Vec<_> = facts
        .reports()
        .flat_map(|text| &text.clock_offsets)
        .filter(|offset| offset.seconds >= TOLERATED_SECONDS)
        .collect();
    let Some(first) = measured.first() else { return found };
    let off = format!("The clock of this server is {} off, as w32tm measures it.", duration(first.seconds));
    let finding = match found {
        Some(found) => found.and(first.span, off),
        None => {
            with_cloud(Finding::new(Confidence::Certain, first.span, off.clone()), facts.cloud.cloud).arg("detail", off)
        }
    };
    Some(measured.iter().skip(1).take(2).fold(finding, |finding, offset| finding.and(offset.span, "And again.")))
}

/// A time in the unit that people would say.
fn duration(seconds: u64) -> String {
    let (count, unit) = match seconds {
        0..=7199 => (seconds / 60, "minutes"),
        7200..=172_799 => (seconds / 3600, "hours"),
        _ => (seconds / 86400, "days"),
    };
    format!("about {count} {unit}")
}

/// The codes of Windows name the root; the texts of .NET say only that the certificate was not accepted. A public
/// issuer beside it leaves nothing else.
fn root_certificate_missing(facts: &Facts) -> Option<Finding> {
    if tls_inspection(facts).is_some() {
        return None;
    }
    let distrust: Vec<&ErrorHit> =
        not_trusted(facts).into_iter().filter(|hit| NOT_TRUSTED.contains(&hit.entry.id)).collect();
    let root_named = distrust.iter().any(|hit| hit.entry.id == "tls-untrusted-root");
    let public = issuers(facts);
    let confidence = if root_named || !public.is_empty() { Confidence::Likely } else { Confidence::Possible };
    let found = Finding { confidence, ..finding(facts, &distrust)? };
    Some(public.iter().fold(found, |found, issuer| found.and(issuer.span, "This issuer is a public authority.")))
}

fn not_trusted(facts: &Facts) -> Vec<&ErrorHit> {
    // What the inner exception of the same chain says about revocation is the reason why .NET did not trust.
    let unchecked: Vec<(usize, usize)> = facts
        .errors()
        .filter(|hit| hit.entry.diagnosis == Some("revocation-endpoint-blocked") && hit.link.depth > 0)
        .map(|hit| (hit.span.artifact, hit.link.chain))
        .collect();
    facts
        .errors()
        .filter(|hit| NOT_TRUSTED.contains(&hit.entry.id) || OTHER_NAME.contains(&hit.entry.id))
        .filter(|hit| !hit.link.outer || !unchecked.contains(&(hit.span.artifact, hit.link.chain)))
        .collect()
}

/// TLS traffic to known hosts, without those whose failure does no harm and without plain HTTP.
fn needed_flows(facts: &Facts) -> impl Iterator<Item = &Flow> {
    let harmless: Vec<&str> = crate::endpoints::all()
        .filter(|row| row.need == Need::Ignorable)
        .flat_map(|row| row.hosts.iter().copied())
        .collect();
    facts.flows().filter(move |flow| flow.port != Some(80) && !harmless.contains(&flow.host.as_str()))
}

#[cfg(test)]
mod tests {
    use crate::{Input, Options, analyze};

    fn found(text: &str) -> Vec<(&'static str, &'static str)> {
        let input = Input { name: "session.txt".to_owned(), bytes: text.as_bytes().to_vec(), ..Input::default() };
        let report = analyze(&[input], &Options::default());
        let ids = report.diagnoses.iter().map(|diagnosis| (diagnosis.rule.id, diagnosis.finding.confidence.id()));
        ids.collect()
    }

    const DISTRUST: &str = "PS C:\\> Invoke-WebRequest https://login.microsoftonline.com\nInvoke-WebRequest : The underlying connection was closed: Could not establish trust relationship for the SSL/TLS secure channel.\n";

    #[test]
    fn the_issuer_tells_an_inspecting_device_from_a_missing_root() {
        let print = |issuer: &str| format!("{DISTRUST}\nSubject : CN=login.microsoftonline.com\nIssuer  : {issuer}\n");
        assert_eq!(found(&print("CN=Fabrikam Web Filter CA, O=Fabrikam")), [("tls-inspection", "certain")]);
        let public = "CN=DigiCert Global G2 TLS RSA SHA256 2020 CA1, O=DigiCert Inc, C=US";
        assert_eq!(found(&print(public)), [("root-certificate-missing", "likely")]);
        assert_eq!(found(DISTRUST), [("root-certificate-missing", "possible")]);
    }

    #[test]
    fn the_certificate_of_another_host_may_come_from_a_private_authority() {
        let text =
            format!("{DISTRUST}\nSubject : CN=sts.fabrikam.example\nIssuer  : CN=Fabrikam Issuing CA, DC=fabrikam\n");
        assert_eq!(found(&text), [("root-certificate-missing", "possible")]);
    }

    #[test]
    fn the_answer_to_our_own_command_is_understood() {
        let text = "PS C:\\> $r = [Net.HttpWebRequest]::Create('https://adminwebservice.microsoftonline.com/ProvisioningService.svc'); try { $r.GetResponse() | Out-Null } catch {}; $r.ServicePoint.Certificate.Issuer\n";
        assert_eq!(found(&format!("{text}CN=Fabrikam Web Filter CA\n")), [("tls-inspection", "certain")]);
        let public = found(&format!("{text}CN=Microsoft Azure RSA TLS Issuing CA 04, O=Microsoft Corporation, C=US\n"));
        assert!(public.iter().all(|(id, _)| *id != "tls-inspection"));
    }

    #[test]
    fn a_refused_version_of_schannel_points_to_tls_12_and_one_of_openssl_does_not() {
        let event = |code: &str| {
            format!(
                "Log Name: System\nSource: Schannel\nEvent ID: 36887\nDescription:\nA fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert code is {code}.\n"
            )
        };
        for code in ["40", "70", "71"] {
            assert_eq!(found(&event(code)), [("tls12-disabled", "likely")], "{code}");
        }
        let openssl = "$ openssl s_client -tls1 -connect login.microsoftonline.com:443\nerror:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:SSL alert number 70\n";
        assert_eq!(found(openssl).first().map(|(id, _)| *id), Some("evidence-insufficient"));
    }
}
