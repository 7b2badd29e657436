//! What the writer or a trace says in passing: how the server is meant to connect, and what already worked.

use super::normalise::Normal;
use crate::artifact::{Part, Span};
use memchr::memmem;

/// Ways to say that the server is meant to go out without a proxy. Normalised: lower case, without blanks.
const DIRECT_DESIGN: &[&str] = &[
    "thereisnoproxy",
    "wehavenoproxy",
    "hasnoproxy",
    "haveaproxy?no",
    "donotuseaproxy",
    "don'tuseaproxy",
    "doesnotuseaproxy",
    "doesn'tuseaproxy",
    "noproxyinvolved",
    "noproxyinplace",
    "noproxyinuse",
    "noproxybetween",
    "noproxyhere",
    "noproxyonthis",
    "noproxyatthis",
    "noproxyinthis",
    "noproxyonsite",
    "noproxyatall",
    "withoutproxy",
    "withoutaproxy",
    "withoutanyproxy",
    "connectsdirectly",
    "directinternetaccess",
    "directlytotheinternet",
    "directtotheinternet",
    "keinproxy",
    "keinenproxy",
    "ohneproxy",
    "direktinsinternet",
    "sansproxy",
    "pasdeproxy",
    "aucunproxy",
    "sinproxy",
    "没有代理",
    "無代理",
    "无代理",
    "不使用代理",
    "不经过代理",
    "不走代理",
    "直连",
    "直接上网",
    "沒有代理",
    "プロキシなし",
    "プロキシは使用していません",
    "プロキシは使っていません",
    "プロキシはありません",
];

/// What turns "goes direct" into a complaint: it still does, or for whatever reason. Normalised, and at most this near
/// before the words.
const COMPLAINTS: &[&str] = &[
    "还是",
    "仍然",
    "仍是",
    "依然",
    "仍旧",
    "仍",
    "还在",
    "却是",
    "却",
    "为什么",
    "为何",
    "變成",
    "变成",
    "還是",
    "依舊",
    "still",
    "noch",
    "weiterhin",
    "warum",
    "why",
    "encore",
    "toujours",
    "pourquoi",
    "まだ",
];

/// Signs that the steps of the signed-in user passed: the wizard's own lines, and what people write about its page.
const SIGNED_IN_USER_PASSED: &[&str] = &[
    "successfullyacquiredanaccesstoken",
    "successfullyconnectedtoazureviaaadpowershell",
    "successfullyretrievedcompanyinformation",
    "adminwebservicereturnedthecompanyinformation",
    "pagewentthrough",
    "pagewentfine",
    "pageisfine",
    "pageworked",
    "pageworks",
    "pagepassed",
    "pagepasses",
    "页面通过",
    "页正常",
];

/// Where the text says that no proxy is meant to be used. A question whether one could be left out is no such
/// statement, but nobody but a reader can tell; the diagnosis built on it shows the place.
pub fn direct_design(part: &Part, normal: &Normal) -> Option<Span> {
    const NEAR: usize = 12;
    const GOES: &[&str] =
        &["直连", "直接上网", "connectsdirectly", "directlytotheinternet", "directtotheinternet", "direktinsinternet"];
    let stated = |at: usize| {
        let from =
            normal.text.get(..at).map_or(at, |head| head.char_indices().nth_back(NEAR - 1).map_or(0, |(at, _)| at));
        let before = normal.text.get(from..at).unwrap_or("");
        let goes = GOES.iter().any(|word| normal.text.get(at..).is_some_and(|tail| tail.starts_with(word)));
        !goes || !COMPLAINTS.iter().any(|word| before.ends_with(word) || before.contains(&format!("{word}在")))
    };
    first_of(part, normal, DIRECT_DESIGN, stated).into_iter().next()
}

/// Where the text says that the signed-in user got through, at most one place per wording.
pub fn signed_in_user_passed(part: &Part, normal: &Normal) -> Vec<Span> {
    first_of(part, normal, SIGNED_IN_USER_PASSED, |_| true)
}

fn first_of(part: &Part, normal: &Normal, wordings: &[&str], counts: impl Fn(usize) -> bool) -> Vec<Span> {
    let mut places: Vec<Span> = wordings
        .iter()
        .filter_map(|wording| {
            let at = memmem::find_iter(normal.text.as_bytes(), wording.as_bytes()).find(|at| counts(*at))?;
            Some(part.span(normal.range(&(at..at + wording.len()))))
        })
        .collect();
    places.sort_unstable();
    places
}
