//! The text of one input, and the way back from a place in it to the user's own bytes.

use encoding_rs::{BIG5, GB18030, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};

/// How the bytes of an input were turned into text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// UTF-8 without a byte order mark.
    Utf8,
    /// UTF-8 that begins with EF BB BF.
    Utf8Bom,
    /// UTF-16, low byte first, with or without a byte order mark.
    Utf16Le,
    /// UTF-16, high byte first, with or without a byte order mark.
    Utf16Be,
    /// Simplified Chinese Windows (GBK and its superset GB18030).
    Gb18030,
    /// Traditional Chinese Windows.
    Big5,
    /// Japanese Windows.
    ShiftJis,
    /// Russian, Bulgarian and Serbian Windows.
    Windows1251,
    /// Western European Windows: the last resort, which decodes any byte.
    Windows1252,
}

impl Encoding {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8Bom => "UTF-8 with BOM",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Gb18030 => "GB18030",
            Self::Big5 => "Big5",
            Self::ShiftJis => "Shift_JIS",
            Self::Windows1251 => "windows-1251",
            Self::Windows1252 => "windows-1252",
        }
    }

    /// The text of a whole line. Bytes that mean nothing become U+FFFD.
    pub fn decode(self, line: &[u8]) -> String {
        self.decode_with_anchors(line).0
    }

    /// The text of a whole line, and the places in it from which on bytes are counted anew: offset in the text, byte
    /// in the line.
    pub fn decode_with_anchors(self, line: &[u8]) -> (String, Vec<(usize, u64)>) {
        let (mut text, mut anchors) = (String::with_capacity(line.len()), Vec::new());
        decode(self, line, 0, &mut text, &mut anchors);
        (text, anchors)
    }

    /// Bytes that `text` took up in the input. Only valid for text without replaced characters.
    fn length_of(self, text: &str) -> u64 {
        // In UTF-8 anchors are few and far between, and counting every character up to there would take long.
        let length = match self {
            Self::Utf8 | Self::Utf8Bom => text.len(),
            encoding => text.chars().map(|c| encoding.byte_len(c)).sum(),
        };
        length as u64
    }

    /// Bytes that `c` took up in the input. Only valid for characters that were not replaced.
    fn byte_len(self, c: char) -> usize {
        match self {
            Self::Utf8 | Self::Utf8Bom => c.len_utf8(),
            Self::Utf16Le | Self::Utf16Be => c.len_utf16() * 2,
            Self::Windows1251 | Self::Windows1252 => 1,
            // Two bytes for most; the anchors correct the rare four of GB18030 and the single ones of Shift_JIS.
            Self::Gb18030 | Self::Big5 | Self::ShiftJis => 1 + usize::from(!c.is_ascii()),
        }
    }
}

/// A place in a source: 1-based line and column (in characters), 0-based byte offset into the input as given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// 1-based line number.
    pub line: usize,
    /// 1-based column, counted in characters.
    pub column: usize,
    /// 0-based offset into the bytes as the user gave them.
    pub byte: u64,
}

/// Lines that were kept of an input too big to hold.
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    /// One line, or several, decoded; without the end of the last.
    pub text: &'a str,
    /// Number of its first line, 1-based.
    pub number: u64,
    /// Bytes before it in the input as given.
    pub byte: u64,
    /// Offset in `text` behind a place that could not be decoded, and the byte it stands for.
    pub anchors: Vec<(usize, u64)>,
}

/// One input, decoded. All offsets that the engine passes around are offsets into [`Source::text`];
/// [`Source::position`] leads back to the user's bytes.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name of the file, or the page's name for the paste box.
    pub name: String,
    /// How the bytes were read.
    pub encoding: Encoding,
    /// Length of the input in bytes.
    pub byte_len: u64,
    /// The decoded text, without the byte order mark. Line ends are as given. Of an input too big to hold, the lines
    /// that were kept.
    pub text: String,
    /// Offset into `text` of the first character of each line. Never empty.
    line_starts: Vec<usize>,
    /// Pairs (offset into `text`, byte offset) from which [`Encoding::byte_len`] counts on; sorted.
    anchors: Vec<(usize, u64)>,
    /// Where only some lines were kept: the number of each, and how many lines there are in all.
    kept: Option<(Vec<u64>, u64)>,
}

