//! The messages of a mail thread. The newest one that tells how things stand counts; what only older ones say is
//! history. A forward without words of its own leaves the forwarded report as the newest.

use super::ErrorHit;
use crate::artifact::Part;
use crate::errors::Layer;

/// Labels of the sender in the head of a quoted message.
const SENDER: &[&str] = &[
    "from",
    "von",
    "de",
    "da",
    "od",
    "van",
    "от",
    "kimden",
    "gönderen",
    "발신",
    "보낸 사람",
    "发件人",
    "寄件者",
    "差出人",
    "送信者",
];

/// Labels of the date in the head of a quoted message.
const DATE: &[&str] = &[
    "date",
    "sent",
    "datum",
    "gesendet",
    "envoyé",
    "enviado",
    "fecha",
    "inviato",
    "data",
    "发送时间",
    "日期",
    "送信日時",
    "日付",
    "寄件日期",
    "wysłano",
    "отправлено",
    "дата",
    "gönderildi",
    "tarih",
    "verzonden",
    "보낸 날짜",
    "날짜",
];

/// Ends of the line that mail programs put above a quoted message.
const WROTE: &[&str] = &[
    "wrote:",
    "schrieb:",
    "a écrit :",
    "a écrit:",
    "escribió:",
    "ha scritto:",
    "escreveu:",
    "写道：",
    "写道:",
    "のメール:",
    "pisze:",
    "napisał:",
    "napisał(a):",
    "написал:",
    "пишет:",
    "yazdı:",
    "schreef:",
    "님이 작성:",
];

/// Ways to say that the trouble is over. Compared in lower case.
const SOLVED: &[&str] = &[
    "works now",
    "works again",
    "working now",
    "working again",
    "is solved",
    "problem solved",
    "issue solved",
    "has been solved",
    "is resolved",
    "has been resolved",
    "issue resolved",
    "problem resolved",
    "is fixed now",
    "has been fixed",
    "funktioniert jetzt",
    "funktioniert wieder",
    "läuft wieder",
    "ist gelöst",
    "ist behoben",
    "est résolu",
    "fonctionne maintenant",
    "está resuelto",
    "已解决",
    "已經解決",
    "恢复正常",
    "解決しました",
    "解消しました",
    "解決済み",
    "恢復正常",
    "已解決",
    "c'est réglé",
    "c’est réglé",
    "est réglé",
    "problème résolu",
    "fonctionne de nouveau",
    "fonctionne à nouveau",
    "tourne de nouveau",
    "tourne à nouveau",
    "problema resuelto",
    "queda resuelto",
    "ya funciona",
    "vuelve a funcionar",
    "problema solucionado",
    "problema risolto",
    "è risolto",
    "è stato risolto",
    "ora funziona",
    "funziona di nuovo",
    "problema resolvido",
    "está resolvido",
    "já funciona",
    "voltou a funcionar",
    "problem rozwiązany",
    "problem został rozwiązany",
    "już działa",
    "znowu działa",
    "проблема решена",
    "вопрос решен",
    "вопрос решён",
    "снова работает",
    "теперь работает",
    "sorun çözüldü",
    "artık çalışıyor",
    "tekrar çalışıyor",
    "is opgelost",
    "werkt weer",
    "werkt nu",
    "해결되었습니다",
    "해결됐습니다",
    "정상 동작합니다",
];

/// Ways to say that nothing is left to do. Compared in lower case.
const CLOSED: &[&str] = &[
    "ticket can be closed",
    "you can close the ticket",
    "case can be closed",
    "please close the ticket",
    "please close the case",
    "ticket kann zu",
    "ticket kann geschlossen",
    "kann geschlossen werden",
    "on peut clôturer",
    "vous pouvez clôturer",
    "se puede cerrar",
    "可以关单",
    "可以关闭工单",
    "クローズしてください",
    "vous pouvez clore",
    "pueden cerrar",
    "podem fechar",
    "potete chiudere",
    "można zamknąć",
    "можно закрыть",
    "kapatabilirsiniz",
    "닫아 주세요",
];

