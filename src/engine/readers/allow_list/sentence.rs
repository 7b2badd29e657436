//! A list inside a sentence: "the network team has opened a.example, b.example and *.c.example, nothing else".

use super::{Action, AllowList, Entry, HowKnown, Product, named_in, pattern, syntax};
use crate::artifact::Part;
use std::ops::Range;

/// So many names of the catalogue make an enumeration.
const FEWEST: usize = 3;

/// No paragraph of a mail that lists what was opened is longer.
const LONGEST: usize = 2000;

/// Ways to say that something was opened. Compared in lower case.
const OPENED: &[&str] = &[
    "whitelisted",
    "white-listed",
    "allowlisted",
    "allow-listed",
    "has opened",
    "have opened",
    "had opened",
    "was opened",
    "were opened",
    "been opened",
    "are open",
    "is open",
    "has allowed",
    "have allowed",
    "are allowed",
    "is allowed",
    "only allow",
    "we allow",
    "are permitted",
    "has permitted",
    "have permitted",
    "unblocked",
    "freigeschaltet",
    "freigegeben",
    "geöffnet",
    "sind erlaubt",
    "ist erlaubt",
    "haben wir erlaubt",
    "zugelassen",
    "autorisé",
    "autorisons",
    "ouvert",
    "débloqué",
    "permitido",
    "permitimos",
    "abierto",
    "autorizado",
    "desbloquead",
    "consentito",
    "aperto",
    "sbloccat",
    "liberado",
    "放通",
    "放行",
    "已开通",
    "开通了",
    "已开放",
    "开放了",
    "白名单",
    "已允许",
    "允许访问",
    "許可済",
    "許可しました",
    "許可しています",
    "開放しました",
];

/// Ways to say that it still has to be, or was not. Compared in lower case.
const NOT_YET: &[&str] = &[
    "blocked",
    "blocks ",
    "gesperrt",
    "blockiert",
    "bloqué",
    "bloquead",
    "bloccat",
    "拦截",
    "屏蔽",
    "封锁",
    "遮断",
    "ブロック",
    "must be",
    "have to be",
    "has to be",
    "need to be",
    "needs to be",
    "should be",
    "not open",
    "not been opened",
    "not allowed",
    "not whitelisted",
    "aren't",
    "müssen",
    "muss ",
    "sollen",
    "nicht freigeschaltet",
    "nicht freigegeben",
    "nicht erlaubt",
    "doivent",
    "il faut",
    "non autorisé",
    "deben",
    "hay que",
    "no permitido",
    "需要放",
    "需要开",
    "必须",
    "请放行",
    "请开通",
    "没有放",
    "未放",
    "未开",
    "許可してください",
    "許可する必要",
    "必要があります",
];

/// Whether a paragraph enumerates hosts of the catalogue and says that they were opened.
pub fn enumerates(text: &str) -> bool {
    if text.len() > LONGEST || !syntax::may_concern(text) {
        return false;
    }
    let lower = text.to_lowercase();
    // Who takes a block away opens.
    let without = lower.replace("unblock", "").replace("débloqu", "").replace("desbloque", "").replace("sblocc", "");
    OPENED.iter().any(|words| lower.contains(words))
        && !NOT_YET.iter().any(|words| without.contains(words))
        && names(text)
            .filter(|range| text.get(range.clone()).is_some_and(syntax::may_concern))
            .nth(FEWEST - 1)
            .is_some()
        && !crate::readers::error_text::names_error(text)
}

/// The names and wildcards of a text, wherever they stand. Letters of other scripts may touch them.
fn names(text: &str) -> impl Iterator<Item = Range<usize>> {
    let in_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'*');
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at + bytes.get(at..)?.iter().take_while(|&&b| !in_name(b)).count();
            let end = start + bytes.get(start..)?.iter().take_while(|&&b| in_name(b)).count();
            at = end.max(start + 1);
            let before = text.get(..start)?;
            // Addresses of mails and paths are no names of hosts.
            let is_part = before.ends_with('@') || bytes.get(end) == Some(&b'@') || before.ends_with('\\');
            let name = text.get(start..end)?;
            let end = start + name.trim_end_matches(['.', '-', '_']).len();
            if !is_part && text.get(start..end)?.contains('.') {
                return Some(start..end);
            }
        }
        None
    })
}

/// Reads the names of the sentence.
pub fn read(part: &Part) -> AllowList {
    let text = part.text();
    let said = named_in(&text.to_ascii_lowercase());
    let product = said.unwrap_or(Product::Plain);
    let mut list = AllowList {
        product,
        how_known: if said.is_some() { HowKnown::Said } else { HowKnown::Assumed },
        why_known: if said.is_some() {
            "The text around the entries says so.".to_owned()
        } else {
            "Nothing says which product reads it.".to_owned()
        },
        ..AllowList::default()
    };
    for range in names(text) {
        let name = text.get(range.clone()).unwrap_or("");
        let Some((shape, ports)) = pattern::parse(name, product) else { continue };
        if matches!(shape, super::Shape::Address) {
            continue;
        }
        list.entries.push(Entry { text: name.to_owned(), span: part.span(range), shape, action: Action::Allow, ports });
    }
    syntax::remark(&mut list);
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn a_sentence_that_says_what_was_opened_is_a_list() {
        for text in [
            "Our firewall team has whitelisted login.microsoftonline.us, graph.microsoft.us and *.windows.net for us.",
            "网络组已放通*.partner.microsoftonline.cn、login.chinacloudapi.cn和*.digicert.com这几个地址",
            "Freigeschaltet sind login.microsoftonline.com, graph.microsoft.com, *.msauth.net. Reicht das? Sind erlaubt.",
        ] {
            assert!(enumerates(text), "{text}");
            let source = Source::decode("mail.txt", text.as_bytes());
            assert_eq!(read(&Part::whole(&source)).entries.len(), 3, "{text}");
        }
    }

    #[test]
    fn wishes_and_errors_are_no_list() {
        for text in [
            "The hosts login.microsoftonline.com, graph.microsoft.com and *.msauth.net must be allowed.",
            "We cannot reach login.microsoftonline.com, graph.microsoft.com or adminwebservice.microsoftonline.com.",
            "Our proxy has blocked login.microsoftonline.com, graph.microsoft.com and *.msauth.net, only a.example is open.",
            "The proxy has opened login.microsoftonline.com and graph.microsoft.com.",
            "login.microsoftonline.com, graph.microsoft.com, *.msauth.net are open, yet: The remote server returned an error: (407) Proxy Authentication Required.",
        ] {
            assert!(!enumerates(text), "{text}");
        }
    }
}
