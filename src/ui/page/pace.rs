//! How far a long reading is, how fast it goes, and how long it will take. No view.

/// Seconds before a time left is named: the first moments say nothing about the rest.
const SETTLED: f64 = 1.0;

/// The pace of a reading.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// 0 to 100.
    pub percent: f64,
    /// Bytes in a second, since the begin.
    pub rate: u64,
    /// Whole seconds left; `None` before that can be said.
    pub left: Option<u64>,
}

/// One file of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileState {
    /// Its name.
    pub name: String,
    /// Bytes read of it.
    pub read: u64,
    /// Its length.
    pub bytes: u64,
}

/// The pace after `seconds`, with `bytes` read of `total`.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "sizes of files are below 2^53, and a rate is shown with two digits"
)]
pub fn pace(bytes: u64, total: u64, seconds: f64) -> Pace {
    let bytes = bytes.min(total);
    let percent = if total == 0 { 0.0 } else { bytes as f64 * 100.0 / total as f64 };
    let rate = if seconds > 0.0 { bytes as f64 / seconds } else { 0.0 };
    let left = (seconds >= SETTLED && rate > 0.0).then(|| ((total - bytes) as f64 / rate).ceil() as u64);
    Pace { percent, rate: rate as u64, left }
}

/// What has been read of each file when `bytes` of all have been read, and `input` is the one at work. Files are
/// read one after the other.
pub fn files(sizes: &[(String, u64)], input: usize, bytes: u64) -> Vec<FileState> {
    let before = sizes.iter().take(input).map(|(_, bytes)| bytes).sum::<u64>();
    let read = |at: usize, size: u64| match at.cmp(&input) {
        std::cmp::Ordering::Less => size,
        std::cmp::Ordering::Equal => bytes.saturating_sub(before).min(size),
        std::cmp::Ordering::Greater => 0,
    };
    let state = |(at, (name, size)): (usize, &(String, u64))| FileState {
        name: name.clone(),
        read: read(at, *size),
        bytes: *size,
    };
    sizes.iter().enumerate().map(state).collect()
}