/// Words that limit a success to something else, or go on with what does not work. Compared in lower case.
const LIMITS: &[&str] = &[
    " but ",
    "however",
    "except",
    "only ",
    "browser",
    "outlook",
    "teams",
    "internet explorer",
    " vpn",
    "aber",
    "jedoch",
    "nur ",
    "mais ",
    "sauf",
    "pero ",
    "salvo",
    "但",
    "不过",
    "除了",
    "しかし",
    "ただし",
    " ma ",
    " mas ",
    " ale ",
    " но ",
    " ama ",
    "하지만",
];

/// Ways to say that nothing has changed since the message below.
const SAME: &[&str] = &[
    "same error",
    "same message",
    "same problem",
    "still the same",
    "unchanged",
    "no change",
    "see below",
    "error below",
    "as below",
    "gleiche fehler",
    "gleichen fehler",
    "selbe fehler",
    "siehe unten",
    "unverändert",
    "même erreur",
    "ci-dessous",
    "mismo error",
    "同样的错误",
    "见下",
    "如下",
    "同じエラー",
    "下記",
];

/// How many lines below the sender the date may stand.
const HEAD: usize = 5;

#[derive(Debug, Default)]
struct Thread {
    /// Where a stretch begins, and which message it belongs to.
    stretches: Vec<(usize, usize)>,
    /// The date of each message as year, month, day, minute of the day; message 0 is what stands before any head.
    dates: Vec<Option<(u32, u32, u32, u32)>>,
}

/// A source longer than this is no mail: each of its parts is looked at by itself.
const MAIL: usize = 64 << 10;

/// Marks the errors that only an older message reports. The words of a mail and what it shows may be parts of their own:
/// the thread is that of the whole mail.
pub fn mark_history(part: &Part, hits: &mut [ErrorHit]) {
    if hits.is_empty() {
        return;
    }
    let whole = Part { start: 0, end: part.source.text.len(), ..*part };
    let part = if part.source.text.len() <= MAIL { &whole } else { part };
    let thread = thread(part);
    mark_solved(part, &thread, hits);
    if thread.dates.len() < 2 {
        return;
    }
    let message = |hit: &ErrorHit| thread.message(hit.span.start.saturating_sub(part.start));
    // "An error occurred" tells nothing of its own: the older message with the cause still counts.
    let mut telling: Vec<usize> =
        hits.iter().filter(|hit| !matches!(hit.entry.layer, Layer::Headline | Layer::Wrapper)).map(message).collect();
    let mut same = Vec::new();
    for (start, line) in part.lines() {
        let line = line.to_lowercase();
        let number = thread.message(start);
        if SOLVED.iter().any(|words| says(&line, words)) {
            telling.push(number);
        }
        if SAME.iter().any(|words| line.contains(words)) {
            same.push(number);
        }
    }
    telling.sort_unstable();
    telling.dedup();
    let dated = telling.iter().all(|&number| thread.date(number).is_some());
    let newest = if dated {
        telling.iter().copied().max_by_key(|&number| (thread.date(number), std::cmp::Reverse(number)))
    } else {
        telling.first().copied()
    };
    let Some(newest) = newest.filter(|newest| !same.contains(newest)) else {
        return;
    };
    let is_older = |number: usize| {
        if dated && thread.date(number).is_some() { thread.date(number) < thread.date(newest) } else { number > newest }
    };
    for hit in hits {
        hit.history |= is_older(message(hit));
    }
}

/// Marks the errors of a message, or of a chat, that says further down that the trouble is over.
fn mark_solved(part: &Part, thread: &Thread, hits: &mut [ErrorHit]) {
    let over: Vec<(usize, usize, usize)> = part
        .lines()
        .filter(|(_, line)| {
            let line = line.to_lowercase();
            let solved = SOLVED.iter().chain(CLOSED).any(|words| says(&line, words));
            solved && !LIMITS.iter().any(|word| line.contains(word))
        })
        .map(|(start, line)| (start, thread.message(start), unquote(line).0))
        .collect();
    if over.is_empty() {
        return;
    }
    for hit in hits {
        let at = hit.span.start.saturating_sub(part.start);
        let number = thread.message(at);
        // What is quoted below the words is what they answer.
        let depth = || unquote(line_from(part.text(), at)).0;
        hit.history |= over
            .iter()
            .any(|(start, message, quoted)| (*message == number && at < *start) || (at > *start && depth() > *quoted));
    }
}

