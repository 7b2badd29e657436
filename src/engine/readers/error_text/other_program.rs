//! Which errors another program has written: one that names itself, one that runs as a process of its own, or one on a
//! runtime that Entra Connect does not have. Such programs have proxy settings of their own, so what they met says
//! nothing about machine.config.
//!
//! Sources: Okta, Active Directory agent (OktaAgentService.exe.config); Google, error messages of Cloud Directory Sync
//! (Java); Microsoft, Azure Arc network requirements, troubleshoot private network connectors, Exchange Hybrid
//! Configuration Wizard (`InternetWebProxy`), AD FS and Azure MFA (adnotifications.windowsazure.com); read 2026-11.

/// Words that only somebody who speaks of Entra Connect, and of no other product, uses. Compared in lower case.
const ENTRA_CONNECT: &[&str] = &[
    "entra connect",
    "azure ad connect",
    "azureadconnect",
    "aad connect",
    "aadconnect",
    "adconnect",
    "adsync",
    "dirsync",
    "azure ad sync",
    "miiserver",
    "machine.config",
    "sync server",
    "sync-server",
    "sync wizard",
    "synchronization service manager",
    "provisioningservice",
    "adminwebservice",
    "provisioningapi",
];

/// What a program writes of itself into its logs and prints. Compared in lower case.
const NAMES: &[&str] = &[
    // The MFA adapter of AD FS and the NPS extension, which have settings of their own.
    "adnotifications.windowsazure",
    "strongauthenticationservice.auth",
    "adapter.azuremfa.sasconnector",
    "nps extension for azure mfa",
    "aadapplicationproxyconnector",
    "azcmagent",
    "azureconnectedmachineagent",
    "ccmexec",
    "cloudmanagementgateway",
    "google cloud directory sync",
    "guestconfiguration.azure.com",
    "his.arc.azure.com",
    "hybrid configuration wizard",
    "mdeclientanalyzer",
    "microsoft entra private network connector",
    "microsoftentraprivatenetworkconnector",
    "odjconnector",
    "intune connector for active directory",
    "okta ad agent",
    "owstimer.exe",
    "usersyncapp.",
    "veeambackup",
];

/// Parts of Windows and other products that write events of their own, by their source. Compared in lower case.
const SOURCES: &[&str] = &[
    "windowsupdate",
    "bits-client",
    "defender",
    "windows-sense",
    "printservice",
    "appx",
    "store-",
    "outlook",
    "onedrive",
    "backup",
    "applicationproxy",
    "private network",
    "privatenetwork",
    "windows-aad",
    "user device registration",
    "devicemanagement",
    "moderndeployment",
    "certificateservicesclient",
    "grouppolicy",
    "guestconfig",
    "azureconnectedmachine",
    "himds",
    "msexchange",
    "odjconnector",
];

/// What stands in the lines of an exception of a runtime other than .NET, or begins them.
const RUNTIMES: &[&str] = &[
    "java.io.",
    "java.net.",
    "javax.net.",
    ".java:",
    "(unknown source)",
    "traceback (most recent call last)",
    "requests.exceptions.",
    "urllib3.",
    "httpsconnectionpool(",
    "tunneling socket could not be established",
    "node:internal",
    "proxyconnect tcp:",
];

/// Programs that are Entra Connect, speak for it, or test its way. Compared in lower case.
pub const OWN_PROCESSES: &[&str] = &["azureadconnect", "miiserver", "powershell", "pwsh", "lsass"];

/// Programs whose log lines may be about Entra Connect as well.
const OWN_WRITERS: &[&str] = &["curl", "adsync", "directorysynctool", "svchost"];

/// Whether a text, in lower case, speaks of Entra Connect itself.
pub fn speaks_of_entra_connect(lower: &str) -> bool {
    ENTRA_CONNECT.iter().any(|word| lower.contains(word))
}

/// Whether a text, in lower case, is the log or print of another program that names itself.
pub fn is_named(lower: &str) -> bool {
    NAMES.iter().any(|name| lower.contains(name)) && !speaks_of_entra_connect(lower)
}

