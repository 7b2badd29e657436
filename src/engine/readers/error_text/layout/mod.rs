//! What kind of text it is, by its layout.

mod console;
mod events;
mod files;
mod prints;
mod session;
mod trace;

pub use events::event_label;
pub use session::prompt;
pub use trace::is_trace_line;

use crate::artifact::{Kind, Part};

/// A recognised layout.
#[derive(Clone, Debug)]
pub struct Layout {
    /// As in [`crate::detect::Score`].
    pub value: u8,
    /// What it is.
    pub kind: Kind,
    /// By what it was recognised.
    pub why: &'static str,
}

/// How much of a part is looked at: its beginning, in bytes.
pub const LOOK: usize = 48 * 1024;

/// The best layout, or `None` when the text has none of its own.
pub fn layout(part: &Part) -> Option<Layout> {
    let lines: Vec<&str> = part.lines().take_while(|(start, _)| *start < LOOK).map(|(_, line)| line).collect();
    let text = head(part);
    let mut best: Option<Layout> = None;
    for found in [
        files::har(text),
        files::pac(text, &lines),
        trace::wizard_trace(text, &lines),
        events::event_log(text, &lines),
        prints::winhttp(text, &lines),
        prints::internet_settings(text, &lines),
        prints::registry(text, &lines),
        console::console(text, &lines),
    ]
    .into_iter()
    .flatten()
    {
        if best.as_ref().is_none_or(|best| found.value > best.value) {
            best = Some(found);
        }
    }
    best
}

fn head<'a>(part: &Part<'a>) -> &'a str {
    let text = part.text();
    let mut end = text.len().min(LOOK);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}

fn found(value: u8, kind: Kind, why: &'static str) -> Layout {
    Layout { value, kind, why }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn kind(text: &str) -> Option<Kind> {
        let source = Source::decode("a", text.as_bytes());
        layout(&Part::whole(&source)).map(|layout| layout.kind)
    }

    #[test]
    fn each_layout_is_recognised_by_what_only_it_has() {
        for (text, expected) in [
            ("[10:15:08.310] [  1] [INFO ] Start\n[10:15:08.311] [ 12] [ERROR] x", Kind::WizardTrace),
            ("[ERROR] GetServiceAccount: too late\nException Data (Raw): x", Kind::WizardTrace),
            ("Protokollname: Application\nQuelle:        ADSync\nEreignis-ID:   6900", Kind::EventLog),
            ("Nom du journal :Application\nSource :       ADSync\nID de l’événement :6900", Kind::EventLog),
            ("日志名称:          Application\n来源:            ADSync\n事件 ID:         6900", Kind::EventLog),
            ("ログの名前:         Application\nソース:           ADSync\nイベント ID:       6900", Kind::EventLog),
            ("Level,Date and Time,Source,Event ID,Task Category\nError,1,ADSync,6900,None,x", Kind::EventLog),
            ("TimeCreated  : 1\nProviderName : ADSync\nId           : 6900\nMessage      : x", Kind::EventLog),
            (
                "<Event xmlns=\"http://schemas.microsoft.com/win/2004/08/events/event\"><System><EventID>0</EventID></System></Event>",
                Kind::EventLog,
            ),
            ("PS C:\\> Get-Service ADSync\n\nStopped  ADSync  x", Kind::PowershellOutput),
            ("[SRV1]: PS C:\\Users\\a> iwr https://a.example", Kind::PowershellOutput),
            (
                "Invoke-WebRequest : Unable to connect\nAt line:1 char:1\n    + CategoryInfo          : x",
                Kind::PowershellOutput,
            ),
            (
                "ComputerName     : a\nRemoteAddress    : 1\nRemotePort       : 443\nTcpTestSucceeded : True",
                Kind::PowershellOutput,
            ),
            ("StatusCode        : 200\nStatusDescription : OK", Kind::PowershellOutput),
            ("Server:  dns1\nAddress:  10.0.0.1\n\nName:    a.example\nAddress:  10.0.0.2", Kind::PowershellOutput),
            ("Current WinHTTP proxy settings:\n\n    Direct access (no proxy server).", Kind::WinhttpSettings),
            (
                "C:\\>netsh winhttp show proxy\n\nAktuelle WinHTTP-Proxyeinstellungen:\n\n    Proxyserver:  p:8080\n    Umgehungsliste     :  (kein)",
                Kind::WinhttpSettings,
            ),
            (
                "HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\n    ProxyEnable    REG_DWORD    0x1",
                Kind::InternetSettings,
            ),
            ("ProxyEnable   : 1\nProxyServer   : p:8080", Kind::InternetSettings),
            (
                "Windows Registry Editor Version 5.00\n\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319]\n\"SchUseStrongCrypto\"=dword:00000001",
                Kind::RegistryExport,
            ),
            (
                "C:\\>reg query HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319\n\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319\n    SchUseStrongCrypto    REG_DWORD    0x1",
                Kind::RegistryExport,
            ),
            (
                "Path                 Name       Value\n----                 ----       -----\nHKLM:\\SOFTWARE\\x     SchUseStrongCrypto  Not Found",
                Kind::RegistryExport,
            ),
            ("function FindProxyForURL(url, host) {\n  return \"DIRECT\";\n}", Kind::PacScript),
            ("{ \"log\": { \"version\": \"1.2\", \"creator\": {}, \"entries\": [] } }", Kind::Har),
        ] {
            assert_eq!(kind(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_mail_with_a_command_in_its_middle_is_a_mail() {
        let text = "Hello,\nthe wizard says: Unable to validate credentials.\nWe then tried this:\n\nPS C:\\> Get-Service ADSync\n\nand it was running.\nWhat next?\nRegards";
        assert_eq!(kind(text), None);
    }

    #[test]
    fn a_session_with_several_commands_is_a_session() {
        let text = "C:\\>netsh winhttp show proxy\n\nCurrent WinHTTP proxy settings:\n\n    Direct access (no proxy server).\n\nC:\\>ping a.example\n";
        assert_eq!(kind(text), Some(Kind::PowershellOutput));
    }
}
