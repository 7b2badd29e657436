//! Tells a text that explains errors from one that reports an error.
//!
//! An article quotes several unrelated errors, each in a sentence that says when it appears or what it means, or
//! it has the frame of a page: headings, tables of hosts, links. A report carries marks of one instance: an id, a
//! time, a stack frame, a prompt, somebody who asks.

use super::ErrorHit;
use super::normalise::Normal;
use crate::artifact::{Part, Span};
use crate::errors::Layer;
use crate::phrases::Phrases;
use std::sync::LazyLock;

/// Shorter texts are sentences from a page at most, not a page. In bytes: a Chinese page says as much in a third of
/// the characters.
const MIN_BYTES: usize = 500;

/// Words by which a page speaks about itself.
const ABOUT_ITSELF: &[&str] = &[
    "this article",
    "this page describes",
    "this topic",
    "this document describes",
    "this guide",
    "this runbook",
    "this run book",
    "this section covers",
    "this section describes",
    "applies to:",
    "in this section",
    "next steps",
    "known error database",
    "dieser artikel",
    "in diesem artikel",
    "diese anleitung",
    "dieses dokument",
    "diese seite beschreibt",
    "diese seite erklärt",
    "cette page décrit",
    "cette fiche décrit",
    "esta página describe",
    "questa pagina descrive",
    "deze pagina beschrijft",
    "ta strona opisuje",
    "本页介绍",
    "本資料",
    "このページでは",
    "cet article",
    "ce document décrit",
    "dans cet article",
    "本文",
    "本篇文章",
    "本指南",
    "この記事",
    "本書では",
    "este artículo",
    "en este artículo",
    "este artigo",
    "neste artigo",
    "questo articolo",
    "dit artikel",
    "in dit artikel",
    "ten artykuł",
    "w tym artykule",
    "selles artiklis",
    "tento článek",
    "denna artikel",
    "denne artikkel",
    "denne artikel",
    "tässä artikkelissa",
    "bu makale",
    "이 문서",
    "эта статья",
    "в этой статье",
];

/// Words that make a sentence a general one: a condition, a habit, a meaning.
const GENERAL: &[&str] = &[
    "if a user",
    "if users",
    "if the user",
    "if you see",
    "if you get",
    "if you receive",
    "if the report",
    "if it says",
    "when you see",
    "when a user",
    "users may",
    "user may",
    "usually",
    "typically",
    "in most cases",
    "means that",
    "this means",
    "means the",
    "indicates",
    "appears when",
    "appears if",
    "occurs when",
    "occurs if",
    "is shown when",
    "is returned when",
    "are returned when",
    "is written when",
    "are written when",
    "is sent when",
    "are sent when",
    "is logged when",
    "may then report",
    "may report",
    "clients that do not",
    "wird zurückgegeben",
    "wird angezeigt, wenn",
    "est renvoyé",
    "est renvoyée",
    "can be caused by",
    "might occur",
    "may be caused",
    "is caused by",
    "for example",
    "such as",
    "a text like",
    "a message like",
    "errors like",
    "codes that",
    "make sure that",
    "verify that",
    "says nothing",
    "come from",
    "comes from",
    "ask for",
    "escalate",
    "wenn sie",
    "wenn ein benutzer",
    "meldet ein",
    "bedeutet",
    "in der regel",
    "zum beispiel",
    "stellen sie sicher",
    "tritt auf",
    "si vous",
    "si le rapport",
    "si le message",
    "si un utilisateur",
    "signifie",
    "en général",
    "par exemple",
    "vérifiez que",
    "assurez-vous",
    "如果",
    "表示",
    "意味着",
    "通常",
    "例如",
    "请确保",
    "请检查",
    "请验证",
    "出现此错误",
    "说明",
    "場合は",
    "場合、",
    "と表示された",
    "を意味し",
    "通常は",
    "たとえば",
    "例えば",
    "確認してください",
    "si el usuario",
    "si ve",
    "significa",
    "normalmente",
    "por ejemplo",
    "asegúrese",
    "compruebe que",
    "se um usuário",
    "por exemplo",
    "kui te",
    "kui kasutaja",
    "veenduge",
    "jeśli",
    "oznacza",
    "если",
    "означает",
];

