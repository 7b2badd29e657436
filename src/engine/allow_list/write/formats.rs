//! One function per syntax.

use super::wanted::{Section, Wanted};
use crate::readers::allow_list::url_filter_entry;
use std::fmt::Write;

/// The address that stands for the Entra Connect server until somebody replaces it.
const SERVER: &str = "192.0.2.10";

/// Writes section by section: a heading, then each entry.
fn sections(
    text: &mut String,
    wanted: &[Wanted],
    mut heading: impl FnMut(&mut String, Section),
    mut entry: impl FnMut(&mut String, &Wanted),
) {
    let mut section = None;
    for one in wanted {
        if section != Some(one.section) {
            section = Some(one.section);
            heading(text, one.section);
        }
        entry(text, one);
    }
}

/// The forms that a product with separate wildcards needs: the names below, and the name itself.
fn forms(one: &Wanted, zone: impl Fn(&str) -> String, name: impl Fn(&str) -> String) -> Vec<String> {
    let below = one.below.then(|| zone(one.name));
    let itself = one.itself.then(|| name(one.name));
    below.into_iter().chain(itself).collect()
}

/// Without what belongs to old builds.
fn current(wanted: &[Wanted]) -> impl Iterator<Item = &Wanted> {
    wanted.iter().filter(|one| one.section != Section::Old)
}

/// Names and `*.` with comments above them.
pub(super) fn plain(wanted: &[Wanted], head: &[String]) -> String {
    let mut text = String::new();
    for line in head {
        let _ = writeln!(text, "# {line}");
    }
    let heading = |text: &mut String, section: Section| {
        let _ = writeln!(text, "\n# {}", section.title());
    };
    sections(&mut text, wanted, heading, |text, one| {
        let mark = if one.section == Section::Old { "# " } else { "" };
        let _ = writeln!(text, "# {}", one.comment());
        for form in forms(one, |zone| format!("*.{zone}"), str::to_owned) {
            let _ = writeln!(text, "{mark}{form}");
        }
    });
    text
}

/// A table with a row per host and port.
pub(super) fn csv(wanted: &[Wanted]) -> String {
    let mut text = String::from("host,port,protocol,purpose\n");
    for one in current(wanted) {
        let purpose = one.purpose.first().copied().unwrap_or_default().replace('"', "\"\"");
        for form in forms(one, |zone| format!("*.{zone}"), str::to_owned) {
            for port in &one.ports {
                let protocol = if *port == 80 { "HTTP" } else { "HTTPS" };
                let _ = writeln!(text, "{form},{port},{protocol},\"{purpose}\"");
            }
        }
    }
    text
}

/// One form a line, for products whose lists have no comments.
pub(super) fn lines(wanted: &[Wanted], zone: impl Fn(&str) -> String, name: impl Fn(&str) -> String) -> String {
    let mut text = String::new();
    for form in current(wanted).flat_map(|one| forms(one, &zone, &name)) {
        let _ = writeln!(text, "{form}");
    }
    text
}

/// For products in which a leading dot covers the name itself as well.
pub(super) fn dotted(wanted: &[Wanted]) -> String {
    let mut text = String::new();
    for one in current(wanted) {
        let _ = writeln!(text, "{}{}", if one.below { "." } else { "" }, one.name);
    }
    text
}

/// For products in which a bare name covers what is below it.
pub(super) fn bare(wanted: &[Wanted]) -> String {
    let mut text = String::new();
    for one in current(wanted) {
        let _ = writeln!(text, "{}", one.name);
    }
    text
}

/// A part of squid.conf.
pub(super) fn squid(wanted: &[Wanted], head: &[String]) -> String {
    let mut text = String::new();
    for line in head {
        let _ = writeln!(text, "# {line}");
    }
    let _ = writeln!(
        text,
        "# Put this above the first \"http_access deny\". Replace {SERVER} by the address of the server."
    );
    let _ = writeln!(text, "acl entra_connect_server src {SERVER}");
    let heading = |text: &mut String, section: Section| {
        let _ = writeln!(text, "\n# {}", section.title());
    };
    sections(&mut text, wanted, heading, |text, one| {
        let mark = if one.section == Section::Old { "# " } else { "" };
        let dot = if one.below { "." } else { "" };
        let _ = writeln!(text, "# {}", one.comment());
        let _ = writeln!(text, "{mark}acl entra_connect dstdomain {dot}{}", one.name);
    });
    let _ = writeln!(text, "\nacl entra_connect_ports port 80 443");
    let _ = writeln!(text, "http_access allow entra_connect_server entra_connect entra_connect_ports");
    text
}

