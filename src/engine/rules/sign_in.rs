//! Sign-in and directory: the sign-in service or the directory answered, and the answer names the problem.
//!
//! An AADSTS number proves that proxy, DNS and TLS to the sign-in service work. The texts say so, because the first
//! suspicion of most people falls on the network.

use super::Who::{IdentityAdmin, NetworkTeam, ServerAdmin};
use super::from_errors::{finding, from_errors, is_number, same_file, stands_beside, supporting, with_ids};
use super::{Finding, Rule, Step, Text};
use crate::artifact::Span;
use crate::errors::Layer;
use crate::facts::Facts;
use crate::readers::error_text::ErrorHit;
use crate::report::{Confidence, Context, Severity};

/// Where the sign-in log of the tenant shows the same number.
const READ_SIGN_IN_LOG: Step = Step {
    who: IdentityAdmin,
    text: "Look the attempt up in the sign-in log of the tenant by its correlation id or time. It names the account, the policy and the reason.",
    command: None,
    verify: None,
};

/// The last step of what concerns the person who runs the wizard.
const RUN_WIZARD_AGAIN: Step = Step {
    who: ServerAdmin,
    text: "Close the wizard, open it again and repeat the page that failed.",
    command: None,
    verify: Some("The page passes, and the trace says that an access token was acquired."),
};

/// The last step of what concerns the sync account.
const RUN_SYNC_AGAIN: Step = Step {
    who: ServerAdmin,
    text: "Start a cycle and watch the run of the Entra connector.",
    command: Some("Start-ADSyncSyncCycle -PolicyType Delta"),
    verify: Some(
        "The export of the Entra connector ends with success, and no new events 0, 109, 115, 904 or 906 appear.",
    ),
};

/// A try with the same account away from this server.
const TRY_ELSEWHERE: Step = Step {
    who: IdentityAdmin,
    text: "Sign in with the same account at {sign_in_url} on another computer.",
    command: None,
    verify: Some("The sign-in succeeds there without any prompt to change the password."),
};

