//! The bars of one lane of the timeline, as SVG paths. A lane is one unit high per pixel and one unit long per bin,
//! and is stretched to the length that it gets: paths of rectangles stand that. No view.

use advisor_engine::export::v1::{Timeline, TimelineCell, TimelineRow};
use std::fmt::Write as _;

/// Height of a lane.
pub const HEIGHT: f64 = 26.0;
/// Where calls that came through stand on, and refused ones hang from.
pub const BASE: f64 = 17.0;
const UP: f64 = BASE - 2.0;
const DOWN: f64 = HEIGHT - BASE - 1.0;

/// The paths of a lane.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    /// Bars above the line.
    pub reached: String,
    /// Narrow bars above those: steps of a sign-in.
    pub asked: String,
    /// Hollow bars above those.
    pub other: String,
    /// Bars below the line.
    pub refused: String,
}

/// The largest number of calls in one bin of one endpoint.
pub fn most(timeline: &Timeline) -> u32 {
    let cells = timeline.rows.iter().flat_map(|row| &row.cells);
    cells.map(|cell| above(cell).max(cell.refused)).max().unwrap_or(1).max(1)
}

/// The bars of one endpoint. Their heights grow with the root of the number, so that one call is still seen beside
/// a thousand.
pub fn paths(row: &TimelineRow, most: u32) -> Paths {
    let mut paths = Paths::default();
    for cell in &row.cells {
        // The three share the height of their sum, none of them less than can be seen.
        let counts = [cell.reached, cell.asked, cell.other];
        let parts = counts.map(|count| share(count, above(cell).max(1)));
        let height = share(above(cell), most) * UP / parts.iter().sum::<f64>().max(1.0);
        let [reached, asked, other] = parts.map(|part| part * height);
        bar(&mut paths.reached, cell.bin, WIDE, BASE - reached, reached);
        bar(&mut paths.asked, cell.bin, NARROW, BASE - reached - asked, asked);
        bar(&mut paths.other, cell.bin, WIDE, BASE - reached - asked - other, other);
        bar(&mut paths.refused, cell.bin, WIDE, BASE, share(cell.refused, most) * DOWN);
    }
    paths
}

/// What stands above the line in a bin.
fn above(cell: &TimelineCell) -> u32 {
    cell.reached.saturating_add(cell.asked).saturating_add(cell.other)
}

fn share(count: u32, most: u32) -> f64 {
    if count == 0 { 0.0 } else { (f64::from(count) / f64::from(most)).sqrt().clamp(0.2, 1.0) }
}

/// Width of a bar in hundredths of its bin.
const WIDE: usize = 80;
const NARROW: usize = 40;

fn bar(path: &mut String, bin: usize, width: usize, top: f64, height: f64) {
    if height > 0.0 {
        let left = (100 - width) / 2;
        let _ = write!(path, "M{bin}.{left:02} {top:.1}h.{width:02}v{height:.1}h-.{width:02}z");
    }
}

/// A rectangle over the whole height between two moments, in seconds from the start.
pub fn stretch(path: &mut String, timeline: &Timeline, from: i64, to: i64) {
    let (from, length) =
        (place(timeline, from) * bins(timeline), (place(timeline, to) - place(timeline, from)) * bins(timeline));
    let _ = write!(path, "M{from:.3} 0h{length:.3}v{HEIGHT}h-{length:.3}z");
}

/// Length of a lane.
#[expect(clippy::cast_precision_loss, reason = "some hundred bins")]
fn bins(timeline: &Timeline) -> f64 {
    timeline.bins.max(1) as f64
}

/// From 0 (begin of the first bin) to 1 (end of the last) for a moment in seconds from the start of the timeline.
#[expect(clippy::cast_precision_loss, reason = "a place on a drawing")]
pub fn place(timeline: &Timeline, second: i64) -> f64 {
    let length = i64::try_from(timeline.bins).unwrap_or(0).saturating_mul(width(timeline));
    if length <= 0 { 0.0 } else { ((second - timeline.bin_start) as f64 / length as f64).clamp(0.0, 1.0) }
}

/// The middle of a bin, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "some hundred bins")]
pub fn middle(timeline: &Timeline, bin: usize) -> f64 {
    (bin as f64 + 0.5) / bins(timeline)
}

/// Seconds from the start of the timeline at which a bin begins.
pub fn second(timeline: &Timeline, bin: usize) -> i64 {
    timeline.bin_start + i64::try_from(bin).unwrap_or(0).saturating_mul(width(timeline))
}

/// Seconds of a bin; where the timeline counts calls a bin is one.
fn width(timeline: &Timeline) -> i64 {
    if timeline.ordered_only { 1 } else { timeline.bin_seconds.max(1) }
}