/// Whether the source of an event, in lower case, is about something else than Entra Connect and what it stands on.
pub fn is_other_source(source: &str) -> bool {
    SOURCES.iter().any(|name| source.contains(name))
}

/// Whether a line belongs to an exception of a runtime that Entra Connect does not have.
pub fn is_other_runtime(line: &str) -> bool {
    let lower = line.to_lowercase();
    RUNTIMES.iter().any(|mark| lower.contains(mark))
}

/// Whether a log's line names the process that wrote it, `w3wp.exe (0x1C54)` or `agent.exe[312]`, and it is another
/// one.
pub fn is_other_process(line: &str) -> bool {
    let lower = line.to_lowercase();
    lower.match_indices(".exe").any(|(at, extension)| {
        let behind = lower.get(at + extension.len()..).unwrap_or("").trim_start();
        let number = behind.strip_prefix(['(', '[']).is_some_and(|rest| {
            let rest = rest.trim_start_matches("pid").trim_start_matches([':', ' ']);
            rest.starts_with(|c: char| c.is_ascii_digit())
        });
        let name =
            lower.get(..at).unwrap_or("").rsplit(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_')));
        let name = name.into_iter().next().unwrap_or("");
        number && !name.is_empty() && !OWN_PROCESSES.iter().chain(OWN_WRITERS).any(|own| name.contains(own))
    })
}

#[cfg(test)]
mod tests {
    use super::super::read_as;
    use crate::artifact::Kind;

    const REFUSED: &str = "The remote server returned an error: (407) Proxy Authentication Required.";

    #[test]
    fn the_log_of_a_program_that_names_itself_is_none_of_entra_connect() {
        for text in [
            format!("2026.03.11 09:45:40 *ERROR* Hybrid Configuration Wizard: {REFUSED}"),
            format!("03/03/2026 10:10:42.90\tOWSTIMER.EXE (0x0F28)\tHybrid\tHigh\t{REFUSED}"),
            format!("10:10:42 [4] backupagent.exe[312] upload failed: {REFUSED}"),
            "java.io.IOException: Unable to tunnel through proxy. Proxy returns \"HTTP/1.1 407 Proxy Authentication Required\"\n\tat sun.net.www.protocol.http.HttpURLConnection.doTunneling(HttpURLConnection.java:2142)".to_owned(),
            "requests.exceptions.ProxyError: HTTPSConnectionPool(host='pypi.example', port=443): Tunnel connection failed: 407 Proxy Authentication Required".to_owned(),
        ] {
            let found = read_as(&text, Kind::ErrorText);
            assert!(!found.errors.is_empty(), "{text}");
            assert!(found.unrelated && found.errors.iter().all(|hit| hit.foreign), "{text}");
        }
    }

    #[test]
    fn whoever_speaks_of_entra_connect_beside_another_program_reports() {
        for text in [
            format!("After the Hybrid Configuration Wizard ran, Azure AD Connect says {REFUSED}"),
            format!("Azure Arc (azcmagent) works on the same host. ADSync: {REFUSED}"),
            format!("AzureADConnect.exe (0x1f4): {REFUSED}"),
            format!("the wizard says {REFUSED}\nwe run it on a server with an Exchange"),
        ] {
            let found = read_as(&text, Kind::ErrorText);
            assert!(!found.unrelated && found.errors.iter().any(|hit| !hit.foreign), "{text}");
        }
    }

    #[test]
    fn an_event_of_another_agent_is_foreign_although_it_calls_azure() {
        let event = |source: &str, more: &str| {
            format!(
                "Log Name: Admin\nSource: {source}\nEvent ID: 12020\nDescription:\nhttps://login.microsoftonline.com {REFUSED} {more}\n\n"
            )
        };
        let connector = read_as(&event("Microsoft-AadApplicationProxy-Connector", ""), Kind::EventLog);
        assert!(connector.unrelated && connector.errors.iter().all(|hit| hit.foreign));
        let both = event("Microsoft-Windows-SENSE", "") + &event("ADSync", "");
        let both = read_as(&both, Kind::EventLog);
        assert_eq!(both.errors.iter().map(|hit| hit.foreign).collect::<Vec<_>>(), [true, false]);
        assert!(!both.unrelated);
    }
}
