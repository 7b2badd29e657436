//! Codes of the sign-in libraries, ADAL (releases 1.x) and MSAL (2.x).

use super::{ErrorEntry, Layer};

/// The entries of this family.
pub const ENTRIES: &[ErrorEntry] = &[
    ErrorEntry {
        id: "msal-invalid-grant",
        layer: Layer::Service,
        patterns: &["Invalid grant"],
        codes: &["invalid_grant"],
        meaning: "The sign-in service refused the grant: a wrong user name or password, or MFA, or an expired token. The AADSTS number decides.",
        diagnosis: Some("wrong-credentials"),
        example: "MSAL error: invalid_grant",
        source: "tshoot-connect-connectivity, Invalid grant; MsalError.cs",
        date: "2025-04",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-unknown-user-type",
        layer: Layer::Service,
        patterns: &["Unknown User Type", "Unsupported User Type 'Unknown'"],
        codes: &["unknown_user_type"],
        meaning: "The realm call was answered, but the directory does not know the domain of this user name. It is no proxy problem.",
        diagnosis: Some("user-not-found"),
        example: "unknown_user_type: Unsupported User Type 'Unknown'. Please see https://aka.ms/msal-net-up.",
        source: "tshoot-connect-connectivity, Unknown user type; MSAL UsernamePasswordRequest.cs",
        date: "2025-04",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-realm-discovery-failed",
        layer: Layer::Wrapper,
        patterns: &["User realm discovery failed"],
        codes: &["user_realm_discovery_failed"],
        meaning: "The call that asks for the realm of the user did not return 200: network, proxy refusal, block page or TLS. The inner text decides.",
        diagnosis: Some("realm-discovery-failed"),
        example: "user_realm_discovery_failed: User realm discovery failed",
        source: "tshoot-connect-connectivity, User realm discovery failed; MSAL WsTrustWebRequestManager.cs",
        date: "2025-04",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-password-expired",
        layer: Layer::Service,
        patterns: &["User password expired"],
        codes: &["user_password_expired"],
        meaning: "The password of the account has expired.",
        diagnosis: Some("password-expired"),
        example: "MSAL error: user_password_expired",
        source: "tshoot-connect-connectivity, User password expired (spelling of the code uncertain)",
        date: "2025-04",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-authentication-canceled",
        layer: Layer::Service,
        patterns: &[
            "User canceled authentication",
            "User cancelled authentication",
            "Authentication canceled",
            "Authentication cancelled",
        ],
        codes: &["authentication_canceled", "authentication_cancelled"],
        meaning: "The sign-in window or the MFA prompt was closed before it was finished.",
        diagnosis: Some("mfa-challenge-cancelled"),
        example: "authentication_canceled: User canceled authentication.",
        source: "tshoot-connect-connectivity, Authentication canceled; ADAL and MSAL constants",
        date: "2025-04",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-personal-account",
        layer: Layer::Service,
        patterns: &["ROPC does not support MSA accounts"],
        codes: &["ropc_not_supported_for_msa"],
        meaning: "A personal Microsoft account was used with a flow that only takes work or school accounts.",
        diagnosis: Some("microsoft-account-used"),
        example: "ropc_not_supported_for_msa: ROPC does not support MSA accounts.",
        source: "AzureAD MSAL .NET, CommonNonInteractiveHandler.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-interaction-required",
        layer: Layer::Service,
        codes: &["interaction_required", "user_interaction_required"],
        meaning: "The sign-in needs a person: MFA, Conditional Access or consent. The AADSTS number tells which.",
        diagnosis: Some("mfa-required-noninteractive"),
        example: "MSAL error: interaction_required",
        source: "AzureAD MSAL .NET, MsalError.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-ui-required-exception",
        layer: Layer::Wrapper,
        codes: &["MsalUiRequiredException"],
        meaning: "MSAL could not get a token without a window. The code or the AADSTS number behind it decides.",
        diagnosis: Some("mfa-required-noninteractive"),
        example: "---> Microsoft.Identity.Client.MsalUiRequiredException",
        source: "AzureAD MSAL .NET, MsalError.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-modal-dialog",
        layer: Layer::Service,
        patterns: &["Showing a modal dialog box or form when the application is not running in UserInteractive mode"],
        meaning: "The sync service tried to show a sign-in page, which a service cannot: MFA, terms of use or another interactive policy hits the sync account.",
        diagnosis: Some("mfa-required-noninteractive"),
        example: "Get-ADSyncScheduler : Showing a modal dialog box or form when the application is not running in UserInteractive mode is not a valid operation.",
        source: "practical365, terms of use and directory sync",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-desktop-interaction",
        layer: Layer::Service,
        patterns: &[
            "not allowed to interact with the desktop to authenticate {account}. This error may occur",
            "not allowed to interact with the desktop",
        ],
        meaning: "The sign-in service asks the sync account for interaction, and the sync service has no desktop.",
        diagnosis: Some("mfa-required-noninteractive"),
        example: "The ADSync service is not allowed to interact with the desktop to authenticate Sync_AADC01_0a1b2c@contoso.onmicrosoft.example. This error may occur if multifactor or other interactive authentication policies are accidentally enabled for the synchronization account.",
        source: "ADSync event 6900; lazyadmin, cubesys",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-network-not-available",
        layer: Layer::Socket,
        patterns: &["The network is down so authentication cannot proceed"],
        codes: &["network_not_available"],
        meaning: "Windows reports that no network interface is up.",
        example: "network_not_available: The network is down so authentication cannot proceed",
        source: "ADAL .NET, WebUI.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-request-timeout",
        layer: Layer::Socket,
        patterns: &["Request to the endpoint timed out"],
        codes: &["request_timeout"],
        meaning: "The library got no answer in time.",
        example: "request_timeout: Request to the endpoint timed out.",
        source: "AzureAD MSAL .NET, HttpManager.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-service-not-available",
        layer: Layer::Http,
        patterns: &["Service is unavailable to process the request"],
        codes: &["service_not_available"],
        meaning: "A 5xx answer came: from the sign-in service or from the proxy. Marks of a proxy in the answer decide.",
        example: "service_not_available: Service is unavailable to process the request. The request Uri is: https://login.microsoftonline.com/ on port 443",
        source: "AzureAD MSAL .NET, HttpManager.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-answer-not-json",
        layer: Layer::Http,
        patterns: &["An error response was returned by the OAuth2 server, but it could not be parsed"],
        codes: &["non_parsable_oauth_error", "json_parse_failed"],
        meaning: "The answer is not what the sign-in service sends: a block page, a captive portal or a login page came instead.",
        diagnosis: Some("block-page-returned"),
        example: "non_parsable_oauth_error: An error response was returned by the OAuth2 server, but it could not be parsed.",
        source: "AzureAD MSAL .NET, MsalError.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-discovery-failed",
        layer: Layer::Wrapper,
        codes: &["tenant_discovery_failed", "authority_validation_failed"],
        meaning: "The library could not read the metadata of the sign-in service: HTML came instead of JSON, or the host belongs to another cloud.",
        example: "MSAL error: tenant_discovery_failed",
        source: "AzureAD MSAL .NET, MsalError.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-invalid-instance",
        layer: Layer::Service,
        codes: &["invalid_instance"],
        meaning: "The sign-in host that was asked does not belong to a cloud this tenant lives in.",
        diagnosis: Some("wrong-cloud-instance"),
        example: "MSAL error: invalid_instance",
        source: "AzureAD MSAL .NET, MsalError.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-federation-metadata",
        layer: Layer::Service,
        patterns: &["#accessing-ws-metadata-exchange-failed", "#parsing-ws-metadata-exchange-failed"],
        codes: &[
            "accessing_ws_metadata_exchange_failed",
            "parsing_ws_metadata_exchange_failed",
            "missing_federation_metadata_url",
        ],
        meaning: "The user is federated and the metadata of the organisation's own federation service could not be read.",
        diagnosis: Some("federation-service-unreachable"),
        example: "accessing_ws_metadata_exchange_failed: Accessing WS metadata exchange failed",
        source: "AzureAD MSAL .NET, MsalError.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-federation-answer",
        layer: Layer::Service,
        patterns: &["Federated service at {url} returned error", "#parsing-wstrust-response-failed"],
        codes: &["wstrust_endpoint_not_found", "parsing_wstrust_response_failed", "federated_service_returned_error"],
        meaning: "The user is federated and the organisation's own federation service gave no usable answer.",
        diagnosis: Some("federation-service-unreachable"),
        example: "federated_service_returned_error: Federated service at https://sts.contoso.example/adfs/services/trust/13/usernamemixed returned error: (not copied)",
        source: "AzureAD MSAL .NET, MsalError.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-integrated-windows",
        layer: Layer::Service,
        codes: &[
            "integrated_windows_authentication_failed",
            "integrated_authentication_failed",
            "integrated_windows_auth_not_supported_managed_user",
            "password_required_for_managed_user",
        ],
        meaning: "Windows-integrated sign-in is not possible for this account; a password or a window is needed.",
        example: "MSAL error: integrated_windows_auth_not_supported_managed_user",
        source: "AzureAD MSAL .NET, MsalError.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-client-refused",
        layer: Layer::Service,
        codes: &["unauthorized_client", "invalid_client"],
        meaning: "The sign-in service refuses the application itself.",
        example: "{\"error\":\"unauthorized_client\"}",
        source: "reference-error-codes; MsalError.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-temporarily-unavailable",
        layer: Layer::Service,
        codes: &["temporarily_unavailable"],
        meaning: "The sign-in service says that it is overloaded for the moment.",
        diagnosis: Some("service-unavailable"),
        example: "{\"error\":\"temporarily_unavailable\"}",
        source: "reference-error-codes; MsalError.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-request-throttled",
        layer: Layer::Service,
        codes: &["request_throttled"],
        meaning: "The library or the service holds back requests because there were too many.",
        diagnosis: Some("service-throttled"),
        example: "MSAL error: request_throttled",
        source: "AzureAD MSAL .NET, MsalError.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "msal-http-status",
        layer: Layer::Wrapper,
        codes: &["http_status_not_200"],
        meaning: "An HTTP status other than 200 came; the status itself stands beside it.",
        example: "MSAL error: http_status_not_200",
        source: "AzureAD MSAL .NET, MsalError.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
];