/// First and second person of somebody who reports.
const REPORTING: &[&str] = &[
    "we get",
    "we see",
    "we have tried",
    "we are getting",
    "we are seeing",
    "i get",
    "i see",
    "i have",
    "i'm getting",
    "i am getting",
    "i've",
    "our server",
    "our sync",
    "my server",
    "please help",
    "any idea",
    "can you",
    "could you",
    "regards",
    "thanks",
    "hello",
    "hi all",
    "hi team",
    "since yesterday",
    "this morning",
    "wir bekommen",
    "bei uns",
    "hallo",
    "danke",
    "mit freundlichen",
    "bitte prüfen",
    "bonjour",
    "cordialement",
    "nous avons",
    "j'ai",
    "merci",
    "我们的",
    "你好",
    "您好",
    "请问",
    "谢谢",
    "報錯",
    "报错",
    "お世話",
    "よろしく",
    "ご教示",
    "hola",
    "saludos",
    "gracias",
];

/// Marks of one concrete failure.
const INSTANCE: &[&str] = &[
    "trace id:",
    "correlation id:",
    "tracking id:",
    "timestamp:",
    "+ categoryinfo",
    "fullyqualifiederrorid",
    "at line:1",
    "stacktrace",
    "extendedmessage:",
    "eventrecordid",
];

struct Lists {
    about_itself: Phrases,
    general: Phrases,
    reporting: Phrases,
    instance: Phrases,
    means: Phrases,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    about_itself: Phrases::new(ABOUT_ITSELF),
    general: Phrases::new(GENERAL),
    reporting: Phrases::new(REPORTING),
    instance: Phrases::new(INSTANCE),
    means: Phrases::new(MEANS),
});

/// Whether a text has marks of one concrete failure, or of somebody who reports one.
pub fn reports(part: &Part) -> bool {
    let lower = part.text().chars().take(60_000).collect::<String>().to_lowercase();
    instance_lines(part) > 0 || LISTS.instance.any(&lower) || LISTS.reporting.any(&lower)
}

/// Marks that only the page of a question-and-answer site has.
fn answers(text: &str) -> usize {
    let mut marks = [false; 6];
    for line in text.lines().take(2000) {
        let line = line.trim().to_lowercase();
        let stamp = line.contains(" ago") || line.bytes().any(|b| b.is_ascii_digit());
        let kinds = [
            line.starts_with("asked ") && stamp && line.len() < 120,
            (line.contains("modified ") && line.contains("viewed "))
                || (line.starts_with("viewed ") && line.ends_with("times")),
            line.starts_with("answered ") && stamp && line.len() < 80,
            line.contains("sorted by:") || line.contains("sort by:"),
            line.contains("improve this question") || line.contains("improve this answer"),
            line.contains("accepted answer")
                || line.ends_with("(accepted)")
                || line.contains("people found this reply helpful"),
        ];
        for (mark, kind) in marks.iter_mut().zip(kinds) {
            *mark |= kind;
        }
    }
    marks.into_iter().filter(|mark| *mark).count()
}

