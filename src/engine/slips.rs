//! Words that are the same but for a slip of the finger.

/// Longer words, in bytes, are not compared.
pub const LONGEST: usize = 80;

/// How many letters were added, left out, changed or swapped with their neighbour, where that is at most `most`.
/// Time grows with the length and with `most`, not with the square of the length.
pub fn distance(a: &[u8], b: &[u8], most: usize) -> Option<usize> {
    const FAR: u8 = u8::MAX / 2;
    if a.len() > LONGEST || b.len() > LONGEST || a.len().abs_diff(b.len()) > most {
        return None;
    }
    let get = |row: &[u8; LONGEST + 1], at: usize| row.get(at).copied().unwrap_or(FAR);
    let mut rows = [[FAR; LONGEST + 1]; 3];
    let [earlier, last, row] = &mut rows;
    for (cell, value) in last.iter_mut().zip(0..=u8::try_from(most).unwrap_or(FAR).min(FAR)) {
        *cell = value;
    }
    for (i, x) in a.iter().enumerate() {
        row.fill(FAR);
        // Farther from the diagonal more than `most` letters were added or left out.
        let (from, to) = (i.saturating_sub(most), (i + most + 1).min(b.len()));
        if let Some(first) = row.first_mut().filter(|_| i < most) {
            *first = u8::try_from(i + 1).unwrap_or(FAR);
        }
        for (j, y) in b.iter().enumerate().take(to).skip(from) {
            let mut best = (get(last, j) + u8::from(x != y)).min(get(last, j + 1) + 1).min(get(row, j) + 1);
            if i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x) {
                best = best.min(get(earlier, j - 1) + 1);
            }
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = best.min(FAR);
            }
        }
        std::mem::swap(earlier, last);
        std::mem::swap(last, row);
    }
    Some(usize::from(get(last, b.len()))).filter(|&distance| distance <= most)
}

/// Whether two names differ by letter case, a dash or a slip of a letter or two, by their length.
pub fn is_slip(a: &str, b: &str) -> bool {
    let plain = |text: &str| -> Vec<u8> {
        text.bytes().filter(|b| !matches!(b, b'-' | b'_' | b'.')).map(|b| b.to_ascii_lowercase()).collect()
    };
    if a.len() > 40 || b.len() > 40 {
        return false;
    }
    let (a, b) = (plain(a), plain(b));
    let most = match a.len().min(b.len()) {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    };
    distance(&a, &b, most).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        for (a, b) in [
            ("proxyaddress", "proxyadress"),
            ("usesystemdefault", "useSystemDefaults"),
            ("enabled", "enable"),
            ("true", "ture"),
            ("bypass-list", "bypasslist"),
        ] {
            assert!(is_slip(a, b) && is_slip(b, a), "{a} {b}");
        }
        for (a, b) in [("proxy", "policy"), ("enabled", "name"), ("add", "and"), ("false", "true")] {
            assert!(!is_slip(a, b) && !is_slip(b, a), "{a} {b}");
        }
    }

    #[test]
    fn letters_are_counted_and_a_swap_counts_once() {
        for (a, b, most, expected) in [
            ("login", "login", 0, Some(0)),
            ("login", "logni", 1, Some(1)),
            ("login", "lgoni", 2, Some(2)),
            ("kitten", "sitting", 3, Some(3)),
            ("kitten", "sitting", 2, None),
            ("", "ab", 2, Some(2)),
            ("ab", "", 1, None),
            ("abcdef", "bcdefa", 2, Some(2)),
        ] {
            assert_eq!(distance(a.as_bytes(), b.as_bytes(), most), expected, "{a} {b}");
        }
        let long = "a".repeat(LONGEST);
        assert_eq!(distance(long.as_bytes(), &long.as_bytes()[1..], 2), Some(1));
        assert_eq!(distance(format!("{long}a").as_bytes(), long.as_bytes(), 2), None);
    }
}
