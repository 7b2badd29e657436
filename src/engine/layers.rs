//! Who reads which proxy: every layer of settings that the evidence shows, in one list.
//!
//! The wizard and the sync service are .NET Framework programs and read machine.config. Only where that names no
//! proxy do they fall back on the Internet Options of the account that runs them. `WinHTTP` and environment variables
//! serve other programs. Source: Microsoft Entra Connect prerequisites (Connectivity), Troubleshoot connectivity,
//! and the .NET reference source, `DefaultProxySection.cs`; read 2026-11.

mod trace;

pub use trace::{TraceView, trace_view};

use crate::artifact::Span;
use crate::facts::Facts;
use crate::host_port::host_port;
use crate::readers::error_text::Text;
use crate::readers::error_text::settings::{Account, ProxySetting, SettingField, SettingLayer};
use crate::readers::machine_config::{Config, Effective, WhichFile, address};

/// A place where a proxy can be set. Public ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LayerKind {
    /// machine.config of .NET 4, 64-bit.
    MachineConfig,
    /// `miiserver.exe.config`.
    ServiceConfig,
    /// `AzureADConnect.exe.config`.
    WizardConfig,
    /// A machine.config that Entra Connect does not read: 32-bit, or of .NET 2.
    OtherMachineConfig,
    /// What the wizard's trace printed about its own process.
    WizardTrace,
    /// What .NET answered when it was asked in PowerShell.
    DefaultProxy,
    /// Internet Options of an account.
    InternetOptions,
    /// `netsh winhttp`.
    WinHttp,
    /// `http_proxy`, `https_proxy`.
    Environment,
    /// A proxy script that was pasted.
    PacScript,
}

/// A program that reads a layer. Public ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reader {
    /// The wizard, under the signed-in user.
    Wizard,
    /// The sync service and the Configure page, under the service account.
    SyncService,
    /// Windows PowerShell 5.1, 64-bit, under whoever opened it.
    PowerShell,
    /// The embedded sign-in window, and browsers.
    BrowserWindow,
    /// Revocation checks, Windows Update, and the sign-in assistant of releases before 1.1.105.0.
    WinHttpServices,
    /// curl, PowerShell 7 and other programs on the newer .NET.
    NewerTools,
    /// Programs that have nothing to do with Entra Connect.
    OtherPrograms,
}

/// Whether the wizard and the sync service come to this layer at all. Public ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// They use it.
    Yes,
    /// They do not.
    No,
    /// Only if machine.config names no proxy, and the evidence does not show that.
    IfOpen,
}

/// What a layer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// This proxy; the port is 80 where none is written.
    Proxy {
        /// Lower case.
        host: String,
        /// The port.
        port: u16,
    },
    /// No proxy: straight out.
    Direct,
    /// A script decides; its address where it is known.
    Script(String),
    /// Auto-detection decides.
    AutoDetect,
    /// Nothing: the Internet Options of the account decide.
    Account,
    /// .NET refuses the file.
    Refused,
    /// The evidence does not show it.
    Unknown,
}

/// One layer of proxy settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Where the setting stands.
    pub kind: LayerKind,
    /// Whose it is; tells something for Internet Options only.
    pub account: Account,
    /// Who reads it.
    pub readers: Vec<Reader>,
    /// Whether it counts for Entra Connect.
    pub counts: Counts,
    /// What it says.
    pub says: Says,
    /// As written, where one value says it.
    pub written: String,
    /// What goes around the proxy, as written.
    pub bypass: String,
    /// The place that says it.
    pub span: Span,
}

/// Every layer that the evidence shows, those that Entra Connect reads first.
pub fn layers(facts: &Facts) -> Vec<Layer> {
    let mut layers: Vec<Layer> =
        facts.configs.iter().filter_map(|(artifact, config)| of_config(facts, *artifact, config)).collect();
    let reports: Vec<&Text> = facts.reports().collect();
    layers.extend(reports.iter().filter_map(|text| of_trace(text)));
    let open = leaves_open(&layers);
    for text in &reports {
        let mut rest = text.settings.as_slice();
        while let Some(first) = rest.first() {
            let length = rest.iter().take_while(|item| item.block == first.block && item.layer == first.layer).count();
            let (block, after) = rest.split_at(length.max(1));
            layers.extend(of_block(block, open));
            rest = after;
        }
    }
    layers.sort_by_key(|layer| (layer.kind, layer.account, layer.span));
    // The same said twice at different places is one layer: the plain and the binary value, two variables.
    layers.dedup_by(|later, first| {
        later.kind == first.kind
            && later.account == first.account
            && later.says == first.says
            && matches!(first.kind, LayerKind::InternetOptions | LayerKind::Environment | LayerKind::WinHttp)
    });
    layers
}

