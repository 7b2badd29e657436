//! Runs other programs with a watch on time and memory.

use std::fs;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// What a program used.
#[derive(Clone, Debug)]
pub struct Run {
    pub seconds: f64,
    /// Seconds on a processor, to a hundredth; only Linux tells.
    pub processor: Option<f64>,
    /// The most memory it had at once, in bytes; only Linux tells.
    pub peak_memory: Option<u64>,
    /// What it printed.
    pub output: String,
    pub status: ExitStatus,
}

/// How often a running program is looked at. What it takes between the last look and its end is not seen.
const LOOK: Duration = Duration::from_millis(5);

/// Runs a program to its end.
pub fn run(command: &mut Command) -> Result<Run, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let problem = |error: std::io::Error| format!("{name}: {error}");
    let begin = Instant::now();
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(problem)?;
    // The pipe must be emptied while the program runs, or it would wait for that.
    let reader = child.stdout.take().map(|mut out| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            // What came before an error is what there is.
            let _ = std::io::Read::read_to_end(&mut out, &mut bytes);
            bytes
        })
    });
    let folder = format!("/proc/{}", child.id());
    let watcher = std::thread::spawn(move || {
        let read = |name: &str| fs::read_to_string(format!("{folder}/{name}")).unwrap_or_default();
        let (mut peak_memory, mut processor) = (None, None);
        while let Some(high) = high_water(&read("status")) {
            peak_memory = peak_memory.max(Some(high));
            processor = ticks(&read("stat")).or(processor);
            std::thread::sleep(LOOK);
        }
        (peak_memory, processor)
    });
    let status = child.wait().map_err(problem)?;
    let seconds = begin.elapsed().as_secs_f64();
    let (peak_memory, processor) = watcher.join().unwrap_or_default();
    let output = reader.and_then(|reader| reader.join().ok()).unwrap_or_default();
    Ok(Run { seconds, processor, peak_memory, output: String::from_utf8_lossy(&output).into_owned(), status })
}

/// `VmHWM:     12345 kB`; a program that has ended has no such line.
fn high_water(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kibibytes| kibibytes * 1024)
}

/// Seconds of user and system time: the 14th and 15th field, in hundredths. The second field, the program's name in
/// parentheses, may hold blanks.
fn ticks(stat: &str) -> Option<f64> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11).map(str::parse::<f64>);
    Some((fields.next()?.ok()? + fields.next()?.ok()?) / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_off_the_systems_own_account() {
        assert_eq!(high_water("Name:\tx\nVmHWM:\t    2048 kB\nVmRSS:\t 1 kB\n"), Some(2048 * 1024));
        assert_eq!(high_water("Name:\tx\nState:\tZ (zombie)\n"), None);
        let stat = "7 (a b) R 1 2 3 4 5 6 7 8 9 10 250 50 0 0 20 0";
        assert!((ticks(stat).expect("both are there") - 3.0).abs() < 1e-9);
    }
}
