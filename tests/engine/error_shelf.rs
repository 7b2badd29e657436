//! The error shelf as a user meets it: each error is known in its own words, in every form of its number, in the
//! languages of Windows and as an event, and each leads where it should.

use advisor_engine::errors::number::{Form, Number};
use advisor_engine::errors::{self, ErrorEntry};
use advisor_engine::report::Report;
use advisor_engine::{Input, Options, analyze};

fn paste(text: &str) -> Report {
    let input = Input { name: "paste.txt".to_owned(), bytes: text.as_bytes().to_vec(), ..Input::default() };
    analyze(&[input], &Options::default())
}

/// The errors found, in the order of the text.
fn found(text: &str) -> Vec<&'static ErrorEntry> {
    let report = paste(text);
    report.facts.texts.iter().flat_map(|(_, text)| &text.errors).map(|hit| hit.entry).collect()
}

fn ids(text: &str) -> Vec<&'static str> {
    found(text).iter().map(|entry| entry.id).collect()
}

/// The diagnoses, most likely first.
fn diagnoses(text: &str) -> Vec<&'static str> {
    paste(text).diagnoses.iter().map(|diagnosis| diagnosis.rule.id).collect()
}

#[test]
fn no_other_error_of_the_same_depth_is_found_in_the_example_of_one() {
    let mut wrong = Vec::new();
    for entry in errors::all() {
        let here = found(entry.example);
        let rivals: Vec<&str> = here
            .iter()
            .filter(|other| other.id != entry.id && other.layer >= entry.layer)
            .map(|other| other.id)
            .collect();
        if !here.iter().any(|other| other.id == entry.id) || !rivals.is_empty() {
            wrong.push(format!("{}: {:?}", entry.id, here.iter().map(|other| other.id).collect::<Vec<_>>()));
        }
    }
    assert!(wrong.is_empty(), "{} entries:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_number_is_known_however_a_tool_prints_it() {
    let mut wrong = Vec::new();
    for entry in errors::all() {
        for (written, form) in entry.written_numbers() {
            let texts = match form {
                Form::Marked | Form::Bare | Form::Signed | Form::Unsigned => vec![
                    format!("Entra Connect failed. HRESULT: {written}"),
                    format!("Entra Connect: it ends with ({}) again.", written.to_lowercase()),
                ],
                Form::Short => vec![
                    format!("Entra Connect failed with error {written}."),
                    format!("Entra Connect: NativeErrorCode: {written}"),
                    format!("Entra Connect: certutil says ({written})"),
                    format!("Entra Connect：错误代码 {written}"),
                    format!("Entra Connect: Fehlercode: {written}"),
                ],
                Form::SignIn => vec![
                    format!("Entra Connect: {{\"error\":\"invalid_grant\",\"error_codes\":[{written}]}}"),
                    format!("Entra Connect. Sign-in error code: {written}"),
                ],
            };
            for text in texts {
                if !ids(&text).contains(&entry.id) {
                    wrong.push(format!("{} in {text}: {:?}", entry.id, ids(&text)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} forms:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_number_that_is_no_error_number_is_left_alone() {
    for text in [
        "Entra Connect exported 12029 objects and 10060 groups; 50126 users are in scope.",
        "Entra Connect listens on port 12007 since 10061 days, version 2.5.190.0.",
        "Entra Connect: invoice 50053 of 2026-03-02, 11001 Vienna Street, item 12175-7.",
        "Entra Connect correlation id 80072ee7-0000-4000-8000-000000000000.",
    ] {
        assert_eq!(ids(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn a_message_is_known_in_the_languages_of_windows() {
    let mut wrong = Vec::new();
    for entry in errors::all() {
        for wording in entry.wordings {
            let text = wording.text.replace("{host}", "login.microsoftonline.com").replace("{name}", "proxyadress");
            let text = format!("Microsoft Entra Connect\n{text}\n");
            if !ids(&text).contains(&entry.id) {
                wrong.push(format!(
                    "{} ({}): {} gives {:?}",
                    entry.id,
                    wording.language.name(),
                    wording.text,
                    ids(&text)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wordings:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn an_event_is_known_as_each_tool_shows_it() {
    let mut wrong = Vec::new();
    for entry in errors::all() {
        for event in entry.events {
            let (source, id) = (event.source, event.id);
            for text in [
                format!(
                    "Log Name:      Application\nSource:        {source}\nDate:          3/2/2026 9:15:00 AM\nEvent ID:      {id}\nTask Category: None\nLevel:         Error\n"
                ),
                format!(
                    "Protokollname: Application\nQuelle:        {source}\nDatum:         02.03.2026 09:15:00\nEreignis-ID:   {id}\nEbene:         Fehler\n"
                ),
                format!(
                    "日志名称:          Application\n来源:            {source}\n日期:            2026/3/2 9:15:00\n事件 ID:         {id}\n级别:            错误\n"
                ),
                format!(
                    "ログの名前:         Application\nソース:           {source}\n日付:            2026/03/02 9:15:00\nイベント ID:       {id}\nレベル:           エラー\n"
                ),
                format!(
                    "Nom du journal :Application\nSource :       {source}\nDate :         02/03/2026 09:15:00\nID de l\u{2019}événement :{id}\nNiveau :       Erreur\n"
                ),
                format!(
                    "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='{source}'/><EventID Qualifiers='49152'>{id}</EventID><Level>2</Level></System></Event>"
                ),
                format!(
                    "Level,Date and Time,Source,Event ID,Task Category\nError,3/2/2026 9:15:00 AM,{source},{id},None\n"
                ),
                format!(
                    "TimeCreated  : 3/2/2026 9:15:00 AM\nProviderName : {source}\nId           : {id}\nMessage      : (not copied)\n"
                ),
                format!("Entra Connect: we see event {id} ({source}) every half hour."),
                format!("Entra Connect: the log is full of {source} event {id}."),
            ] {
                if !ids(&text).contains(&entry.id) {
                    wrong.push(format!("{} in {text}: {:?}", entry.id, ids(&text)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} events:\n{}", wrong.len(), wrong.join("\n"));
}

/// A diagnosis, words that name it, codes of ADAL, MSAL or the wizard, and numbers of the sign-in service where there
/// are any.
type AuthenticationError = (&'static str, &'static [&'static str], &'static [&'static str], &'static [u32]);

/// The authentication errors of the article.
const AUTHENTICATION_ERRORS: &[AuthenticationError] = &[
    (
        "wrong-credentials",
        &["The user name or password is incorrect. Verify your user name, and then type your password again."],
        &["invalid_grant"],
        &[50126, 50056],
    ),
    (
        "user-not-found",
        &["Unknown User Type", "Unsupported User Type 'Unknown'. Please see https://aka.ms/msal-net-up."],
        &["unknown_user_type"],
        &[50034, 50059, 50128],
    ),
    ("realm-discovery-failed", &["User realm discovery failed"], &["user_realm_discovery_failed"], &[]),
    ("password-expired", &["User password expired"], &["user_password_expired"], &[50055, 50144]),
    (
        "authorization-failure",
        &[
            "Authorization failure",
            "Microsoft Entra Connect failed to authorize the user to perform an action in Microsoft Entra ID.",
        ],
        &["AuthorizationFailure", "AzureRoleMissing"],
        &[],
    ),
    (
        "mfa-challenge-cancelled",
        &["Authentication canceled", "User canceled authentication"],
        &["authentication_canceled"],
        &[],
    ),
    ("msonline-connect-failed", &["Connect to MSOnline failed"], &["ConnectToMSOnline"], &[]),
    ("pim-role-not-active", &["Privileged Identity Management enabled"], &["PrivilegedIdentityManagement"], &[]),
    ("company-information-unavailable", &["Company information unavailable"], &["CompanyInfoUnavailable"], &[]),
    ("domain-information-unavailable", &["Domain information unavailable"], &["RetrieveDomains"], &[]),
    (
        "unspecified-authentication-failure",
        &["An unexpected error has occurred", "Unspecified authentication failure"],
        &[],
        &[],
    ),
];

#[test]
fn each_authentication_error_of_the_article_is_known_by_words_by_code_and_by_number() {
    let mut wrong = Vec::new();
    for (diagnosis, texts, codes, numbers) in AUTHENTICATION_ERRORS {
        let texts = texts
            .iter()
            .map(|text| format!("The Entra Connect wizard stops on the page Connect to Azure AD: {text}\n"));
        let codes = codes.iter().map(|code| format!("Entra Connect wizard, 09:15: error code {code}\n"));
        let numbers = numbers.iter().map(|number| format!("Entra Connect wizard, 09:15: AADSTS{number}\n"));
        for text in texts.chain(codes).chain(numbers) {
            if diagnoses(&text).first() != Some(diagnosis) {
                wrong.push(format!("{text}: not {diagnosis}, but {:?}", diagnoses(&text)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} texts:\n{}", wrong.len(), wrong.join("\n"));
}

/// What the network, the proxy and the settings of the server can be blamed for.
const NETWORK: &[&str] = &[
    "proxy-not-configured",
    "proxy-disabled",
    "proxy-in-wrong-file",
    "proxy-credentials-not-sent",
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
    "proxy-name-unresolved",
    "direct-connection-attempted",
    "dns-failure",
    "firewall-drops",
    "local-filter-blocks",
    "idle-timeout",
    "connection-reset",
    "tls12-disabled",
    "tls-inspection",
    "root-certificate-missing",
];

/// The request came with an old TLS version; and a proxy that opens TLS added a header that restricts tenants.
const NETWORK_NUMBERS: &[u32] = &[1_002_016, 50002, 500_021, 500_022];

#[test]
fn a_number_of_the_sign_in_service_blames_no_network() {
    let mut wrong = Vec::new();
    let numbers = errors::all().flat_map(|entry| entry.numbers).filter_map(|number| match number {
        Number::SignIn(number) => Some(*number),
        _ => None,
    });
    for number in numbers {
        for text in [
            format!("Entra Connect: AADSTS{number}: (text not copied)"),
            format!(
                "Unable to validate credentials. An error occurred while sending the request. ---> Microsoft.Identity.Client.MsalServiceException: AADSTS{number}: (text not copied)"
            ),
        ] {
            let blamed: Vec<&str> = diagnoses(&text).into_iter().filter(|id| NETWORK.contains(id)).collect();
            if !NETWORK_NUMBERS.contains(&number) && !blamed.is_empty() {
                wrong.push(format!("{text}: {blamed:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} texts:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_number_of_the_sign_in_service_says_that_it_answered() {
    for entry in errors::all().filter(|entry| entry.numbers.iter().any(|number| matches!(number, Number::SignIn(_)))) {
        assert!(entry.category.is_some(), "{}", entry.id);
        assert!(entry.rules_in.contains("answered"), "{}: {}", entry.id, entry.rules_in);
    }
}

#[test]
fn the_proxy_that_writes_an_error_page_is_told_from_the_network_behind_it() {
    let page = |name: &str| {
        format!(
            "curl -v https://login.microsoftonline.com\n< HTTP/1.1 503 Service Unavailable\n< X-Squid-Error: {name} 0\n"
        )
    };
    assert_eq!(diagnoses(&page("ERR_DNS_FAIL")).first(), Some(&"proxy-upstream-failure"));
    let tmg =
        "Error Code: 502 Proxy Error. Forefront TMG denied the specified Uniform Resource Locator (URL). (12202).";
    assert_eq!(diagnoses(tmg).first(), Some(&"endpoint-blocked"));
    assert!(!diagnoses(tmg).contains(&"proxy-upstream-failure"));
}

/// Specimens that people sent, with what should be most likely and, where the words alone cannot tell, `""`: then the
/// report has to ask for more. They are texts of others and no part of the project.
const SPECIMENS: &[(&str, &str)] = &[
    ("entra-error-1.txt", "proxy-not-configured"),
    ("entra-error-3.txt", "tls12-disabled"),
    ("entra-error-5.txt", "evidence-insufficient"),
    ("entra-error-6.txt", "evidence-insufficient"),
    ("entra-error-7.txt", "evidence-insufficient"),
    ("entra-error-10.txt", "unspecified-authentication-failure"),
    ("entra-error-12.txt", "conditional-access-blocked"),
    ("entra-error-15.txt", "federation-service-unreachable"),
    ("entra-error-16.txt", ""),
    ("entra-error-17.txt", ""),
    ("entra-error-19.txt", ""),
    ("entra-error-21.txt", "evidence-insufficient"),
    ("entra-error-25.txt", "proxy-auth-required"),
    ("entra-error-27.txt", "proxy-auth-required"),
    ("entra-error-28.txt", "root-certificate-missing"),
    ("entra-error-29.txt", "evidence-insufficient"),
    ("entra-error-31.txt", "revocation-endpoint-blocked"),
    ("entra-event-1.txt", "wrong-credentials"),
    ("entra-event-3.txt", "evidence-insufficient"),
    ("entra-event-4.txt", "tls-inspection"),
    ("entra-event-6.txt", "password-expired"),
    ("entra-trace-5.log", "mfa-required-noninteractive"),
    ("tmg-error-page-1.txt", "endpoint-blocked"),
];

#[test]
fn what_people_sent_leads_to_its_confirmed_cause_or_to_a_question() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    let mut wrong = Vec::new();
    for (file, expected) in SPECIMENS {
        let Ok(bytes) = std::fs::read(folder.join(file)) else { continue };
        let input = Input { name: (*file).to_owned(), bytes, ..Input::default() };
        let report = analyze(&[input], &Options::default());
        let first = report.diagnoses.first().map_or("", |diagnosis| diagnosis.rule.id);
        if first != *expected || (first.is_empty() && report.ask_for.is_empty()) {
            wrong.push(format!("{file}: {first:?} instead of {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
