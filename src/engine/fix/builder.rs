//! The block from a short form, with an answer at each field that cannot be right.

use super::block::{self, Settings};
use crate::endpoints::{self, Cloud, Need, Role};
use crate::host_port::proxy_url;
use crate::readers::machine_config::address::{Issue, read};
use crate::readers::machine_config::bypass::first_match;
use crate::readers::machine_config::wildcard::{Entry, from_words};

/// What the user typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Host name or address of the proxy; an address with scheme and port is taken apart.
    pub host: String,
    /// Its port.
    pub port: String,
    /// The proxy asks for a sign-in.
    pub sign_in: bool,
    /// Hosts without a dot and those of the server's own domain go around the proxy.
    pub bypass_on_local: bool,
    /// What goes around the proxy, in plain words, one entry a line or parted by semicolons.
    pub bypass: String,
    /// The cloud, for the hosts that must not go around it and for the test.
    pub cloud: Option<Cloud>,
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// [`Form::host`].
    Host,
    /// [`Form::port`].
    Port,
    /// [`Form::bypass`].
    Bypass,
}

/// What came of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Built {
    /// The block; `None` while a field is wrong.
    pub block: Option<String>,
    /// Host and port, where both are right.
    pub proxy: Option<(String, u16)>,
    /// What is wrong at a field, and what to write.
    pub errors: Vec<(Field, String)>,
    /// What the block does, sentence by sentence.
    pub explained: Vec<String>,
    /// The test of the connection for the chosen cloud.
    pub test: String,
}

/// Builds the block.
pub fn build(form: &Form) -> Built {
    let mut built = Built::default();
    let cloud = form.cloud.unwrap_or(Cloud::Worldwide).in_service();
    built.test = test_command(cloud);
    let host = host(form.host.trim()).map_err(|said| built.errors.push((Field::Host, said))).ok();
    let written = host.as_ref().and_then(|(_, port)| *port);
    let port = port(form.port.trim(), written).map_err(|said| built.errors.push((Field::Port, said))).ok();
    let (patterns, local) = bypass(form, cloud, &mut built.errors);
    let (Some((host, _)), Some(port)) = (host, port) else { return built };
    built.proxy = Some((host.clone(), port));
    if !built.errors.is_empty() {
        return built;
    }
    let url = proxy_url(&host, port);
    let settings = Settings {
        url: url.clone(),
        sign_in: form.sign_in,
        bypass: patterns.iter().map(|(_, pattern)| pattern.clone()).collect(),
        bypass_on_local: form.bypass_on_local || local,
    };
    built.block = Some(block::lines(&settings, "  "));
    built.explained = explained(&url, &settings, &patterns);
    built
}

fn explained(url: &str, settings: &Settings, patterns: &[(String, String)]) -> Vec<String> {
    let mut said = vec![format!(
        "Every .NET Framework program of the server, the wizard and the sync service among them, sends its requests through {url}. The scheme is http, also for https traffic: it is that of the way to the proxy."
    )];
    said.push(if settings.sign_in {
        "useDefaultCredentials=\"true\" signs in at the proxy with the account that runs the program: your own in the wizard, the sync service account on its Configure page and in every sync. Both have to be domain accounts that the proxy lets through. Basic authentication is not possible this way.".to_owned()
    } else {
        "No credentials are sent to the proxy. If it answers 407, tick the sign-in, or have the server's address exempted at the proxy.".to_owned()
    });
    said.push(if settings.bypass_on_local {
        "bypassonlocal=\"true\" sends host names without a dot, and hosts directly in the server's own DNS domain, around the proxy: AD FS in the same domain, for example.".to_owned()
    } else {
        "bypassonlocal=\"false\": only the server itself is reached without the proxy.".to_owned()
    });
    if patterns.is_empty() {
        said.push("usesystemdefault=\"true\" takes what is not written here, which is only the list of exceptions, from the Internet Options of the account that runs the program.".to_owned());
    } else {
        said.push("The bypass list takes regular expressions over scheme, host and port, which match anywhere unless they are tied to begin and end with ^ and $. It replaces the exceptions of Internet Options.".to_owned());
        said.extend(patterns.iter().map(|(words, pattern)| format!("{words} is written {pattern}")));
    }
    said
}