/// The rules of this family.
pub const RULES: &[Rule] = &[
    Rule {
        id: "wrong-credentials",
        severity: Severity::Error,
        en: Text {
            title: "The user name or the password is wrong",
            summary: "The sign-in service answered and refused the account: {detail} The network to the sign-in service works.",
            why: "Without a token neither the wizard nor the sync service gets past the first call. Proxy and firewall are not the reason: the refusal comes from the sign-in service itself.",
            steps: &[
                TRY_ELSEWHERE,
                Step {
                    who: IdentityAdmin,
                    text: "If that fails too, set a new password. A temporary password must be changed once in a browser before Entra Connect can use it.",
                    command: None,
                    verify: None,
                },
                Step {
                    who: ServerAdmin,
                    text: "If the account is the sync account (Sync_…), let Entra Connect create new credentials for it.",
                    command: Some("Add-ADSyncAADServiceAccount"),
                    verify: None,
                },
                RUN_WIZARD_AGAIN,
            ],
        },
        explains: &["unspecified-authentication-failure"],
        source: "tshoot-connect-connectivity: The password can't be verified; Invalid grant",
        check: wrong_credentials,
        example: &[(
            "trace-20260302-090000.log",
            "[09:00:01.100] [  1] [INFO ] Application Version: 2.5.190.0\n[09:00:12.300] [ 14] [INFO ] AzureTenantPage: Beginning Windows Azure tenant credential validation for user - admin@contoso.onmicrosoft.com\n[09:00:13.400] [ 14] [ERROR] Authenticate-MSAL: MsalUiRequiredException (invalid_grant). AADSTS50126: Error validating credentials due to invalid username or password.\n",
        )],
        counter_example: &[(
            "mail.txt",
            "The wizard says invalid_grant. The details behind it are: AADSTS50076: Due to a configuration change made by your administrator, you must use multi-factor authentication.\n",
        )],
    },
    Rule {
        id: "password-expired",
        severity: Severity::Error,
        en: Text {
            title: "The password of the account has expired",
            summary: "The sign-in service answered: {detail} The network to the sign-in service works.",
            why: "An expired password gives no token. Entra Connect cannot change a password, so every attempt fails until somebody does.",
            steps: &[
                Step {
                    who: IdentityAdmin,
                    text: "Change the password: at {sign_in_url} for a cloud account, in the on-premises Active Directory for AADSTS50144.",
                    command: None,
                    verify: Some("A browser sign-in with the new password succeeds."),
                },
                Step {
                    who: ServerAdmin,
                    text: "If the account is the sync account (Sync_…), renew its credentials on this server and make sure that its password never expires.",
                    command: Some("Add-ADSyncAADServiceAccount"),
                    verify: None,
                },
                RUN_SYNC_AGAIN,
            ],
        },
        explains: &["wrong-credentials"],
        source: "tshoot-connect-connectivity: User password expired",
        check: |facts| from_errors(facts, "password-expired"),
        example: &[(
            "events.txt",
            "Log Name: Application\nSource: Directory Synchronization\nEvent ID: 0\nLevel: Error\nDescription:\nUpdate your password and try again. GetAuthState() failed with -2147186688 state. HResult:0. Contact Technical Support. (0x80048831)\n",
        )],
        counter_example: &[(
            "events.txt",
            "Log Name: Application\nSource: Directory Synchronization\nEvent ID: 0\nLevel: Error\nDescription:\nUnable to establish a connection to the authentication service. GetAuthState() failed with -2147186688 state. HResult:0. (0x80048862)\n",
        )],
    },
    Rule {
        id: "account-locked",
        severity: Severity::Error,
        en: Text {
            title: "The account is locked",
            summary: "The sign-in service answered: {detail} The network to the sign-in service works.",
            why: "Smart lockout refuses even the right password for a while. A service that keeps trying an old password locks the account again.",
            steps: &[
                READ_SIGN_IN_LOG,
                Step {
                    who: ServerAdmin,
                    text: "Find what keeps signing in with an old password, and stop it. The sync service itself does so after its password was changed elsewhere.",
                    command: Some("Set-ADSyncScheduler -SyncCycleEnabled $false"),
                    verify: Some("No new failed sign-ins of this account appear in the sign-in log."),
                },
                Step {
                    who: IdentityAdmin,
                    text: "Wait until the lockout ends, or reset the password. If the log says that the address is blocked as malicious, have the outgoing address checked.",
                    command: None,
                    verify: None,
                },
                Step {
                    who: ServerAdmin,
                    text: "Enter the right password, switch the scheduler on again and start a cycle.",
                    command: Some(
                        "Set-ADSyncScheduler -SyncCycleEnabled $true; Start-ADSyncSyncCycle -PolicyType Delta",
                    ),
                    verify: Some("The cycle ends with success."),
                },
            ],
        },
        explains: &["wrong-credentials"],
        source: "Learn, reference-error-codes: AADSTS50053",
        check: |facts| from_errors(facts, "account-locked"),
        example: &[(
            "mail.txt",
            "Entra Connect, page Connect to Azure AD:\nAADSTS50053: The account is locked, you've tried to sign in too many times with an incorrect user ID or password.\n",
        )],
        counter_example: &[(
            "mail.txt",
            "Entra Connect, page Connect to Azure AD:\nAADSTS50057: The user account is disabled.\n",
        )],
    },
    Rule {
        id: "account-disabled",
        severity: Severity::Error,
        en: Text {
            title: "The account is disabled",
            summary: "The sign-in service answered: {detail} The network to the sign-in service works.",
            why: "A disabled account gets no token, whatever the password is.",
            steps: &[
                Step {
                    who: IdentityAdmin,
                    text: "Find out who disabled the account and why, then enable it or use another administrator.",
                    command: None,
                    verify: Some("The account shows as enabled in the tenant."),
                },
                Step {
                    who: ServerAdmin,
                    text: "If the account is the sync account (Sync_…) and it is gone or must stay disabled, create a new one.",
                    command: Some("Add-ADSyncAADServiceAccount"),
                    verify: None,
                },
                RUN_SYNC_AGAIN,
            ],
        },
        explains: &["wrong-credentials"],
        source: "Learn, reference-error-codes: AADSTS50057",
        check: |facts| from_errors(facts, "account-disabled"),
        example: &[(
            "events.txt",
            "Log Name: Application\nSource: Directory Synchronization\nEvent ID: 906\nLevel: Error\nDescription:\nGetSecurityToken: unable to retrieve a security token for the provisioning web service (AWS). AADSTS50057: The user account is disabled.\n",
        )],
        counter_example: &[(
            "mail.txt",
            "Entra Connect says: AADSTS7000112: Application '00000000-0000-0000-0000-000000000001' is disabled.\n",
        )],
    },
    Rule {
        id: "user-not-found",
        severity: Severity::Error,
        en: Text {
            title: "The tenant does not know this user name",
            summary: "The sign-in service answered: {detail} The network to the sign-in service works.",
            why: "The domain behind the @ is not verified in the tenant, the name is misspelt, or the tenant lives in another cloud. No proxy setting changes that.",
            steps: &[
                Step {
                    who: ServerAdmin,
                    text: "Type the full name of a cloud account of this tenant, best one that ends in .{tenant_suffix}. Names with an internal suffix such as .local are not known to the cloud.",
                    command: None,
                    verify: None,
                },
                Step {
                    who: IdentityAdmin,
                    text: "Check that the domain of the name is listed as verified in the tenant, and that the tenant lives in the cloud that was asked ({sign_in_url}).",
                    command: None,
                    verify: Some("A browser sign-in with the same name at {sign_in_url} asks for a password."),
                },
                Step {
                    who: ServerAdmin,
                    text: "If AADSTS50034 names a fresh Sync_… account on the Configure page, wait some minutes and press Retry: the account is not known everywhere yet.",
                    command: None,
                    verify: None,
                },
                RUN_WIZARD_AGAIN,
            ],
        },
        explains: &["wrong-credentials", "unspecified-authentication-failure"],
        source: "tshoot-connect-connectivity: Unknown user type",
        check: user_not_found,
        example: &[(
            "mail.txt",
            "Unable to validate credentials due to an unexpected error. (ExtendedMessage: unknown_user_type | Unsupported User Type 'Unknown'. Please see https://aka.ms/msal-net-up. | STS endpoint: HTTPS://LOGIN.MICROSOFTONLINE.COM/CONTOSO.LOCAL)\n",
        )],
        counter_example: &[(
            "mail.txt",
            "AADSTS50020: User account 'someone@outlook.com' from identity provider 'live.com' does not exist in tenant 'Contoso'.\n",
        )],
    },
    Rule {
        id: "microsoft-account-used",
        severity: Severity::Error,
        en: Text {
            title: "A personal Microsoft account was used",
            summary: "The account is no work or school account of the tenant: {detail} The network to the sign-in service works.",
            why: "Entra Connect signs in to a tenant. A personal account (outlook.com, hotmail.com, live.com, or a company address that was registered privately) belongs to none.",
            steps: &[
                Step {
                    who: IdentityAdmin,
                    text: "Use a cloud-only account that ends in .{tenant_suffix} and has the role Hybrid Identity Administrator, assigned directly and not through a group.",
                    command: None,
                    verify: Some("The account signs in at {sign_in_url} and lands in the right tenant."),
                },
                RUN_WIZARD_AGAIN,
            ],
        },
        explains: &[
            "unspecified-authentication-failure",
            "user-not-found",
            "wrong-credentials",
            "authorization-failure",
        ],
        source: "tshoot-connect-connectivity: A Microsoft account is used",
        check: |facts| from_errors(facts, "microsoft-account-used"),
        example: &[(
            "mail.txt",
            "(ExtendedMessage: AADSTS50020: User account 'someone@outlook.com' from identity provider 'live.com' does not exist in tenant 'Contoso' and cannot access the application. | STS endpoint: HTTPS://LOGIN.MICROSOFTONLINE.COM/COMMON)\n",
        )],
        counter_example: &[(
            "mail.txt",
            "AADSTS50020: User account 'partner@fabrikam.example' from identity provider 'https://sts.windows.net/00000000-0000-0000-0000-000000000002/' does not exist in tenant 'Contoso'.\n",
        )],
    },
    Rule {
        id: "realm-discovery-failed",
        severity: Severity::Error,
        en: Text {
            title: "The realm of the user could not be asked for",
            summary: "The call that asks the sign-in service about the domain of the user did not come back with success. The text that follows the code tells why.",
            why: "It is the first web request of the sign-in. A missing proxy setting, a proxy that refuses, a block page or a broken TLS connection all end it here.",
            steps: &[
                Step {
                    who: ServerAdmin,
                    text: "Read the text behind the code: 407 or 403 is an answer of the proxy, a name or socket error means that no connection was made, HTML means a block page.",
                    command: None,
                    verify: None,
                },
                Step {
                    who: ServerAdmin,
                    text: "Repeat the call in 64-bit Windows PowerShell 5.1 on this server, as the user who runs the wizard.",
                    command: Some("Invoke-WebRequest -UseBasicParsing -Uri {sign_in_url}"),
                    verify: Some("StatusCode is 200. Any other text names the layer that fails."),
                },
                Step {
                    who: NetworkTeam,
                    text: "Look for this server's requests to the host of {sign_in_url} in the proxy log, and let them through without TLS inspection.",
                    command: None,
                    verify: None,
                },
            ],
        },
        explains: &[],
        source: "tshoot-connect-connectivity: User realm discovery failed",
        check: realm_discovery_failed,
        example: &[(
            "mail.txt",
            "Entra Connect, page Connect to Azure AD: user_realm_discovery_failed: User realm discovery failed\n",
        )],
        counter_example: &[(
            "mail.txt",
            "unknown_user_type: Unsupported User Type 'Unknown'. Please see https://aka.ms/msal-net-up.\n",
        )],
    },
    Rule {
        id: "mfa-required-noninteractive",
        severity: Severity::Error,
        en: Text {
            title: "A sign-in that nobody can answer asks for MFA",
            summary: "{detail}{concerned} The network to the sign-in service works.",
            why: "{why}",
            steps: &[
                READ_SIGN_IN_LOG,
                Step {
                    who: IdentityAdmin,
                    text: "Exclude the sync account, or the role Directory Synchronization Accounts, from every policy that asks for MFA, terms of use or registration, and from per-user MFA.",
                    command: None,
                    verify: Some("The next sign-in of the sync account shows as success in the sign-in log."),
                },
                Step {
                    who: ServerAdmin,
                    text: "If it was your own administrator in the wizard, start the wizard with its interactive switch and answer the prompt.",
                    command: Some(
                        "\"C:\\Program Files\\Microsoft Azure Active Directory Connect\\AzureADConnect.exe\" /InteractiveAuth",
                    ),
                    verify: None,
                },
                Step {
                    who: ServerAdmin,
                    text: "Register the agent without the parameter Credential and answer the second factor in its window; or use an administrator who is not asked for one during the registration.",
                    command: None,
                    verify: Some("The registration ends with success, and the agent shows as active."),
                },
                RUN_SYNC_AGAIN,
            ],
        },
        explains: &["wrong-credentials"],
        source: "ADSync event 6900; Learn, reference-error-codes: AADSTS50076, AADSTS50079; stored credentials and MFA: RegisterConnector.ps1 notes of the field; for the health agent by analogy (uncertain)",
        check: mfa_required,
        example: &[(
            "events.txt",
            "Log Name: Application\nSource: ADSync\nEvent ID: 6900\nLevel: Error\nDescription:\nThe server encountered an unexpected error while processing a password change notification: \"The ADSync service is not allowed to interact with the desktop to authenticate Sync_AADC01_0a1b2c3d4e5f@contoso.onmicrosoft.com. This error may occur if multifactor or other interactive authentication policies are accidentally enabled for the synchronization account.\"\n",
        )],
        counter_example: &[("mail.txt", "authentication_canceled: User canceled authentication.\n")],
    },
    Rule {
        id: "mfa-challenge-cancelled",
        severity: Severity::Error,
        en: Text {
            title: "The sign-in window was closed before it was finished",
            summary: "The sign-in library reports that the prompt was cancelled.",
            why: "Without an answer to the prompt there is no token. People also close the window because it stays empty or shows a script error; then the host that serves the page is blocked, and that is the real cause.",
            steps: &[
                Step {
                    who: ServerAdmin,
                    text: "Repeat the sign-in and answer the prompt. Look behind other windows for it.",
                    command: None,
                    verify: Some("The wizard goes on to the next page."),
                },
                Step {
                    who: NetworkTeam,
                    text: "If the window was empty or showed a script error, open the hosts that serve the sign-in page (in this cloud the content hosts beside {sign_in_url}) for the signed-in user's browser settings.",
                    command: None,
                    verify: None,
                },
            ],
        },
        explains: &[],
        source: "tshoot-connect-connectivity: Authentication canceled",
        check: |facts| from_errors(facts, "mfa-challenge-cancelled"),
        example: &[("mail.txt", "Entra Connect wizard: authentication_canceled: User canceled authentication.\n")],
        counter_example: &[(
            "mail.txt",
            "Entra Connect wizard: AADSTS50076: you must use multi-factor authentication.\n",
        )],
    },
    Rule {
        id: "conditional-access-blocked",
        severity: Severity::Error,
        en: Text {
            title: "A Conditional Access policy blocks the sign-in",
            summary: "The sign-in service answered: {detail} The network to the sign-in service works; no firewall rule helps.",
            why: "The policy refuses the token, so every later step fails. The sync account cannot meet conditions such as a compliant device or a person at the keyboard.",
            steps: &[
                Step {
                    who: IdentityAdmin,
                    text: "Open the failed sign-in in the sign-in log of the tenant and read the tab Conditional Access: it names the policy that failed.",
                    command: None,
                    verify: None,
                },
                Step {
                    who: IdentityAdmin,
                    text: "Exclude the sync account, or the role Directory Synchronization Accounts, from that policy. Limit the sign-in of this account to the outgoing address of the server instead.",
                    command: None,
                    verify: Some("The policy shows as not applied for the next sign-in of the account."),
                },
                RUN_SYNC_AGAIN,
            ],
        },
        explains: &["mfa-required-noninteractive", "wrong-credentials"],
        source: "Learn, reference-error-codes: AADSTS53003; events 904 and 906",
        check: |facts| from_errors(facts, "conditional-access-blocked"),
        example: &[(
            "events.txt",
            "Log Name: Application\nSource: Directory Synchronization\nEvent ID: 904\nLevel: Error\nDescription:\nAADSTS53003: Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.\n",
        )],
        counter_example: &[("mail.txt", "Entra Connect wizard: AADSTS500021: Access to 'Contoso' tenant is denied.\n")],
    },
    Rule {
        id: "tenant-restrictions-blocked",
        severity: Severity::Error,
        en: Text {
            title: "Tenant restrictions of the proxy refuse this tenant",
            summary: "The sign-in service answered: {detail} A device on the way adds a header that lists the tenants which are allowed.",
            why: "The header is added by a proxy that opens TLS. The sign-in service obeys it and refuses every tenant that the list lacks. Entra Connect does not support TLS inspection on these hosts in the first place.",
            steps: &[
                Step {
                    who: NetworkTeam,
                    text: "Add the tenant to the list of allowed tenants in the header that the proxy inserts, or leave the requests of this server without the header.",
                    command: None,
                    verify: None,
                },
                Step {
                    who: NetworkTeam,
                    text: "Exempt the Entra Connect server, or the sign-in and sync hosts, from TLS inspection.",
                    command: None,
                    verify: Some(
                        "The certificate of {sign_in_url} on this server is issued by a public authority, not by the proxy.",
                    ),
                },
                RUN_WIZARD_AGAIN,
            ],
        },
        explains: &[],
        source: "Learn, reference-error-codes: AADSTS500021, AADSTS50002",
        check: |facts| from_errors(facts, "tenant-restrictions-blocked"),
        example: &[(
            "mail.txt",
            "Entra Connect wizard: AADSTS500021: Access to 'Contoso' tenant is denied. Trace ID: 00000000-0000-0000-0000-000000000003\n",
        )],
        counter_example: &[(
            "mail.txt",
            "Entra Connect wizard: AADSTS53003: Access has been blocked by Conditional Access policies.\n",
        )],
    },
    Rule {
        id: "authorization-failure",
        severity: Severity::Error,
        en: Text {
            title: "The account may not administer the directory",
            summary: "Sign-in succeeded, but the directory refused the action: {detail}",
            why: "The wizard needs an account with the role Hybrid Identity Administrator or Global Administrator. A role that the account only gets through a group does not count.",
            steps: &[
                Step {
                    who: IdentityAdmin,
                    text: "Assign the role Hybrid Identity Administrator directly to the account, not through a group.",
                    command: None,
                    verify: Some("The list of active role assignments of the account shows the role as direct."),
                },
                Step {
                    who: IdentityAdmin,
                    text: "If the role is only eligible in Privileged Identity Management, activate it first.",
                    command: None,
                    verify: None,
                },
                RUN_WIZARD_AGAIN,
            ],
        },
        explains: &["company-information-unavailable", "domain-information-unavailable"],
        source: "tshoot-connect-connectivity: Authorization failure",
        check: |facts| from_errors(facts, "authorization-failure"),
        example: &[(
            "trace-20260302-091500.log",
            "[09:15:01.100] [  1] [INFO ] Application Version: 2.5.190.0\n[09:15:20.300] [ 14] [ERROR] AzureTenantPage: connection failed, reason AuthorizationFailure\n",
        )],
        counter_example: &[(
            "mail.txt",
            "The help link of the wizard was tshoot-connect-connectivity#privileged-identity-management\n",
        )],
    },
    Rule {
        id: "pim-role-not-active",
        severity: Severity::Error,
        en: Text {
            title: "The administrator role is eligible, but not active",
            summary: "Sign-in succeeded. The wizard stopped because Privileged Identity Management holds the role back.",
            why: "An eligible role gives no rights until it is activated. The wizard checks the active roles of the account and finds none that is enough.",
            steps: &[
                Step {
                    who: IdentityAdmin,
                    text: "Activate the role Hybrid Identity Administrator for the account in Privileged Identity Management, for long enough to finish the wizard.",
                    command: None,
                    verify: Some("The active assignments of the account list the role."),
                },
                Step {
                    who: IdentityAdmin,
                    text: "Wait some minutes until the activation is known everywhere.",
                    command: None,
                    verify: None,
                },
                RUN_WIZARD_AGAIN,
            ],
        },
        explains: &["authorization-failure", "company-information-unavailable", "domain-information-unavailable"],
        source: "tshoot-connect-connectivity: Privileged Identity Management enabled",
        check: |facts| from_errors(facts, "pim-role-not-active"),
        example: &[(
            "mail.txt",
            "The wizard accepts password and MFA and then stops. Learn more opens\nhttps://learn.microsoft.com/entra/identity/hybrid/connect/tshoot-connect-connectivity#privileged-identity-management\n",
        )],
        counter_example: &[(
            "mail.txt",
            "The wizard stops. Learn more opens\nhttps://learn.microsoft.com/entra/identity/hybrid/connect/tshoot-connect-connectivity#get-msoluserrole-failed\n",
        )],
    },
    Rule {
        id: "msonline-connect-failed",
        severity: Severity::Error,
        en: Text {
            title: "The MSOnline step of the wizard failed",
            summary: "Sign-in itself is a step before this one. {detail}",
            why: "Releases before 2.4.18.0 go on through the MSOnline module and provisioningapi. The host may be blocked, the name may not have the form name@domain, or the retired module may no longer be served (spring 2025).",
            steps: &[
                Step {
                    who: ServerAdmin,
                    text: "Type the account as name@domain, not as DOMAIN\\name.",
                    command: None,
                    verify: None,
                },
                Step {
                    who: ServerAdmin,
                    text: "If the release is older than 2.4.18.0, upgrade: newer ones use Microsoft Graph and need graph.microsoft.com or its counterpart in this cloud.",
                    command: None,
                    verify: Some("The trace no longer mentions AAD PowerShell."),
                },
                Step {
                    who: NetworkTeam,
                    text: "If the release must stay, open provisioningapi and the regional relay host it names, without TLS inspection.",
                    command: None,
                    verify: Some("The proxy log shows both hosts with an opened tunnel."),
                },
            ],
        },
        explains: &["company-information-unavailable", "domain-information-unavailable"],
        source: "tshoot-connect-connectivity: Connect to MSOnline failed",
        check: |facts| from_errors(facts, "msonline-connect-failed"),
        example: &[(
            "mail.txt",
            "Entra Connect wizard. Learn more opens tshoot-connect-connectivity#connect-msolservice-failed\n",
        )],
        counter_example: &[(
            "trace-20260302-093000.log",
            "[09:30:01.100] [  1] [INFO ] Application Version: 2.1.20.0\n[09:30:20.300] [ 14] [INFO ] AzureTenantPage: successfully connected to Azure via AAD PowerShell.\n",
        )],
    },
    Rule {
        id: "company-information-unavailable",
        severity: Severity::Error,
        en: Text {
            title: "The company information could not be read",
            summary: "Sign-in succeeded, but the call for the company information failed.",
            why: "The wizard reads the tenant before it goes on. The call fails when the host of the directory (provisioningapi before 2.4.18.0, Microsoft Graph later) is blocked, or when the account lacks the role.",
            steps: &[
                Step {
                    who: NetworkTeam,
                    text: "Look for refused requests of this server to provisioningapi, its relay host and Microsoft Graph at the time of the error, and open them.",
                    command: None,
                    verify: Some("The proxy log shows these hosts with an opened tunnel."),
                },
                Step {
                    who: IdentityAdmin,
                    text: "Check that the account has the role Hybrid Identity Administrator, active and assigned directly.",
                    command: None,
                    verify: None,
                },
                RUN_WIZARD_AGAIN,
            ],
        },
        explains: &["domain-information-unavailable"],
        source: "tshoot-connect-connectivity: Company information unavailable",
        check: |facts| from_errors(facts, "company-information-unavailable"),
        example: &[(
            "mail.txt",
            "Entra Connect wizard. Learn more opens tshoot-connect-connectivity#get-msolcompanyinformation-failed\n",
        )],
        counter_example: &[(
            "trace-20260302-094500.log",
            "[09:45:01.100] [  1] [INFO ] Application Version: 2.1.20.0\n[09:45:20.300] [ 14] [INFO ] Successfully retrieved company information for tenant 00000000-0000-0000-0000-000000000004.\n",
        )],
    },
    Rule {
        id: "domain-information-unavailable",
        severity: Severity::Error,
        en: Text {
            title: "The list of domains could not be read",
            summary: "Sign-in succeeded, but the call for the domains of the tenant failed.",
            why: "The wizard compares the domains of the tenant with the forest. The call fails when the host of the directory (provisioningapi before 2.4.18.0, Microsoft Graph later) is blocked, or when the account lacks the role.",
            steps: &[
                Step {
                    who: NetworkTeam,
                    text: "Look for refused requests of this server to provisioningapi, its relay host and Microsoft Graph at the time of the error, and open them.",
                    command: None,
                    verify: Some("The proxy log shows these hosts with an opened tunnel."),
                },
                Step {
                    who: IdentityAdmin,
                    text: "Check that the account has the role Hybrid Identity Administrator, active and assigned directly.",
                    command: None,
                    verify: None,
                },
                RUN_WIZARD_AGAIN,
            ],
        },
        explains: &[],
        source: "tshoot-connect-connectivity: Domain information unavailable",
        check: |facts| from_errors(facts, "domain-information-unavailable"),
        example: &[(
            "mail.txt",
            "Entra Connect wizard. Learn more opens tshoot-connect-connectivity#get-msoldomain-failed\n",
        )],
        counter_example: &[(
            "trace-20260302-100000.log",
            "[10:00:01.100] [  1] [INFO ] Application Version: 2.1.20.0\n[10:00:20.300] [ 14] [INFO ] Successfully retrieved 3 domains from the tenant.\n",
        )],
    },
    Rule {
        id: "unspecified-authentication-failure",
        severity: Severity::Error,
        en: Text {
            title: "The sign-in failed for a reason that is not classified",
            summary: "{detail}",
            why: "Without a token nothing else works. {why}",
            steps: &[
                Step {
                    who: ServerAdmin,
                    text: "If the answer above names no other reason, make sure that the account is a work or school account of the tenant, best one that ends in .{tenant_suffix}.",
                    command: None,
                    verify: Some("The account signs in at {sign_in_url} on another computer."),
                },
                Step {
                    who: ServerAdmin,
                    text: "Open the newest trace and read the lines after \"Exception Data (Raw)\"; the text behind the last ---> is the cause. Add that trace here.",
                    command: Some(
                        "Get-ChildItem C:\\ProgramData\\AADConnect\\trace-*.log | Sort-Object LastWriteTime | Select-Object -Last 1",
                    ),
                    verify: None,
                },
                READ_SIGN_IN_LOG,
            ],
        },
        explains: &[],
        source: "tshoot-connect-connectivity: Unspecified authentication failure",
        check: unspecified,
        example: &[(
            "mail.txt",
            "Entra Connect, page Connect to Azure AD: AADSTS80001: Unable to connect to Active Directory.\n",
        )],
        counter_example: &[(
            "mail.txt",
            "An unexpected error has occurred. The trace says AADSTS50126: Error validating credentials due to invalid username or password.\n",
        )],
    },
    Rule {
        id: "federation-service-unreachable",
        severity: Severity::Error,
        en: Text {
            title: "The organisation's own federation service gives no usable answer",
            summary: "The account is federated: {detail}",
            why: "For a federated account the password goes to the organisation's own service (AD FS), not to Microsoft. If that host is unreachable, or a proxy answers in its place, the wizard cannot sign in.",
            steps: &[
                Step {
                    who: IdentityAdmin,
                    text: "Use a cloud-only administrator that ends in .{tenant_suffix}. It does not need the federation service.",
                    command: None,
                    verify: Some("The wizard signs in with that account."),
                },
                Step {
                    who: NetworkTeam,
                    text: "If a federated account must be used, let this server reach the federation service over TCP 443, and bypass the proxy for it if it is internal.",
                    command: None,
                    verify: Some(
                        "The metadata address of the federation service answers with XML on this server, not with an HTML page.",
                    ),
                },
            ],
        },
        explains: &["realm-discovery-failed"],
        source: "AzureAD MSAL .NET, MsalError.cs (WS-Trust codes)",
        check: federation_service_unreachable,
        example: &[(
            "mail.txt",
            "Entra Connect wizard: federated_service_returned_error: Federated service at https://sts.contoso.example/adfs/services/trust/13/usernamemixed returned error: the remote name could not be reached\n",
        )],
        counter_example: &[("mail.txt", "Entra Connect wizard: unknown_user_type: Unsupported User Type 'Unknown'.\n")],
    },
    Rule {
        id: "wrong-cloud-instance",
        severity: Severity::Error,
        en: Text {
            title: "The tenant was asked for in the wrong cloud",
            summary: "{detail} The network to that sign-in service is not the cause.",
            why: "Each national cloud has its own sign-in hosts and knows only its own tenants. The wizard picks the cloud from the domain of the user name or from a registry value; a wrong pick ends here.",
            steps: &[
                Step {
                    who: IdentityAdmin,
                    text: "Find out in which cloud the tenant lives, and check that the domain of the user name is registered there.",
                    command: None,
                    verify: Some("The account signs in at {sign_in_url} if that is the right cloud."),
                },
                Step {
                    who: ServerAdmin,
                    text: "Look for a forced cloud in the registry of this server and remove it if it does not fit. The value 4 means US Government; the value for 21Vianet is not documented.",
                    command: Some(
                        "Get-ItemProperty 'HKLM:\\SOFTWARE\\Microsoft\\Azure AD Connect' -Name AzureInstance -ErrorAction SilentlyContinue",
                    ),
                    verify: None,
                },
                Step {
                    who: ServerAdmin,
                    text: "Use release 2.6.84.0 or later, which mends how 21Vianet is recognised, and an account with the suffix of the cloud (.{tenant_suffix} here).",
                    command: None,
                    verify: Some("The trace says that the user name was resolved to the right instance."),
                },
            ],
        },
        explains: &["user-not-found", "unspecified-authentication-failure"],
        source: "Learn, reference-error-codes: AADSTS90002, AADSTS90038, AADSTS50049; reference-connect-instances",
        check: super::product::wrong_cloud_instance,
        example: &[(
            "mail.txt",
            "Entra Connect wizard: AADSTS90038: Tenant 'contoso.partner.onmschina.cn' request is being redirected to the National Cloud 'MicrosoftOnline.cn'.\n",
        )],
        counter_example: &[(
            "mail.txt",
            "Entra Connect wizard: AADSTS50034: The user account does not exist in the directory.\n",
        )],
    },
    Rule {
        id: "application-credential-expired",
        severity: Severity::Error,
        en: Text {
            title: "The certificate or secret of the sync application is no longer accepted",
            summary: "The sign-in service answered: {detail} The network to the sign-in service works.",
            why: "Releases from 2.5.76.0 on sign in as an application with a certificate unless that was switched off. When it expires, or the registration does not hold it any more, every sync fails and it looks like an outage.",
            steps: &[
                Step {
                    who: ServerAdmin,
                    text: "Look for events 1011 and 1012 of the source ADSync: they warn about the certificate and report its end.",
                    command: Some(
                        "Get-WinEvent -FilterHashtable @{LogName='Application'; ProviderName='ADSync'; Id=1011,1012} -MaxEvents 5",
                    ),
                    verify: None,
                },
                Step {
                    who: ServerAdmin,
                    text: "Rotate the certificate in the wizard, under the settings of the application-based sign-in.",
                    command: None,
                    verify: Some("The application registration shows the new certificate with a date in the future."),
                },
                Step {
                    who: IdentityAdmin,
                    text: "Check that the application registration exists, is enabled and holds this certificate.",
                    command: None,
                    verify: None,
                },
                RUN_SYNC_AGAIN,
            ],
        },
        explains: &[],
        source: "Learn, authenticate-application-id; reference-error-codes: AADSTS700027, AADSTS7000222",
        check: |facts| from_errors(facts, "application-credential-expired"),
        example: &[(
            "events.txt",
            "Log Name: Application\nSource: Directory Synchronization\nEvent ID: 906\nLevel: Error\nDescription:\nGetSecurityToken: unable to retrieve a security token. AADSTS700027: The certificate with identifier used to sign the client assertion is expired on application.\n",
        )],
        counter_example: &[(
            "mail.txt",
            "Entra Connect: AADSTS700016: Application with identifier '00000000-0000-0000-0000-000000000005' was not found in the directory.\n",
        )],
    },
];