/// Words that deny or doubt what follows them.
const DENIALS: &[&str] = &[
    "not", "nicht", "until", "if", "whether", "once", "pas", "no", "what", "non", "não", "nie", "не", "niet", "si",
    "se", "jeśli", "если", "wenn", "als", "quand", "cuando", "quando",
];

/// Whether the line says these words, and does not deny or doubt them.
fn says(line: &str, words: &str) -> bool {
    line.find(words).is_some_and(|at| {
        let before = line.get(..at).unwrap_or("");
        let near: Vec<&str> = before.split_whitespace().rev().take(4).collect();
        !near.iter().any(|word| DENIALS.contains(word)) && !line.trim_end().ends_with('?')
    })
}

impl Thread {
    fn message(&self, offset: usize) -> usize {
        let index = self.stretches.partition_point(|(start, _)| *start <= offset);
        index.checked_sub(1).and_then(|index| self.stretches.get(index)).map_or(0, |(_, number)| *number)
    }

    fn date(&self, message: usize) -> Option<(u32, u32, u32, u32)> {
        self.dates.get(message).copied().flatten()
    }
}

fn thread(part: &Part) -> Thread {
    let lines: Vec<(usize, usize, &str)> = part
        .lines()
        .map(|(start, line)| {
            let (depth, body) = unquote(line);
            (start, depth, body)
        })
        .filter(|(_, _, body)| !body.is_empty())
        .collect();
    let mut thread = Thread { stretches: Vec::new(), dates: vec![None] };
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (index, &(start, depth, body)) in lines.iter().enumerate() {
        while open.last().is_some_and(|(outer, _)| *outer > depth) {
            open.pop();
        }
        let opened = if labelled(body, SENDER).is_some() {
            let head = lines.get(index + 1..).unwrap_or_default().iter().take(HEAD);
            let date = head.filter(|(_, inner, _)| *inner == depth).find_map(|(_, _, line)| labelled(line, DATE));
            date.map(|date| (depth, parse_date(date)))
        } else if body.len() < 200 && WROTE.iter().any(|end| body.ends_with(end)) {
            Some((depth + 1, parse_date(body)))
        } else {
            None
        };
        if let Some((depth, date)) = opened {
            while open.last().is_some_and(|(outer, _)| *outer >= depth) {
                open.pop();
            }
            open.push((depth, thread.dates.len()));
            thread.dates.push(date);
        }
        let number = open.last().map_or(0, |(_, number)| *number);
        if thread.stretches.last().is_none_or(|(_, last)| *last != number) {
            thread.stretches.push((start, number));
        }
    }
    thread
}

/// How deep a line is quoted, and the line without the marks.
fn unquote(line: &str) -> (usize, &str) {
    let body = line.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
    let marks = line.get(..line.len() - body.len()).unwrap_or("");
    (marks.matches('>').count(), body.trim_end())
}

/// The line that holds a place, up to that place.
fn line_from(text: &str, at: usize) -> &str {
    let head = text.get(..at).unwrap_or("");
    head.rsplit(['\n', '\r']).next().unwrap_or("")
}

fn labelled<'a>(line: &'a str, labels: &[&str]) -> Option<&'a str> {
    let line = line.trim_start_matches('*');
    let (label, value) = line.split_once([':', '：'])?;
    let label = label.trim().to_lowercase();
    (label.len() <= 20 && labels.contains(&label.as_str())).then(|| value.trim_start_matches('*').trim())
}