/// The sentence that shows best that the text is an explanation, or `None` when it reports something.
pub fn explains(part: &Part, normal: &Normal, hits: &[ErrorHit]) -> Option<Span> {
    let text = part.text();
    // The question on such a page sounds like a report; it is a stranger's.
    if answers(text) >= 2 {
        return hits.first().map(|hit| hit.span).or_else(|| first_line(part, &[""]));
    }
    if is_reference(part, hits) || is_all_general(part, hits) {
        return hits.first().map(|hit| hit.span);
    }
    if text.len() < MIN_BYTES {
        return None;
    }
    // Pages are written in prose: what stands far behind the beginning of a long log is not one.
    let head: String = text.chars().take(60_000).collect::<String>().to_lowercase().replace('\u{2019}', "'");
    let compact = head.split_whitespace().collect::<Vec<_>>().join(" ");

    let mut explained: Vec<(&str, Span)> = Vec::new();
    let mut reported = 0;
    for hit in hits {
        if is_explained(part, normal, hit) {
            if explained.iter().all(|(id, _)| *id != hit.entry.id) {
                explained.push((hit.entry.id, hit.span));
            }
        } else {
            reported += 1;
        }
    }
    let itself = LISTS.about_itself.count(&compact);
    let general = LISTS.general.count(&compact);
    let reporting = LISTS.reporting.count(&compact);
    let frame = frame(text);
    let instances = LISTS.instance.count(&compact)
        + instance_lines(part)
        + 2 * usize::from(reporting >= 2)
        + usize::from(reporting == 1);

    let points = 2 * itself.min(2) + general.min(5) + frame.min(6) + 2 * explained.len().min(4);
    let against = 3 * instances.min(6) + usize::from(reported > 2 * explained.len() && frame < 3);
    let rests_on_something = itself > 0 || frame >= 3 || explained.len() >= 2;
    if !rests_on_something || points < 6 + against {
        return None;
    }
    explained
        .first()
        .map(|(_, span)| *span)
        .or_else(|| first_line(part, ABOUT_ITSELF))
        .or_else(|| first_line(part, &[""]))
}

/// Words that say what an error means, or that it may come, directly around it.
const MEANS: &[&str] = &[
    "means that",
    "means the",
    "means a",
    "means no",
    "indicates",
    "appears when",
    "is shown when",
    "is typical for",
    "may report",
    "may see",
    "may show",
    "might see",
    "bedeutet",
    "tritt auf",
    "weist darauf hin",
    "können melden",
    "kann erscheinen",
    "signifie",
    "indique que",
    "表示",
    "意味着",
    "说明",
    "可能会出现",
    "を意味し",
    "significa",
    "oznacza",
    "означает",
];

/// Whether the words directly around an error say what it means or that it may come: a general sentence about it.
fn is_general(part: &Part, hit: &ErrorHit) -> bool {
    const NEAR: usize = 90;
    let text = part.text();
    let (start, end) = (hit.span.start.saturating_sub(part.start), hit.span.end.saturating_sub(part.start));
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at += 1;
        }
        at
    };
    let before = text.get(boundary(start.saturating_sub(NEAR))..start).unwrap_or("");
    let after = text.get(end..boundary((end + NEAR).min(text.len()))).unwrap_or("");
    // Of what stands before it, only the same sentence; of what stands behind it, up to the end of the next one.
    let before = before.rsplit(['.', '。', '!', '?']).next().unwrap_or("").to_lowercase();
    let before = before.split_whitespace().collect::<Vec<_>>().join(" ");
    let after = after.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let end = after.find(['。', '!', '?', '？']).unwrap_or(after.len());
    // Somebody who asks what it means has got it.
    if after.get(end..).is_some_and(|rest| rest.starts_with(['?', '？'])) {
        return false;
    }
    let after = after.get(..end).unwrap_or("").split(". ").next().unwrap_or("");
    let after = after.split_whitespace().collect::<Vec<_>>().join(" ");
    LISTS.means.any(&before) || LISTS.means.any(&after)
}

/// Whether every error of the text stands in a general sentence, and nobody reports one.
fn is_all_general(part: &Part, hits: &[ErrorHit]) -> bool {
    !hits.is_empty() && hits.iter().all(|hit| is_general(part, hit)) && !reports(part)
}

