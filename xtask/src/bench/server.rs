//! The Entra Connect server of the made data: the wizard's two pages and the first sync in the first minute, then a
//! sync cycle every thirty minutes. The order of hosts is that of the reference log in the troubleshooting article.

use super::random::Random;
use super::traffic::{Ending, Request};
use std::collections::VecDeque;

/// Time between two sync cycles: the scheduler's default of 30 minutes.
pub const CYCLE_MS: u64 = 30 * 60 * 1000;
/// Idle tunnels to the sync service that something on the way cuts off live this long.
const CUT_MS: u64 = 120_000;
const CLIENT: &str = "10.20.30.40";
const USER: &str = "CONTOSO\\AADC01$";

/// One call of the server that is going to come.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    pub end_ms: u64,
    pub host: &'static str,
    pub ending: Ending,
    duration_ms: u64,
    received: u64,
}

impl Call {
    /// How it ends while the proxy makes trouble: the sync hosts are refused, the provisioning hosts do not answer,
    /// sign-in still works.
    pub fn refused(&self) -> Ending {
        match self.host {
            _ if self.ending == Ending::SignIn => Ending::SignIn,
            host if host.contains("-anchor.") || host.starts_with("adminwebservice") => Ending::Denied,
            host if host.contains("provisioningapi") || host.contains("-relay.") => Ending::Unreachable,
            _ => self.ending,
        }
    }
}

const SIGN_IN: &str = "login.microsoftonline.com";
const SYNC: &str = "adminwebservice.microsoftonline.com";
const REGIONAL_SYNC: &str = "bba800-anchor.microsoftonline.com";
const PROVISIONING: &str = "provisioningapi.microsoftonline.com";
const REGIONAL_PROVISIONING: &str = "bwsc02-relay.microsoftonline.com";
const REVOCATION: &str = "crl3.digicert.com";

/// The page "Connect", the page "Configure" and the first sync, from a few seconds after `begin_ms` on.
pub fn wizard(begin_ms: u64, random: &mut Random) -> VecDeque<Call> {
    let connect = [SIGN_IN, SYNC, REGIONAL_SYNC, SIGN_IN, PROVISIONING, REGIONAL_PROVISIONING];
    let configure =
        [SIGN_IN, REGIONAL_SYNC, SIGN_IN, SYNC, REGIONAL_SYNC, SIGN_IN, PROVISIONING, REGIONAL_PROVISIONING];
    let sync = [REVOCATION, SIGN_IN, SYNC, REGIONAL_SYNC, REGIONAL_SYNC];
    let hosts = connect.iter().chain(&configure).chain(&sync);
    let mut at = begin_ms + 4_000;
    let calls = hosts.flat_map(|host| {
        at += random.between(900, 3_000);
        with_handshake(at, host, random.between(200, 900), random)
    });
    calls.collect()
}

/// One sync cycle. Every third one finds its tunnel cut at [`CUT_MS`].
pub fn cycle(at_ms: u64, number: u64, random: &mut Random) -> VecDeque<Call> {
    let mut calls = VecDeque::new();
    let mut at = at_ms;
    let revocation = number.is_multiple_of(8).then_some(REVOCATION);
    for host in revocation.into_iter().chain([SIGN_IN, SYNC, REGIONAL_SYNC, REGIONAL_SYNC, REGIONAL_SYNC]) {
        at += random.between(300, 2_000);
        calls.extend(with_handshake(at, host, random.between(300, 8_000), random));
    }
    if number.is_multiple_of(3) {
        let length = CUT_MS + random.below(60);
        calls.extend(with_handshake(at + length, REGIONAL_SYNC, length, random));
    }
    calls
}

/// What an administrator does when the proxy begins to refuse: a sync by hand and the wizard's first page, in haste.
pub fn attempt(at_ms: u64, random: &mut Random) -> VecDeque<Call> {
    let hosts = [SIGN_IN, SYNC, REGIONAL_SYNC, SIGN_IN, SYNC, PROVISIONING, REGIONAL_PROVISIONING];
    let mut at = at_ms;
    let calls = hosts.iter().flat_map(|host| {
        at += random.between(200, 800);
        with_handshake(at, host, random.between(200, 400), random)
    });
    calls.collect()
}

/// A tunnel with the normal sign-in to the proxy before it.
fn with_handshake(at_ms: u64, host: &'static str, duration_ms: u64, random: &mut Random) -> [Call; 2] {
    let asked_ms = at_ms.saturating_sub(duration_ms.min(150));
    [
        Call { end_ms: asked_ms, host, ending: Ending::SignIn, duration_ms: 1, received: random.between(3_900, 4_200) },
        Call {
            end_ms: at_ms,
            host,
            ending: Ending::Answered(200),
            duration_ms,
            received: random.between(4_000, 90_000),
        },
    ]
}

/// The request that a call makes.
pub fn request<'a>(call: &Call, ending: Ending, end_ms: u64, address: &'a str, number: u64) -> Request<'a> {
    let tunnel = call.host != REVOCATION;
    let (duration_ms, received) = match ending {
        Ending::Denied => (1, 3_950),
        Ending::Unreachable => (60_010, 381),
        Ending::Answered(_) | Ending::SignIn | Ending::Abandoned => (call.duration_ms, call.received),
    };
    Request {
        end_ms,
        duration_ms,
        client: CLIENT,
        user: if ending == Ending::SignIn { "" } else { USER },
        agent: if tunnel { "Microsoft Azure Active Directory Connect/2.5" } else { "Microsoft-CryptoAPI/10.0" },
        method: if tunnel { "CONNECT" } else { "GET" },
        host: call.host,
        port: if tunnel { 443 } else { 80 },
        path: if tunnel { "" } else { "/DigiCertGlobalRootG2.crl" },
        category: "Office/Business Applications",
        address,
        ending,
        sent: 1_400,
        received,
        number,
    }
}
