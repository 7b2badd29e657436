//! Output of a console.

use super::session::{begins_within, prompt};
use super::{Layout, found};
use crate::artifact::Kind;

/// A console session, or the output of one of the usual network tools.
pub fn console(text: &str, lines: &[&str]) -> Option<Layout> {
    let filled = lines.iter().filter(|line| !line.trim().is_empty()).count();
    let is_prompt = |line: &str| prompt(line).is_some();
    let is_frame = |line: &str| {
        let line = line.trim_start();
        line.starts_with("+ CategoryInfo")
            || line.starts_with("+ FullyQualifiedErrorId")
            || line.starts_with("Invoke-WebRequest :")
            || line.starts_with("Invoke-WebRequest: ")
            || line.starts_with("Invoke-RestMethod :")
    };
    let label = |line: &str, names: &[&str]| {
        line.trim_start().split_once(':').is_some_and(|(label, _)| names.contains(&label.trim_end()))
    };
    let is_curl = |line: &str| {
        ["* ", "> CONNECT ", "> GET ", "> HEAD ", "> POST ", "< HTTP/", "curl: ("]
            .iter()
            .any(|mark| line.starts_with(mark))
    };
    let own = |line: &str| {
        is_prompt(line)
            || is_frame(line)
            || is_curl(line)
            || line.starts_with("Windows PowerShell")
            || line.starts_with("PowerShell 7")
            || line.starts_with("**********************")
            || label(line, &["ComputerName", "StatusCode", "Server", "Serveur", "服务器", "サーバー", "Servidor"])
            || line.starts_with("WARNING: TCP connect")
            || line.starts_with("***")
    };
    if begins_within(lines, 2, is_prompt)
        || text.trim_start().starts_with("Windows PowerShell")
        || text.contains("Windows PowerShell transcript start")
    {
        return Some(found(80, Kind::PowershellOutput, "A console session with its prompt."));
    }
    if !begins_within(lines, 2, own) {
        let prompts = lines.iter().filter(|line| is_prompt(line)).count();
        return (prompts * 2 >= filled && prompts > 0)
            .then(|| found(65, Kind::PowershellOutput, "Mostly commands with their prompt."));
    }
    let count = |test: &dyn Fn(&str) -> bool| lines.iter().filter(|line| test(line)).count();
    if count(&is_frame) > 0 {
        return Some(found(75, Kind::PowershellOutput, "The frame of a PowerShell error."));
    }
    if count(&|line| label(line, &["StatusCode", "StatusDescription"])) >= 2 {
        return Some(found(75, Kind::PowershellOutput, "The result of a web request in PowerShell."));
    }
    if count(&|line| {
        label(
            line,
            &["ComputerName", "RemoteAddress", "RemotePort", "TcpTestSucceeded", "PingSucceeded", "SourceAddress"],
        )
    }) >= 3
        || count(&|line| line.starts_with("WARNING: TCP connect")) > 0
    {
        return Some(found(75, Kind::PowershellOutput, "The result of Test-NetConnection."));
    }
    if count(&is_curl) >= 3 {
        return Some(found(75, Kind::PowershellOutput, "The output of curl."));
    }
    let servers = count(&|line| label(line, &["Server", "Serveur", "服务器", "サーバー", "Servidor"]));
    let addresses = count(&|line| {
        label(line, &["Address", "Addresses", "Adresse", "Addresse", "Dirección", "Addresses", "アドレス"])
    });
    if (servers > 0 && addresses > 0) || count(&|line| line.starts_with("*** ") && line.contains("can't find")) > 0 {
        return Some(found(70, Kind::PowershellOutput, "The output of nslookup."));
    }
    (count(&is_curl) > 0 && filled <= 6).then(|| found(50, Kind::PowershellOutput, "A line of curl."))
}