/// Whether .NET falls back on the Internet Options: what machine.config says about it, or the wizard's trace.
fn leaves_open(layers: &[Layer]) -> Counts {
    let says = |kind: LayerKind| layers.iter().filter(move |layer| layer.kind == kind).map(|layer| &layer.says);
    // What the process printed outranks a file that it may not have read.
    let said = says(LayerKind::WizardTrace).next_back().or_else(|| says(LayerKind::MachineConfig).next_back());
    match said {
        Some(Says::Account) => Counts::Yes,
        Some(Says::Unknown) | None => Counts::IfOpen,
        Some(_) => Counts::No,
    }
}

fn of_config(facts: &Facts, artifact: usize, config: &Config) -> Option<Layer> {
    use Reader::{OtherPrograms, PowerShell, SyncService, Wizard};
    let (kind, readers, counts) = match config.which {
        WhichFile::Miiserver => (LayerKind::ServiceConfig, vec![SyncService], Counts::Yes),
        WhichFile::Wizard => (LayerKind::WizardConfig, vec![Wizard], Counts::Yes),
        WhichFile::Machine32 | WhichFile::MachineV2 => (LayerKind::OtherMachineConfig, vec![OtherPrograms], Counts::No),
        which if which.is_of_another_program() => return None,
        _ => (LayerKind::MachineConfig, vec![Wizard, SyncService, PowerShell], Counts::Yes),
    };
    let is_own_file = matches!(kind, LayerKind::ServiceConfig | LayerKind::WizardConfig);
    // A program's own file without a section leaves everything to machine.config.
    if is_own_file && config.default_proxy.is_none() {
        return None;
    }
    let broken = config.xml_errors.iter().any(|error| error.certain);
    let says = match config.effective {
        _ if broken => Says::Refused,
        Effective::Refused => Says::Refused,
        Effective::Proxy => match config.proxy_endpoint() {
            Some((host, port)) => Says::Proxy { host: host.to_ascii_lowercase(), port },
            None => Says::Unknown,
        },
        Effective::Direct => Says::Direct,
        Effective::Script => match &config.script_location {
            Some(script) => Says::Script(script.text.clone()),
            None => Says::AutoDetect,
        },
        Effective::SystemSettings | Effective::StaticSystemProxy => Says::Account,
        Effective::NotShown => Says::Unknown,
    };
    let written = config.proxy_address.as_ref().or(config.script_location.as_ref());
    let span = written
        .map(|written| written.span)
        .or(config.proxy)
        .or(config.default_proxy)
        .unwrap_or_else(|| facts.head_of(artifact));
    let bypass: Vec<&str> = config.bypass.iter().map(|entry| entry.pattern.text.as_str()).collect();
    Some(Layer {
        kind,
        account: Account::default(),
        readers,
        counts,
        says,
        written: written.map(|written| written.text.clone()).unwrap_or_default(),
        bypass: bypass.join(" "),
        span,
    })
}

/// The wizard's own print.
fn of_trace(text: &Text) -> Option<Layer> {
    let view = TraceView::of(&text.proxy_print);
    Some(Layer {
        kind: LayerKind::WizardTrace,
        account: Account::default(),
        readers: vec![Reader::Wizard],
        counts: Counts::Yes,
        says: view.says()?,
        written: view.proxy().unwrap_or_default().to_owned(),
        bypass: String::new(),
        span: view.address.or(view.last)?.span,
    })
}

/// The values of one print.
fn of_block(block: &[ProxySetting], open: Counts) -> Option<Layer> {
    let first = block.first()?;
    let field = |field: SettingField| block.iter().find(|item| item.field == field);
    let is_on = |item: Option<&ProxySetting>| item.map(|item| item.value != "0");
    let server = field(SettingField::Server).filter(|_| is_on(field(SettingField::Enabled)) != Some(false));
    let script = field(SettingField::Script);
    let detect = field(SettingField::AutoDetect).filter(|item| item.value == "1");
    // .NET tries auto-detection and the script before the fixed proxy; a script names the layer best.
    let (says, from) = if first.layer == SettingLayer::PacScript {
        (Says::Script(String::new()), first)
    } else if let Some(script) = script {
        (Says::Script(script.value.clone()), script)
    } else if let Some(server) = server {
        (of_server(&server.value), server)
    } else if let Some(detect) = detect {
        (Says::AutoDetect, detect)
    } else if let Some(direct) = field(SettingField::Direct).or_else(|| field(SettingField::Enabled)) {
        (Says::Direct, direct)
    } else if let Some(unread) = field(SettingField::Unread) {
        (Says::Unknown, unread)
    } else {
        // A bypass list alone, or the policy about whose settings count.
        return None;
    };
    let (readers, counts) = readers(first.layer, first.account, open);
    Some(Layer {
        kind: kind_of(first.layer),
        account: first.account,
        readers,
        counts,
        says,
        written: from.value.clone(),
        bypass: field(SettingField::Bypass).map(|item| item.value.clone()).unwrap_or_default(),
        span: from.span,
    })
}

