//! What a script may call: the functions that every browser and Windows give it, and the methods of texts, expressions
//! and lists.

use super::{BYTES_PER_STEP, Members, Ran, Run, Value, count, float, number_of, text};
use std::rc::Rc;

impl<'a> Run<'a> {
    /// The functions that every browser and Windows give to a script.
    pub(super) fn built_in(&mut self, name: &str, given: &[Value<'a>]) -> Value<'a> {
        let words = |index: usize| match given.get(index) {
            Some(Value::Text(text, place)) => Some((text.clone(), *place)),
            _ => None,
        };
        match name {
            "dnsDomainIs" => {
                let (Some((host, _)), Some((zone, place))) = (words(0), words(1)) else { return Value::Unknown };
                let holds = host.ends_with(&*zone);
                self.note(holds, place, &zone);
                Value::Bool(holds)
            }
            "shExpMatch" => {
                let (Some((text, _)), Some((pattern, place))) = (words(0), words(1)) else { return Value::Unknown };
                let holds = shell_matches(&pattern, &text);
                self.note(holds, place, &pattern);
                Value::Bool(holds)
            }
            "localHostOrDomainIs" => {
                let (Some((host, _)), Some((full, place))) = (words(0), words(1)) else { return Value::Unknown };
                let short = !host.contains('.')
                    && full.starts_with(&*host)
                    && full.get(host.len()..).is_some_and(|rest| rest.starts_with('.'));
                let holds = host == full || short;
                self.note(holds, place, &full);
                Value::Bool(holds)
            }
            "isPlainHostName" => words(0).map_or(Value::Unknown, |(host, _)| Value::Bool(!host.contains('.'))),
            "dnsDomainLevels" => words(0).map_or(Value::Unknown, |(host, _)| number_of(host.matches('.').count())),
            "dnsResolve" | "dnsResolveEx" => match words(0) {
                Some((host, _)) if *host == *self.host => Value::Address,
                _ => Value::Unknown,
            },
            // The hosts that matter have public addresses.
            "isInNet" | "isInNetEx" => {
                let is_host = match given.first() {
                    Some(Value::Address) => true,
                    Some(Value::Text(host, _)) => **host == *self.host,
                    _ => false,
                };
                let net = words(1).map(|(net, _)| net.to_string());
                if is_host && net.is_some_and(|net| is_private(&net)) { Value::Bool(false) } else { Value::Unknown }
            }
            "String" => given.first().cloned().unwrap_or_else(|| text("")),
            "alert" | "debug" => Value::Null,
            _ => Value::Unknown,
        }
    }

    pub(super) fn method(&mut self, own: &Value<'a>, method: &str, given: &[Value<'a>]) -> Ran<Value<'a>> {
        let number = |index: usize| match given.get(index) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        };
        Ok(match own {
            Value::Text(own, place) => {
                let other = match given.first() {
                    Some(Value::Text(text, place)) => Some((text.clone(), *place)),
                    _ => None,
                };
                match (method, other) {
                    ("toLowerCase" | "toLocaleLowerCase", _) => Value::Text(own.to_lowercase().into(), *place),
                    ("toUpperCase", _) => Value::Text(own.to_uppercase().into(), *place),
                    ("trim" | "toString" | "valueOf", _) => Value::Text(own.trim().into(), *place),
                    ("indexOf" | "search", Some((part, at))) => {
                        let found = own.find(&*part);
                        self.note(found.is_some() && self.is_about_host(own), at, &part);
                        found.map_or(Value::Number(-1.0), number_of)
                    }
                    ("lastIndexOf", Some((part, at))) => {
                        let found = own.rfind(&*part);
                        self.note(found.is_some() && self.is_about_host(own), at, &part);
                        found.map_or(Value::Number(-1.0), number_of)
                    }
                    ("endsWith" | "startsWith" | "includes", Some((part, at))) => {
                        let holds = match method {
                            "endsWith" => own.ends_with(&*part),
                            "startsWith" => own.starts_with(&*part),
                            _ => own.contains(&*part),
                        };
                        self.note(holds && self.is_about_host(own), at, &part);
                        Value::Bool(holds)
                    }
                    ("substring" | "slice" | "substr", _) => {
                        let length = float(own.len());
                        let place_of = |value: f64| {
                            if value < 0.0 && method != "substring" {
                                (length + value).max(0.0)
                            } else {
                                value.clamp(0.0, length)
                            }
                        };
                        let from = place_of(number(0).unwrap_or(0.0));
                        let to = match (number(1), method) {
                            (None, _) => length,
                            (Some(count), "substr") => (from + count).clamp(0.0, length),
                            (Some(end), _) => place_of(end),
                        };
                        let (from, to) = if method == "substring" && to < from { (to, from) } else { (from, to) };
                        text(own.get(count(from)..count(to)).unwrap_or(""))
                    }
                    ("charAt", _) => {
                        let at = count(number(0).unwrap_or(0.0));
                        text(own.get(at..=at).unwrap_or(""))
                    }
                    ("split", Some((mark, _))) if !mark.is_empty() => {
                        Value::Array(Rc::new(own.split(&*mark).map(text).collect()))
                    }
                    ("match" | "search", _) => match given.first() {
                        Some(Value::Regex(Some(regex), at)) => {
                            let found = regex.find(own).map(|found| found.start());
                            self.note(found.is_some() && self.is_about_host(own), Some(*at), regex.as_str());
                            match method {
                                "match" => found.map_or(Value::Null, |_| Value::Bool(true)),
                                _ => found.map_or(Value::Number(-1.0), number_of),
                            }
                        }
                        _ => Value::Unknown,
                    },
                    ("replace", Some((old, _))) => match given.get(1) {
                        Some(Value::Text(new, _)) => text(&own.replacen(&*old, new, 1)),
                        _ => Value::Unknown,
                    },
                    ("concat", Some((other, _))) => text(&format!("{own}{other}")),
                    _ => Value::Unknown,
                }
            }
            Value::Regex(Some(regex), at) if method == "test" || method == "exec" => match given.first() {
                Some(Value::Text(text, _)) => {
                    let holds = regex.is_match(text);
                    self.note(holds && self.is_about_host(text), Some(*at), regex.as_str());
                    Value::Bool(holds)
                }
                _ => Value::Unknown,
            },
            Value::Array(items) => match method {
                "indexOf" | "includes" => {
                    let wanted = given.first().cloned().unwrap_or(Value::Null);
                    let mut found = None;
                    for (index, item) in items.iter().enumerate() {
                        self.step()?;
                        if matches!(self.compare(item, &wanted), Value::Bool(true)) {
                            found = Some(index);
                            break;
                        }
                    }
                    if method == "includes" {
                        Value::Bool(found.is_some())
                    } else {
                        found.map_or(Value::Number(-1.0), number_of)
                    }
                }
                "some" | "every" | "forEach" | "find" | "filter" => {
                    let Some(Value::Function(function)) = given.first() else { return Ok(Value::Unknown) };
                    let mut kept = Vec::new();
                    for item in items.iter() {
                        self.step()?;
                        let (value, _) = self.call(function, vec![item.clone()])?;
                        let holds = self.is_true(&value);
                        match method {
                            "some" if holds => return Ok(Value::Bool(true)),
                            "every" if !holds => return Ok(Value::Bool(false)),
                            "find" if holds => return Ok(item.clone()),
                            "filter" if holds => kept.push(item.clone()),
                            _ => {}
                        }
                    }
                    match method {
                        "some" => Value::Bool(false),
                        "every" => Value::Bool(true),
                        "filter" => Value::Array(Rc::new(kept)),
                        _ => Value::Null,
                    }
                }
                "concat" => match given.first() {
                    Some(Value::Array(more)) => {
                        self.charge((items.len() + more.len()) * BYTES_PER_STEP)?;
                        Value::Array(Rc::new(items.iter().chain(more.iter()).cloned().collect()))
                    }
                    _ => Value::Unknown,
                },
                _ => Value::Unknown,
            },
            Value::Object(members) if method == "hasOwnProperty" => match given.first() {
                Some(Value::Text(key, _)) => self.has_member(members, key),
                _ => Value::Unknown,
            },
            _ => Value::Unknown,
        })
    }

    pub(super) fn has_member(&mut self, members: &Members<'a>, key: &str) -> Value<'a> {
        let found = members.get(key);
        self.note(found.is_some() && *key == *self.host, found.and_then(|(_, place)| *place), key);
        Value::Bool(found.is_some())
    }

    fn is_about_host(&self, text: &str) -> bool {
        text.contains(self.host.as_str())
    }
}

/// Networks that are never the address of a public host.
fn is_private(net: &str) -> bool {
    let net = net.split('/').next().unwrap_or(net);
    match net.parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V4(net)) => {
            net.is_private()
                || net.is_loopback()
                || net.is_link_local()
                || (net.octets().first() == Some(&100) && net.octets().get(1) == Some(&64))
        }
        Ok(std::net::IpAddr::V6(net)) => {
            net.is_loopback() || matches!(net.segments().first(), Some(0xfc00..=0xfdff | 0xfe80))
        }
        Err(_) => false,
    }
}

/// `shExpMatch`: a star stands for any characters, a question mark for one; the whole text must fit.
fn shell_matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(&letter) if letter == b'?' || text.get(t) == Some(&letter) => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, begin)) => {
                    p = at + 1;
                    t = begin + 1;
                    star = Some((at, begin + 1));
                }
                None => return false,
            },
        }
    }
    pattern.get(p..).is_some_and(|rest| rest.iter().all(|letter| *letter == b'*'))
}
