//! What was measured, as a table for people and as JSON for programs.

use super::machine::Machine;
use super::target::Verdict;
use serde_json::{Value, json};

/// One measurement: the median of its runs.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    pub seconds: f64,
    /// Seconds on a processor: much less than the time itself means that the machine had other things to do.
    pub processor: Option<f64>,
    pub runs: usize,
    /// Bytes.
    pub peak_memory: Option<u64>,
    /// What else is worth knowing.
    pub notes: Vec<String>,
}

impl Measured {
    /// With one more note.
    pub fn with(mut self, note: String) -> Self {
        self.notes.push(note);
        self
    }
}

/// One line of the table.
#[derive(Clone, Debug)]
pub struct Row {
    /// Short name: "cli", "chromium-read", "chromium", …
    pub id: String,
    /// For people.
    pub what: String,
    /// The measurement, or why there is none.
    pub measured: Result<Measured, String>,
    /// Numbers beyond time and memory, for the JSON and the targets.
    pub numbers: Vec<(&'static str, f64)>,
}

impl Row {
    /// A line without further numbers.
    pub fn new(id: &str, what: &str, measured: Result<Measured, String>) -> Self {
        Self { id: id.to_owned(), what: what.to_owned(), measured, numbers: Vec::new() }
    }

    /// The time, when there is one.
    pub fn seconds(&self) -> Option<f64> {
        self.measured.as_ref().ok().map(|measured| measured.seconds)
    }
}

/// Everything measured with one file.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Id of the dialect.
    pub dialect: &'static str,
    pub bytes: u64,
    pub rows: Vec<Row>,
    /// What the slow reader and the report do not agree on; `None` when they were not compared.
    pub differences: Option<Vec<String>>,
    /// What was compared.
    pub totals: String,
    pub verdicts: Vec<Verdict>,
}

impl Sheet {
    /// The line with this id.
    pub fn row(&self, id: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == id)
    }

    fn seconds(&self, id: &str) -> Option<f64> {
        self.row(id).and_then(Row::seconds)
    }
}

/// The line in the middle of an odd number, the mean of the two around the middle of an even one.
pub fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match (sorted.len() % 2, sorted.get(middle), middle.checked_sub(1).and_then(|before| sorted.get(before))) {
        (1, Some(middle), _) => *middle,
        (_, Some(after), Some(before)) => f64::midpoint(*before, *after),
        _ => 0.0,
    }
}

/// The sheet as aligned text.
pub fn text(sheet: &Sheet) -> String {
    let mut lines = vec![
        ["", "time", "cpu", "MB/s", "of read()", "of own read", "× GoAccess", "× lnav", "memory", ""]
            .map(str::to_owned)
            .to_vec(),
    ];
    let (raw, goaccess) = (sheet.seconds("raw"), sheet.seconds("goaccess"));
    let lnav = sheet.seconds("lnav-format").or(sheet.seconds("lnav"));
    for row in &sheet.rows {
        let Ok(measured) = &row.measured else {
            let reason = row.measured.as_ref().err().cloned().unwrap_or_default();
            let mut line = vec![row.what.clone()];
            line.resize(9, String::new());
            line.push(reason);
            lines.push(line);
            continue;
        };
        let own = sheet.seconds(&format!("{}-read", row.id));
        let percent = |base: Option<f64>| base.map_or(String::new(), |base| share(base / measured.seconds));
        let times = |base: Option<f64>| base.map_or(String::new(), |base| format!("{:.1}", base / measured.seconds));
        let mut notes = vec![format!("{} run{}", measured.runs, if measured.runs == 1 { "" } else { "s" })];
        notes.extend(measured.notes.iter().cloned());
        lines.push(vec![
            row.what.clone(),
            duration(measured.seconds),
            measured.processor.filter(|seconds| *seconds > 0.0).map_or(String::new(), duration),
            format!("{:.0}", rate(sheet.bytes, measured.seconds)),
            percent(raw),
            percent(own),
            times(goaccess),
            times(lnav),
            measured.peak_memory.map_or(String::new(), size),
            notes.join("; "),
        ]);
    }
    let head = format!("{}, {} ({} bytes)", sheet.dialect, size(sheet.bytes), sheet.bytes);
    [head, align(&lines), totals(sheet), targets(&sheet.verdicts)].join("\n").replace("\n\n", "\n")
}

/// Whether the slow reader agrees.
fn totals(sheet: &Sheet) -> String {
    match &sheet.differences {
        None => String::new(),
        Some(differences) if differences.is_empty() => format!("totals agree with the slow reader: {}", sheet.totals),
        Some(differences) => {
            format!("totals DIFFER from the slow reader ({}):\n  {}", sheet.totals, differences.join("\n  "))
        }
    }
}