/// A date with the month as a word, or with the year first. Dates such as 3/4/2026 tell no order.
fn parse_date(text: &str) -> Option<(u32, u32, u32, u32)> {
    const MONTHS: [&[&str]; 12] = [
        &["jan", "ene", "gen"],
        &["feb", "fév", "fev"],
        &["mar", "mär", "mrz"],
        &["apr", "avr", "abr"],
        &["may", "mai", "mag"],
        &["jun", "juin", "giu"],
        &["jul", "juil", "lug"],
        &["aug", "aoû", "ago"],
        &["sep", "set"],
        &["oct", "okt", "ott", "out"],
        &["nov"],
        &["dec", "dez", "déc", "dic"],
    ];
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric() && c != ':').filter(|word| !word.is_empty()).collect();
    let number = |word: Option<&&str>| word.and_then(|word| word.parse::<u32>().ok());
    let month = |word: &str| {
        // "mars" is March, "juin" is June; "marked" is neither.
        let short = word.chars().count() <= 9 && word.chars().all(char::is_alphabetic);
        MONTHS.iter().position(|names| short && names.iter().any(|name| word.starts_with(name)))
    };
    let minute = words
        .iter()
        .find_map(|word| {
            let mut parts = word.split(':');
            let (hour, minute) = (parts.next()?.parse::<u32>().ok()?, parts.next()?.parse::<u32>().ok()?);
            let noon = words.contains(&"pm") && hour < 12;
            (hour < 24 && minute < 60).then_some((hour + if noon { 12 } else { 0 }) * 60 + minute)
        })
        .unwrap_or(0);
    let is_year = |year: u32| (1990..2200).contains(&year);
    for (index, word) in words.iter().enumerate() {
        let year = number(words.get(index)).filter(|year| is_year(*year));
        if let (Some(year), Some(month), Some(day)) = (year, number(words.get(index + 1)), number(words.get(index + 2)))
            && (1..=12).contains(&month)
            && (1..=31).contains(&day)
        {
            return Some((year, month, day, minute));
        }
        let Some(month) = month(word) else { continue };
        let month = u32::try_from(month).ok()? + 1;
        let before = index.checked_sub(1).and_then(|index| number(words.get(index)));
        let after = number(words.get(index + 1));
        let day_first = before.filter(|day| (1..=31).contains(day)).zip(after.filter(|year| is_year(*year)));
        let month_first = after.zip(number(words.get(index + 2)).filter(|year| is_year(*year)));
        if let Some((day, year)) = day_first.or(month_first) {
            return Some((year, month, day, minute));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::read_as;
    use crate::artifact::Kind;

    const REFUSED: &str = "The remote server returned an error: (407) Proxy Authentication Required.";
    const PASSWORD: &str = "AADSTS50126: Error validating credentials due to invalid username or password.";

    fn live(text: &str) -> Vec<&'static str> {
        read_as(text, Kind::ErrorText).errors.iter().filter(|hit| !hit.history).map(|hit| hit.entry.id).collect()
    }

    #[test]
    fn the_newest_message_with_an_error_of_its_own_counts() {
        for text in [
            format!("It now says {PASSWORD}\n\nOn Tue, 2 Jun 2026, Per wrote:\n> We get {REFUSED}\n"),
            format!(
                "From: A\nDate: Thu, 18 Jun 2026 09:12\n\n{PASSWORD}\n\nFrom: B\nSent: 2 June 2026 10:00\n\n{REFUSED}\n"
            ),
            format!(
                "Von: B\nGesendet: Dienstag, 2. Juni 2026 10:00\n\n{REFUSED}\n\nVon: A\nGesendet: Montag, 8. Juni 2026 09:12\n\n{PASSWORD}\n"
            ),
        ] {
            assert_eq!(live(&text), ["aadsts-50126"], "{text}");
        }
    }

    #[test]
    fn a_thread_that_ends_well_leaves_no_error() {
        let text = format!("Thanks, it works now.\n\nOn 2 June 2026 Per wrote:\n> We get {REFUSED}\n");
        assert_eq!(live(&text), Vec::<&str>::new());
    }

    #[test]
    fn a_forwarded_report_counts_and_so_does_one_that_has_not_changed() {
        for text in [
            format!("Please have a look.\n\n> From: B\n> Date: Tue, 2 Jun 2026 15:40\n>\n> {REFUSED}\n"),
            format!("It does not work now.\n\nOn 2 June 2026 Per wrote:\n> {REFUSED}\n"),
            format!("The wizard says: {REFUSED}\n> Default Proxy\nand that is all\n"),
        ] {
            assert_eq!(live(&text), ["http-407"], "{text}");
        }
        let wrapper =
            format!("Today: An error occurred while sending the request.\n\nOn 2 June 2026 Per wrote:\n> {REFUSED}\n");
        assert!(live(&wrapper).contains(&"http-407"));
    }
}
