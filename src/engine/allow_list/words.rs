//! Why a list does what it does with a host, in one sentence for the person who asks.

use super::check::Found;
use crate::readers::allow_list::{AllowList, Coverage, Doubt, Rules, Shape, Subject};

/// Why this list does with this host what was found. The sentence begins with what the entry does, so that it can
/// stand beside the entry.
pub fn note(found: &Found, list: &AllowList) -> String {
    let host = found.needed.host;
    let port = found.needed.port;
    match found.coverage {
        Coverage::Covered(_) => match list.script().and_then(|script| script.route(host, port)) {
            Some(way) => format!("Sends {host} this way: {way}."),
            None => format!("Covers {host}."),
        },
        Coverage::LetThrough(_) => match list.script().and_then(|script| script.route(host, port)) {
            Some(way) => format!("Sends everything that no condition names, {host} with it, this way: {way}."),
            None => "Lets everything through that no rule before it refuses.".to_owned(),
        },
        Coverage::ApexMissed(_) => {
            format!("Covers the names below {host}, not {host} itself, which is the host that is called.")
        }
        Coverage::SubdomainsMissed(_) => format!("Covers this name only, not {host}."),
        Coverage::FixedRegion(_) if found.needed.is_zone() => {
            format!("Names one host below {}; other hosts there are called too.", host.trim_start_matches("*."))
        }
        Coverage::FixedRegion(_) => {
            format!("Names one regional host; the service also hands out others of the form {host}.")
        }
        Coverage::DeadPattern(index) => match list.entries.get(index).map(|entry| &entry.shape) {
            Some(Shape::Regex(_, Subject::Request)) => {
                format!("Asks for \"https://\", but of an encrypted request the proxy sees only {host}:{port}.")
            }
            _ => format!("This product does not know this wildcard, so {host} is not covered."),
        },
        Coverage::WrongPort(_) => format!("Does not allow port {port}, on which {host} is called."),
        Coverage::Misspelt(_) => format!("Looks like a misspelling of a name that covers {host}."),
        Coverage::DeniedFirst(_) | Coverage::Refused(_) => {
            match list.script().and_then(|script| script.route(host, port)) {
                Some(way) => format!("Sends {host} where nobody answers: {way}."),
                None => format!("Refuses {host}."),
            }
        }
        Coverage::OtherWay(_) => match list.script().and_then(|script| script.route(host, port)) {
            Some(way) => format!(
                "No condition names {host}, so it goes the way of everything else ({way}), other than the Entra hosts \
                 that the script names."
            ),
            None => format!("{host} goes another way than the Entra hosts that the script names."),
        },
        Coverage::NotCovered if matches!(list.rules, Rules::ThenElsewhere) => {
            format!("No entry covers {host}: the categories of the product decide, and they are not here.")
        }
        Coverage::NotCovered => format!("No entry covers {host}."),
        Coverage::Undecidable(doubt) => open(doubt, host, list),
    }
}

fn open(doubt: Doubt, host: &str, list: &AllowList) -> String {
    match doubt {
        Doubt::Cut => "The list is too long to keep: this entry may stand further down.".to_owned(),
        Doubt::Product(index) => match list.entries.get(index).map(|entry| &entry.shape) {
            Some(Shape::Simple(_)) => format!(
                "A simple entry covers the names below it in flow mode and in the proxy mode of newer versions; in the \
                 proxy mode of older ones it covers that name only, and then not {host}."
            ),
            Some(Shape::Glob(_)) => {
                format!("No source says whether this product reads a star at this place; {host} is open.")
            }
            _ => format!(
                "Covers {host} only with a product that lets a bare name stand for the names below it. Choose the product."
            ),
        },
        Doubt::Expression(_) => "This regular expression could not be read.".to_owned(),
        Doubt::Set(_) => {
            format!("Which hosts this tag or category has is not in the rules; {host} may be one of them.")
        }
        Doubt::File(_) => format!("{host} may stand in this file, which is not here."),
        Doubt::Include(_) => {
            format!("Rules about {host} may stand in the files that this line takes in, which are not here.")
        }
        Doubt::Rule(_) => "This rule depends on who asks, when, or on a definition that is not here.".to_owned(),
        Doubt::RulesMissing => "The rules that use these names are not here, or not all of them.".to_owned(),
        Doubt::Script(_) => {
            format!(
                "The way of {host} depends on something that only the running server knows, such as its address or DNS."
            )
        }
        Doubt::Broken(_) => "The script cannot be read: there is an error in it.".to_owned(),
    }
}
