//! Which proxy .NET uses with a configuration, by the order in which its own code applies the settings.

use super::address::Issue;
use super::config::{Config, Effective, Switch};
use super::problem::{Prediction, Stage};

/// The effective proxy, and a sentence about it.
pub fn effective(config: &Config) -> (Effective, String) {
    let effective = decide(config);
    let sentence = sentence(config, &effective);
    (effective, sentence)
}

fn decide(config: &Config) -> Effective {
    // What only shows with a request is told by the sentence.
    if let Prediction::Refused(refusal) = &config.prediction
        && refusal.certain
        && refusal.stage != Stage::Request
    {
        return Effective::Refused;
    }
    if config.default_proxy.is_none() && config.proxy.is_none() && config.bypass.is_empty() {
        return if config.is_fragment || !config.xml_errors.is_empty() {
            Effective::NotShown
        } else {
            Effective::SystemSettings
        };
    }
    if !config.in_effect {
        return Effective::SystemSettings;
    }
    if config.is_switched_off() {
        return Effective::Direct;
    }
    if config.module.is_some() {
        return Effective::NotShown;
    }
    if config.proxy_address.is_some() {
        return Effective::Proxy;
    }
    let drops_script = config.drops_script();
    if given(config.auto_detect.as_ref()) || config.script_location.is_some() {
        let script = config.script_location.is_some() || on(config.auto_detect.as_ref());
        return if script && !drops_script { Effective::Script } else { Effective::Direct };
    }
    match config.use_system_default.as_ref().and_then(|switch| switch.value) {
        Some(true) => Effective::StaticSystemProxy,
        Some(false) => Effective::Direct,
        None if drops_script => Effective::Direct,
        None => Effective::SystemSettings,
    }
}

/// "Unspecified" is as good as absent.
fn given(switch: Option<&Switch>) -> bool {
    switch.is_some_and(|switch| switch.value.is_some())
}

fn on(switch: Option<&Switch>) -> bool {
    switch.is_some_and(|switch| switch.value == Some(true))
}

fn sentence(config: &Config, effective: &Effective) -> String {
    match effective {
        Effective::Refused if !config.which.is_machine() => {
            ".NET refuses this configuration, so that the program it belongs to cannot use the network.".to_owned()
        }
        Effective::Refused => ".NET refuses this configuration, so that no .NET program on the server can use the network.".to_owned(),
        Effective::NotShown if config.module.is_some() => {
            "A module of its own decides which proxy is used; the file does not tell which.".to_owned()
        }
        Effective::NotShown => "The pasted piece does not show the proxy settings.".to_owned(),
        Effective::SystemSettings => {
            "The file names no proxy: .NET uses the Internet Options of the account that runs the program, \
             which may differ between you and the sync service account."
                .to_owned()
        }
        Effective::StaticSystemProxy => {
            "The file names no proxy address: .NET uses the fixed proxy in the Internet Options of the account that \
             runs the program, and none when that account has none. Scripts and auto-detection are ignored."
                .to_owned()
        }
        Effective::Direct if config.is_switched_off() => {
            "enabled=\"false\" switches the proxy off: .NET connects directly.".to_owned()
        }
        Effective::Direct if given(config.auto_detect.as_ref()) || config.script_location.is_some() => {
            "The proxy script or auto-detection has no effect beside these settings, and there is no proxy address: .NET connects directly."
                .to_owned()
        }
        Effective::Direct => "These settings name no proxy address: .NET connects directly.".to_owned(),
        Effective::Script => {
            "A proxy script or auto-detection decides for every host, with the answer that the account gets that runs the program.".to_owned()
        }
        Effective::Proxy => {
            let written = config.proxy_address.as_ref().map_or("", |address| address.text.trim());
            let Some(address) = &config.address else { return String::new() };
            if let Some(scheme) = address.scheme_of_no_proxy() {
                return format!("Every request fails: .NET takes \"{scheme}\" for the scheme of the proxy and supports only http.");
            }
            let shown = if address.issues.contains(&Issue::Credentials) { "the proxy in the file" } else { written };
            let bypass = if config.bypass_in_effect().next().is_none() && on(config.use_system_default.as_ref()) {
                "; exceptions come from the account's Internet Options"
            } else {
                ""
            };
            let credentials = if config.sends_credentials() {
                "signs in there with its Windows account"
            } else {
                "sends no credentials to it"
            };
            format!(".NET sends its requests through {shown} and {credentials}{bypass}.")
        }
    }
}
