//! Answers of the sign-in service, by number: those that support a diagnosis and those that deserve a sentence of
//! their own. Every other published number is in `aadsts_other`. A number proves that the sign-in service answered.

#![expect(clippy::unreadable_literal, reason = "the numbers are written as the service writes them")]

use super::number::Number;
use super::{Category, ErrorEntry, Layer};

/// What every answer of the sign-in service proves.
pub(super) const ANSWERED: &str =
    "The sign-in service answered this request: name resolution, proxy, firewall and TLS on the way to it worked.";

/// What an answer of the sign-in service leaves aside.
pub(super) const NO_NETWORK_CAUSE: &str =
    "DNS, proxy, firewall and TLS of this server are not the reason of this failed sign-in.";

/// What an answer about a pass-through agent leaves aside.
pub(super) const AGENT: &str =
    "The way of this server to the sign-in service is not the reason; the way of the agent to Active Directory may be.";

/// What an answer about restricted tenants leaves aside.
const RESTRICTED: &str = "DNS, firewall and the rules for addresses are not the reason; a header that a proxy adds is.";

/// Where the numbers are published.
pub(super) const LIST: &str = "Learn, reference-error-codes";

/// Where the numbers of the pass-through agents are published.
pub(super) const AGENT_LIST: &str = "tshoot-connect-pass-through-authentication";

/// Where a number is told that the list lacks.
const US_GOVERNMENT: &str = "Learn, What's new for authentication (May 2020: US government endpoint update)";

/// An entry that is found by its number, and by wordings that are pasted without it. What it leaves aside and its
/// source stand in front where they are not those of the list.
macro_rules! aadsts {
    ([$rules_out:expr, $source:expr] $number:literal, $category:ident, $diagnosis:expr, $meaning:literal $(, $pattern:literal)*) => {
        ErrorEntry {
            id: concat!("aadsts-", $number),
            layer: Layer::Service,
            patterns: &[$($pattern),*],
            numbers: &[Number::SignIn($number)],
            category: Some(Category::$category),
            meaning: $meaning,
            rules_in: super::aadsts::ANSWERED,
            rules_out: $rules_out,
            diagnosis: $diagnosis,
            example: concat!("AADSTS", $number, ": (text not copied) Trace ID: 00000000-0000-0000-0000-000000000000"),
            source: $source,
            date: "2026-11",
            ..ErrorEntry::BLANK
        }
    };
    ($($rest:tt)*) => {
        aadsts!([super::aadsts::NO_NETWORK_CAUSE, super::aadsts::LIST] $($rest)*)
    };
}
pub(super) use aadsts;

