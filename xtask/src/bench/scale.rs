//! How cost grows with size: the slope of time over size, both as logarithms, by least squares. 1 is a straight line.

use super::table::{Row, Sheet};
use super::target::{Verdict, slope_verdict};
use serde_json::{Value, json};

/// The sizes of the series, in bytes.
pub const SIZES: [u64; 7] = [1_000_000, 4_000_000, 16_000_000, 64_000_000, 256_000_000, 1_000_000_000, 4_000_000_000];

/// What is measured in the series.
const SERIES: [(&str, &str); 3] =
    [("cli", "command line"), ("chromium", "page in Chromium"), ("firefox", "page in Firefox")];

/// The slopes of one dialect. `empty` holds the same measurements with a file of a few lines: what starting up costs,
/// which does not grow. The promise is about the rest.
pub fn slopes(sheets: &[&Sheet], empty: &Sheet) -> (Vec<Verdict>, Value) {
    let mut verdicts = Vec::new();
    let mut values = Vec::new();
    for (id, what) in SERIES {
        let seconds = |sheet: &Sheet| sheet.row(id).and_then(Row::seconds);
        if sheets.iter().all(|sheet| sheet.row(id).is_none()) {
            continue;
        }
        let start = seconds(empty).unwrap_or(0.0);
        let points = sheets.iter().filter_map(|sheet| Some((sheet.bytes, seconds(sheet)?))).collect::<Vec<_>>();
        let whole = slope(&points);
        let growing = points.iter().map(|&(bytes, time)| (bytes, time - start)).collect::<Vec<_>>();
        let growing = slope(&growing);
        let name = format!(
            "{what}, slope over {} sizes without the {:.0} ms of starting up (with it: {})",
            points.len(),
            start * 1000.0,
            whole.map_or("-".to_owned(), |slope| format!("{slope:.3}"))
        );
        verdicts.push(slope_verdict(&name, growing));
        values.push(json!({
            "id": id, "dialect": empty.dialect, "slope": growing, "slope_with_start": whole, "start_seconds": start,
            "points": points,
        }));
    }
    (verdicts, Value::Array(values))
}

/// The slope of the straight line with the least squares through the logarithms of the points. Needs three points;
/// those without a positive time are left out.
#[expect(clippy::cast_precision_loss, reason = "no file here has 2^53 bytes, no series as many points")]
fn slope(points: &[(u64, f64)]) -> Option<f64> {
    let logs = points.iter().filter(|(_, time)| *time > 0.0).map(|(bytes, time)| ((*bytes as f64).ln(), time.ln()));
    let logs = logs.collect::<Vec<_>>();
    let count = logs.len() as f64;
    let mean_x = logs.iter().map(|(x, _)| x).sum::<f64>() / count;
    let mean_y = logs.iter().map(|(_, y)| y).sum::<f64>() / count;
    let covariance = logs.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum::<f64>();
    let variance = logs.iter().map(|(x, _)| (x - mean_x).powi(2)).sum::<f64>();
    (logs.len() >= 3 && variance > 0.0).then(|| covariance / variance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_has_slope_one_and_a_square_two() {
        let close = |points: &[(u64, f64)], wanted: f64| (slope(points).expect("enough points") - wanted).abs() < 1e-9;
        assert!(close(&[(1_000_000, 0.002), (4_000_000, 0.008), (64_000_000, 0.128)], 1.0));
        assert!(close(&[(10, 1.0), (100, 100.0), (1000, 10_000.0)], 2.0));
        assert_eq!(slope(&[(10, 1.0), (100, 100.0)]), None);
    }
}