impl Source {
    /// Decodes an input. Never fails: bytes that mean nothing become U+FFFD, and spans stay exact around them.
    pub fn decode(name: &str, bytes: &[u8]) -> Self {
        let (encoding, mark) = guess_encoding(bytes);
        let body = &bytes[mark..];
        let mut text = String::with_capacity(body.len() + body.len() / 8);
        let mut anchors = vec![(0, mark as u64)];
        decode(encoding, body, mark, &mut text, &mut anchors);
        let line_starts = line_starts(&text);
        if !matches!(encoding, Encoding::Utf8 | Encoding::Utf8Bom) {
            anchor_lines(encoding, &text, &line_starts, &mut anchors);
        }
        Self { name: name.to_owned(), encoding, byte_len: bytes.len() as u64, text, line_starts, anchors, kept: None }
    }

    /// What was kept of an input of `byte_len` bytes and `lines` lines, in its order.
    pub fn kept(name: &str, encoding: Encoding, byte_len: u64, lines: u64, pieces: &[Piece]) -> Self {
        let (mut text, mut anchors) = (String::new(), Vec::new());
        let (mut starts, mut numbers) = (Vec::new(), Vec::new());
        for piece in pieces {
            let at = text.len();
            text.push_str(piece.text);
            let mut bytes = piece.anchors.iter().map(|(offset, byte)| (at + offset, *byte)).peekable();
            let (mut from, mut byte) = (at, piece.byte);
            for (number, start) in (piece.number..).zip(line_starts(piece.text)) {
                let start = at + start;
                while let Some(anchor) = bytes.next_if(|(offset, _)| *offset <= start) {
                    anchors.push(anchor);
                    (from, byte) = anchor;
                }
                byte += encoding.length_of(text.get(from..start).unwrap_or(""));
                from = start;
                starts.push(start);
                numbers.push(number);
                anchors.push((start, byte));
            }
            anchors.extend(bytes);
            text.push('\n');
        }
        if starts.is_empty() {
            (starts, numbers, anchors) = (vec![0], vec![1], vec![(0, 0)]);
        }
        let kept = Some((numbers, lines));
        Self { name: name.to_owned(), encoding, byte_len, text, line_starts: starts, anchors, kept }
    }

    /// The text before an offset that begins a line, as the lines kept of an input too big to hold.
    pub fn piece_before(&self, offset: usize) -> Piece<'_> {
        let text = self.text.get(..offset).unwrap_or("");
        let end = text.len() - usize::from(text.ends_with(['\n', '\r']));
        let anchors = self.anchors.iter().copied().filter(|(at, _)| *at < end).collect();
        Piece { text: text.get(..end).unwrap_or(""), number: 1, byte: self.position(0).byte, anchors }
    }

    /// How many lines the input has. A line end at the very end does not begin another line.
    pub fn line_count(&self) -> u64 {
        self.kept.as_ref().map_or(self.text_lines() as u64, |(_, lines)| *lines)
    }

    /// How many lines `text` has.
    pub fn text_lines(&self) -> usize {
        let last = self.line_starts.last().copied().unwrap_or(0);
        self.line_starts.len() - usize::from(last == self.text.len() && self.line_starts.len() > 1)
    }

    /// The 0-based index of the line that contains `offset`.
    pub fn line_index(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// Range in `text` of the 0-based line `index`, without its line end. Empty past the last line.
    pub fn line_range(&self, index: usize) -> std::ops::Range<usize> {
        let Some(&start) = self.line_starts.get(index) else { return self.text.len()..self.text.len() };
        let end = self.line_starts.get(index + 1).copied().unwrap_or(self.text.len());
        let line = self.text.get(start..end).unwrap_or("");
        start..start + line.trim_end_matches(['\n', '\r']).len()
    }

    /// Text of the 0-based line `index`, without its line end.
    pub fn line(&self, index: usize) -> &str {
        self.text.get(self.line_range(index)).unwrap_or("")
    }

    /// Where `offset` (into `text`) is for the user. Offsets inside a character count as its beginning.
    pub fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_index(offset);
        let start = self.line_starts.get(line).copied().unwrap_or(0);
        let column = self.text.get(start..offset).unwrap_or("").chars().count() + 1;
        let anchor = self.anchors.partition_point(|&(at, _)| at <= offset).saturating_sub(1);
        let (at, byte) = self.anchors.get(anchor).copied().unwrap_or((0, 0));
        let byte = byte + self.encoding.length_of(self.text.get(at..offset).unwrap_or(""));
        Position { line: self.number_of(line), column, byte: byte.min(self.byte_len) }
    }

    /// The 1-based number, in the input, of the line of `text` with this 0-based index.
    pub fn number_of(&self, index: usize) -> usize {
        let kept = self.kept.as_ref().and_then(|(numbers, _)| numbers.get(index)).copied();
        kept.map_or(index + 1, |number| usize::try_from(number).unwrap_or(usize::MAX))
    }
}