/// Host, and a port that was written with it.
fn host(text: &str) -> Result<(String, Option<u16>), String> {
    if text.is_empty() {
        return Err("Write the proxy's host name or address, such as proxy.contoso.com.".to_owned());
    }
    let lower = text.to_ascii_lowercase();
    if let Some((scheme, _)) = lower.split_once("://").filter(|(scheme, _)| *scheme != "http") {
        return Err(if scheme == "https" {
            "Write the host alone, without https://. The way to the proxy is always http, also for https traffic."
                .to_owned()
        } else {
            format!("{scheme} proxies do not work with .NET. Ask for the host and port of the HTTP proxy.")
        });
    }
    let with_scheme = if lower.starts_with("http://") { text.to_owned() } else { format!("http://{text}") };
    // An IPv6 address as people write it, without brackets.
    let bare = text.parse::<std::net::Ipv6Addr>().map(|ip| (ip.to_string(), None));
    if let Ok(found) = bare {
        return Ok(found);
    }
    let address = read(&with_scheme);
    for issue in &address.issues {
        return Err(match issue {
            Issue::NoPort | Issue::Backslashes => continue,
            Issue::Credentials => "User name and password cannot be written here; they are never sent. Tick the sign-in instead.".to_owned(),
            Issue::Script => "This is the address of a proxy script. Ask the network team for the proxy that it returns for login.microsoftonline.com.".to_owned(),
            Issue::Loopback => "This is the server itself. Write the proxy's own name.".to_owned(),
            Issue::Placeholder => "This is a placeholder. Write the proxy's real name.".to_owned(),
            Issue::Refused(text) if text.contains("port") => "Behind the colon stands a port: a number from 1 to 65535.".to_owned(),
            _ => format!("\"{text}\" is no host name: letters, digits, dots and dashes, such as proxy.contoso.com."),
        });
    }
    let has_port = !address.issues.contains(&Issue::NoPort);
    if !address.host.is_ascii() {
        return Err(format!("\"{text}\" has letters that a host name cannot have."));
    }
    Ok((address.host, has_port.then_some(address.port)))
}

fn port(text: &str, written: Option<u16>) -> Result<u16, String> {
    if text.is_empty() {
        return written.filter(|&port| port > 0).ok_or_else(|| {
            "Write the port on which the proxy listens, such as 8080. Without one .NET would use port 80.".to_owned()
        });
    }
    match text.parse::<u32>() {
        Ok(number @ 1..=65535) => {
            let number = number as u16;
            match written.filter(|&written| written != number) {
                Some(written) => Err(format!("The host names port {written} already. Write it in one place.")),
                None => Ok(number),
            }
        }
        Ok(number) => Err(format!("{number} is no port: a port is a number from 1 to 65535.")),
        Err(_) => Err(format!("\"{text}\" is no port: a port is a number from 1 to 65535.")),
    }
}

/// The patterns with the words they stand for, and whether local names were asked for.
fn bypass(form: &Form, cloud: Cloud, errors: &mut Vec<(Field, String)>) -> (Vec<(String, String)>, bool) {
    let (mut patterns, mut local) = (Vec::new(), false);
    let urls: Vec<String> = endpoints::rows_of(cloud)
        .filter(|row| row.need == Need::Required)
        .flat_map(|row| row.hosts.iter().map(move |host| (host, row.port)))
        .map(|(host, port)| format!("{}://{}", if port == 80 { "http" } else { "https" }, host.replace('*', "host")))
        .collect();
    for words in form.bypass.split(['\n', '\r', ';', ',']).map(str::trim).filter(|words| !words.is_empty()) {
        match from_words(words) {
            Ok(Entry::Local) => local = true,
            Ok(Entry::Pattern(pattern)) => match first_match(&pattern, urls.iter().map(String::as_str)) {
                Some(url) => errors.push((
                    Field::Bypass,
                    format!(
                        "\"{words}\" would send {url} around the proxy, which Entra Connect needs to reach through it."
                    ),
                )),
                None if patterns.iter().any(|(_, known)| *known == pattern) => {}
                None => patterns.push((words.to_owned(), pattern)),
            },
            Err(said) => errors.push((Field::Bypass, said)),
        }
    }
    (patterns, local)
}

