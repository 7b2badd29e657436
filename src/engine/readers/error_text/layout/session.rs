//! Prompts, and what stands around them.

/// The command after a prompt of PowerShell, cmd or a shell; the prompt alone gives an empty command.
pub fn prompt(line: &str) -> Option<&str> {
    // Every prompt has one of these, and a line of a trace hardly ever.
    memchr::memchr3(b'>', b'$', b'#', line.as_bytes())?;
    let line = line.trim_start();
    if let Some(command) = unix_prompt(line) {
        return Some(command);
    }
    let line = line.strip_prefix('[').and_then(|rest| rest.split_once("]: ")).map_or(line, |(_, rest)| rest);
    if let Some(rest) = line.strip_prefix("PS") {
        let (path, command) = rest.split_once('>')?;
        let is_path = path.is_empty()
            || (path.starts_with(' ') && (path.contains(':') || path.contains('\\') || path.contains('/')));
        return (is_path && path.len() < 200).then(|| command.trim());
    }
    if let Some(command) = line.strip_prefix("$ ") {
        return (!command.trim().is_empty()).then(|| command.trim());
    }
    let bytes = line.as_bytes();
    let is_drive = bytes.first().is_some_and(u8::is_ascii_alphabetic) && bytes.get(1..3) == Some(b":\\");
    let (path, command) = line.split_once('>').filter(|_| is_drive)?;
    (path.len() < 200 && !path.contains(['<', '"', '=', '|'])).then(|| command.trim())
}

/// The command after `[user@host folder]#` or `user@host:~$`.
fn unix_prompt(line: &str) -> Option<&str> {
    let (head, command) = line.split_once("# ").or_else(|| line.split_once("$ "))?;
    let named = head.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).or_else(|| {
        let (name, folder) = head.split_once(':')?;
        folder.starts_with(['~', '/']).then_some(name)
    })?;
    let (user, place) = named.split_once('@')?;
    let is_word = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let host = place.split(' ').next().unwrap_or("");
    (!user.is_empty() && !host.is_empty() && is_word(user) && is_word(host) && head.len() < 200).then(|| command.trim())
}

/// Every command of the session.
pub fn commands<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    lines.iter().filter_map(|line| prompt(line)).filter(|command| !command.is_empty()).collect()
}

/// Whether every command of the session is one of these; a print without any prompt counts as well.
pub fn only(lines: &[&str], words: &[&str]) -> bool {
    commands(lines).iter().all(|command| {
        let command = command.to_ascii_lowercase();
        words.iter().any(|word| command.contains(word))
    })
}

/// The value of a print that may stand alone, in a console session of its own, among other commands, or in a mail.
/// In a mail that has more to say it is no layout of the whole.
pub fn print_value(lines: &[&str], alone: u8, words: &[&str], own: impl Fn(&str) -> bool) -> Option<u8> {
    let filled = lines.iter().filter(|line| !line.trim().is_empty()).count();
    let begins = filled <= 8 || begins_within(lines, 4, |line| own(line) || prompt(line).is_some());
    begins.then(|| if only(lines, words) { alone } else { 45 })
}

/// How many lines of prose stand before the first line of its own kind.
pub fn begins_within(lines: &[&str], count: usize, own: impl Fn(&str) -> bool) -> bool {
    lines.iter().filter(|line| !line.trim().is_empty()).take(count).any(|line| own(line))
}