/// The encoding, and the length of the byte order mark.
fn guess_encoding(bytes: &[u8]) -> (Encoding, usize) {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => return (Encoding::Utf8Bom, 3),
        [0xFF, 0xFE, ..] => return (Encoding::Utf16Le, 2),
        [0xFE, 0xFF, ..] => return (Encoding::Utf16Be, 2),
        _ => {}
    }
    // UTF-16 without a mark: in text of this field most characters are ASCII, so every other byte is 0.
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&b| b == 0).count();
    let half = head.len() / 2;
    if half >= 2 {
        let (even, odd) = (zeros(0), zeros(1));
        if odd * 10 >= half * 4 && even * 20 <= half {
            return (Encoding::Utf16Le, 0);
        }
        if even * 10 >= half * 4 && odd * 20 <= half {
            return (Encoding::Utf16Be, 0);
        }
    }
    if std::str::from_utf8(bytes).is_ok() {
        return (Encoding::Utf8, 0);
    }
    // A few broken bytes in a UTF-8 file (a cut-off end, a binary scrap) do not make it another encoding.
    let mut broken = 0usize;
    let mut multi_byte = 0usize;
    for chunk in bytes.utf8_chunks() {
        multi_byte += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if multi_byte > broken * 4 || (broken <= 2 && multi_byte > 0) {
        return (Encoding::Utf8, 0);
    }
    (guess_code_page(bytes), 0)
}

/// The code page whose ordinary text these bytes look like. Each is judged by the share of its characters above
/// ASCII that everyday text of the language uses.
fn guess_code_page(bytes: &[u8]) -> Encoding {
    let head = bytes.get(..64 * 1024).unwrap_or(bytes);
    let candidates = [Encoding::Gb18030, Encoding::Big5, Encoding::ShiftJis];
    let best = candidates
        .into_iter()
        .map(|encoding| (everyday_share(encoding, head), encoding))
        .max_by_key(|(share, _)| *share);
    match best {
        Some((share, encoding)) if share >= LEAST_SHARE => encoding,
        _ if looks_cyrillic(head) => Encoding::Windows1251,
        _ => Encoding::Windows1252,
    }
}

/// Whether the bytes above ASCII stand in words of their own, as Cyrillic letters do: the accents of Western languages
/// stand between ASCII letters. Most letters of a text are small ones, which have the highest bytes.
fn looks_cyrillic(bytes: &[u8]) -> bool {
    let (mut high, mut small, mut together) = (0_usize, 0_usize, 0_usize);
    let mut before = 0_u8;
    for &byte in bytes {
        if byte >= 0x80 {
            high += 1;
            small += usize::from(byte >= 0xE0);
            together += usize::from(before >= 0xC0 && byte >= 0xC0);
        }
        before = byte;
    }
    high >= 8 && small * 10 >= high * 7 && together * 10 >= high * 6
}

/// From this share, in percent, on a text is taken for East Asian.
const LEAST_SHARE: usize = 70;

/// How many in a hundred of the double-byte characters are everyday ones; 0 when there are hardly any.
fn everyday_share(encoding: Encoding, bytes: &[u8]) -> usize {
    let (mut everyday, mut all) = (0_usize, 0_usize);
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        let length = character_length(encoding, rest);
        let (character, after) = rest.split_at(length.min(rest.len()));
        rest = if after.len() < rest.len() { after } else { tail };
        if *first < 0x80 {
            continue;
        }
        all += 1;
        everyday += usize::from(is_everyday(encoding, character));
    }
    if all < 2 { 0 } else { everyday * 100 / all }
}

