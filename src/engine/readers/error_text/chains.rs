//! Exceptions within exceptions. .NET prints the outermost first: `A ---> B ---> C`, then the stack frames of C, "End
//! of inner exception stack trace", those of B, and so on. Other programs write "Inner Exception:" or "Caused by:",
//! and the wizard's sign-in prints `(extendedMessage: A | B | C)`. The deepest link that tells something is the
//! cause; what stands around it only carries it. Source: Exception.ToString and AggregateException.ToString of the
//! .NET reference source.

use super::ErrorHit;
use super::layout::{is_trace_line, prompt};
use super::normalise::Normal;
use crate::artifact::Part;
use crate::errors::Layer;
use aho_corasick::{AhoCorasick, MatchKind};
use std::ops::Range;
use std::sync::LazyLock;

/// The place of an error in its chain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Number of the chain within its part. An error that stands alone is a chain of one.
    pub chain: usize,
    /// How many exceptions stand around it.
    pub depth: usize,
    /// A deeper link, or the number that the sign-in service gave, tells more: this one explains nothing.
    pub outer: bool,
    /// An inner exception is announced behind it, and the text ends there.
    pub cut: bool,
}

/// What stands between two links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// What follows is the inner exception.
    Inward,
    /// What follows is one of the several inner exceptions of the outermost one.
    Branch,
    /// The inner exception ends; frames of the one around it follow.
    Outward,
    /// Parts of the message of the sign-in library follow, separated by bars.
    Bars,
}

/// Signs as the normalised text has them, without blanks.
const SIGNS: &[(&str, Mark)] = &[
    ("--->", Mark::Inward),
    ("->system.", Mark::Inward),
    ("innerexception", Mark::Inward),
    ("causedby:", Mark::Inward),
    ("innereausnahme", Mark::Inward),
    ("exceptioninterne", Mark::Inward),
    ("excepcióninterna", Mark::Inward),
    ("内部异常", Mark::Inward),
    ("內部例外狀況", Mark::Inward),
    ("内部例外", Mark::Inward),
    ("--->(innerexception#", Mark::Branch),
    ("(innerexception#", Mark::Branch),
    ("---endofinnerexceptionstacktrace---", Mark::Outward),
    ("---endedesinternenausnahmestacktrace", Mark::Outward),
    ("---endederinternenausnahmestapelüberwachung---", Mark::Outward),
    ("---findelatracedelapiled'exceptioninterne---", Mark::Outward),
    ("---findelseguimientodelapiladelaexcepcióninterna---", Mark::Outward),
    ("---finedellatracciadellostackdell'eccezioneinterna---", Mark::Outward),
    ("---内部异常堆栈跟踪的结尾---", Mark::Outward),
    ("---內部例外狀況堆疊追蹤的結尾---", Mark::Outward),
    ("---内部例外スタックトレースの終わり---", Mark::Outward),
    ("<---", Mark::Outward),
    ("extendedmessage:", Mark::Bars),
];

static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let mut builder = AhoCorasick::builder();
    builder.match_kind(MatchKind::LeftmostLongest).build(SIGNS.iter().map(|(sign, _)| sign)).ok()
});

/// How much text, without stack frames, may stand between two links of one chain.
const NEAR: usize = 600;

/// How far apart two links may be, stack frames included.
const FAR: usize = 8000;

/// Says of each error where in its chain it stands. The errors are in the order of the text.
pub fn mark_links(part: &Part, normal: &Normal, hits: &mut [ErrorHit]) {
    let mut last: Option<(usize, Link)> = None;
    let mut chains = 0;
    let mut barred = false;
    for hit in hits.iter_mut() {
        let (start, end) = (hit.span.start.saturating_sub(part.start), hit.span.end.saturating_sub(part.start));
        let next = last.and_then(|(behind, link)| {
            let depth = step(normal, behind..start.max(behind), link.depth, &mut barred)?;
            Some(Link { depth, ..link })
        });
        hit.link = next.unwrap_or_else(|| {
            chains += 1;
            // "extendedMessage:" may stand before the first part that is known.
            barred = opens_bars(normal, start);
            Link { chain: chains, ..Link::default() }
        });
        last = Some((end, hit.link));
    }
    mark_outer(hits);
    for index in 0..hits.len() {
        let next = hits.get(index + 1).map_or(part.end, |next| next.span.start).saturating_sub(part.start);
        if let Some(hit) = hits.get_mut(index) {
            let end = hit.span.end.saturating_sub(part.start);
            hit.link.cut = announces(normal, end..next.max(end));
        }
    }
}

