//! What the rules about sign-in, product and TLS share: a diagnosis that rests on known errors.

use crate::endpoints::{self, Cloud, Role};
use crate::facts::Facts;
use crate::readers::error_text::ErrorHit;
use crate::report::{Confidence, Context};
use crate::rules::Finding;

/// How many further places one finding shows.
const MAX_FURTHER: usize = 8;

/// Texts that several causes share. Where the sign-in service gave a number in the same file, the number decides.
const YIELD_TO_NUMBER: &[&str] = &[
    "msal-invalid-grant",
    "msal-interaction-required",
    "msal-ui-required-exception",
    "wizard-password-not-verified",
    "wizard-user-name-format",
    "wizard-unexpected-error",
];

/// The finding that rests on every known error which supports `id` by itself. See [`finding`] for its arguments.
pub fn from_errors(facts: &Facts, id: &str) -> Option<Finding> {
    finding(facts, &supporting(facts, id))
}

/// The errors that support `id` by themselves, in the order of the text, without those that a number outranks.
pub fn supporting<'a>(facts: &'a Facts, id: &str) -> Vec<&'a ErrorHit> {
    facts
        .errors()
        .filter(|hit| hit.entry.diagnosis == Some(id))
        .filter(|hit| !(YIELD_TO_NUMBER.contains(&hit.entry.id) && has_number_beside(facts, hit)))
        .collect()
}

/// The errors with one of these ids of the shelf, in the order of the text.
pub fn with_ids<'a>(facts: &'a Facts, ids: &[&str]) -> Vec<&'a ErrorHit> {
    facts.errors().filter(|hit| ids.contains(&hit.entry.id)).collect()
}

/// A finding that rests on these errors: the deepest is the primary place, the first one among equals. A code makes
/// it certain, a wording likely.
///
/// Arguments: `detail` (meaning of the primary error), `shown` (the text as pasted, at most 80 letters), `account`
/// (the account that a text names, or "the account"), and those of [`with_cloud`].
pub fn finding(facts: &Facts, hits: &[&ErrorHit]) -> Option<Finding> {
    // `max_by_key` would give the last of equal depth; the first one in the text tells more.
    let primary = hits.iter().rev().max_by_key(|hit| hit.entry.layer)?;
    let confidence = if hits.iter().any(|hit| is_code(facts, hit)) { Confidence::Certain } else { Confidence::Likely };
    let account = hits.iter().find_map(|hit| hit.capture("account")).map(str::trim);
    let mut found = Finding::new(confidence, primary.span, primary.entry.meaning)
        .context(context(primary, hits, account))
        .arg("detail", primary.entry.meaning)
        .arg("shown", shown(facts, primary))
        .arg("account", account.unwrap_or("the account"));
    for hit in hits.iter().filter(|hit| hit.span != primary.span).take(MAX_FURTHER) {
        found = found.and(hit.span, hit.entry.meaning);
    }
    Some(with_cloud(found, facts.cloud.cloud))
}

/// Adds the addresses of the cloud: `sign_in_url`, `sync_url`, `tenant_suffix`, `environment` (as the product's
/// cmdlets name it).
pub fn with_cloud(found: Finding, cloud: Cloud) -> Finding {
    let cloud = cloud.in_service();
    let first = |role| endpoints::hosts_of_role(cloud, role).next().unwrap_or_default();
    let (suffix, environment) = match cloud {
        Cloud::China => ("partner.onmschina.cn", "China"),
        Cloud::UsGovGccHigh | Cloud::UsGovDod => ("onmicrosoft.us", "UsGov"),
        Cloud::Worldwide | Cloud::Germany => ("onmicrosoft.com", "Worldwide"),
    };
    found
        .arg("sign_in_url", format!("https://{}", first(Role::SignIn)))
        .arg("sync_url", format!("https://{}/ProvisioningService.svc", first(Role::SyncService)))
        .arg("tenant_suffix", suffix)
        .arg("environment", environment)
}