/// Marks the errors that a text only explains beside one that it reports.
pub fn mark_explained(part: &Part, hits: &mut [ErrorHit]) {
    let tells = |hit: &ErrorHit| !matches!(hit.entry.layer, Layer::Headline | Layer::Wrapper) && !hit.foreign;
    let general: Vec<bool> = hits.iter().map(|hit| is_general(part, hit)).collect();
    if hits.iter().zip(&general).any(|(hit, general)| tells(hit) && !general) {
        for (hit, general) in hits.iter_mut().zip(general) {
            hit.foreign |= general && is_quoted(part, hit) || in_general_quotation(part, hit);
        }
    }
}

/// Whether an error stands in a longer quotation that explains: a passage of an article, between typographic quotes.
fn in_general_quotation(part: &Part, hit: &ErrorHit) -> bool {
    const LONGEST: usize = 2000;
    let text = part.text();
    let (start, end) = (hit.span.start.saturating_sub(part.start), hit.span.end.saturating_sub(part.start));
    let (first, last) = (
        text.floor_char_boundary(start.saturating_sub(LONGEST)),
        text.floor_char_boundary(end.saturating_add(LONGEST)),
    );
    [('«', '»'), ('“', '”'), ('„', '“'), ('「', '」')].iter().any(|&(opens, closes)| {
        let opened = text.get(first..start).and_then(|head| head.rfind(opens)).map(|at| first + at);
        let closed = text.get(end..last).and_then(|tail| tail.find(closes)).map(|at| end + at);
        let (Some(from), Some(to)) = (opened, closed) else { return false };
        let is_open = text.get(from + opens.len_utf8()..start).is_some_and(|between| !between.contains(closes));
        let passage = text.get(from..to).unwrap_or("");
        let passage = passage.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        is_open && passage.len() < LONGEST && LISTS.general.any(&passage)
    })
}

/// Whether an error stands in quotes, as what somebody else says.
fn is_quoted(part: &Part, hit: &ErrorHit) -> bool {
    let text = part.text();
    let head = text.get(..hit.span.start.saturating_sub(part.start)).unwrap_or("");
    let head = head.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, ' ' | ':' | '：' | '.'));
    head.ends_with(['"', '\'', '“', '‘', '„', '«', '「', '『', '`'])
}

/// Whether the text lists codes, each at the beginning of its line or cell, as a reference does.
fn is_reference(part: &Part, hits: &[ErrorHit]) -> bool {
    const MANY: usize = 3;
    let text = part.text();
    let mut listed: Vec<&str> = hits
        .iter()
        .filter(|hit| {
            let at = hit.span.start.saturating_sub(part.start);
            let head = text.get(..at).unwrap_or("").rsplit(['\n', '\r']).next().unwrap_or("");
            let code: String = text.get(at..).unwrap_or("").chars().take(6).collect();
            let named = code.eq_ignore_ascii_case("aadsts") || code.starts_with("WSA") || code.starts_with("ERROR_");
            let begins = named
                && head.chars().all(|c| c.is_whitespace() || matches!(c, '|' | '*' | '-' | '•' | '#' | '`' | '"'));
            let tail = text.get(at..).unwrap_or("");
            begins || is_row_of_a_reference(head, tail, hit) || is_row_in_columns(head, tail)
        })
        .map(|hit| hit.entry.id)
        .collect();
    listed.sort_unstable();
    listed.dedup();
    // Nobody meets so many refusals at once: a greeting around such a list does not make it a report, a mark of one
    // of them does.
    let only_greets = || listed.len() > MANY && instance_lines(part) == 0 && !LISTS.instance.any(&text.to_lowercase());
    listed.len() >= MANY && (!reports(part) || only_greets())
}

/// Whether an error fills the first cell of a table's row, and further cells say something about it. `head` is what
/// stands before it in its line.
fn is_row_of_a_reference(head: &str, tail: &str, hit: &ErrorHit) -> bool {
    let cell = head.trim_start().strip_prefix('|').filter(|cell| !cell.contains('|'));
    let rest = tail.lines().next().unwrap_or("");
    let about = rest.split('|').skip(1).map(str::trim).filter(|cell| !cell.is_empty());
    // A table of what happened has the time in front.
    let dated = |cell: &str| cell.bytes().filter(u8::is_ascii_digit).count() >= 4;
    !matches!(hit.entry.layer, Layer::Headline | Layer::Service | Layer::Local)
        && cell.is_some_and(|cell| !dated(cell))
        && rest.trim_end().ends_with('|')
        && about.clone().next().is_some()
        && !about.into_iter().any(|cell| dated(cell) && cell.contains(':'))
}