/// Numbers that are normal steps of a sign-in and report no failure.
const NORMAL_STEPS: &[&str] = &["aadsts-50058", "aadsts-50140", "aadsts-50199"];

/// An access that was denied without a number speaks of the sync account, but does not say what is wrong with it.
fn wrong_credentials(facts: &Facts) -> Option<Finding> {
    if let Some(found) = from_errors(facts, "wrong-credentials") {
        let codes_only = supporting(facts, "wrong-credentials").iter().all(|hit| hit.entry.id == "msal-invalid-grant");
        return Some(if codes_only { Finding { confidence: Confidence::Likely, ..found } } else { found });
    }
    let denied = with_ids(facts, &["sync-access-denied"]);
    let named = facts.errors().any(|hit| hit.entry.layer == Layer::Service && hit.entry.diagnosis.is_some());
    if named {
        return None;
    }
    finding(facts, &denied).map(|found| Finding { confidence: Confidence::Possible, ..found })
}

/// The same number is used for personal accounts; the text beside it then says so.
fn user_not_found(facts: &Facts) -> Option<Finding> {
    let hits: Vec<_> = supporting(facts, "user-not-found")
        .into_iter()
        .filter(|hit| {
            let foreign = matches!(hit.entry.id, "aadsts-50020" | "aadsts-16000");
            !(foreign
                && stands_beside(facts, hit, &["aadsts-personal-provider", "aadsts-500200", "msal-personal-account"]))
        })
        .collect();
    finding(facts, &hits)
}

