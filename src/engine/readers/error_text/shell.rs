//! Which PowerShell a piece of console output comes from. PowerShell 7 does not read machine.config, so its failures
//! prove nothing about it.

use crate::artifact::Part;

/// Where a line of console output comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shell {
    /// Nothing tells, or no console at all.
    #[default]
    Unknown,
    /// Windows PowerShell 5.1, on .NET Framework as Entra Connect itself.
    Windows,
    /// PowerShell 7, or another program on the newer .NET.
    Seven,
}

/// Statements about the shell: (offset into the part, shell), in order.
pub fn statements(part: &Part) -> Vec<(usize, Shell)> {
    let mut found = Vec::new();
    // The answer to a question for the version stands some lines below it.
    let mut asked = 0;
    for (start, line) in part.lines() {
        let line = line.trim();
        let lower = line.to_ascii_lowercase();
        let version = |line: &str| {
            let line = line.trim_start_matches([':', ' ', '=']);
            if line.starts_with("7.") {
                Some(Shell::Seven)
            } else if line.starts_with("5.1") {
                Some(Shell::Windows)
            } else {
                None
            }
        };
        let command = super::layout::prompt(line).map(str::to_ascii_lowercase);
        let shell = if lower.starts_with("powershell 7") || lower.contains("\\powershell\\7\\") {
            Some(Shell::Seven)
        } else if lower == "windows powershell" || lower.contains("\\windowspowershell\\v1.0\\") {
            Some(Shell::Windows)
        } else if let Some(value) = lower.strip_prefix("psversion") {
            version(value)
        } else if let Some(command) = command {
            match command.split_whitespace().next() {
                Some("pwsh" | "pwsh.exe") => Some(Shell::Seven),
                Some("powershell" | "powershell.exe") => Some(Shell::Windows),
                _ => {
                    asked = if command.contains("psversion") { 6 } else { 0 };
                    None
                }
            }
        } else if asked > 0 {
            asked -= 1;
            lower
                .split_whitespace()
                .next()
                .filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))
                .and_then(version)
        } else {
            None
        };
        found.extend(shell.map(|shell| (start, shell)));
    }
    found
}

/// The shell at `offset` (into the part): the frame of the error tells, or the nearest statement before it.
pub fn shell_at(part: &Part, statements: &[(usize, Shell)], offset: usize) -> Shell {
    let text = part.text();
    let (head, tail) = (text.get(..offset).unwrap_or(""), text.get(offset..).unwrap_or(""));
    let line_start = head.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    let framed = tail.lines().skip(1).take(4).any(|line| line.trim_end() == "Line |");
    let cmdlet = |mark: &str| {
        ["Invoke-WebRequest", "Invoke-RestMethod"].iter().any(|name| line.contains(&format!("{name}{mark}")))
    };
    if (framed && cmdlet(": ")) || line.contains("The proxy tunnel request to proxy") {
        return Shell::Seven;
    }
    if cmdlet(" : ") {
        return Shell::Windows;
    }
    let index = statements.partition_point(|(start, _)| *start <= offset);
    index.checked_sub(1).and_then(|index| statements.get(index)).map_or(Shell::Unknown, |(_, shell)| *shell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn shell(text: &str) -> Shell {
        let source = Source::decode("a", text.as_bytes());
        let part = Part::whole(&source);
        shell_at(&part, &statements(&part), text.find("failed").unwrap())
    }

    #[test]
    fn banner_version_and_frame_tell_the_two_shells_apart() {
        for (text, expected) in [
            ("PowerShell 7.4.6\nPS C:\\> iwr https://a.example\nfailed", Shell::Seven),
            ("Windows PowerShell\nCopyright\n\nPS C:\\> iwr https://a.example\nfailed", Shell::Windows),
            ("PS C:\\> $PSVersionTable\n\nName  Value\n----  -----\nPSVersion      7.5.0\nfailed", Shell::Seven),
            (
                "PS C:\\> $PSVersionTable.PSVersion\n\nMajor  Minor  Build\n-----  -----  -----\n5.1  x\nfailed",
                Shell::Windows,
            ),
            ("PowerShell 7.4.6\nWindows PowerShell\nfailed", Shell::Windows),
            ("Invoke-WebRequest: failed\nLine |\n   1 |  iwr", Shell::Seven),
            ("PowerShell 7.4.6\nInvoke-WebRequest : failed\nAt line:1 char:1", Shell::Windows),
            ("it failed", Shell::Unknown),
        ] {
            assert_eq!(shell(text), expected, "{text}");
        }
    }
}