fn kind_of(layer: SettingLayer) -> LayerKind {
    match layer {
        SettingLayer::WinHttp => LayerKind::WinHttp,
        SettingLayer::InternetOptions => LayerKind::InternetOptions,
        SettingLayer::Environment => LayerKind::Environment,
        SettingLayer::PacScript => LayerKind::PacScript,
        SettingLayer::DefaultProxy => LayerKind::DefaultProxy,
    }
}

fn readers(layer: SettingLayer, account: Account, open: Counts) -> (Vec<Reader>, Counts) {
    use Reader::{BrowserWindow, NewerTools, OtherPrograms, PowerShell, SyncService, WinHttpServices, Wizard};
    match (layer, account) {
        (SettingLayer::WinHttp, _) => (vec![WinHttpServices], Counts::No),
        (SettingLayer::Environment, _) => (vec![NewerTools], Counts::No),
        (SettingLayer::DefaultProxy, _) => (vec![PowerShell], Counts::Yes),
        (SettingLayer::PacScript, _) => (Vec::new(), open),
        (SettingLayer::InternetOptions, Account::SignedIn) => (vec![BrowserWindow, Wizard, PowerShell], open),
        (SettingLayer::InternetOptions, Account::SyncService) => (vec![SyncService], open),
        (SettingLayer::InternetOptions, Account::Machine) => {
            (vec![BrowserWindow, Wizard, SyncService, PowerShell], open)
        }
        // Only its SID is known: it may be the managed account of the service, or any user.
        (SettingLayer::InternetOptions, Account::Other) => (Vec::new(), Counts::IfOpen),
        (SettingLayer::InternetOptions, _) => (vec![OtherPrograms], Counts::No),
    }
}

/// A server of the Internet Options, of `WinHTTP` or of a variable: one proxy, or a list by scheme, of which the one
/// for https counts. Without such an entry .NET goes straight out for https.
fn of_server(value: &str) -> Says {
    let value = value.trim();
    if !value.contains('=') {
        return proxy(value.split([' ', ';']).next().unwrap_or(value));
    }
    let entry = |entry: &str| {
        let (scheme, proxy) = entry.trim().split_once('=')?;
        scheme.trim().eq_ignore_ascii_case("https").then(|| proxy.trim().to_owned())
    };
    value.split([';', ' ']).find_map(entry).map_or(Says::Direct, |entry| proxy(&entry))
}

/// What a value says that may name a proxy.
fn proxy(written: &str) -> Says {
    address::endpoint(written).map_or(Says::Unknown, |(host, port)| Says::Proxy { host, port })
}

impl LayerKind {
    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::MachineConfig => "machine-config",
            Self::ServiceConfig => "service-config",
            Self::WizardConfig => "wizard-config",
            Self::OtherMachineConfig => "other-machine-config",
            Self::WizardTrace => "wizard-trace",
            Self::DefaultProxy => "default-proxy",
            Self::InternetOptions => "internet-options",
            Self::WinHttp => "winhttp",
            Self::Environment => "environment",
            Self::PacScript => "pac-script",
        }
    }
}

impl Reader {
    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Wizard => "wizard",
            Self::SyncService => "sync-service",
            Self::PowerShell => "powershell",
            Self::BrowserWindow => "browser-window",
            Self::WinHttpServices => "winhttp-services",
            Self::NewerTools => "newer-tools",
            Self::OtherPrograms => "other-programs",
        }
    }
}

impl Counts {
    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::IfOpen => "if-open",
        }
    }
}

impl Says {
    /// The public id.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Proxy { .. } => "proxy",
            Self::Direct => "direct",
            Self::Script(_) => "script",
            Self::AutoDetect => "auto-detect",
            Self::Account => "account",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
        }
    }

    /// `host:port`, IPv6 in brackets, or the address of the script, where there is one.
    pub fn value(&self) -> Option<String> {
        match self {
            Self::Proxy { host, port } => Some(host_port(host, port)),
            Self::Script(address) if !address.is_empty() => Some(address.clone()),
            _ => None,
        }
    }
}

/// The public id of an account.
pub fn account_id(account: Account) -> &'static str {
    match account {
        Account::SignedIn => "signed-in",
        Account::SyncService => "sync-service",
        Account::LocalSystem => "local-system",
        Account::LocalService => "local-service",
        Account::NetworkService => "network-service",
        Account::Other => "other",
        Account::Machine => "machine",
    }
}

#[cfg(test)]
mod tests;