/// The same for a table whose columns blanks set apart, as pages lose their rules when they are copied: the
/// error stands first in its line, and words about it behind a gap.
fn is_row_in_columns(head: &str, tail: &str) -> bool {
    let line = tail.lines().next().unwrap_or("");
    let Some((_, about)) = line.split_once("  ") else { return false };
    let dated = about.bytes().filter(u8::is_ascii_digit).count() >= 4;
    !head.contains(char::is_alphanumeric) && !dated && about.split_whitespace().any(|word| word.chars().count() >= 4)
}

/// Whether the sentence around a hit is a general one.
fn is_explained(part: &Part, normal: &Normal, hit: &ErrorHit) -> bool {
    let text = normal.original;
    let (start, end) = (hit.span.start.saturating_sub(part.start), hit.span.end.saturating_sub(part.start));
    let (Some(head), Some(tail)) = (text.get(..start), text.get(end..)) else {
        return false;
    };
    let stops = |c: char| matches!(c, '.' | '。' | '!' | '?' | '|');
    let mut from = start;
    for (count, (offset, c)) in head.char_indices().rev().enumerate() {
        if count > 240
            || (stops(c) && text.get(offset + c.len_utf8()..).is_some_and(|rest| rest.starts_with(char::is_whitespace)))
        {
            break;
        }
        from = offset;
    }
    let mut to = end;
    for (count, (offset, c)) in tail.char_indices().enumerate() {
        to = end + offset + c.len_utf8();
        if count > 240 || (count > 2 && stops(c)) {
            break;
        }
    }
    let sentence = text.get(from..start).unwrap_or("").to_owned() + " " + text.get(end..to).unwrap_or("");
    let sentence = sentence.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    LISTS.general.any(&sentence)
        || ["if ", "when ", "wenn ", "falls ", "quand ", "lorsque "]
            .iter()
            .any(|word| sentence.trim_start().starts_with(word))
}

/// How much the text has the frame of a page: front matter, headings, tables, links within the page.
fn frame(text: &str) -> usize {
    let (mut headings, mut tables, mut links, mut matter, mut short_titles) = (0usize, 0usize, 0usize, 0usize, 0usize);
    let (mut chapters, mut imprint) = (0usize, 0usize);
    let mut long_before = false;
    for line in text.lines().take(2000) {
        let line = line.trim();
        let lower = line.to_ascii_lowercase();
        headings += usize::from(
            line.starts_with('#')
                && line.trim_start_matches('#').starts_with(' ')
                && line.len() > 6
                && line.contains(' '),
        );
        tables += usize::from(line.contains("---|") || line.contains("--- |"));
        links += usize::from(lower.contains("](") || lower.contains("<a name="));
        matter += usize::from(
            [
                "ms.date",
                "ms.author",
                "ms.topic",
                "pagetitle=",
                "ms.service",
                "review:",
                "owner:",
                "valid from",
                "last updated",
                "last reviewed",
            ]
            .iter()
            .any(|word| lower.contains(word)),
        );
        chapters += usize::from(is_chapter(&lower));
        imprint += usize::from(
            !lower.contains("microsoft corporation")
                && (lower.contains("all rights reserved")
                    || [" guide", " manual", " handbook", "handbuch"].iter().any(|word| lower.ends_with(word))),
        );
        // A title of a few words between paragraphs, as web pages lose their markup when they are copied.
        let words = line.split_whitespace().count();
        let is_title = (1..=8).contains(&words)
            && !line.ends_with(['.', ':', ',', ';', '"', '|'])
            && line.starts_with(char::is_uppercase);
        short_titles += usize::from(is_title && long_before);
        long_before = line.len() > 60 && line.ends_with('.') || (line.is_empty() && long_before);
    }
    headings.min(2)
        + tables.min(2)
        + (links / 3).min(2)
        + matter.min(2)
        + (short_titles / 2).min(3)
        + chapters.min(3)
        + imprint.min(2)
}