fn test_command(cloud: Cloud) -> String {
    let host = endpoints::hosts_of_role(cloud, Role::SyncService).next().unwrap_or_default();
    format!("Invoke-WebRequest -UseBasicParsing -Uri https://{host}/ProvisioningService.svc")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::artifact::{Kind, Part};
    use crate::source::Source;

    fn form(host: &str, port: &str, bypass: &str) -> Form {
        Form { host: host.into(), port: port.into(), bypass: bypass.into(), bypass_on_local: true, ..Form::default() }
    }

    #[test]
    fn the_block_is_read_by_dotnet_as_the_form_says() {
        let built =
            build(&Form { sign_in: true, ..form("proxy.contoso.com", "8080", "*.contoso.com; 10.*\nintranet") });
        assert_eq!(built.errors, []);
        let block = format!("<configuration>\n{}\n</configuration>\n", built.block.unwrap());
        let source = Source::decode("machine.config", block.as_bytes());
        let part = Part::whole(&source);
        let score = (crate::readers::machine_config::READER.score)(&part).unwrap();
        let crate::readers::Value::Config(config) = (crate::readers::machine_config::READER.read)(&part, &score).value
        else {
            panic!("no configuration")
        };
        assert!(config.is_sound(), "{config:?}");
        assert_eq!(config.proxy_endpoint(), Some(("proxy.contoso.com", 8080)));
        assert!(config.sends_credentials());
        assert_eq!(config.bypass.len(), 3);
        assert_eq!(score.kind, Kind::MachineConfig);
    }

    #[test]
    fn what_cannot_be_right_is_answered_at_its_field() {
        for (form, field, said) in [
            (form("", "8080", ""), Field::Host, "Write the proxy's host"),
            (form("https://proxy", "8080", ""), Field::Host, "without https://"),
            (form("socks5://proxy", "1080", ""), Field::Host, "HTTP proxy"),
            (form("user:pw@proxy", "8080", ""), Field::Host, "sign-in"),
            (form("http://wpad/proxy.pac", "80", ""), Field::Host, "proxy script"),
            (form("localhost", "8888", ""), Field::Host, "server itself"),
            (form("pro xy", "8080", ""), Field::Host, "no host name"),
            (form("proxy", "", ""), Field::Port, "Write the port"),
            (form("proxy", "80800", ""), Field::Port, "65535"),
            (form("proxy", "808O", ""), Field::Port, "no port"),
            (form("proxy:3128", "8080", ""), Field::Port, "3128 already"),
            (form("proxy", "8080", "*.windows.net"), Field::Bypass, "around the proxy"),
            (form("proxy", "8080", "*"), Field::Bypass, "every host"),
        ] {
            let built = build(&form);
            let found = built.errors.iter().find(|(at, _)| *at == field);
            assert!(found.is_some_and(|(_, text)| text.contains(said)), "{form:?}: {:?}", built.errors);
            assert_eq!(built.block, None);
        }
        for (typed, port) in [("http://proxy:3128/", ""), ("proxy:3128", ""), ("proxy", "3128"), ("fd00::5", "3128")] {
            assert!(build(&form(typed, port, "")).block.is_some_and(|block| block.contains(":3128\"")), "{typed}");
        }
    }
}