/// The targets with what was measured.
pub fn targets(verdicts: &[Verdict]) -> String {
    let line = |verdict: &Verdict| {
        let met = match verdict.met {
            Some(true) => "met",
            Some(false) => "missed",
            None => "not measured",
        };
        vec![verdict.what.clone(), verdict.measured.clone(), verdict.wanted.clone(), met.to_owned()]
    };
    let lines = verdicts.iter().map(line).collect::<Vec<_>>();
    if lines.is_empty() { String::new() } else { align(&lines) }
}

/// The first column to the left, the last one as it is, all others to the right.
fn align(lines: &[Vec<String>]) -> String {
    let width = |column: usize| {
        lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let row = |line: &Vec<String>| {
        let cells = line.iter().enumerate().map(|(column, cell)| match (column, width(column)) {
            (0, width) => format!("  {cell:<width$}"),
            (last, _) if last + 1 == line.len() => cell.clone(),
            (_, width) => format!("{cell:>width$}"),
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    lines.iter().map(row).collect::<Vec<_>>().join("\n")
}

/// Millions of bytes per second.
#[expect(clippy::cast_precision_loss, reason = "no file here has 2^53 bytes")]
pub fn rate(bytes: u64, seconds: f64) -> f64 {
    bytes as f64 / 1e6 / seconds
}

fn duration(seconds: f64) -> String {
    if seconds < 1.0 { format!("{:.0} ms", seconds * 1000.0) } else { format!("{seconds:.2} s") }
}

fn share(part: f64) -> String {
    if part < 0.1 { format!("{:.1} %", part * 100.0) } else { format!("{:.0} %", part * 100.0) }
}

/// "1.0 GB", "64 MB"
#[expect(clippy::cast_precision_loss, reason = "a size for people has two digits")]
pub fn size(bytes: u64) -> String {
    match bytes as f64 {
        bytes if bytes >= 0.9995e9 => format!("{:.1} GB", bytes / 1e9),
        bytes if bytes >= 9.95e6 => format!("{:.0} MB", bytes / 1e6),
        bytes => format!("{:.1} MB", bytes / 1e6),
    }
}

/// Everything as JSON.
pub fn json(machine: &Machine, sheets: &[Sheet], slopes: &Value) -> Value {
    let verdicts = |verdicts: &[Verdict]| {
        let one = |verdict: &Verdict| json!({ "target": verdict.what, "measured": verdict.measured, "wanted": verdict.wanted, "met": verdict.met });
        verdicts.iter().map(one).collect::<Vec<_>>()
    };
    let row = |row: &Row, bytes: u64| {
        let numbers = row.numbers.iter().map(|(name, value)| ((*name).to_owned(), json!(value)));
        let numbers = numbers.collect::<serde_json::Map<_, _>>();
        match &row.measured {
            Ok(measured) => json!({
                "id": row.id, "what": row.what, "seconds": measured.seconds, "processor_seconds": measured.processor, "runs": measured.runs,
                "mb_per_s": rate(bytes, measured.seconds), "peak_memory": measured.peak_memory,
                "notes": measured.notes, "numbers": numbers,
            }),
            Err(reason) => json!({ "id": row.id, "what": row.what, "not_measured": reason }),
        }
    };
    let sheet = |sheet: &Sheet| {
        json!({
            "dialect": sheet.dialect,
            "bytes": sheet.bytes,
            "rows": sheet.rows.iter().map(|one| row(one, sheet.bytes)).collect::<Vec<_>>(),
            "totals": sheet.totals,
            "differences": sheet.differences,
            "targets": verdicts(&sheet.verdicts),
        })
    };
    json!({
        "schema": "advisor-bench/1",
        "machine": machine.lines,
        "date": machine.date,
        "sheets": sheets.iter().map(sheet).collect::<Vec<_>>(),
        "scale": slopes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_not_led_astray_by_one_slow_run() {
        assert!((median(&[3.0, 1.0, 90.0]) - 3.0).abs() < 1e-9);
        assert!((median(&[4.0, 1.0]) - 2.5).abs() < 1e-9);
    }

    #[test]
    fn sizes_are_read_as_people_write_them() {
        assert_eq!(size(1_000_000_100), "1.0 GB");
        assert_eq!(size(64_000_020), "64 MB");
        assert_eq!(size(1_000_000), "1.0 MB");
    }
}
