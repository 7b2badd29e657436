//! What a writer says about a restart that has not taken place since a change.

use super::normalise::Normal;
use crate::artifact::{Part, Span};
use memchr::memmem;

/// What a text says about a restart that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotRestarted {
    /// The words.
    pub span: Span,
    /// The change of the settings is named nearby.
    pub names_change: bool,
}

/// Ways to say so. Normalised: lower case, without blanks.
const NOT_RESTARTED: &[&str] = &[
    "notrestarted",
    "notbeenrestarted",
    "notyetrestarted",
    "notyetbeenrestarted",
    "haven'trestarted",
    "haven'tyetrestarted",
    "hasn'tbeenrestarted",
    "wasn'trestarted",
    "weren'trestarted",
    "didnotrestart",
    "didn'trestart",
    "withoutarestart",
    "withoutrestart",
    "withoutanyrestart",
    "norestartyet",
    "norestartsofar",
    "norestartsince",
    "restartispending",
    "restartisstillpending",
    "notouchtheservice",
    "nottouchtheservice",
    "n'ttouchtheservice",
    "nottouchedtheservice",
    "nichtneugestartet",
    "nichtdurchgestartet",
    "neustartstehtnochaus",
    "ohneneustart",
    "ohnedendienstneuzustarten",
    "ohneneuzustarten",
    "pasredémarré",
    "pasencoreredémarré",
    "sansredémarr",
    "没有重启",
    "没重启",
    "没有重新启动",
    "未重启",
    "未重新启动",
    "尚未重启",
    "还没重启",
    "還沒重啟",
    "沒有重啟",
    "未重啟",
    "再起動していません",
    "再起動はしていません",
    "再起動をしていません",
    "再起動していない",
    "再起動せず",
    "再起動はまだ",
    "まだ再起動",
];

/// Words for the change or for what was changed.
const CHANGE: &[&str] = &[
    "machine.config",
    "proxy",
    "change",
    "edit",
    "config",
    "änder",
    "aender",
    "eingetragen",
    "modif",
    "ajout",
    "代理",
    "修改",
    "配置",
    "プロキシ",
    "変更",
    "編集",
    "追加",
];

/// Bytes of the normalised text on each side in which the change has to be named.
const NEAR: usize = 400;

/// Where the text says that nothing was restarted: the first such place near a change, or else the first one.
pub fn not_restarted(part: &Part, normal: &Normal) -> Option<NotRestarted> {
    let places = NOT_RESTARTED.iter().filter_map(|wording| {
        let at = memmem::find(normal.text.as_bytes(), wording.as_bytes())?;
        let place = at..at + wording.len();
        Some((!names_change(normal, place.start, place.end), place.start, place.end))
    });
    let (apart, start, end) = places.min()?;
    Some(NotRestarted { span: part.span(normal.range(&(start..end))), names_change: !apart })
}

fn names_change(normal: &Normal, start: usize, end: usize) -> bool {
    let bytes = normal.text.as_bytes();
    let near = bytes.get(start.saturating_sub(NEAR)..(end + NEAR).min(bytes.len())).unwrap_or_default();
    CHANGE.iter().any(|word| memmem::find(near, word.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn a_restart_that_is_missing_is_read_in_the_writers_words() {
        for (text, said) in [
            ("I put the proxy into machine.config. The service was not restarted yet.", Some("not restarted")),
            ("machine.config geändert, Dienst noch nicht neu\ngestartet", Some("nicht neu\ngestartet")),
            ("已修改 machine.config，但没有重启服务", Some("没有重启")),
            ("machine.config を編集しましたが、サービスは再起動していません。", Some("再起動していません")),
            ("machine.config changed and the service restarted", None),
            ("The wizard will not restart the computer. A reboot is needed.", None),
        ] {
            let source = Source::decode("a", text.as_bytes());
            let part = Part::whole(&source);
            let words = not_restarted(&part, &Normal::new(part.text())).filter(|words| words.names_change);
            assert_eq!(words.and_then(|words| text.get(words.span.start..words.span.end)), said, "{text}");
        }
    }
}
