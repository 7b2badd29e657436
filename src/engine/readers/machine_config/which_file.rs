//! Which configuration file a part is: the file that Entra Connect reads, another copy of it, or an application's.

use crate::artifact::{Part, Span};
use memchr::memmem;

/// Which file this is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhichFile {
    /// machine.config; nothing speaks against the copy that Entra Connect reads.
    #[default]
    Machine,
    /// machine.config of 32-bit programs: `Framework` in place of `Framework64`.
    Machine32,
    /// machine.config of .NET 2.0 to 3.5: `v2.0.50727`.
    MachineV2,
    /// The sync engine's own file.
    Miiserver,
    /// The wizard's own file.
    Wizard,
    /// The own file of an agent beside Entra Connect: pass-through authentication, cloud sync, private network
    /// connector, Connect Health.
    Agent,
    /// The own file of Windows PowerShell: it decides what a test in PowerShell shows.
    PowerShell,
    /// A web.config: of a web site, or of the .NET folder itself.
    Web,
    /// Another program's own file.
    OtherApp,
    /// A copy that somebody kept beside the file itself: no program reads it.
    Backup,
}

/// How it is known which file this is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// Nothing tells it: a piece of XML that any configuration may hold.
    #[default]
    Assumed,
    /// By what stands in it. A machine.config of 32-bit programs reads just like that of 64-bit ones.
    Content,
    /// By its name without a folder: for a machine.config, the copy is not known.
    Name,
    /// By a path that names the folder too, or by a name that only one file has.
    Path,
}

impl WhichFile {
    /// Whether it is a machine.config, of any copy.
    pub fn is_machine(self) -> bool {
        matches!(self, Self::Machine | Self::Machine32 | Self::MachineV2)
    }

    /// Whether some program reads it: a copy that an editor or an administrator left beside it says nothing of what is
    /// in effect.
    pub fn is_read(self) -> bool {
        self != Self::Backup
    }

    /// Whether it serves a program that has nothing to do with sync: neither the wizard nor the service reads it.
    pub fn is_of_another_program(self) -> bool {
        matches!(self, Self::Agent | Self::PowerShell | Self::Web | Self::OtherApp | Self::Backup)
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Machine => "machine.config",
            Self::Machine32 => "the 32-bit machine.config (Framework)",
            Self::MachineV2 => "the machine.config of .NET 2.0 (v2.0.50727)",
            Self::Miiserver => "miiserver.exe.config",
            Self::Wizard => "AzureADConnect.exe.config",
            Self::Agent => "an agent's own .config",
            Self::PowerShell => "powershell.exe.config",
            Self::Web => "a web.config",
            Self::OtherApp => "another program's .config",
            Self::Backup => "a backup copy of machine.config",
        }
    }

    /// Its name in the file system, as far as it is one.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Machine | Self::Machine32 | Self::MachineV2 | Self::Backup => "machine.config",
            Self::Miiserver => "miiserver.exe.config",
            Self::Wizard => "AzureADConnect.exe.config",
            Self::PowerShell => "powershell.exe.config",
            Self::Web => "web.config",
            Self::Agent | Self::OtherApp => ".config",
        }
    }

    /// Its full path on a server that was set up in the usual folders.
    pub fn usual_path(self) -> Option<&'static str> {
        Some(match self {
            Self::Machine => r"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\Config\machine.config",
            Self::Machine32 => r"C:\Windows\Microsoft.NET\Framework\v4.0.30319\Config\machine.config",
            Self::MachineV2 => r"C:\Windows\Microsoft.NET\Framework64\v2.0.50727\CONFIG\machine.config",
            Self::Miiserver => r"C:\Program Files\Microsoft Azure AD Sync\Bin\miiserver.exe.config",
            Self::Wizard => r"C:\Program Files\Microsoft Azure Active Directory Connect\AzureADConnect.exe.config",
            Self::PowerShell => r"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe.config",
            Self::Agent | Self::Web | Self::OtherApp | Self::Backup => return None,
        })
    }
}

/// Which file a part is, how that is known, and the place of the path or name above the block that told it.
pub struct Told {
    /// Which file.
    pub which: WhichFile,
    /// How that is known.
    pub known: Known,
    /// The path or name above the block.
    pub by: Option<Span>,
}

/// Which file a part is: by the file's name, by a path or name in the lines above, by content. `text` is its text
/// without the dirt of a paste.
pub fn which_file(part: &Part, text: &str) -> Told {
    let named = name_of_file(&part.source.name);
    let by_content = content(text);
    // The older copies have the same name; what they declare tells them apart.
    if by_content == Some(WhichFile::MachineV2) && matches!(named, Some(WhichFile::Machine) | None) {
        return Told { which: WhichFile::MachineV2, known: Known::Content, by: None };
    }
    if let Some(which) = named {
        return Told { which, known: known(which, &part.source.name), by: None };
    }
    if let Some((which, by, path)) = hint_above(part) {
        return Told { which, known: known(which, &path), by: Some(by) };
    }
    match by_content {
        Some(which) => Told { which, known: Known::Content, by: None },
        None => Told { which: WhichFile::Machine, known: Known::Assumed, by: None },
    }
}

/// How much a path or a name says. There is one miiserver.exe.config, but a machine.config in several folders.
fn known(which: WhichFile, path: &str) -> Known {
    let path = path.to_ascii_lowercase();
    let has_folder = path.contains("framework") || path.contains("v2.0.50727") || which == WhichFile::Machine32;
    let is_only_one = !which.is_machine() && !matches!(which, WhichFile::Web | WhichFile::OtherApp);
    if has_folder || is_only_one { Known::Path } else { Known::Name }
}