/// The entries of this family.
pub const ENTRIES: &[ErrorEntry] = &[
    aadsts!(
        50126,
        Credentials,
        Some("wrong-credentials"),
        "The user name or the password is wrong.",
        "Error validating credentials due to invalid username or password"
    ),
    aadsts!(
        50056,
        Credentials,
        Some("wrong-credentials"),
        "No password is stored for this user in the cloud, or none was sent."
    ),
    aadsts!(50064, Credentials, Some("wrong-credentials"), "The check of user name and password failed."),
    aadsts!(
        120000,
        Credentials,
        Some("wrong-credentials"),
        "A password change was refused because the current password is wrong."
    ),
    aadsts!(50055, Credentials, Some("password-expired"), "The password has expired and must be changed."),
    aadsts!(
        50144,
        Credentials,
        Some("password-expired"),
        "The password in the on-premises Active Directory has expired."
    ),
    aadsts!(
        50135,
        Credentials,
        Some("password-expired"),
        "The password must be changed because the account is at risk."
    ),
    aadsts!(50137, Credentials, Some("password-expired"), "A security policy asks for a password change."),
    aadsts!(
        50053,
        Credentials,
        Some("account-locked"),
        "The account is locked after too many failed sign-ins, or the sign-in came from an address that is blocked as malicious."
    ),
    aadsts!(50057, Credentials, Some("account-disabled"), "The account is disabled."),
    aadsts!(
        50034,
        Credentials,
        Some("user-not-found"),
        "The tenant does not know this user name. Right after the sync account was created this can be a delay of replication.",
        "To sign into this application, the account must be added to the"
    ),
    aadsts!(
        50014,
        Tenant,
        Some("user-not-found"),
        "The user is not in the directory, or a guest invitation was never accepted."
    ),
    aadsts!(
        50020,
        Tenant,
        Some("user-not-found"),
        "The account belongs to another organisation or identity provider and is no member of this tenant."
    ),
    aadsts!(51004, Tenant, Some("user-not-found"), "The user account is not in the directory."),
    aadsts!(
        16000,
        Tenant,
        Some("user-not-found"),
        "The account comes from another identity provider and is not in this tenant."
    ),
    aadsts!(16003, Tenant, Some("user-not-found"), "The user was never added to this tenant."),
    aadsts!(
        50059,
        Tenant,
        Some("user-not-found"),
        "Neither the request nor the user name tells which tenant is meant."
    ),
    aadsts!(50128, Tenant, Some("user-not-found"), "No tenant exists for the domain of this user name."),
    aadsts!(90019, Tenant, Some("user-not-found"), "The service could not tell which tenant the request is for."),
    aadsts!(90022, Credentials, Some("user-not-found"), "The user name does not have the form name@domain."),
    aadsts!(90101, Credentials, Some("user-not-found"), "The user name is not a valid mail address."),
    aadsts!(90125, Credentials, Some("user-not-found"), "The user is not in the system; the name may be misspelt."),
    aadsts!(90126, Tenant, Some("user-not-found"), "No tenant can be derived from this user name."),
    aadsts!(
        500208,
        Tenant,
        Some("user-not-found"),
        "The domain is not a valid sign-in domain for this kind of account."
    ),
    aadsts!(
        [NO_NETWORK_CAUSE, "Message text seen in the field; the number is not in the official list"]
        500200, Tenant, Some("microsoft-account-used"),
        "A personal Microsoft account was used, which this application does not take."
    ),
    aadsts!(
        500207,
        Tenant,
        Some("microsoft-account-used"),
        "This kind of account cannot be used here; personal Microsoft accounts show it."
    ),
    aadsts!(
        50136,
        Other,
        Some("microsoft-account-used"),
        "A session of a personal Microsoft account was found instead of a work or school account."
    ),
    aadsts!(70012, Service, Some("microsoft-account-used"), "The sign-in of a personal Microsoft account failed."),
    aadsts!(50072, MultiFactor, Some("mfa-required-noninteractive"), "The user must first register a second factor."),
    aadsts!(
        50074,
        MultiFactor,
        Some("mfa-required-noninteractive"),
        "A second factor is required, and the challenge was not passed."
    ),
    aadsts!(
        50076,
        MultiFactor,
        Some("mfa-required-noninteractive"),
        "A second factor is required by a policy, a per-user setting or a new location."
    ),
    aadsts!(
        50078,
        MultiFactor,
        Some("mfa-required-noninteractive"),
        "An earlier second factor has expired and must be given again."
    ),
    aadsts!(
        50079,
        MultiFactor,
        Some("mfa-required-noninteractive"),
        "A second factor must be registered, or a federated sign-in lacks the claim for it."
    ),
    aadsts!(
        50158,
        Policy,
        Some("mfa-required-noninteractive"),
        "An external challenge is open: terms of use or the MFA of another vendor."
    ),
    aadsts!(
        53004,
        MultiFactor,
        Some("mfa-required-noninteractive"),
        "Registration for MFA must be finished before access."
    ),
    aadsts!(
        53010,
        MultiFactor,
        Some("mfa-required-noninteractive"),
        "MFA methods may be registered only from certain places or devices."
    ),
    aadsts!(700020, MultiFactor, Some("mfa-required-noninteractive"), "The sign-in needs a person."),
    aadsts!(
        50005,
        Policy,
        Some("conditional-access-blocked"),
        "A Conditional Access policy does not allow this device platform."
    ),
    aadsts!(50097, Policy, Some("conditional-access-blocked"), "A policy asks for a device sign-in."),
    aadsts!(50129, Policy, Some("conditional-access-blocked"), "The device must be registered first."),
    aadsts!(
        50131,
        Policy,
        Some("conditional-access-blocked"),
        "Conditional Access refused: device state, suspicious activity or a security policy."
    ),
    aadsts!(50142, Policy, Some("conditional-access-blocked"), "Conditional Access asks for a password change."),
    aadsts!(50155, Policy, Some("conditional-access-blocked"), "The device sign-in failed for this user."),
    aadsts!(53000, Policy, Some("conditional-access-blocked"), "Conditional Access asks for a compliant device."),
    aadsts!(53001, Policy, Some("conditional-access-blocked"), "Conditional Access asks for a domain-joined device."),
    aadsts!(53002, Policy, Some("conditional-access-blocked"), "Conditional Access asks for an approved application."),
    aadsts!(
        53003,
        Policy,
        Some("conditional-access-blocked"),
        "A Conditional Access policy blocks the token.",
        "Access has been blocked by Conditional Access policies"
    ),
    aadsts!(
        53011,
        Policy,
        Some("conditional-access-blocked"),
        "The user is blocked because of risk in the home tenant."
    ),
    aadsts!(
        70043,
        Policy,
        Some("conditional-access-blocked"),
        "A policy for the sign-in frequency made the token invalid."
    ),
    aadsts!(530032, Policy, Some("conditional-access-blocked"), "A security policy of the tenant blocks the request."),
    aadsts!(530035, Policy, Some("conditional-access-blocked"), "Security defaults block this kind of sign-in."),
    aadsts!(
        [RESTRICTED, LIST]
        50002, Tenant, Some("tenant-restrictions-blocked"),
        "Tenant restrictions that the proxy adds do not allow this tenant."
    ),
    aadsts!(
        [RESTRICTED, LIST]
        500021, Tenant, Some("tenant-restrictions-blocked"),
        "The tenant restrictions header that a proxy adds does not allow this tenant."
    ),
    aadsts!(
        [RESTRICTED, LIST]
        500022, Tenant, Some("tenant-restrictions-blocked"),
        "The tenant restrictions header blocks access to this tenant."
    ),
    aadsts!(50049, Application, Some("wrong-cloud-instance"), "The cloud instance that was asked for does not exist."),
    aadsts!(
        90002,
        Tenant,
        Some("wrong-cloud-instance"),
        "The tenant does not exist in this cloud: the wrong cloud was asked, or the domain is not registered."
    ),
    aadsts!(90038, Tenant, Some("wrong-cloud-instance"), "The tenant lives in another national cloud."),
    aadsts!(
        90043,
        Tenant,
        Some("wrong-cloud-instance"),
        "The tenant lives in another national cloud, and redirection is off."
    ),
    aadsts!(
        [NO_NETWORK_CAUSE, US_GOVERNMENT]
        900439,
        Tenant,
        Some("wrong-cloud-instance"),
        "The account belongs to the US Government cloud and was sent to the sign-in service of the worldwide cloud.",
        "USGClientNotSupportedOnPublicEndpoint"
    ),
    aadsts!(90051, Tenant, Some("wrong-cloud-instance"), "The identifier of the national cloud is not valid."),
    aadsts!(900382, Tenant, Some("wrong-cloud-instance"), "The application may not be used across clouds."),
    aadsts!(
        900432,
        Tenant,
        Some("wrong-cloud-instance"),
        "The application may not be used in a request across clouds."
    ),
    aadsts!(1000104, Tenant, Some("wrong-cloud-instance"), "The home tenant does not allow resources of this cloud."),
    aadsts!(
        700027,
        Credentials,
        Some("application-credential-expired"),
        "The signature made with the application's certificate is not accepted: the certificate is missing in the registration, or it has expired."
    ),
    aadsts!(7000215, Credentials, Some("application-credential-expired"), "The secret of the application is wrong."),
    aadsts!(7000222, Credentials, Some("application-credential-expired"), "The secret of the application has expired."),
    aadsts!(50196, Service, Some("service-throttled"), "The client repeats the same request too often."),
    aadsts!(90055, Service, Some("service-throttled"), "There are too many requests for this tenant."),
    aadsts!(50000, Service, Some("service-unavailable"), "The sign-in service failed while it made the token."),
    aadsts!(50033, Service, Some("service-unavailable"), "The sign-in service failed for the moment; a retry helps."),
    aadsts!(90006, Service, Some("service-unavailable"), "The service is not available for the moment; a retry helps."),
    aadsts!(90012, Service, Some("service-unavailable"), "The sign-in request took too long inside the service."),
    aadsts!(90024, Service, Some("service-unavailable"), "The service is over its budget of requests for the moment."),
    aadsts!(90033, Service, Some("service-unavailable"), "The directory of the sign-in service is not available."),
    aadsts!(90036, Service, Some("service-unavailable"), "The directory of the sign-in service failed."),
    aadsts!(90090, Service, Some("service-unavailable"), "The directory is not available for the moment."),
    aadsts!(90091, Service, Some("service-unavailable"), "The directory cannot be reached from the sign-in service."),
    aadsts!(
        [
            "DNS, proxy and firewall are not the reason; the TLS version of the request is.",
            "SupportArticles-docs, TLS 1.0 and 1.1 applications fail to authenticate"
        ]
        1002016, Application, Some("tls12-disabled"),
        "The request came with TLS 1.0, TLS 1.1 or 3DES; the service accepts only TLS 1.2 and later."
    ),
    aadsts!(500133, Token, Some("clock-skew"), "The assertion is outside its time, mostly because a clock is wrong."),
    aadsts!(
        700024,
        Credentials,
        Some("clock-skew"),
        "The assertion of the application is outside its time, mostly because the clock of this server is wrong."
    ),
    aadsts!(
        [super::aadsts::AGENT, super::aadsts::LIST]
        80013, Service, Some("clock-skew"),
        "The clock of the pass-through agent differs from that of Active Directory."
    ),
    aadsts!(50001, Application, None, "The resource that was asked for is disabled or does not exist."),
    aadsts!(
        50012,
        Credentials,
        None,
        "The certificate or assertion of the client is refused: chain, thumbprint, subject or signature."
    ),
    aadsts!(50013, Token, None, "The assertion is invalid: issuer, time, format or kind."),
    aadsts!(50132, Token, None, "The session ended because the password expired or was changed."),
    aadsts!(50133, Token, None, "The session was revoked because the password expired or was changed."),
    aadsts!(
        50173,
        Token,
        None,
        "The grant was revoked, mostly by a password change. A fresh sign-in is needed.",
        "The provided grant has expired"
    ),
    aadsts!(70000, Token, None, "The grant is refused: the refresh token or its binding is not valid."),
    aadsts!(
        [super::aadsts::AGENT, super::aadsts::LIST]
        80001, Service, None, "The pass-through agent cannot reach Active Directory, or no agent is available."
    ),
    aadsts!(
        [super::aadsts::AGENT, super::aadsts::LIST]
        80002, Service, None, "The check of the password at the pass-through agent took too long."
    ),
    aadsts!(
        [super::aadsts::AGENT, super::aadsts::LIST]
        80005, Service, None, "The pass-through agent met an unexpected web error; a retry may help."
    ),
    aadsts!(
        [super::aadsts::AGENT, super::aadsts::LIST]
        80007, Service, None, "The pass-through agent failed while it talked to Active Directory."
    ),
    aadsts!(
        [super::aadsts::AGENT, super::aadsts::LIST]
        80014, Service, None, "The pass-through agent answered too late."
    ),
    aadsts!(50107, Federation, None, "The federation realm is not known to the sign-in service."),
    aadsts!(
        700016,
        Application,
        None,
        "The application is not in this tenant: a wrong application id or a wrong tenant."
    ),
    aadsts!(700011, Application, None, "The application does not exist in this tenant."),
    aadsts!(7000112, Application, None, "The application is disabled."),
    aadsts!(120013, Service, None, "A password change could not reach the on-premises directory."),
    ErrorEntry {
        id: "aadsts-personal-provider",
        layer: Layer::Service,
        patterns: &["from identity provider 'live.com'"],
        meaning: "The sign-in service says that the account is a personal Microsoft account.",
        diagnosis: Some("microsoft-account-used"),
        example: "User account 'someone@outlook.example' from identity provider 'live.com' does not exist in tenant 'Contoso'.",
        source: "tshoot-connect-connectivity, A Microsoft account is used; field texts",
        date: "2025-04",
        ..ErrorEntry::BLANK
    },
];
