//! Records that name no host: another record of their session, or of their address, may.

use super::flows::flow_key;
use super::{Event, LogFold, event};
use crate::endpoints;
use crate::formats::Record;
use crate::readers::proxy_log::kept::Place;
use crate::readers::proxy_log::sessions::{Fallen, Held, Sessions};
use crate::readers::proxy_log::{Log, Outcome};

impl LogFold {
    /// A record that names no host: another record of its session, or of its address, may.
    pub(super) fn without_host(&mut self, record: &Record, place: &Place) {
        let key = Sessions::key(record.session, record.client);
        let number = self.log.records;
        if key.is_none() && record.address.is_empty() || record.outcome == Outcome::Seen {
            self.log.hostless_records += 1;
            return;
        }
        if key.is_some_and(|key| self.sessions.is_settled(key)) {
            return;
        }
        let end = event(record, "", number, self.kept.span(place));
        if let Some(pending) = key.and_then(|key| self.sessions.take_pending(key)) {
            let port = end.port.or(pending.port);
            let client = if end.client.is_empty() { &pending.client } else { end.client };
            self.commit(&Event { host: &pending.host, port, client, ..end });
        } else {
            let fallen = self.sessions.hold_orphan(key, record.address, &end);
            self.fallen(fallen);
        }
    }

    /// Counts what had to leave the sessions.
    pub(super) fn fallen(&mut self, fallen: Fallen) {
        match fallen {
            Fallen::Event(held) => self.commit(&held.event()),
            Fallen::Unnamed(held) => self.unnamed(&held),
            Fallen::Nothing => {}
        }
    }

    /// A record whose host no other record names. An address that never answers is worth telling: a note or a look-up
    /// in another artifact may name it.
    pub(super) fn unnamed(&mut self, held: &Held) {
        self.log.hostless_records += 1;
        let key = flow_key(&held.client, &held.host, held.port);
        let service = endpoints::is_service_address(&held.host);
        if !held.outcome.is_refusal() && !service {
            if self.answering.len() < Log::MAX_FLOWS {
                self.answering.insert(key);
            }
            return;
        }
        let web = matches!(held.port, Some(443 | 80)) || may_be_a_proxy(&held.host, held.port);
        let full = self.answering.len() >= Log::MAX_FLOWS;
        let answers = !service && (full || self.answering.contains(&key));
        if !web || held.host.is_empty() || answers {
            return;
        }
        let known = self.index.find(key, |_| true).is_some();
        if known || self.addresses < Log::MAX_ADDRESSES {
            self.addresses += usize::from(!known);
            self.commit(&held.event());
        }
    }
}

/// Whether an address inside a company with this port may be that of a proxy: the ports that proxies have by default.
fn may_be_a_proxy(host: &str, port: Option<u16>) -> bool {
    const PORTS: [u16; 16] =
        [81, 800, 808, 1080, 3128, 3129, 8000, 8008, 8080, 8081, 8088, 8118, 8443, 8888, 9090, 9480];
    port.is_some_and(|port| PORTS.contains(&port))
        && host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_private())
}
