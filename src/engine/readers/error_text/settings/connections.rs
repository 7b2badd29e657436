//! The binary values in which Windows keeps the proxy settings of a connection.
//!
//! ```text
//! DefaultConnectionSettings, SavedLegacySettings, WinHttpSettings: numbers of four bytes, low byte first
//!  0  version      4  counter of changes      8  flags: 2 proxy, 4 script, 8 auto-detection (1 is always there)
//! 12  length, then the proxy      length, then the bypass list      length, then the address of the script
//! ```
//! The layout is not documented by Microsoft; it is the one that the Internet Options of every Windows write.

use super::SettingField;

/// What a binary value says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Connection {
    /// The proxy counts.
    pub uses_proxy: bool,
    /// The script counts.
    pub uses_script: bool,
    /// Auto-detection is switched on.
    pub auto_detect: bool,
    /// As stored; may be there although it does not count.
    pub proxy: String,
    /// As stored.
    pub bypass: String,
    /// As stored.
    pub script: String,
}

const PROXY: u32 = 2;
const SCRIPT: u32 = 4;
const DETECT: u32 = 8;

/// No name and no list is longer: more means that these bytes are something else.
const LONGEST: usize = 64 << 10;

/// Reads the bytes; `None` when they cannot be such a value. A value that ends early has no more strings.
pub fn decode(bytes: &[u8]) -> Option<Connection> {
    let number = |at: usize| {
        let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(u32::from_le_bytes(four))
    };
    let (version, flags) = (number(0)?, number(8)?);
    if !(0x10..=0x60).contains(&version) || flags > 0x3f {
        return None;
    }
    let mut at = 12;
    let mut text = || {
        let length = number(at).map_or(0, |length| length as usize);
        let start = at + 4;
        let end = start.checked_add(length).filter(|_| length <= LONGEST)?;
        at = end;
        let bytes = bytes.get(start..end)?;
        Some(bytes.iter().map(|&b| char::from(b)).filter(|c| !c.is_control()).collect::<String>())
    };
    Some(Connection {
        uses_proxy: flags & PROXY != 0,
        uses_script: flags & SCRIPT != 0,
        auto_detect: flags & DETECT != 0,
        proxy: text()?,
        bypass: text().unwrap_or_default(),
        script: text().unwrap_or_default(),
    })
}

impl Connection {
    /// The same as fields and values.
    pub fn fields(self) -> Vec<(SettingField, String)> {
        let switch = |on: bool| if on { "1" } else { "0" }.to_owned();
        let mut fields = vec![(SettingField::Enabled, switch(self.uses_proxy))];
        if !self.proxy.is_empty() {
            fields.push((SettingField::Server, self.proxy));
        }
        if !self.bypass.is_empty() {
            fields.push((SettingField::Bypass, self.bypass));
        }
        if self.uses_script && !self.script.is_empty() {
            fields.push((SettingField::Script, self.script));
        }
        fields.push((SettingField::AutoDetect, switch(self.auto_detect)));
        fields
    }
}

/// The bytes of `46,00,…`, of `4600…` and of `{70, 0, …}`; `None` where the print cuts them off or has others.
pub fn bytes(text: &str) -> Option<Vec<u8>> {
    let text = text.trim();
    if let Some(list) = text.strip_prefix('{') {
        let list = list.strip_suffix('}')?;
        return list.split(',').map(|number| number.trim().parse().ok()).collect();
    }
    if text.contains(',') {
        let pairs = text.trim_end_matches([',', ' ']).split(',').map(str::trim);
        return pairs.map(|pair| u8::from_str_radix(pair, 16).ok().filter(|_| pair.len() == 2)).collect();
    }
    let digits: Vec<u8> = text.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    (digits.len() >= 2 && digits.len().is_multiple_of(2)).then(|| digits.chunks(2).map(pair).collect()).flatten()
}

/// Text that a registry export writes as bytes: UTF-16, low byte first.
pub fn wide_text(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).filter_map(|pair| Some(u16::from_le_bytes(pair.try_into().ok()?)));
    let units: Vec<u16> = units.take_while(|unit| *unit != 0).collect();
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(flags: u8, texts: [&str; 3]) -> Vec<u8> {
        let mut bytes = vec![0x46, 0, 0, 0, 0x16, 0, 0, 0, flags, 0, 0, 0];
        for text in texts {
            bytes.extend((text.len() as u32).to_le_bytes());
            bytes.extend(text.bytes());
        }
        bytes.extend([0; 32]);
        bytes
    }

    #[test]
    fn proxy_script_and_detection_are_told_by_the_flags() {
        let read = decode(&stored(3, ["proxy.contoso.example:8080", "<local>", ""])).unwrap();
        assert_eq!(
            (read.uses_proxy, read.proxy.as_str(), read.bypass.as_str()),
            (true, "proxy.contoso.example:8080", "<local>")
        );
        let read = decode(&stored(0x0d, ["old:3128", "", "http://wpad.contoso.example/p.pac"])).unwrap();
        assert!(!read.uses_proxy && read.uses_script && read.auto_detect);
        assert_eq!(read.script, "http://wpad.contoso.example/p.pac");
    }

    #[test]
    fn bytes_are_read_in_every_print_and_not_where_they_are_cut_off() {
        assert_eq!(bytes("46,00,0f"), Some(vec![0x46, 0, 15]));
        assert_eq!(bytes("46000F"), Some(vec![0x46, 0, 15]));
        assert_eq!(bytes("{70, 0, 15}"), Some(vec![70, 0, 15]));
        assert_eq!(bytes("{70, 0, 0, 0...}"), None);
        assert_eq!(decode(&[0x46, 0, 0]), None);
        assert_eq!(wide_text(&[b'p', 0, b':', 0, 0, 0]), "p:");
    }
}