/// The code is a wrapper: where the text behind it was pasted too, that text is the better answer.
fn realm_discovery_failed(facts: &Facts) -> Option<Finding> {
    let hits = supporting(facts, "realm-discovery-failed");
    let deeper = facts
        .errors()
        .any(|other| other.entry.layer > Layer::Wrapper && hits.iter().any(|hit| same_file(facts, hit, other)));
    let found = finding(facts, &hits)?;
    Some(if deeper { Finding { confidence: Confidence::Possible, ..found } } else { found })
}

/// MSAL wraps every refused grant in the same exception, so the exception counts only where no code stands beside it.
/// For a person at the wizard the demand for MFA is a normal step and blocks nothing by itself.
fn mfa_required(facts: &Facts) -> Option<Finding> {
    let hits: Vec<_> = supporting(facts, "mfa-required-noninteractive")
        .into_iter()
        .filter(|hit| {
            let wrapper = hit.entry.id == "msal-ui-required-exception";
            !(wrapper && stands_beside(facts, hit, &["msal-invalid-grant", "wizard-password-not-verified"]))
        })
        .collect();
    let only_wrapper = hits.iter().all(|hit| hit.entry.id == "msal-ui-required-exception");
    let found = finding(facts, &hits)?;
    let found = if only_wrapper { Finding { confidence: Confidence::Possible, ..found } } else { found };
    // Only an account that the text names is worth a sentence.
    let named = found.args.iter().find(|(name, value)| *name == "account" && value != "the account");
    let concerned = named.map(|(_, account)| format!(" It concerns {account}.")).unwrap_or_default();
    let found = found.arg("concerned", concerned);
    Some(match found.context {
        Context::SyncServiceAccount => found.arg("why", SYNC_ACCOUNT).skip([OF_WIZARD, OF_AGENT]),
        _ if registers_agent(facts, found.primary.span) => {
            found.arg("why", AGENT).skip([OF_SYNC_ACCOUNT, OF_WIZARD, OF_SYNC])
        }
        Context::SignedInUser => {
            found.severity(Severity::Warning).arg("why", ADMINISTRATOR).skip([OF_SYNC_ACCOUNT, OF_AGENT, OF_SYNC])
        }
        Context::BrowserWindow => found.arg("why", ADMINISTRATOR).skip([OF_SYNC_ACCOUNT, OF_AGENT, OF_SYNC]),
        Context::Any => found.arg("why", ANY_ACCOUNT).skip([OF_AGENT]),
    })
}

