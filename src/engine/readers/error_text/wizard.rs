//! Two things the wizard shows that are no error texts: its help links and the script error of its sign-in window.

use super::normalise::Normal;
use crate::artifact::{Part, Span};
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// Anchors of the wizard's help links. The product uses them as identifiers of its own errors.
const ANCHORS: &[&str] = &[
    "connect-msolservice-failed",
    "get-msoluserrole-failed",
    "privileged-identity-management",
    "get-msolcompanyinformation-failed",
    "get-msoldomain-failed",
    "authorization-failure",
    "unknown-user-type",
    "user-realm-discovery-failed",
    "invalid-grant",
    "user-password-expired",
    "authentication-canceled",
    "authentication-cancelled",
    "connect-to-msonline-failed",
    "privileged-identity-management-enabled",
    "company-information-unavailable",
    "domain-information-unavailable",
    "unspecified-authentication-failure",
    "parsing-wstrust-response-failed",
    "the-mfa-endpoint-cant-be-reached",
    "the-mfa-endpoint-cannot-be-reached",
    "the-password-cant-be-verified",
    "the-password-cannot-be-verified",
    "a-microsoft-account-is-used",
    "verify-proxy-connectivity",
    "the-installation-wizard-hasnt-been-correctly-configured",
    "the-installation-wizard-has-not-been-correctly-configured",
];

/// Script errors of the embedded browser, in the languages we know. The English text is the dialog's own title.
const SCRIPT_ERRORS: &[&str] = &[
    "an error has occurred in the script on this page",
    "do you want to continue running scripts on this page",
    "script error",
    "Skriptfehler",
    "erreur de script",
    "脚本错误",
    "页面的脚本发生错误",
    "スクリプト エラー",
    "error de script",
    "error de secuencia de comandos",
    "errore di script",
    "erro de script",
];

/// Ways to say that the sign-in window stays empty, as people write them.
const BLANK: &[&str] = &[
    "blank window",
    "white window",
    "empty window",
    "window is blank",
    "window is white",
    "window is empty",
    "window stays blank",
    "window stays white",
    "window stays empty",
    "window remains blank",
    "white screen",
    "blank screen",
    "blank page",
    "weißes Fenster",
    "leeres Fenster",
    "Fenster bleibt weiß",
    "Fenster bleibt leer",
    "fenêtre blanche",
    "fenêtre vide",
    "fenêtre reste blanche",
    "page blanche",
    "ventana en blanco",
    "pantalla en blanco",
    "ventana vacía",
    "finestra bianca",
    "finestra vuota",
    "schermata bianca",
    "janela em branco",
    "janela branca",
    "janela vazia",
    "totalmente em branco",
    "fica em branco",
    "белое окно",
    "пустое окно",
    "boş pencere",
    "bembeyaz",
    "空白窗口",
    "窗口空白",
    "空白页",
    "一片空白",
    "白屏",
    "空白視窗",
    "視窗空白",
    "真っ白",
    "白い画面",
    "빈 창",
    "흰 화면",
];

/// What the sentence around it speaks of: the window in which the wizard asks for the sign-in.
const SIGN_IN_WINDOW: &[&str] = &[
    "mfa",
    "authenticator",
    "sign-in",
    "sign in",
    "signin",
    "log in",
    "login",
    "password",
    "kennwort",
    "passwort",
    "anmelde",
    "mot de passe",
    "connexion",
    "contraseña",
    "inicio de sesión",
    "senha",
    "palavra-passe",
    "accesso",
    "пароль",
    "парол",
    "вход",
    "şifre",
    "parola",
    "oturum",
    "hasł",
    "密码",
    "密碼",
    "登录",
    "登入",
    "验证",
    "驗證",
    "パスワード",
    "サインイン",
    "認証",
    "암호",
    "로그인",
    "인증",
];

/// The first place where somebody says that the sign-in window stays empty.
pub fn blank_window(part: &Part, normal: &Normal) -> Option<Span> {
    const NEAR: usize = 160;
    static PHRASES: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::new(BLANK.iter().map(|text| Normal::new(text).text)).ok());
    static WINDOW: LazyLock<Vec<String>> =
        LazyLock::new(|| SIGN_IN_WINDOW.iter().map(|text| Normal::new(text).text).collect());
    PHRASES.iter().flat_map(|phrases| phrases.find_iter(&normal.text)).find_map(|hit| {
        let from = normal.text.floor_char_boundary(hit.start().saturating_sub(NEAR));
        let to = normal.text.floor_char_boundary(hit.end() + NEAR);
        let around = normal.text.get(from..to)?;
        let is_near = WINDOW.iter().any(|word| around.contains(word.as_str()));
        is_near.then(|| part.span(normal.range(&(hit.start()..hit.end()))))
    })
}

/// Anchors of links to the help of the wizard: (anchor, place of the whole link).
pub fn help_anchors(part: &Part) -> Vec<(String, Span)> {
    let text = part.text();
    text.match_indices('#')
        .filter_map(|(at, _)| {
            let name = text.get(at + 1..)?;
            let length = name.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
            let anchor = name.get(..length)?.to_ascii_lowercase();
            if !ANCHORS.contains(&anchor.trim_end_matches('-')) {
                return None;
            }
            let link = text
                .get(..at)?
                .bytes()
                .rev()
                .take_while(|b| b.is_ascii_graphic() && !b"\"'<>()[]".contains(b))
                .take(400)
                .count();
            let is_link = text.get(at - link..at).is_some_and(|link| link.contains("://") || link.contains("connect"));
            is_link.then(|| (anchor, part.span(at - link..at + 1 + length)))
        })
        .collect()
}

/// The first mention of a script error of the sign-in window.
pub fn script_error(part: &Part, normal: &Normal) -> Option<Span> {
    SCRIPT_ERRORS
        .iter()
        .filter_map(|text| {
            let text = Normal::new(text).text;
            let at = normal.text.find(&text)?;
            (normal.is_word_edge(at) && normal.is_word_edge(at + text.len())).then(|| at..at + text.len())
        })
        .min_by_key(|range| range.start)
        .map(|range| part.span(normal.range(&range)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn a_help_link_tells_which_error_the_wizard_meant() {
        let text = "see https://learn.microsoft.com/x/tshoot-connect-connectivity#privileged-identity-management now, issue #12";
        let source = Source::decode("a", text.as_bytes());
        let anchors = help_anchors(&Part::whole(&source));
        assert_eq!(anchors.len(), 1);
        let (name, span) = &anchors[0];
        assert_eq!(name, "privileged-identity-management");
        assert!(text.get(span.start..span.end).unwrap().starts_with("https://"));
    }
}