/// Whether a double-byte character is one of everyday text.
fn is_everyday(encoding: Encoding, character: &[u8]) -> bool {
    let &[lead, trail] = character else { return false };
    match encoding {
        // First level of GB 2312, and full-width marks.
        Encoding::Gb18030 => matches!(lead, 0xB0..=0xD7 | 0xA1 | 0xA3) && trail >= 0xA1,
        // First level of Big5, and full-width marks.
        Encoding::Big5 => matches!(lead, 0xA1 | 0xA4..=0xC6) && matches!(trail, 0x40..=0x7E | 0xA1..=0xFE),
        // Kana, first level of JIS X 0208, and full-width marks.
        Encoding::ShiftJis => matches!(lead, 0x81..=0x83 | 0x88..=0x97) && trail >= 0x40,
        _ => false,
    }
}

/// Bytes of the first character in a code page.
fn character_length(encoding: Encoding, bytes: &[u8]) -> usize {
    match (encoding, bytes) {
        (Encoding::Gb18030, [0x81..=0xFE, 0x30..=0x39, ..]) => 4.min(bytes.len()),
        (Encoding::Gb18030, [0x81..=0xFE, 0x40..=0x7E | 0x80..=0xFE, ..])
        | (Encoding::Big5, [0x81..=0xFE, 0x40..=0x7E | 0xA1..=0xFE, ..])
        | (Encoding::ShiftJis, [0x81..=0x9F | 0xE0..=0xFC, 0x40..=0x7E | 0x80..=0xFC, ..]) => 2,
        _ => 1,
    }
}

fn decode(encoding: Encoding, body: &[u8], mark: usize, text: &mut String, anchors: &mut Vec<(usize, u64)>) {
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => decode_utf8(body, mark, text, anchors),
        Encoding::Utf16Le | Encoding::Utf16Be => {
            decode_utf16(body, mark, encoding == Encoding::Utf16Le, text, anchors);
        }
        Encoding::Gb18030 | Encoding::Big5 | Encoding::ShiftJis => decode_double_byte(encoding, body, text, anchors),
        Encoding::Windows1251 => {
            let (decoded, _) = WINDOWS_1251.decode_without_bom_handling(body);
            text.push_str(&decoded);
        }
        Encoding::Windows1252 => {
            let (decoded, _) = WINDOWS_1252.decode_without_bom_handling(body);
            text.push_str(&decoded);
        }
    }
}

fn decode_utf8(body: &[u8], mark: usize, text: &mut String, anchors: &mut Vec<(usize, u64)>) {
    if let Ok(valid) = std::str::from_utf8(body) {
        text.push_str(valid);
        return;
    }
    let mut byte = mark;
    for chunk in body.utf8_chunks() {
        text.push_str(chunk.valid());
        byte += chunk.valid().len() + chunk.invalid().len();
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
            anchors.push((text.len(), byte as u64));
        }
    }
}

fn decode_utf16(body: &[u8], mark: usize, little: bool, text: &mut String, anchors: &mut Vec<(usize, u64)>) {
    let units = body.chunks_exact(2).map(|pair| match pair {
        [a, b] if little => u16::from_le_bytes([*a, *b]),
        [a, b] => u16::from_be_bytes([*a, *b]),
        _ => 0,
    });
    let mut byte = mark;
    for unit in char::decode_utf16(units) {
        if let Ok(c) = unit {
            text.push(c);
            byte += c.len_utf16() * 2;
        } else {
            text.push(char::REPLACEMENT_CHARACTER);
            byte += 2;
        }
    }
    if body.len() % 2 == 1 {
        text.push(char::REPLACEMENT_CHARACTER);
        anchors.push((text.len(), byte as u64 + 1));
    }
}

fn decode_double_byte(encoding: Encoding, body: &[u8], text: &mut String, anchors: &mut Vec<(usize, u64)>) {
    let table = match encoding {
        Encoding::Big5 => BIG5,
        Encoding::ShiftJis => SHIFT_JIS,
        _ => GB18030,
    };
    let mut rest = body;
    while let Some(&first) = rest.first() {
        let (character, after) = rest.split_at(character_length(encoding, rest));
        rest = after;
        if first < 0x80 {
            text.push(char::from(first));
            continue;
        }
        let decoded = table
            .decode_without_bom_handling_and_without_replacement(character)
            .and_then(|decoded| decoded.chars().next());
        text.push(decoded.unwrap_or(char::REPLACEMENT_CHARACTER));
        if character.len() != 2 {
            anchors.push((text.len(), (body.len() - rest.len()) as u64));
        }
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        let crlf = bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n');
        if !crlf {
            starts.push(at + 1);
        }
    }
    starts
}