/// The depth behind a stretch of the original text that begins at this depth; `None` when the stretch joins nothing.
fn step(normal: &Normal, stretch: Range<usize>, depth: usize, barred: &mut bool) -> Option<usize> {
    let text = normal.original.get(stretch.clone()).filter(|text| text.len() <= FAR)?;
    if !is_one_story(text) {
        return None;
    }
    let mut marks = marks(normal, &stretch);
    *barred |= marks.contains(&Mark::Bars);
    marks.retain(|mark| *mark != Mark::Bars);
    if marks.is_empty() {
        // The library itself joins the parts so, also where nothing announces them.
        let only_bar = text.trim_matches(|c: char| c.is_whitespace() || c == '.') == "|";
        let bars = if *barred || only_bar { text.matches('|').count() } else { 0 };
        // Parts of one message on one line: a code and its sentence.
        let is_same = bars > 0 || (text.len() <= 80 && !text.contains('\n'));
        return is_same.then_some(depth + bars);
    }
    let mut inward = false;
    let mut depth = depth;
    for mark in marks {
        inward |= mark != Mark::Outward;
        depth = match mark {
            Mark::Inward => depth + 1,
            Mark::Branch => 1,
            Mark::Outward => depth.saturating_sub(1),
            Mark::Bars => depth,
        };
    }
    inward.then_some(depth)
}

/// The signs in a stretch of the original text.
fn marks(normal: &Normal, stretch: &Range<usize>) -> Vec<Mark> {
    let (from, to) = (normal.position(stretch.start), normal.position(stretch.end));
    let (Some(finder), Some(text)) = (FINDER.as_ref(), normal.text.get(from..to.max(from))) else {
        return Vec::new();
    };
    let found = finder.find_iter(text).filter_map(|hit| {
        let (sign, mark) = *SIGNS.get(hit.pattern().as_usize())?;
        let (head, tail) = (text.get(..hit.start())?, text.get(hit.end()..)?);
        let named = sign.starts_with(char::is_alphabetic) && mark == Mark::Inward;
        (!named || is_label(head, tail)).then_some((mark, named, from + hit.start()))
    });
    let mut kept: Vec<(Mark, bool, usize)> = Vec::new();
    for (mark, named, at) in found {
        // "---> Inner Exception:" is one step.
        let repeated = kept.last().is_some_and(|(last, _, place)| *last == Mark::Inward && named && at - place < 24);
        if !repeated {
            kept.push((mark, named, at));
        }
    }
    kept.into_iter().map(|(mark, _, _)| mark).collect()
}

/// "Inner exception" is a label before what it labels. "See the inner exception for details" is none, and neither is
/// one that has nothing to show.
fn is_label(head: &str, tail: &str) -> bool {
    const BEFORE: &[&str] = &[
        "see",
        "the",
        "an",
        "no",
        "of",
        "without",
        "sieheauch",
        "siehe",
        "die",
        "der",
        "voirl'",
        "请参阅",
        "参阅",
        "请参见",
    ];
    const NOTHING: &[&str] = &["none", "null", "(null)", "keine", "aucune", "无", "なし"];
    let value =
        tail.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '：' | '=' | '>' | '#' | '-'));
    let labels = tail.starts_with([':', '：', '=', '-', '#', '>']) || tail.starts_with(|c: char| c.is_ascii_digit());
    !BEFORE.iter().any(|word| head.ends_with(word))
        && !NOTHING.iter().any(|word| value.starts_with(word))
        && (labels || tail.is_empty() || tail.starts_with("system.") || tail.starts_with("microsoft."))
}

/// Whether nothing in the text begins another story: a stamped line, a command, a page of other words.
fn is_one_story(text: &str) -> bool {
    let mut plain = 0;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if index > 0 && (is_trace_line(line) || prompt(line).is_some()) {
            return false;
        }
        if !is_frame(line) {
            plain += line.len();
        }
    }
    plain <= NEAR
}