/// Steps of `mfa-required-noninteractive` that concern one account only, by their place.
const OF_SYNC_ACCOUNT: usize = 1;
const OF_WIZARD: usize = 2;
const OF_AGENT: usize = 3;
const OF_SYNC: usize = 4;

/// Why a second factor stops the sign-in, by whose sign-in it is.
const SYNC_ACCOUNT: &str = "The sync account signs in from a service without a desktop. It cannot answer MFA, accept \
                            terms of use or register a method, so each such policy stops every sync.";
const AGENT: &str = "An agent is being registered with the stored user name and password of an administrator. Nobody can \
                     answer a second factor in such a call. Synchronization and its account are not concerned.";
const ADMINISTRATOR: &str = "It is the sign-in of the person who runs the wizard: the second factor is asked for in the \
                             sign-in window, or has to be registered first. The sync account is not concerned.";
const ANY_ACCOUNT: &str = "A sign-in without a window cannot answer MFA, accept terms of use or register a method. Where \
                           it is the sync account, every sync stops; where it is your own administrator, the wizard needs \
                           its sign-in window.";

/// Whether an agent is being registered in the lines above this place.
fn registers_agent(facts: &Facts, place: Span) -> bool {
    const NEAR: usize = 1500;
    let above =
        |span: &Span| span.artifact == place.artifact && span.start <= place.start && place.start - span.start <= NEAR;
    facts.reports().flat_map(|text| &text.agent_registration).any(above)
}

