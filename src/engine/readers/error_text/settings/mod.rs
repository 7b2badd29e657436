//! Proxy settings that other layers of Windows print: `WinHTTP`, Internet Options, environment variables, PAC.
//!
//! One print (one `netsh`, one registry key, one account of `bitsadmin`) is one block; its values belong together.

mod bitsadmin;
mod connections;
mod default_proxy;
mod environment;
mod internet_options;
mod pac;
mod winhttp;

use crate::artifact::{Kind, Part, Span};

/// Who uses a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SettingLayer {
    /// `netsh winhttp`: revocation checks, Windows Update, the old sign-in assistant. Not the wizard.
    WinHttp,
    /// Internet Options of one account.
    InternetOptions,
    /// `http_proxy`, `https_proxy`: curl and newer .NET.
    Environment,
    /// What a PAC script returns for some hosts.
    PacScript,
    /// The proxy that .NET itself named when it was asked in PowerShell.
    DefaultProxy,
}

/// The account that a setting belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// Nothing says whose it is: in a paste mostly that of the person who took it.
    #[default]
    SignedIn,
    /// `NT SERVICE\ADSync`, the virtual account of the sync service.
    SyncService,
    /// The system account, also as the hive `.DEFAULT`.
    LocalSystem,
    /// `NT AUTHORITY\LOCAL SERVICE`.
    LocalService,
    /// `NT AUTHORITY\NETWORK SERVICE`.
    NetworkService,
    /// Another account, known by its SID only: a user or a group managed account.
    Other,
    /// The whole machine.
    Machine,
}

/// One value of a proxy setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxySetting {
    /// Who uses it.
    pub layer: SettingLayer,
    /// Whose it is.
    pub account: Account,
    /// What kind of value it is.
    pub field: SettingField,
    /// As printed; empty where the print says that there is none.
    pub value: String,
    /// Where.
    pub span: Span,
    /// Number of the print within its part.
    pub block: usize,
}

/// The kinds of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SettingField {
    /// The proxy, or a list `http=…;https=…`.
    Server,
    /// No proxy.
    Direct,
    /// Hosts that go around the proxy.
    Bypass,
    /// Address of a PAC script.
    Script,
    /// `ProxyEnable`: whether the server counts ("1" or "0", without `dword:` and `0x`).
    Enabled,
    /// Whether the proxy is looked for by auto-detection ("1" or "0").
    AutoDetect,
    /// `ProxySettingsPerUser`: "0" makes the settings of the machine count for every account.
    PerUser,
    /// A binary value that the print cuts off, so that it cannot be decoded.
    Unread,
}

/// What a reader of one kind of print found: the field, its value, and its place as offsets into the part.
type Found = (SettingField, String, std::ops::Range<usize>);

/// Collects the settings of a part, block by block.
struct Collector<'a> {
    part: &'a Part<'a>,
    found: Vec<ProxySetting>,
    blocks: usize,
}

impl Collector<'_> {
    fn block(&mut self, layer: SettingLayer, account: Account, values: impl IntoIterator<Item = Found>) {
        let block = self.blocks;
        let before = self.found.len();
        self.found.extend(values.into_iter().map(|(field, value, place)| ProxySetting {
            layer,
            account,
            field,
            value,
            span: self.part.span(place),
            block,
        }));
        self.blocks += usize::from(self.found.len() > before);
    }
}

/// Every setting in the part, in the order of the text. `kind` is what the layout says about the part.
pub fn settings(part: &Part, kind: Kind) -> Vec<ProxySetting> {
    let mut all = Collector { part, found: Vec::new(), blocks: 0 };
    // A trace of a hundred megabytes holds none of these: each reader looks at the lines only after its own words.
    let speaks_of = |words: &[&str]| words.iter().any(|word| part.text().contains(word));
    if speaks_of(&["WinHTTP", "winhttp", "WINHTTP", "ProxyBypass"]) {
        winhttp::read(part, &mut all);
    }
    if speaks_of(internet_options::NAMES) {
        internet_options::read(part, &mut all);
    }
    if speaks_of(&["Proxy usage", "PROXY USAGE", "proxy usage"]) {
        bitsadmin::read(part, &mut all);
    }
    if speaks_of(&["_proxy", "_PROXY", "_Proxy"]) {
        environment::read(part, &mut all);
    }
    default_proxy::read(part, &mut all);
    if kind == Kind::PacScript {
        pac::read(part, &mut all);
    }
    let mut found = all.found;
    found.sort_by_key(|setting| (setting.span.start, setting.block));
    found
}

/// The account whose hive a registry key lies in, and whether the key is one of the policies.
fn account_of_key(key: &str) -> Option<Account> {
    let key = key.trim_start_matches('[').trim_end_matches(']');
    let upper = key.to_ascii_uppercase();
    // Get-ItemProperty prints "Microsoft.PowerShell.Core\Registry::HKEY_…".
    let upper = upper.rsplit("::").next().unwrap_or(&upper).trim();
    let (hive, path) = upper.split_once('\\').map_or((upper, ""), |(hive, path)| (hive, path));
    match hive.trim_end_matches(':') {
        "HKEY_CURRENT_USER" | "HKCU" => Some(Account::SignedIn),
        "HKEY_LOCAL_MACHINE" | "HKLM" => Some(Account::Machine),
        "HKEY_USERS" | "HKU" => Some(account_of_sid(path.split('\\').next().unwrap_or(""))),
        _ => None,
    }
}

/// The account of a SID. The SID of a service account is a hash of the name of the service.
fn account_of_sid(sid: &str) -> Account {
    match sid {
        ".DEFAULT" | "S-1-5-18" => Account::LocalSystem,
        "S-1-5-19" => Account::LocalService,
        "S-1-5-20" => Account::NetworkService,
        "S-1-5-80-3245704983-3664226991-764670653-2504430226-901976451" => Account::SyncService,
        _ => Account::Other,
    }
}

#[cfg(test)]
mod tests;
