//! How far this server's clock is from another one, as `w32tm` measures it.
//!
//! ```text
//! 11:05:14, +431.2234567s                                        w32tm /stripchart … /dataonly
//! 11:05:14, d:+00.0312510s o:+431.2234567s  [            |    ]  w32tm /stripchart
//! NTP: +431.2234567s offset from dc1.example                     w32tm /monitor
//! Phase Offset: 431.2234567s                                     w32tm /query /status /verbose
//! ```
//! Source: Windows Time Service Tools and Settings, Microsoft Learn; read 2026-11.

use crate::artifact::{Part, Span};

/// One measurement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockOffset {
    /// Whole seconds between the two clocks, without a sign.
    pub seconds: u64,
    /// The line.
    pub span: Span,
}

/// Every measurement, in the order of the text.
pub fn offsets(part: &Part) -> Vec<ClockOffset> {
    let text = part.text();
    if !["w32tm", "Tracking ", "offset from", "Phase Offset"].iter().any(|word| text.contains(word)) {
        return Vec::new();
    }
    part.lines()
        .filter_map(|(start, line)| {
            let seconds = seconds(line.trim())?;
            let indent = line.len() - line.trim_start().len();
            Some(ClockOffset { seconds, span: part.span(start + indent..start + line.trim_end().len()) })
        })
        .collect()
}

fn seconds(line: &str) -> Option<u64> {
    let value = if let Some((_, rest)) = line.split_once(" o:") {
        rest.split_whitespace().next()?
    } else if line.contains("offset from") {
        line.split_once("NTP:")?.1.split_whitespace().next()?
    } else if let Some(rest) = line.strip_prefix("Phase Offset:") {
        rest.trim()
    } else {
        let (time, value) = line.split_once(',')?;
        let is_time =
            time.len() <= 8 && time.matches(':').count() == 2 && time.bytes().all(|b| b.is_ascii_digit() || b == b':');
        if !is_time {
            return None;
        }
        value.trim()
    };
    // Some languages of Windows write a comma before the fraction.
    let number = value.strip_suffix('s')?.trim_start_matches(['+', '-']);
    let (whole, fraction) = number.split_once(['.', ','])?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (digits(whole) && digits(fraction)).then(|| whole.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn the_offset_is_read_in_every_print_of_w32tm() {
        for (line, expected) in [
            ("11:05:14, +2280961.4401932s", Some(2_280_961)),
            ("11:05:14, -431.4401932s", Some(431)),
            ("11:05:14, d:+00.0312510s o:-00.0042100s  [            *            ]", Some(0)),
            ("    NTP: +431.2234567s offset from dc1.example", Some(431)),
            ("Phase Offset: 0.0007322s", Some(0)),
            ("11:05:14, error: 0x800705B4", None),
            ("Last Successful Sync Time: 4/2/2026 11:05:14 AM", None),
        ] {
            let text =
                format!("C:\\>w32tm /stripchart /computer:dc1.example\nTracking dc1.example [10.0.0.1:123].\n{line}\n");
            let source = Source::decode("a", text.as_bytes());
            let found = offsets(&Part::whole(&source));
            assert_eq!(found.first().map(|offset| offset.seconds), expected, "{line}");
        }
    }
}