/// Whether an error of any of these ids stands in the same file as `hit`.
pub fn stands_beside(facts: &Facts, hit: &ErrorHit, ids: &[&str]) -> bool {
    facts.errors().any(|other| ids.contains(&other.entry.id) && same_file(facts, hit, other))
}

/// Whether the error is an answer of the sign-in service with its number.
pub fn is_number(hit: &ErrorHit) -> bool {
    hit.entry.id.starts_with("aadsts-")
}

/// Whether two errors stand in the same file or paste, be it in different parts of it.
pub fn same_file(facts: &Facts, one: &ErrorHit, other: &ErrorHit) -> bool {
    let file = |hit: &ErrorHit| facts.artifacts.get(hit.span.artifact).map(|artifact| artifact.source);
    file(one) == file(other)
}

fn has_number_beside(facts: &Facts, hit: &ErrorHit) -> bool {
    facts.errors().any(|other| is_number(other) && same_file(facts, hit, other))
}

fn is_code(facts: &Facts, hit: &ErrorHit) -> bool {
    let text = facts.text_at(hit.span).trim();
    let is = |code: &str| code.eq_ignore_ascii_case(text);
    hit.entry.codes.iter().any(|code| is(code)) || hit.entry.written_numbers().iter().any(|(code, _)| is(code))
}

fn context(primary: &ErrorHit, hits: &[&ErrorHit], account: Option<&str>) -> Context {
    if account.is_some_and(|name| name.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("sync_"))) {
        return Context::SyncServiceAccount;
    }
    let known = |hit: &ErrorHit| (hit.context != Context::Any).then_some(hit.context);
    known(primary).or_else(|| hits.iter().find_map(|hit| known(hit))).unwrap_or_default()
}