/// A stack frame, in the languages of .NET, or a line between frames.
fn is_frame(line: &str) -> bool {
    const STARTS: &[&str] = &["at ", "bei ", "à ", "en ", "in ", "em ", "в ", "在 ", "於 ", "場所 "];
    line.starts_with("---") || (line.contains(['(', '.']) && STARTS.iter().any(|start| line.starts_with(start)))
}

/// Whether a message of the sign-in library with bars between its parts begins shortly before this place.
fn opens_bars(normal: &Normal, at: usize) -> bool {
    let mut from = at.saturating_sub(NEAR);
    while !normal.original.is_char_boundary(from) {
        from += 1;
    }
    let head = normal.original.get(from..at).unwrap_or("").to_ascii_lowercase();
    head.rfind("extendedmessage").is_some_and(|start| head.get(start..).is_some_and(|rest| !rest.contains(')')))
}

/// Marks what a deeper link explains. A wrapper explains nothing, however deep it is; and an answer over HTTP or of
/// the service stays what it is, whatever stands inside of it.
fn mark_outer(hits: &mut [ErrorHit]) {
    let tells = |hit: &ErrorHit| !matches!(hit.entry.layer, Layer::Headline | Layer::Wrapper);
    let number = |hit: &ErrorHit| hit.entry.id.starts_with("aadsts-") && hit.entry.diagnosis != Some("tls12-disabled");
    // From the end: the depths of the telling links that are still inside of what comes before them.
    let mut inside: Vec<usize> = Vec::new();
    let mut chain = 0;
    for hit in hits.iter_mut().rev() {
        if hit.link.chain != chain {
            (chain, inside) = (hit.link.chain, Vec::new());
        }
        let depth = hit.link.depth;
        let is_answer = hit.entry.layer >= Layer::Http;
        hit.link.outer = !is_answer && inside.iter().any(|inner| *inner > depth);
        // What is inside of this link counts from here on as this link: exceptions beside it do not explain it.
        inside.retain(|inner| *inner <= depth);
        if hit.link.outer || tells(hit) {
            inside.push(depth);
        }
    }
    let answered: Vec<usize> = hits.iter().filter(|hit| number(hit)).map(|hit| hit.link.chain).collect();
    for hit in hits.iter_mut().filter(|hit| answered.binary_search(&hit.link.chain).is_ok()) {
        hit.link.outer = !matches!(hit.entry.layer, Layer::Service | Layer::Local | Layer::Headline);
    }
}

/// Whether a stretch announces an inner exception and then ends.
fn announces(normal: &Normal, stretch: Range<usize>) -> bool {
    let Some(text) = normal.original.get(stretch).filter(|text| text.len() <= 40) else { return false };
    // Only at the end of what was pasted: otherwise the inner exception follows and is none of the known ones.
    let text = text.trim().trim_end_matches(['.', '…', ' ']).to_lowercase();
    ["--->", "-->", "inner exception:", "innerexception:", "caused by:"].iter().any(|sign| text.ends_with(sign))
}

#[cfg(test)]
mod tests {
    use super::super::{Text, read_as};
    use crate::artifact::Kind;

    fn read(text: &str) -> Text {
        read_as(text, Kind::ErrorText)
    }