/// A heading with its number: "Chapter 7: Response codes", "7.2 Authentication".
fn is_chapter(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().take(9).collect();
    let number = |word: &str| {
        let word = word.trim_end_matches([':', '.', ')']);
        !word.is_empty() && word.len() <= 8 && word.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    };
    let named = |word: &str| matches!(word, "chapter" | "section" | "kapitel" | "abschnitt" | "chapitre" | "capítulo");
    match words.as_slice() {
        [name, second, ..] if named(name) => number(second),
        [first, title, ..] => {
            number(first)
                && first.trim_end_matches('.').contains('.')
                && first.matches('.').count() <= 2
                && title.starts_with(char::is_alphabetic)
                && words.len() <= 8
                && !line.ends_with(['.', ';', ','])
        }
        _ => false,
    }
}

/// Lines that only one concrete failure has: stamped trace lines, prompts, stack frames, event fields, headers of a
/// mail.
fn instance_lines(part: &Part) -> usize {
    let mut marks = [false; 5];
    for (_, line) in part.lines().take(4000) {
        let trimmed = line.trim();
        let kinds = [
            super::layout::is_trace_line(trimmed),
            super::layout::prompt(line).is_some(),
            trimmed.starts_with("at ") && trimmed.ends_with(')') && trimmed.contains('(') && trimmed.contains('.'),
            super::layout::event_label(trimmed).is_some_and(|(_, value)| !value.is_empty()),
            ["From: ", "Subject: ", "Sent: ", "Von: ", "Betreff: ", "发件人", "差出人"]
                .iter()
                .any(|head| trimmed.starts_with(head)),
        ];
        for (mark, kind) in marks.iter_mut().zip(kinds) {
            *mark |= kind;
        }
    }
    marks.into_iter().filter(|mark| *mark).count()
}

fn first_line(part: &Part, words: &[&str]) -> Option<Span> {
    part.lines().find_map(|(start, line)| {
        let trimmed = line.trim();
        let lower = trimmed.to_lowercase();
        let at = start + (line.len() - line.trim_start().len());
        (!trimmed.is_empty() && words.iter().any(|word| lower.contains(word)))
            .then(|| part.span(at..at + trimmed.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::read_as;
    use crate::artifact::Kind;

    fn is_page(text: &str) -> bool {
        read_as(text, Kind::ErrorText).documentation.is_some()
    }

    #[test]
    fn a_manual_and_a_page_of_questions_are_no_report() {
        let manual = "Acme Gate 4 - Operator Guide\nChapter 3: Answers of the gate\n\n3.1 Rules\n\
            403 Forbidden is returned when a rule denies the address. The log shows the name of the rule. Add the host to a list.\n\n\
            3.2 Users\nHTTP/1.1 407 Proxy Authentication Required is sent when the client gave no name. Two of them precede each request with NTLM.\n\n\
            3.3 Timeouts\nTunnels without data end after 300 seconds. Clients may then report \"The underlying connection was closed: An \
            unexpected error occurred on a receive.\" The value is set on the page Limits.\n\n(c) Acme. All rights reserved.  Page 12\n";
        assert!(is_page(manual));
        let question = "Proxy returns (407) Proxy Authentication Required\nAsked 3 years ago   Modified 1 year ago   Viewed 12k times\n\n\
            I get The remote server returned an error: (407) Proxy Authentication Required. Any idea?\n\n2 Answers   Sorted by: Highest score\n";
        assert!(is_page(question));
        assert!(!is_page(
            "I asked our proxy team 3 days ago. They answered at 9:21: we get (407) Proxy Authentication Required."
        ));
    }
}