/// Which file it is by what stands in it.
fn content(text: &str) -> Option<WhichFile> {
    /// What programs other than .NET itself have in their files.
    const APP: [&str; 5] =
        ["<supportedRuntime", "<assemblyBinding", "<applicationSettings", "name=\"clientSettings\"", "<userSettings"];
    let has = |sign: &str| memmem::find(text.as_bytes(), sign.as_bytes()).is_some();
    // Only a machine.config declares the sections that all programs share.
    if has("NetSectionGroup") || has("name=\"defaultProxy\"") {
        let old = has("System, Version=2.0.0.0") && !has("Version=4.0.0.0");
        return Some(if old { WhichFile::MachineV2 } else { WhichFile::Machine });
    }
    // The extensions of the sync engine are bound in its own file.
    if has("\"Microsoft.MetadirectoryServicesEx\"") {
        return Some(WhichFile::Miiserver);
    }
    if has("<system.web>") && (has("<system.webServer") || has("<compilation") || has("<httpRuntime")) {
        return Some(WhichFile::Web);
    }
    APP.iter().any(|sign| has(sign)).then_some(WhichFile::OtherApp)
}

/// Which file a path in a text names, where it is a .NET configuration or the folder of one.
pub fn file_of_path(path: &str) -> Option<WhichFile> {
    let path = path.to_ascii_lowercase().replace('\\', "/");
    let file = path.rsplit('/').next().unwrap_or("");
    let in_framework = path.contains("microsoft.net/framework") && path.contains("/config");
    if file == "machine.config" || (in_framework && !file.ends_with(".config")) {
        return Some(copy_of_machine_config(&path));
    }
    name_of_file(file).or_else(|| file.ends_with(".config").then_some(WhichFile::OtherApp))
}

/// The file that a file name names, where it is one of those that matter. Copies such as `machine (2).config` and
/// `miiserver.exe.config.txt` count too.
pub fn name_of_file(name: &str) -> Option<WhichFile> {
    /// Parts of the names of the agents' services and updaters.
    const AGENTS: [&str; 6] = [
        "authenticationagent",
        "provisioningagent",
        "proxyconnector",
        "networkconnector",
        "connecthealth",
        "healthagent",
    ];
    let path = name.to_ascii_lowercase().replace('\\', "/");
    let file = path.rsplit('/').next().unwrap_or("");
    let is_config = file.contains("config");
    if file.contains("machine") && is_config && !file.contains(".exe") {
        return Some(copy_of_machine_config(&path));
    }
    if file.contains("miiserver") {
        return Some(WhichFile::Miiserver);
    }
    if is_config && AGENTS.iter().any(|agent| file.contains(agent)) {
        return Some(WhichFile::Agent);
    }
    if is_config && file.contains("azureadconnect") {
        return Some(WhichFile::Wizard);
    }
    if is_config && (file.starts_with("powershell.exe") || file.starts_with("powershell_ise.exe")) {
        return Some(WhichFile::PowerShell);
    }
    if file == "web.config" {
        return Some(WhichFile::Web);
    }
    let app = file.ends_with(".exe.config") || file.ends_with(".dll.config") || file == "app.config";
    app.then_some(WhichFile::OtherApp)
}

/// Whether the name or a folder of a file says that it is a copy that was kept from before a change.
pub fn is_backup(path: &str) -> bool {
    const MARKS: [&str; 10] =
        ["bak", "backup", "old", "orig", "original", "before", "vorher", "alt", "sicherung", "ancien"];
    const EAST_ASIAN: [&str; 4] = ["备份", "修改前", "バックアップ", "変更前"];
    let path = path.to_lowercase();
    let is_mark = |word: &str| MARKS.iter().any(|mark| word.trim_end_matches(|c: char| c.is_ascii_digit()) == *mark);
    path.split(|c: char| !c.is_alphanumeric()).any(is_mark) || EAST_ASIAN.iter().any(|mark| path.contains(mark))
}

/// Which copy of machine.config a path with forward slashes, in lower case, names.
pub fn copy_of_machine_config(path: &str) -> WhichFile {
    if path.contains("v2.0.50727") {
        return WhichFile::MachineV2;
    }
    let narrow = path.match_indices("framework").any(|(at, word)| {
        let rest = path.get(at + word.len()..).unwrap_or("");
        rest.starts_with("32")
            || rest.strip_prefix(['/', '_', '-', '.', ' ']).is_some_and(|rest| rest.starts_with("v4"))
    });
    if narrow || path.contains("x86") || path.contains("32bit") || path.contains("32-bit") {
        return WhichFile::Machine32;
    }
    WhichFile::Machine
}

/// The last .config file that the lines above name, the end of its mention there, and that line up to it.
fn hint_above(part: &Part) -> Option<(WhichFile, Span, String)> {
    let source = part.source;
    let first = source.line_index(part.start);
    for line in (first.saturating_sub(12)..first).rev() {
        let range = source.line_range(line);
        let text = source.line(line);
        let plain = text.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
        if plain.starts_with('<') || text.len() > 2000 {
            return None;
        }
        let lower = text.to_ascii_lowercase();
        let Some(at) = lower.rfind(".config") else {
            continue;
        };
        let end = at + ".config".len();
        let path = lower.get(..end).unwrap_or("");
        let start = path
            .rfind(|c: char| c.is_whitespace() || matches!(c, '\\' | '/' | '"' | '\'' | '(' | '<'))
            .map_or(0, |at| at + 1);
        let file = path.get(start..).unwrap_or("");
        let which = match name_of_file(file)? {
            WhichFile::Machine => copy_of_machine_config(&path.replace('\\', "/")),
            which => which,
        };
        let span = Span { artifact: part.artifact, start: range.start, end: range.start + end };
        return Some((which, span, path.to_owned()));
    }
    None
}