fn shown(facts: &Facts, hit: &ErrorHit) -> String {
    let text = facts.text_at(hit.span).split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > 80 { text.chars().take(79).chain(['…']).collect() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::artifact::{Artifact, Kind, Span};
    use crate::errors;
    use crate::errors::number::Form;
    use crate::facts::{CloudFact, CloudHow};
    use crate::readers::error_text::Text;
    use crate::readers::error_text::chains::Link;
    use crate::readers::error_text::shell::Shell;
    use crate::readers::proxy_log::{Flow, Log, Outcome};
    use crate::report::Severity;
    use crate::rules::{GROUPS, Rule, Who, product, sign_in, tls};
    use crate::source::Source;

    /// Facts as the readers would give them, by a search that knows only texts with single blanks.
    fn facts_of(files: &[(&str, &str)]) -> Facts {
        let sources: Vec<Source> = files.iter().map(|(name, text)| Source::decode(name, text.as_bytes())).collect();
        let mut facts = Facts {
            artifacts: Vec::new(),
            configs: Vec::new(),
            unread: Vec::new(),
            logs: Vec::new(),
            servers: Vec::new(),
            texts: Vec::new(),
            allow_lists: Vec::new(),
            proxy_scripts: Vec::new(),
            cloud: CloudFact { cloud: Cloud::Worldwide, how: CloudHow::Assumed, why: String::new() },
            features: Vec::new(),
            sources,
        };
        for (index, source) in facts.sources.iter().enumerate() {
            let kind = if source.name.starts_with("trace") { Kind::WizardTrace } else { Kind::ErrorText };
            facts.artifacts.push(Artifact {
                id: format!("a{}", index + 1),
                name: source.name.clone(),
                member: None,
                source: index,
                start: 0,
                end: source.text.len(),
                lines: (1, source.text_lines()),
                bytes: source.byte_len,
                kind,
                format: kind.id(),
                score: 50,
                why: String::new(),
                skipped_lines: 0,
                problems: Vec::new(),
            });
            let mut errors: Vec<ErrorHit> =
                errors::all().filter_map(|entry| found_in(entry, &source.text, index)).collect();
            errors.sort_by_key(|hit| hit.span);
            let version = source.text.split_once("Application Version: ").map(|(before, after)| {
                let written: String = after.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
                let span = Span { artifact: index, start: before.len(), end: before.len() + 21 + written.len() };
                (written, span)
            });
            facts.texts.push((index, Text { errors, version, ..Text::default() }));
        }
        facts
    }

    fn found_in(entry: &'static errors::ErrorEntry, text: &str, artifact: usize) -> Option<ErrorHit> {
        let text = text.to_ascii_lowercase();
        let span = |start, end| Span { artifact, start, end };
        let hit = |span, captures| ErrorHit {
            entry,
            span,
            captures,
            context: Context::Any,
            history: false,
            foreign: false,
            shell: Shell::Unknown,
            link: Link::default(),
        };
        let numbers = entry.written_numbers().into_iter().filter(|(_, form)| *form == Form::Marked);
        for code in entry.codes.iter().map(ToString::to_string).chain(numbers.map(|(code, _)| code)) {
            let code = code.to_ascii_lowercase();
            let word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
            for (at, _) in text.match_indices(&code) {
                let end = at + code.len();
                if !word(text.as_bytes().get(at.wrapping_sub(1))) && !word(text.as_bytes().get(end)) {
                    return Some(hit(span(at, end), Vec::new()));
                }
            }
        }
        entry.texts().find_map(|pattern| {
            let (before, after) = pattern.split_once('{').unwrap_or((pattern, ""));
            let at = text.find(&before.to_ascii_lowercase())?;
            let mut end = at + before.len();
            let mut captures = Vec::new();
            if let Some((name, fixed)) = after.split_once('}') {
                let fixed = fixed.split('{').next()?.to_ascii_lowercase();
                let length = text.get(end..)?.find(&fixed)?;
                captures.push((name, text.get(end..end + length)?.to_owned(), span(end, end + length)));
                end += length + fixed.len();
            }
            Some(hit(span(at, end), captures))
        })
    }

    fn rules() -> impl Iterator<Item = &'static Rule> {
        [tls::RULES, sign_in::RULES, product::RULES].into_iter().flatten()
    }

    fn given(files: &[(&str, &str)]) -> Vec<&'static str> {
        let facts = facts_of(files);
        rules().filter(|rule| (rule.check)(&facts).is_some()).map(|rule| rule.id).collect()
    }

    fn found(id: &str, files: &[(&str, &str)]) -> Option<Finding> {
        let facts = facts_of(files);
        rules().find(|rule| rule.id == id).and_then(|rule| (rule.check)(&facts))
    }

    /// Every `{name}` of a text, except those of PowerShell blocks, which never hold a plain word alone.
    fn names(text: &str) -> impl Iterator<Item = &str> {
        text.split('{').skip(1).filter_map(|piece| piece.split_once('}')).map(|(name, _)| name).filter(|name| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte == b'-')
        })
    }

    #[test]
    fn each_example_gives_its_diagnosis_and_no_look_alike_does() {
        for rule in rules() {
            assert!(given(rule.example).contains(&rule.id), "{}: {:?}", rule.id, given(rule.example));
            assert!(!given(rule.counter_example).contains(&rule.id), "{} in its counter-example", rule.id);
        }
    }

    #[test]
    fn no_text_shows_a_name_that_the_check_does_not_fill() {
        for rule in rules() {
            let finding = found(rule.id, rule.example).expect("the example gives the diagnosis");
            let steps = rule.en.steps.iter().flat_map(|step| [Some(step.text), step.command, step.verify]);
            for text in
                [Some(rule.en.title), Some(rule.en.summary), Some(rule.en.why)].into_iter().chain(steps).flatten()
            {
                for name in names(text) {
                    assert!(finding.args.iter().any(|(known, _)| *known == name), "{}: {{{name}}} in {text}", rule.id);
                }
            }
        }
    }

    #[test]
    fn every_rule_has_a_public_id_and_explains_only_public_ids() {
        for rule in GROUPS.iter().flat_map(|group| group.iter()) {
            assert!(crate::rules::PUBLIC_IDS.contains(&rule.id), "{}", rule.id);
            assert!(
                rule.explains.iter().all(|id| crate::rules::PUBLIC_IDS.contains(id) && *id != rule.id),
                "{}",
                rule.id
            );
        }
    }

    #[test]
    fn somebody_is_told_what_to_do_and_how_to_see_that_it_worked() {
        for rule in rules() {
            assert!(rule.en.steps.iter().any(|step| step.verify.is_some()), "{}", rule.id);
            assert!(
                rule.en.steps.iter().any(|step| matches!(step.who, Who::ServerAdmin | Who::IdentityAdmin)),
                "{}",
                rule.id
            );
        }
    }

    #[test]
    fn the_number_decides_and_not_the_grant_that_covers_everything() {
        let paste = [(
            "trace.log",
            "MsalUiRequiredException (invalid_grant). AADSTS50076: you must use multi-factor authentication",
        )];
        assert_eq!(given(&paste), ["mfa-required-noninteractive"]);
        let paste = [("trace.log", "MsalUiRequiredException (invalid_grant). AADSTS50126: wrong password")];
        assert_eq!(given(&paste), ["wrong-credentials"]);
    }

    #[test]
    fn a_grant_without_a_number_is_a_wrong_password_but_not_for_certain() {
        let finding = found("wrong-credentials", &[("mail.txt", "The wizard shows invalid_grant and nothing else.")]);
        assert_eq!(finding.map(|found| found.confidence), Some(Confidence::Likely));
    }

    #[test]
    fn an_expired_password_is_not_called_a_wrong_one() {
        let paste = [(
            "mail.txt",
            "AADSTS50055: expired. The user name or password is incorrect. Verify your user name, and then type your password again.",
        )];
        assert_eq!(given(&paste), ["password-expired"]);
    }

    #[test]
    fn a_logon_failure_of_the_service_is_not_a_wrong_cloud_password() {
        let paste = [(
            "session.txt",
            "The ADSync service was unable to log on as CONTOSO\\svc-sync with the currently configured password due to the following error: The user name or password is incorrect.",
        )];
        assert_eq!(given(&paste), ["sync-service-stopped"]);
    }

    #[test]
    fn the_sync_account_is_recognised_by_its_name() {
        let paste = [(
            "events.txt",
            "The ADSync service is not allowed to interact with the desktop to authenticate Sync_AADC01_0a@contoso.onmicrosoft.com. This error may occur if multifactor",
        )];
        let finding = found("mfa-required-noninteractive", &paste).expect("MFA hits the sync account");
        assert_eq!(finding.context, Context::SyncServiceAccount);
    }

    #[test]
    fn a_number_nobody_classified_is_explained_and_not_passed_over() {
        let finding = found("unspecified-authentication-failure", &[("mail.txt", "The wizard shows AADSTS80002.")]);
        let detail = finding.and_then(|found| found.args.into_iter().find(|(name, _)| *name == "detail"));
        assert!(detail.is_some_and(|(_, text)| text.contains("pass-through agent")));
    }

    #[test]
    fn a_normal_step_of_the_sign_in_is_no_failure() {
        assert!(given(&[("mail.txt", "The log holds AADSTS50058 and then a token.")]).is_empty());
    }

    #[test]
    fn the_china_cloud_is_sent_to_its_own_sign_in_page() {
        let mut facts = facts_of(&[("mail.txt", "AADSTS50126")]);
        facts.cloud.cloud = Cloud::China;
        let finding = from_errors(&facts, "wrong-credentials").expect("the number is known");
        let url = finding.args.iter().find(|(name, _)| *name == "sign_in_url").map(|(_, value)| value.as_str());
        assert_eq!(url, Some("https://login.partner.microsoftonline.cn"));
    }

    #[test]
    fn a_wrapper_alone_names_no_cause() {
        for text in [
            "An error occurred executing Configure AAD Sync task: An error occurred while sending the request.",
            "Unable to validate credentials due to an unexpected error.",
            "Invoke-WebRequest : Unable to connect to the remote server",
            "The remote server returned an error: (407) Proxy Authentication Required.",
        ] {
            assert!(given(&[("mail.txt", text)]).is_empty(), "{text}: {:?}", given(&[("mail.txt", text)]));
        }
    }

    fn log_with(flow: impl FnOnce(&mut Flow)) -> Log {
        let mut one = Flow { host: "login.microsoftonline.com".to_owned(), port: Some(443), ..Flow::default() };
        flow(&mut one);
        Log { records: 1, flows: vec![one], has_outcomes: true, ..Log::default() }
    }

    const PLACE: Span = Span { artifact: 0, start: 0, end: 4 };
    const DISTRUST: &str = "The remote certificate is invalid according to the validation procedure.";

    #[test]
    fn distrust_behind_an_open_tunnel_points_to_inspection_and_not_to_a_missing_root() {
        let mut facts = facts_of(&[("mail.txt", DISTRUST)]);
        let log = log_with(|flow| flow.outcomes[Outcome::Reached as usize].samples.push(PLACE));
        facts.logs.push((0, log));
        facts.tell_servers_apart();
        let ids: Vec<_> = tls::RULES.iter().filter(|rule| (rule.check)(&facts).is_some()).map(|rule| rule.id).collect();
        assert_eq!(ids, ["tls-inspection"]);
        assert_eq!(given(&[("mail.txt", DISTRUST)]), ["root-certificate-missing"]);
    }

    #[test]
    fn an_opened_connection_that_works_is_a_warning_only() {
        let mut facts = facts_of(&[]);
        facts.logs.push((0, log_with(|flow| flow.inspected = Some(PLACE))));
        facts.tell_servers_apart();
        let rule = rules().find(|rule| rule.id == "tls-inspection").expect("the rule exists");
        let severity = (rule.check)(&facts).and_then(|found| found.severity);
        assert_eq!(severity, Some(Severity::Warning));
    }

    #[test]
    fn values_that_are_not_set_matter_only_where_something_fails() {
        let table = "HKLM:\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319 SchUseStrongCrypto Not Found";
        let alone = found("tls12-disabled", &[("check.txt", table)]).expect("a hint is given");
        assert_eq!((alone.severity, alone.confidence), (Some(Severity::Warning), Confidence::Possible));
        let failing = format!("An error occurred while sending the request. {table}");
        let failing = found("tls12-disabled", &[("check.txt", &failing)]).expect("a cause is given");
        assert_eq!((failing.severity, failing.confidence), (None, Confidence::Likely));
    }

    #[test]
    fn an_old_release_is_an_error_only_where_something_fails() {
        let severity =
            |text: &str| found("client-version-retired", &[("trace.log", text)]).and_then(|found| found.severity);
        assert_eq!(severity("Application Version: 1.6.16.0"), Some(Severity::Warning));
        assert_eq!(
            severity("Application Version: 1.6.16.0 Unable to connect to the remote server"),
            Some(Severity::Error)
        );
        assert_eq!(
            severity("Application Version: 2.1.20.0 Unable to connect to the remote server"),
            Some(Severity::Info)
        );
        assert!(found("client-version-retired", &[("trace.log", "Application Version: 2.5.190.0")]).is_none());
    }

    #[test]
    fn a_release_without_sign_in_assistant_is_not_sent_to_winhttp() {
        let text = "Application Version: 2.1.20.0 Verify network connectivity and firewall or proxy settings.";
        assert!(found("sign-in-assistant-proxy", &[("trace.log", text)]).is_none());
        let text = "Application Version: 1.0.9131.0 Unable to validate credentials";
        assert!(found("sign-in-assistant-proxy", &[("trace.log", text)]).is_some());
    }
}
