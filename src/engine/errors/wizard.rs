//! Headlines and internal names of the installation wizard. A headline says nothing about the cause; the internal
//! names and the help anchors name the step that failed.

use super::language::{de, es, fr, hans, hant, ja};
use super::number::Number;
use super::{ErrorEntry, Layer, LookAlike};

/// The entries of this family.
pub const ENTRIES: &[ErrorEntry] = &[
    ErrorEntry {
        id: "wizard-unable-to-validate",
        layer: Layer::Headline,
        patterns: &["Unable to validate credentials"],
        wordings: &[
            hans("无法验证凭据").unconfirmed(),
            hans("无法验证凭证").unconfirmed(),
            hant("無法驗證認證").unconfirmed(),
            de("Anmeldeinformationen können nicht überprüft werden").unconfirmed(),
            de("Anmeldeinformationen konnten nicht überprüft werden").unconfirmed(),
            fr("Impossible de valider les informations d'identification").unconfirmed(),
            ja("資格情報を検証できません").unconfirmed(),
            es("No se pueden validar las credenciales").unconfirmed(),
        ],
        meaning: "The wizard could not check the credentials. Many causes share this headline; the text after ExtendedMessage decides.",
        look_alikes: &[
            LookAlike {
                id: "wizard-password-not-verified",
                tell: "That one is an answer of the sign-in service; this one is a headline and needs the text after ExtendedMessage.",
            },
            LookAlike {
                id: "wizard-unexpected-error",
                tell: "Both are headlines. The trace of the same minute names the cause.",
            },
        ],
        example: "Unable to validate credentials due to an unexpected error. Restart Azure AD Connect with the /InteractiveAuth option to further diagnose this issue.",
        source: "tshoot-connect-connectivity, Errors in the wizard",
        date: "2025-04",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-browser-enhanced-security",
        layer: Layer::Local,
        patterns: &[
            "being blocked by Internet Explorer Enhanced Security Configuration",
            "blocked by Internet Explorer Enhanced Security Configuration",
            "JavaScript is required to sign in",
        ],
        meaning: "The sign-in window is an Internet Explorer control, and the browser settings of this server do not let it run the scripts of the sign-in page: Internet Explorer Enhanced Security Configuration.",
        rules_in: "The window opened; its own settings block the page.",
        rules_out: "The proxy, the firewall and machine.config are not the cause: this comes before any request, and Edge has other settings.",
        look_alikes: &[LookAlike {
            id: "wizard-unable-to-validate",
            tell: "That is a headline of the wizard; here the window itself says what blocks it.",
        }],
        diagnosis: Some("browser-security-blocks-sign-in"),
        example: "Content within this application coming from the website listed below is being blocked by Internet Explorer Enhanced Security Configuration.",
        source: "Learn, how-to-connect-install-prerequisites (Internet Explorer Enhanced Security); sql-docs, sign-in window of Management Studio",
        date: "2026-11",
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
        rules_in: "The Connect page had passed: the signed-in user reached the sign-in service.",
        rules_out: "A host that is blocked for everybody is unlikely: other pages of the wizard need the same hosts.",
        look_alikes: &[LookAlike {
            id: "wizard-service-connectivity-failed",
            tell: "The same page and the same account; the extended message behind either decides.",
        }],
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
        rules_in: "The sync service account met the failure, not the signed-in user.",
        look_alikes: &[LookAlike {
            id: "wizard-configure-task-failed",
            tell: "The same page and the same account; the exception behind either decides.",
        }],
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
        look_alikes: &[LookAlike {
            id: "aadsts-500200",
            tell: "With this number the personal account is certain; the bare sentence only makes it likely.",
        }],
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
        rules_in: "The first call, the one that finds the cloud, gave no usable answer.",
        look_alikes: &[LookAlike {
            id: "aadsts-90002",
            tell: "There the sign-in service answered that it has no such tenant; here no answer came, or the suffix is unknown.",
        }],
        example: "[ERROR] AzureConfigurationFromPrincipalName: Unable to determine the Azure instance for UPN (admin@contoso.example). Defaulting to the WorldWide instance which may result in authentication failures.",
        source: "Microsoft Q&A 2191212",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-password-not-verified",
        layer: Layer::Service,
        patterns: &["The user name or password is incorrect. Verify your user name, and then type your password again"],
        meaning: "The user name or the password was not accepted. An AADSTS number in the trace or the event tells more.",
        rules_in: "The sign-in service answered: name resolution, proxy, firewall and TLS on the way to it worked.",
        rules_out: "DNS, proxy, firewall and TLS are not the reason of this failed sign-in.",
        look_alikes: &[
            LookAlike {
                id: "service-logon-failure",
                tell: "There Windows refuses the account of the service on this server; the sentence begins the same.",
            },
            LookAlike { id: "aadsts-50055", tell: "With this number the password is expired, not wrong." },
        ],
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
        look_alikes: &[LookAlike {
            id: "wizard-password-not-verified",
            tell: "That one means a wrong password; this one the form of the name, or MFA met by an old client.",
        }],
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
        rules_in: "The sign-in succeeded: password, second factor and the way to the sign-in service are right.",
        rules_out: "A wrong password and a blocked sign-in host are not the cause.",
        look_alikes: &[LookAlike {
            id: "wizard-pim-role-not-active",
            tell: "There the role exists and only waits to be activated; here it is missing.",
        }],
        diagnosis: Some("authorization-failure"),
        example: "AzureTenantPage: connection failed, reason AuthorizationFailure",
        source: "tshoot-connect-connectivity, Authorization failure",
        date: "2025-04",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-graph-request-denied",
        layer: Layer::Service,
        patterns: &["Insufficient privileges to complete the operation"],
        codes: &["Authorization_RequestDenied"],
        meaning: "Microsoft Graph answered that this account may not do it: the role is missing or not active. The 403 that goes with it comes from Graph, not from a proxy.",
        rules_in: "Microsoft Graph answered: the sign-in succeeded, and the way to Graph is open.",
        rules_out: "A proxy that refuses the Graph host is not the cause: it would answer with a page, not with this code.",
        look_alikes: &[
            LookAlike { id: "http-403", tell: "Without the code of Graph a 403 is mostly the proxy's." },
            LookAlike {
                id: "wizard-pim-role-not-active",
                tell: "There the wizard says itself that the role only waits to be activated.",
            },
        ],
        diagnosis: Some("authorization-failure"),
        example: "{\"error\":{\"code\":\"Authorization_RequestDenied\",\"message\":\"(not copied)\"}}",
        source: "Microsoft Graph error responses; errors-network N403",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-role-missing",
        layer: Layer::Service,
        patterns: &["#get-msoluserrole-failed"],
        codes: &["AzureRoleMissing"],
        meaning: "The user is neither Global Administrator nor Hybrid Identity Administrator; a role that comes through a group does not count.",
        rules_in: "The sign-in succeeded: password, second factor and the way to the sign-in service are right.",
        rules_out: "A wrong password and a blocked sign-in host are not the cause.",
        look_alikes: &[LookAlike {
            id: "wizard-pim-role-not-active",
            tell: "There the role is eligible and only waits to be activated.",
        }],
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
        rules_in: "The sign-in succeeded: password, second factor and the way to the sign-in service are right.",
        rules_out: "A wrong password and a blocked sign-in host are not the cause.",
        look_alikes: &[LookAlike { id: "wizard-role-missing", tell: "There the account has no such role at all." }],
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
        rules_in: "The sign-in succeeded: password, second factor and the way to the sign-in service are right.",
        rules_out: "The way to the sign-in host is open; the next host is in question.",
        look_alikes: &[LookAlike {
            id: "wizard-user-name-format",
            tell: "The same step; that text says that the form of the name is the reason.",
        }],
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
        rules_in: "The sign-in succeeded: password, second factor and the way to the sign-in service are right.",
        rules_out: "The way to the sign-in host is open; the next host or the role is in question.",
        look_alikes: &[LookAlike {
            id: "wizard-domain-information",
            tell: "The call right behind this one; if both fail, look at the first.",
        }],
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
        rules_in: "The sign-in succeeded: password, second factor and the way to the sign-in service are right.",
        rules_out: "The way to the sign-in host is open; the next host or the role is in question.",
        look_alikes: &[LookAlike {
            id: "wizard-company-information",
            tell: "The call right before this one; if both fail, look at the first.",
        }],
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
        rules_in: "The sign-in page itself was loaded, so the sign-in host is open in the browser of the signed-in user.",
        rules_out: "The settings of machine.config do not matter for this window: it follows Internet Options.",
        look_alikes: &[LookAlike {
            id: "msal-authentication-canceled",
            tell: "People close an empty or broken window; the log then says canceled, and this is the cause.",
        }],
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
        rules_in: "The embedded browser of the signed-in user failed; it follows Internet Options.",
        rules_out: "machine.config plays no part in this window.",
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
        rules_in: "The embedded browser of the signed-in user failed; it follows Internet Options.",
        rules_out: "machine.config plays no part in this window.",
        look_alikes: &[LookAlike {
            id: "dotnet-name-unresolved",
            tell: "There .NET asked DNS; here the browser did, by the proxy settings of the user.",
        }],
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
        rules_in: "The embedded browser of the signed-in user failed; it follows Internet Options.",
        rules_out: "machine.config plays no part in this window.",
        look_alikes: &[LookAlike {
            id: "dotnet-unable-to-connect",
            tell: "There .NET could not connect, by machine.config.",
        }],
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
        rules_in: "The embedded browser of the signed-in user failed; it follows Internet Options.",
        rules_out: "machine.config plays no part in this window.",
        look_alikes: &[LookAlike { id: "socket-timed-out", tell: "There .NET waited in vain, by machine.config." }],
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
        rules_in: "The embedded browser of the signed-in user failed; it follows Internet Options.",
        rules_out: "machine.config plays no part in this window.",
        look_alikes: &[LookAlike { id: "socket-reset", tell: "There a connection of .NET was cut." }],
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
        rules_in: "The embedded browser of the signed-in user failed; it follows Internet Options.",
        rules_out: "machine.config plays no part in this window.",
        look_alikes: &[LookAlike { id: "tls-secure-channel", tell: "There the handshake of .NET failed." }],
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
        rules_in: "The embedded browser of the signed-in user failed; it follows Internet Options.",
        rules_out: "machine.config plays no part in this window.",
        look_alikes: &[LookAlike {
            id: "tls-trust-failure",
            tell: "There .NET refuses the certificate; the store of the computer decides, not that of the user.",
        }],
        example: "Reason: The SSL certificate is invalid.",
        source: "ADAL .NET, NavigateErrorStatus.cs",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
    ErrorEntry {
        id: "wizard-application-authentication",
        layer: Layer::Headline,
        patterns: &["could not configure application-based authentication for this server"],
        meaning: "The step that registers a certificate for application sign-in failed. Microsoft Graph may be blocked, a Conditional Access policy may refuse, or the TPM may not make the key; the trace names which.",
        rules_in: "The administrator had signed in.",
        rules_out: "A wrong password is not the cause.",
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
        rules_out: "The network is not the cause.",
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
        rules_out: "The network and the account are not the cause.",
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
        rules_in: "Windows on this server refused the access (0x80070005).",
        rules_out: "The network and the cloud are not involved.",
        look_alikes: &[LookAlike {
            id: "http-403",
            tell: "403 is an answer over the network; 80070005 is a refusal of this Windows.",
        }],
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
        rules_out: "The cloud, the proxy and the sign-in service are not involved.",
        look_alikes: &[LookAlike { id: "wizard-password-not-verified", tell: "That one concerns the cloud account." }],
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
        example: "Internet Explorer proxy settings were not read.",
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
        rules_in: "The sync account could be created: the directory was reached.",
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
    ErrorEntry {
        id: "wizard-service-test-failed",
        layer: Layer::Wrapper,
        patterns: &[
            "-Service AdminWebService -CurrentUser False",
            "-Service AdminWebService False",
            "-Service SecurityTokenService -CurrentUser False",
            "-Service SecurityTokenService False",
        ],
        meaning: "The product's own test does not reach this service under this account. It prints no reason: a web request to the same host does.",
        rules_out: "It does not tell whether the name, the proxy, the firewall or TLS stands in the way.",
        example: "PS C:\\> Test-AdSyncAzureServiceConnectivity -AzureEnvironment Worldwide -Service AdminWebService -CurrentUser\nFalse",
        source: "MicrosoftDocs/entra-docs, reference-connect-adsync",
        date: "2026-11",
        ..ErrorEntry::BLANK
    },
];