    /// The errors that no deeper link explains.
    fn causes(text: &str) -> Vec<&'static str> {
        read(text).errors.iter().filter(|hit| !hit.link.outer).map(|hit| hit.entry.id).collect()
    }

    const SEND: &str = "System.Net.Http.HttpRequestException: An error occurred while sending the request.";
    const CLOSED: &str =
        "System.Net.WebException: The underlying connection was closed: An unexpected error occurred on a send.";
    const CONNECT: &str = "System.Net.WebException: Unable to connect to the remote server";
    const REFUSED: &str = "System.Net.Sockets.SocketException: No connection could be made because the target machine actively refused it 10.1.2.3:8080";
    const RESET: &str =
        "System.Net.Sockets.SocketException: An existing connection was forcibly closed by the remote host";
    const FRAMES: &str = "   at System.Net.Sockets.Socket.InternalEndConnect(IAsyncResult asyncResult)\n   at System.Net.ServicePoint.ConnectSocketInternal(Boolean connectFailure, Socket s4)\n";

    #[test]
    fn the_deepest_exception_is_the_cause_in_every_notation() {
        for text in [
            format!(
                "{SEND} ---> {CONNECT} ---> {REFUSED}\n{FRAMES}   --- End of inner exception stack trace ---\n{FRAMES}"
            ),
            format!("{SEND}\n ---> {CONNECT}\n ---> {REFUSED}\n{FRAMES}"),
            format!("{SEND}\n{FRAMES}\nInner Exception: {CONNECT}\n{FRAMES}\nInner Exception: {REFUSED}\n{FRAMES}"),
            format!("{SEND}\n\nInnerException: {CONNECT}\n\nInnerException: {REFUSED}"),
            format!("{SEND}\n{FRAMES}Caused by: {CONNECT}\n{FRAMES}Caused by: {REFUSED}"),
            format!("(extendedMessage: {SEND} | {CONNECT} | {REFUSED})"),
            format!(
                "System.AggregateException: One or more errors occurred. ---> {SEND} ---> {CONNECT} ---> {REFUSED}\n{FRAMES}   --- End of inner exception stack trace ---\n---> (Inner Exception #0) {SEND} ---> {CONNECT} ---> {REFUSED}\n{FRAMES}<---"
            ),
            format!("{SEND}\n内部异常: {CONNECT}\n内部异常: {REFUSED}"),
            format!("{SEND}\nInnere Ausnahme: {CONNECT}\nInnere Ausnahme: {REFUSED}"),
        ] {
            let mut causes = causes(&text);
            causes.dedup();
            assert_eq!(causes, ["socket-refused"], "{text}");
        }
    }

    #[test]
    fn an_exception_beside_a_chain_belongs_to_no_chain() {
        for text in [
            format!("First the server said {CLOSED}\n\nThe day after: {SEND} ---> {REFUSED}"),
            format!("{CLOSED}\nPS C:\\> Test-NetConnection\n{SEND} ---> {REFUSED}"),
            format!("[10:15:08.310] [  1] [ERROR] {CLOSED}\n[10:15:09.310] [  1] [ERROR] {SEND} ---> {REFUSED}"),
        ] {
            assert_eq!(causes(&text), ["tls-unexpected-send", "socket-refused"], "{text}");
        }
        let two = format!(
            "System.AggregateException: One or more errors occurred. ---> {CLOSED}\n   --- End of inner exception stack trace ---\n---> (Inner Exception #0) {CLOSED}<---\n---> (Inner Exception #1) {CONNECT} ---> {REFUSED}<---"
        );
        assert_eq!(causes(&two), ["tls-unexpected-send", "socket-refused"]);
    }

    #[test]
    fn a_wrapper_at_the_bottom_explains_nothing_of_what_stands_around_it() {
        assert_eq!(causes(&format!("{CLOSED} ---> {SEND}")), ["tls-unexpected-send", "dotnet-error-sending-request"]);
        assert_eq!(
            causes(&format!(
                "{CLOSED} ---> System.IO.IOException: Unable to read data from the transport connection ---> {RESET}"
            )),
            ["socket-reset"]
        );
        let sentence = format!("{SEND} See the inner exception for details.\n{CLOSED}");
        assert_eq!(causes(&sentence), ["dotnet-error-sending-request", "tls-unexpected-send"]);
    }

    #[test]
    fn an_answer_of_the_sign_in_service_is_the_cause_wherever_it_stands_in_the_chain() {
        let text = "Microsoft.Identity.Client.MsalServiceException: AADSTS50126: Error validating credentials ---> System.Net.Http.HttpRequestException: The remote server returned an error: (407) Proxy Authentication Required.";
        assert_eq!(causes(text), ["aadsts-50126"]);
    }

    #[test]
    fn a_chain_that_was_cut_off_says_so() {
        for text in [format!("{SEND} --->"), format!("{SEND} ---> ..."), format!("{SEND}\nInner Exception:\n")] {
            assert!(read(&text).errors.iter().all(|hit| hit.link.cut), "{text}");
        }
        for text in [SEND.to_owned(), format!("{SEND} ---> System.Foo: unknown"), format!("{SEND} ---> {REFUSED}")] {
            assert!(!read(&text).errors.iter().any(|hit| hit.link.cut), "{text}");
        }
    }
}
