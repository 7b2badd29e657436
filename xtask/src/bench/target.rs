//! What the project promises about speed, held against what was measured.

use super::table::{Row, Sheet, rate};

/// One promise and what became of it.
#[derive(Clone, Debug)]
pub struct Verdict {
    pub what: String,
    pub measured: String,
    pub wanted: String,
    /// `None` when it was not measured.
    pub met: Option<bool>,
}

/// Whether the number has to reach the limit, or to stay below it.
#[derive(Clone, Copy, Debug)]
enum Side {
    AtLeast,
    AtMost,
}

/// The promises about one file.
pub fn verdicts(sheet: &Sheet) -> Vec<Verdict> {
    use Side::{AtLeast, AtMost};
    let seconds = |id: &str| sheet.row(id).and_then(Row::seconds);
    let ratio = |base: &str, of: &str| Some(seconds(base)? / seconds(of)?);
    let number = |id: &str, name: &str| {
        let numbers = sheet.row(id).filter(|row| row.measured.is_ok()).map(|row| row.numbers.iter())?;
        numbers.filter(|(known, _)| *known == name).map(|(_, value)| *value).next()
    };
    let mut verdicts = Vec::new();
    let mut promise = |id: &str, what: &str, measured: Option<f64>, side, limit: f64, unit: &str| {
        // What was not asked for is not missing.
        if sheet.row(id).is_some() {
            verdicts.push(verdict(what, measured, side, limit, unit));
        }
    };
    let of_own_read = if sheet.dialect == "squid" { 70.0 } else { 50.0 };
    let percent = |part: Option<f64>| part.map(|part| part * 100.0);
    promise(
        "chromium",
        "Chromium, of its own reading",
        percent(ratio("chromium-read", "chromium")),
        AtLeast,
        of_own_read,
        " %",
    );
    promise(
        "firefox",
        "Firefox, of its own reading",
        percent(ratio("firefox-read", "firefox")),
        AtLeast,
        of_own_read.min(55.0),
        " %",
    );
    if sheet.dialect == "squid" {
        promise("goaccess", "Chromium, times as fast as GoAccess", ratio("goaccess", "chromium"), AtLeast, 30.0, "");
        promise(
            "lnav-format",
            "Chromium, times as fast as lnav with a format",
            ratio("lnav-format", "chromium"),
            AtLeast,
            2.0,
            "",
        );
        promise("lnav", "Chromium, times as fast as lnav without one", ratio("lnav", "chromium"), AtLeast, 2.0, "");
    }
    // 500 MB/s, or 70 % of what counting lines allows on this machine, whichever is lower.
    let line_count = seconds("raw").map(|time| rate(sheet.bytes, time) * 0.7);
    let wanted = line_count.map_or(500.0, |limit| limit.min(500.0));
    promise("cli", "command line", seconds("cli").map(|time| rate(sheet.bytes, time)), AtLeast, wanted, " MB/s");
    for (id, name) in [("chromium", "Chromium"), ("firefox", "Firefox")] {
        let megabytes = number(id, "wasm_bytes").map(|bytes| bytes / 1e6);
        promise(id, &format!("{name}, WebAssembly memory"), megabytes, AtMost, 64.0, " MB");
        let task = number(id, "longest_task_ms").or_else(|| number(id, "longest_gap_ms"));
        promise(id, &format!("{name}, longest task of the page"), task, AtMost, 50.0, " ms");
        promise(id, &format!("{name}, first facts"), number(id, "first_facts_ms"), AtMost, 300.0, " ms");
        promise(id, &format!("{name}, cancel"), number(id, "cancel_ms"), AtMost, 200.0, " ms");
    }
    // On a busy machine the time on the processor tells more; the promise is judged by the clock all the same.
    let processor = sheet.row("cli").and_then(|row| row.measured.as_ref().ok()?.processor).filter(|time| *time > 0.0);
    if let (Some(cli), Some(time)) = (verdicts.iter_mut().find(|verdict| verdict.what == "command line"), processor) {
        cli.measured = format!("{}, {:.0} MB per second of processor", cli.measured, rate(sheet.bytes, time));
    }
    verdicts
}

/// The promise about growth: a straight line.
pub fn slope_verdict(what: &str, slope: Option<f64>) -> Verdict {
    let met = slope.map(|slope| (0.95..=1.05).contains(&slope));
    let measured = slope.map_or(String::new(), |slope| format!("{slope:.3}"));
    Verdict { what: what.to_owned(), measured, wanted: "0.95 to 1.05".to_owned(), met }
}

fn verdict(what: &str, measured: Option<f64>, side: Side, limit: f64, unit: &str) -> Verdict {
    let (word, met) = match side {
        Side::AtLeast => ("at least", measured.map(|value| value >= limit)),
        Side::AtMost => ("at most", measured.map(|value| value <= limit)),
    };
    let text = |value: f64| if value < 10.0 { format!("{value:.1}{unit}") } else { format!("{value:.0}{unit}") };
    Verdict {
        what: what.to_owned(),
        measured: measured.map_or(String::new(), text),
        wanted: format!("{word} {}", text(limit)),
        met,
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::Measured;
    use super::*;

    fn row(id: &str, seconds: f64, numbers: &[(&'static str, f64)]) -> Row {
        let measured = Measured { seconds, runs: 1, ..Measured::default() };
        Row { numbers: numbers.to_vec(), ..Row::new(id, id, Ok(measured)) }
    }

    fn sheet(rows: Vec<Row>) -> Sheet {
        let (differences, totals, verdicts) = (None, String::new(), Vec::new());
        Sheet { dialect: "squid", bytes: 1_000_000_000, rows, differences, totals, verdicts }
    }

    #[test]
    fn what_was_measured_is_judged_and_what_was_not_asked_for_is_left_out() {
        let page = row("chromium", 2.0, &[("wasm_bytes", 65e6), ("longest_gap_ms", 20.0)]);
        let found = verdicts(&sheet(vec![row("raw", 0.1, &[]), row("chromium-read", 1.5, &[]), page]));
        let of = |what: &str| found.iter().find(|verdict| verdict.what == what).and_then(|verdict| verdict.met);
        assert_eq!(of("Chromium, of its own reading"), Some(true), "75 of 70 %");
        assert_eq!(of("Chromium, WebAssembly memory"), Some(false), "65 of 64 MB");
        assert_eq!(of("Chromium, longest task of the page"), Some(true), "20 of 50 ms");
        assert_eq!(of("Chromium, cancel"), None, "nobody measured it");
        assert!(found.iter().all(|verdict| !verdict.what.contains("Firefox") && verdict.what != "command line"));
    }

    #[test]
    fn a_slow_machine_lowers_what_is_wanted_of_the_command_line() {
        let found = verdicts(&sheet(vec![row("raw", 2.0, &[]), row("cli", 2.5, &[])]));
        let cli = found.iter().find(|verdict| verdict.what == "command line").expect("it was measured");
        assert_eq!((cli.wanted.as_str(), cli.met), ("at least 350 MB/s", Some(true)));
    }
}