/// Adds an anchor at each line start, so that `position` walks one line at most.
fn anchor_lines(encoding: Encoding, text: &str, line_starts: &[usize], anchors: &mut Vec<(usize, u64)>) {
    let given = std::mem::take(anchors);
    let mut merged = Vec::with_capacity(given.len() + line_starts.len());
    let mut given = given.into_iter().peekable();
    let (mut at, mut byte) = (0, 0);
    for &start in line_starts {
        while let Some(anchor) = given.next_if(|&(offset, _)| offset <= start) {
            (at, byte) = anchor;
            merged.push(anchor);
        }
        byte += encoding.length_of(text.get(at..start).unwrap_or(""));
        at = start;
        merged.push((at, byte));
    }
    merged.extend(given);
    merged.dedup();
    *anchors = merged;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, mark: bool) -> Vec<u8> {
        let mark = mark.then_some(0xFEFF);
        mark.into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn utf16_with_and_without_a_mark_reads_the_same_and_points_into_its_own_bytes() {
        let text = "Proxy\r\n连接 failed";
        for (mark, shift) in [(true, 2), (false, 0)] {
            let source = Source::decode("a", &utf16(text, mark));
            assert_eq!(source.text, text);
            let at = source.position(text.find("failed").unwrap());
            assert_eq!((at.line, at.column), (2, 4));
            assert_eq!(at.byte, shift + 2 * (7 + 3));
        }
    }

    #[test]
    fn gbk_from_a_chinese_server_is_read_as_chinese() {
        let (bytes, _, _) = encoding_rs::GBK.encode("无法连接到远程服务器 10.8.0.20:8080");
        let source = Source::decode("a", &bytes);
        assert_eq!(source.encoding, Encoding::Gb18030);
        assert_eq!(source.text, "无法连接到远程服务器 10.8.0.20:8080");
        assert_eq!(source.position(source.text.find("10.8").unwrap()).byte, 21);
    }

    #[test]
    fn a_text_from_taiwan_or_japan_is_read_in_its_own_code_page() {
        let (bytes, _, _) = encoding_rs::BIG5.encode("無法連接至遠端伺服器 10.8.0.20:8080");
        let source = Source::decode("a", &bytes);
        assert_eq!((source.encoding, source.text.as_str()), (Encoding::Big5, "無法連接至遠端伺服器 10.8.0.20:8080"));
        let japanese = "リモート サーバーに接続できません。ﾌﾟﾛｷｼ 10.8.0.20:8080";
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(japanese);
        let source = Source::decode("a", &bytes);
        assert_eq!((source.encoding, source.text.as_str()), (Encoding::ShiftJis, japanese));
        let at = source.position(source.text.find("10.8").unwrap()).byte as usize;
        assert_eq!(bytes.get(at..at + 4), Some(&b"10.8"[..]));
    }

    #[test]
    fn western_bytes_are_not_taken_for_chinese() {
        let source = Source::decode("a", b"Verbindungsfehler f\xFCr Ger\xE4t");
        assert_eq!(source.encoding, Encoding::Windows1252);
        assert_eq!(source.text, "Verbindungsfehler für Gerät");
    }

    #[test]
    fn a_broken_byte_in_utf8_moves_no_later_span() {
        let source = Source::decode("a", "für\u{fffd}".as_bytes());
        assert_eq!(source.encoding, Encoding::Utf8);
        let mut bytes = "für ".as_bytes().to_vec();
        bytes.push(0xFF);
        bytes.extend_from_slice("\nzwei".as_bytes());
        let source = Source::decode("a", &bytes);
        let at = source.position(source.text.find("zwei").unwrap());
        assert_eq!((at.line, at.column, at.byte), (2, 1, 7));
    }

    #[test]
    fn every_kind_of_line_end_counts_once() {
        let source = Source::decode("a", b"one\r\ntwo\nthree\rfour\n");
        assert_eq!(source.line_count(), 4);
        assert_eq!((0..4).map(|i| source.line(i)).collect::<Vec<_>>(), ["one", "two", "three", "four"]);
    }
}