/// A URL filter of `FortiOS`.
pub(super) fn fortigate(wanted: &[Wanted], head: &[String]) -> String {
    let mut text = String::new();
    for line in head {
        let _ = writeln!(text, "# {line}");
    }
    let _ = writeln!(
        text,
        "# \"exempt\" keeps the FortiGuard categories and content filters from refusing the host afterwards."
    );
    let _ = writeln!(
        text,
        "config webfilter urlfilter\n    edit 0\n        set name \"Entra Connect\"\n        config entries"
    );
    let mut number = 0;
    let heading = |text: &mut String, section: Section| {
        let _ = writeln!(text, "            # {}", section.title());
    };
    sections(&mut text, wanted, heading, |text, one| {
        let _ = writeln!(text, "            # {}", one.comment());
        let below = one.below.then(|| (format!("*.{}", one.name), "wildcard"));
        let itself = one.itself.then(|| (one.name.to_owned(), "simple"));
        for (url, kind) in below.into_iter().chain(itself) {
            if one.section == Section::Old {
                let _ = writeln!(text, "            # set url \"{url}\", set type {kind}");
                continue;
            }
            number += 1;
            for line in url_filter_entry(number, &url, kind).lines() {
                let _ = writeln!(text, "            {line}");
            }
        }
    });
    text.push_str("        end\n    next\nend\n");
    text
}

/// A category and the rule that allows it.
pub(super) fn blue_coat(wanted: &[Wanted], head: &[String]) -> String {
    let mut text = String::new();
    for line in head {
        let _ = writeln!(text, "; {line}");
    }
    let _ = writeln!(text, "; Replace {SERVER} by the address of the server.");
    let _ = writeln!(text, "define category EntraConnect");
    let heading = |text: &mut String, section: Section| {
        let _ = writeln!(text, "  ; {}", section.title());
    };
    sections(&mut text, wanted, heading, |text, one| {
        let mark = if one.section == Section::Old { "; " } else { "" };
        let _ = writeln!(text, "  {mark}{} ; {}", one.name, one.comment());
    });
    let _ = writeln!(text, "end\n\n<Proxy>\n  client.address={SERVER} category=EntraConnect ALLOW");
    text
}

/// A rule collection group of a firewall policy, as in a template.
pub(super) fn azure(wanted: &[Wanted]) -> String {
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let mut rules = Vec::new();
    for (number, one) in current(wanted).enumerate() {
        let protocols: Vec<String> = one
            .ports
            .iter()
            .map(|port| {
                let kind = if *port == 80 { "Http" } else { "Https" };
                format!("{{ \"protocolType\": \"{kind}\", \"port\": {port} }}")
            })
            .collect();
        let hosts: Vec<String> = forms(one, |zone| quoted(&format!("*.{zone}")), quoted).into_iter().collect();
        rules.push(format!(
            "          {{\n            \"ruleType\": \"ApplicationRule\",\n            \"name\": \"EntraConnect-{:02}\",\n            \
             \"description\": {},\n            \"sourceAddresses\": [\"{SERVER}\"],\n            \"protocols\": [{}],\n            \
             \"targetFqdns\": [{}]\n          }}",
            number + 1,
            quoted(&one.comment()),
            protocols.join(", "),
            hosts.join(", ")
        ));
    }
    format!(
        "{{\n  \"properties\": {{\n    \"priority\": 300,\n    \"ruleCollections\": [\n      {{\n        \
         \"ruleCollectionType\": \"FirewallPolicyFilterRuleCollection\",\n        \"name\": \"EntraConnect\",\n        \
         \"priority\": 300,\n        \"action\": {{ \"type\": \"Allow\" }},\n        \"rules\": [\n{}\n        ]\n      }}\n    ]\n  }}\n}}\n",
        rules.join(",\n")
    )
}

/// A script that sends the hosts to a proxy and everything else out directly.
pub(super) fn pac(wanted: &[Wanted], head: &[String]) -> String {
    let mut text = String::new();
    for line in head {
        let _ = writeln!(text, "// {line}");
    }
    let _ = writeln!(text, "// Replace the proxy, and the way of everything else in the last return.");
    let _ = writeln!(text, "function FindProxyForURL(url, host) {{");
    let _ = writeln!(text, "  var entraConnect = \"PROXY proxy.example.com:8080\";\n  host = host.toLowerCase();");
    let heading = |text: &mut String, section: Section| {
        let _ = writeln!(text, "\n  // {}", section.title());
    };
    sections(&mut text, wanted, heading, |text, one| {
        let mark = if one.section == Section::Old { "// " } else { "" };
        let tests = forms(one, |zone| format!("dnsDomainIs(host, \".{zone}\")"), |name| format!("host == \"{name}\""));
        let _ = writeln!(text, "  // {}", one.comment());
        let _ = writeln!(text, "  {mark}if ({}) return entraConnect;", tests.join(" || "));
    });
    text.push_str("\n  return \"DIRECT\";\n}\n");
    text
}
