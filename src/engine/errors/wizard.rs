//! Headlines and internal names of the installation wizard. A headline says nothing about the cause; the internal
//! names and the help anchors name the step that failed.

use super::number::Number;
use super::{ErrorEntry, Layer};

/// The entries of this family.
pub const ENTRIES: &[ErrorEntry] = &[
    ErrorEntry {
        id: "wizard-unable-to-validate",
        layer: Layer::Headline,
        patterns: &["Unable to validate credentials"],
        meaning: "The wizard could not check the credentials. Many causes share this headline; the text after ExtendedMessage decides.",
        example: "Unable to validate credentials due to an unexpected error. Restart Azure AD Connect with the /InteractiveAuth option to further diagnose this issue.",
        source: "tshoot-connect-connectivity, Errors in the wizard",
        date: "2025-04",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-configure-task-failed",
        layer: Layer::Headline,
        patterns: &[
            "occurred executing Configure AAD Sync task",
            "We encountered a problem and couldn't complete the integration",
            "ExecuteADSyncConfiguration: configuration failed",
        ],
        meaning: "The Configure page failed. From this page on the sync service account talks to the proxy, no longer the signed-in user.",
        example: "An error occurred executing Configure AAD Sync task: the inner text was not copied.",
        source: "Microsoft Q&A 1823241 and jpazureid, azure-ad-connect-2-3-20",
        date: "2024-07",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-service-connectivity-failed",
        layer: Layer::Headline,
        patterns: &[
            "Azure Service Connectivity Failed",
            "The on-premises synchronization service is not able to connect to Azure Active Directory",
        ],
        meaning: "The Configure page says that the sync service account cannot reach the service. It suggests the proxy whatever the cause is; the extended message decides.",
        example: "Azure Service Connectivity Failed, Unable to proceed. Extended Message: (not copied)",
        source: "Field report undocumented-features 8953",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-unexpected-error",
        layer: Layer::Headline,
        patterns: &[
            "An unexpected error has occurred",
            "Unspecified authentication failure",
            "shows \"Unexpected error\"",
            "says \"Unexpected error\"",
        ],
        meaning: "The catch-all of the sign-in page. A personal Microsoft account is the most common reason; the trace names the real one.",
        diagnosis: Some("unspecified-authentication-failure"),
        example: "Connect to Azure AD: An unexpected error has occurred.",
        source: "tshoot-connect-connectivity, Unspecified authentication failure",
        date: "2025-04",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-instance-unknown",
        layer: Layer::Headline,
        patterns: &["Unable to determine the Azure instance for UPN"],
        meaning: "The first call of the wizard failed, or the domain suffix is unknown, so it assumed the worldwide cloud.",
        example: "[ERROR] AzureConfigurationFromPrincipalName: Unable to determine the Azure instance for UPN (admin@contoso.example). Defaulting to the WorldWide instance which may result in authentication failures.",
        source: "Microsoft Q&A 2191212",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-password-not-verified",
        layer: Layer::Service,
        patterns: &["The user name or password is incorrect. Verify your user name, and then type your password again"],
        meaning: "The sign-in service answered and refused the user name or the password. An AADSTS number beside it tells more.",
        diagnosis: Some("wrong-credentials"),
        example: "The user name or password is incorrect. Verify your user name, and then type your password again.",
        source: "tshoot-connect-connectivity, The password can't be verified; KB 2855271",
        date: "2025-04",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-user-name-format",
        layer: Layer::Service,
        patterns: &["Unable to authenticate your credentials. Make sure that your user name is in the format"],
        meaning: "The user name is not in the form name@domain, or an old sign-in client met multifactor authentication.",
        diagnosis: Some("msonline-connect-failed"),
        example: "Connect-MsolService : Unable to authenticate your credentials. Make sure that your user name is in the format: <username>@<domain>.",
        source: "SupportArticles-docs, unable-authenticate-credentials",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-authorization-failure",
        layer: Layer::Service,
        patterns: &["Authorization failure", "failed to authorize the user to perform an action"],
        codes: &["AuthorizationFailure"],
        meaning: "Sign-in succeeded, but the user may not perform an action in the directory.",
        diagnosis: Some("authorization-failure"),
        example: "AzureTenantPage: connection failed, reason AuthorizationFailure",
        source: "tshoot-connect-connectivity, Authorization failure",
        date: "2025-04",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-role-missing",
        layer: Layer::Service,
        patterns: &["#get-msoluserrole-failed"],
        codes: &["AzureRoleMissing"],
        meaning: "The user is neither Global Administrator nor Hybrid Identity Administrator; a role that comes through a group does not count.",
        diagnosis: Some("authorization-failure"),
        example: "Learn more: https://go.example/tshoot-connect-connectivity#get-msoluserrole-failed",
        source: "tshoot-connect-connectivity, code anchors and the 2016 edition",
        date: "2025-04",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-pim-role-not-active",
        layer: Layer::Service,
        patterns: &[
            "#privileged-identity-management",
            "Privileged Identity Management enabled",
            "Privileged Identity Management has been enabled",
        ],
        codes: &["PrivilegedIdentityManagement"],
        meaning: "Sign-in succeeded, but the role is only eligible in Privileged Identity Management and not active.",
        diagnosis: Some("pim-role-not-active"),
        example: "Learn more: https://go.example/tshoot-connect-connectivity#privileged-identity-management",
        source: "tshoot-connect-connectivity, Privileged Identity Management enabled",
        date: "2025-04",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-msonline-failed",
        layer: Layer::Service,
        patterns: &["#connect-msolservice-failed", "Connect to MSOnline failed"],
        codes: &["ConnectToMSOnline"],
        meaning: "The token was issued, but the MSOnline step of the wizard could not sign in.",
        diagnosis: Some("msonline-connect-failed"),
        example: "Learn more: https://go.example/tshoot-connect-connectivity#connect-msolservice-failed",
        source: "tshoot-connect-connectivity, Connect to MSOnline failed",
        date: "2025-04",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-company-information",
        layer: Layer::Service,
        patterns: &[
            "#get-msolcompanyinformation-failed",
            "Company information unavailable",
            "company information couldn't be retrieved",
        ],
        codes: &["CompanyInfoUnavailable"],
        meaning: "Sign-in succeeded, but the company information could not be read.",
        diagnosis: Some("company-information-unavailable"),
        example: "Learn more: https://go.example/tshoot-connect-connectivity#get-msolcompanyinformation-failed",
        source: "tshoot-connect-connectivity, Company information unavailable",
        date: "2025-04",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-domain-information",
        layer: Layer::Service,
        patterns: &[
            "#get-msoldomain-failed",
            "Domain information unavailable",
            "domain information couldn't be retrieved",
        ],
        codes: &["RetrieveDomains"],
        meaning: "Sign-in succeeded, but the list of domains could not be read.",
        diagnosis: Some("domain-information-unavailable"),
        example: "Learn more: https://go.example/tshoot-connect-connectivity#get-msoldomain-failed",
        source: "tshoot-connect-connectivity, Domain information unavailable",
        date: "2025-04",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-script-error",
        layer: Layer::Headline,
        patterns: &[
            "An error has occurred in the script on this page",
            "Do you want to continue running scripts on this page",
        ],
        meaning: "The embedded sign-in window could not load a script. The host that serves the MFA page is the usual reason.",
        diagnosis: Some("mfa-endpoint-blocked"),
        example: "Script Error: An error has occurred in the script on this page. Do you want to continue running scripts on this page?",
        source: "tshoot-connect-connectivity, The MFA endpoint can't be reached (wording uncertain)",
        date: "2025-04",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-browser-dialog-failed",
        layer: Layer::Wrapper,
        patterns: &["The browser based authentication dialog failed to complete"],
        codes: &["authentication_ui_failed"],
        meaning: "The embedded browser, which follows the Internet Options of the signed-in user, ended with an error. The reason behind it decides.",
        example: "authentication_ui_failed: The browser based authentication dialog failed to complete. Reason: (not copied)",
        source: "ADAL .NET, AdalErrorMessage.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-browser-name-not-found",
        layer: Layer::Name,
        patterns: &["The server or proxy was not found"],
        numbers: &[Number::Result(0x800C_0005)],
        meaning: "The embedded browser found neither the server nor the proxy of the signed-in user's Internet Options.",
        example: "Reason: The server or proxy was not found.",
        source: "ADAL .NET, NavigateErrorStatus.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-browser-no-connection",
        layer: Layer::Socket,
        patterns: &["The attempt to connect to the Internet has failed"],
        numbers: &[Number::Result(0x800C_0004)],
        meaning: "The embedded browser could not connect; it uses the signed-in user's Internet Options, not machine.config.",
        example: "Reason: The attempt to connect to the Internet has failed.",
        source: "ADAL .NET, NavigateErrorStatus.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-browser-timed-out",
        layer: Layer::Socket,
        patterns: &["The Internet connection has timed out"],
        numbers: &[Number::Result(0x800C_000B)],
        meaning: "The embedded browser got no answer in time.",
        example: "Reason: The Internet connection has timed out.",
        source: "ADAL .NET, NavigateErrorStatus.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-browser-interrupted",
        layer: Layer::Socket,
        patterns: &[
            "The download has failed (the connection was interrupted)",
            "An Internet connection was established, but the data cannot be retrieved",
        ],
        numbers: &[Number::Result(0x800C_0008), Number::Result(0x800C_0007)],
        meaning: "The connection of the embedded browser was cut, or the browser blocked the download.",
        example: "Reason: The download has failed (the connection was interrupted).",
        source: "ADAL .NET, NavigateErrorStatus.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-browser-security",
        layer: Layer::Tls,
        patterns: &["A security problem was encountered"],
        numbers: &[Number::Result(0x800C_000E)],
        meaning: "The embedded browser met a TLS, certificate or zone problem.",
        example: "Reason: A security problem was encountered.",
        source: "ADAL .NET, NavigateErrorStatus.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-browser-certificate",
        layer: Layer::Tls,
        patterns: &["The SSL certificate is invalid"],
        numbers: &[Number::Result(0x800C_0019)],
        meaning: "The embedded browser does not accept the certificate it was shown.",
        example: "Reason: The SSL certificate is invalid.",
        source: "ADAL .NET, NavigateErrorStatus.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-application-authentication",
        layer: Layer::Service,
        patterns: &["could not configure application-based authentication for this server"],
        meaning: "The step that registers a certificate for application sign-in failed: Microsoft Graph blocked, Conditional Access, or the TPM.",
        example: "Microsoft Entra Connect could not configure application-based authentication for this server. Setup cannot continue.",
        source: "Version notes of 2.6.84.0 (third party)",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-environment-name",
        layer: Layer::Local,
        patterns: &["EnvironmentName attribute is invalid"],
        meaning: "The agent build does not know this sovereign cloud. It is no network problem.",
        example: "Registration failed: EnvironmentName attribute is invalid",
        source: "Version notes of 2.6.84.0 (third party)",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-assembly-binding",
        layer: Layer::Local,
        patterns: &["Could not load file or assembly 'System.Diagnostics.DiagnosticSource"],
        meaning: "A hand-edited miiserver.exe.config was kept over an upgrade and lacks a new binding redirect. It is no network problem.",
        example: "System.IO.FileLoadException: Could not load file or assembly 'System.Diagnostics.DiagnosticSource, Version=6.0.0.1, Culture=neutral'",
        source: "Version notes of 2.6.84.0 (third party)",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-com-access-denied",
        layer: Layer::Local,
        patterns: &["Retrieving the COM class factory for remote component with CLSID"],
        meaning: "The signed-in user is not, or not yet, a member of ADSyncAdmins. Signing out and in again refreshes the membership.",
        example: "Retrieving the COM class factory for remote component with CLSID {835BEE60} from machine AADC01 failed due to the following error: 80070005",
        source: "SupportArticles-docs, aad-sync-services-config-wizard-error (KB 2988408)",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-enterprise-admin",
        layer: Layer::Local,
        patterns: &["The Enterprise Administrator credentials that you supplied are not valid"],
        meaning: "The on-premises administrator credentials are wrong, or no domain controller answered. The cloud is not involved.",
        example: "The Enterprise Administrator credentials that you supplied are not valid. Supply valid credentials and try again.",
        source: "SupportArticles-docs, admin-credentials-supplied-not-valid",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-ie-proxy-settings",
        layer: Layer::Local,
        patterns: &["Internet Explorer proxy settings were not"],
        codes: &["InternetQueryOptionError"],
        meaning: "Setup could not read or write the Internet Explorer proxy settings.",
        example: "Internet Explorer proxy settings were not read. WinInet Error 12009",
        source: "SupportArticles-docs, installation-configuration-wizard-errors (KB 2684395)",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-service-account-token",
        layer: Layer::Wrapper,
        patterns: &[
            "retry time limit for service account authorization has been exceeded",
            "Unable to create the synchronization service account",
        ],
        meaning: "The sync account was created, but no token could be got for it. The exception behind it decides.",
        example: "[ERROR] GetServiceAccount: the retry time limit for service account authorization has been exceeded.",
        source: "Azure/avdaccelerator issue 656",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-connector-creation",
        layer: Layer::Wrapper,
        patterns: &["failed. This may be due to replication delay"],
        meaning: "The cloud connector could not be created. Replication delay is only one guess; missing TLS 1.2 and expired grants show the same text.",
        example: "Creation of connector contoso.onmicrosoft.example - AAD failed. This may be due to replication delay.",
        source: "Field reports; artifacts-config, TLS settings",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
];