/// A number that no other diagnosis speaks about, or the catch-all text with nothing behind it.
fn unspecified(facts: &Facts) -> Option<Finding> {
    const ANSWERED: &str =
        "The sign-in service itself gave this answer: proxy, firewall and DNS on the way to it are not the reason.";
    const BARE: &str = "The wizard shows such failures as an unexpected error; a personal Microsoft account is the most \
                        common reason, and the trace holds the real one.";
    let numbers: Vec<_> =
        facts.errors().filter(|hit| is_number(hit) && !NORMAL_STEPS.contains(&hit.entry.id)).collect();
    if numbers.iter().any(|hit| hit.entry.diagnosis.is_some()) {
        return None;
    }
    if !numbers.is_empty() {
        return finding(facts, &numbers).map(|found| found.arg("why", ANSWERED));
    }
    let bare: Vec<_> = supporting(facts, "unspecified-authentication-failure")
        .into_iter()
        .filter(|hit| !facts.errors().any(|other| other.entry.layer > Layer::Wrapper && same_file(facts, hit, other)))
        .collect();
    finding(facts, &bare).map(|found| Finding { confidence: Confidence::Possible, ..found }.arg("why", BARE))
}

/// A refusal that the federation service itself words is its usable answer.
fn federation_service_unreachable(facts: &Facts) -> Option<Finding> {
    let hits: Vec<&ErrorHit> = supporting(facts, "federation-service-unreachable")
        .into_iter()
        .filter(|hit| !stands_beside(facts, hit, &["msal-federation-refused-password"]))
        .collect();
    finding(facts, &hits)
}
