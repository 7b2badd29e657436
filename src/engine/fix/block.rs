//! The `system.net` block as Microsoft documents it for Entra Connect.

use super::tag::escaped;

/// What the block says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// `http://host:port`.
    pub url: String,
    /// The proxy asks for a sign-in.
    pub sign_in: bool,
    /// Regular expressions of hosts that go around the proxy.
    pub bypass: Vec<String>,
    /// Hosts without a dot and those of the server's own domain go around the proxy.
    pub bypass_on_local: bool,
}

/// The `proxy` element alone.
pub fn proxy_element(url: &str) -> String {
    format!("<proxy usesystemdefault=\"true\" proxyaddress=\"{}\" bypassonlocal=\"true\" />", escaped(url))
}

/// The block, with `\n` and without indent of its own. `step` is one step of indentation.
pub fn lines(settings: &Settings, step: &str) -> String {
    let section = if settings.sign_in {
        "<defaultProxy enabled=\"true\" useDefaultCredentials=\"true\">"
    } else {
        "<defaultProxy>"
    };
    let local = if settings.bypass_on_local { "true" } else { "false" };
    let mut lines = vec![
        "<system.net>".to_owned(),
        format!("{step}{section}"),
        format!("{step}{step}<proxy"),
        format!("{step}{step}{step}usesystemdefault=\"true\""),
        format!("{step}{step}{step}proxyaddress=\"{}\"", escaped(&settings.url)),
        format!("{step}{step}{step}bypassonlocal=\"{local}\""),
        format!("{step}{step}/>"),
    ];
    if !settings.bypass.is_empty() {
        lines.push(format!("{step}{step}<bypasslist>"));
        for pattern in &settings.bypass {
            lines.push(format!("{step}{step}{step}<add address=\"{}\" />", escaped(pattern)));
        }
        lines.push(format!("{step}{step}</bypasslist>"));
    }
    lines.push(format!("{step}</defaultProxy>"));
    lines.push("</system.net>".to_owned());
    lines.join("\n")
}
