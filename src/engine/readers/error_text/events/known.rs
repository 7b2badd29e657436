//! Events of the product that tell something about connectivity.
//!
//! Sources: entra-docs, troubleshoot password hash synchronization, password writeback and application identity;
//! Microsoft support articles KB 2867278, 2882421, 3013032; read 2026-11. Ids whose text no source gives are left out.

/// One kind of event.
#[derive(Debug, PartialEq, Eq)]
pub struct KnownEvent {
    /// Sources that write it.
    pub sources: &'static [&'static str],
    /// Its ids.
    pub ids: &'static [u32],
    /// Which connection it is about.
    pub side: Side,
    /// What it says about that connection.
    pub tells: Tells,
    /// What it means, in one or two sentences.
    pub meaning: &'static str,
}

/// The connection an event is about. Public ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// To Microsoft's services: proxy, firewall, TLS, sign-in.
    Cloud,
    /// To the domain controllers; no proxy is involved.
    Directory,
    /// The server itself.
    Server,
}

/// What an event says about the connection. Public ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tells {
    /// It works.
    Works,
    /// It does not.
    Fails,
    /// Something failed; only the text of the event says what.
    ReadOn,
    /// Nothing that decides.
    Neutral,
}

const CLOUD: &[&str] = &["directory synchronization"];
const ENGINE: &[&str] = &["adsync", "fimsynchronizationservice"];
const WRITEBACK: &[&str] = &["passwordresetservice"];

/// Every known kind.
pub const KNOWN: &[KnownEvent] = &[
    known(
        CLOUD,
        &[0, 109, 906],
        Side::Cloud,
        Tells::ReadOn,
        "A call to Microsoft failed. The exception in the text tells whether the network, the sign-in or the service refused it.",
    ),
    known(
        CLOUD,
        &[115],
        Side::Cloud,
        Tells::ReadOn,
        "The service refused the sync account: it was reached, and the account or its password is the matter.",
    ),
    known(
        CLOUD,
        &[904],
        Side::Cloud,
        Tells::ReadOn,
        "Details of a refused sign-in of the sync account. An AADSTS number in it proves that the sign-in service answered.",
    ),
    known(
        CLOUD,
        &[611],
        Side::Directory,
        Tells::Fails,
        "Password hashes could not be read from a domain controller. No proxy is involved.",
    ),
    known(
        CLOUD,
        &[652],
        Side::Cloud,
        Tells::ReadOn,
        "A batch of password hashes could not be sent. A numbered error code in the text proves that the service answered.",
    ),
    known(
        CLOUD,
        &[655],
        Side::Cloud,
        Tells::ReadOn,
        "The half-hourly sign of life to the service failed. The exception in the text tells why.",
    ),
    known(
        CLOUD,
        &[650, 653],
        Side::Cloud,
        Tells::Neutral,
        "A call for password hash synchronization began. Its end is the event with the next number.",
    ),
    known(
        CLOUD,
        &[651, 654],
        Side::Cloud,
        Tells::Works,
        "A call for password hash synchronization came to its end: the service was reached under the service account.",
    ),
    known(CLOUD, &[656], Side::Directory, Tells::Works, "A password change was read from a domain controller."),
    known(
        CLOUD,
        &[657],
        Side::Cloud,
        Tells::Works,
        "The result of a password change came back from the service: it was reached.",
    ),
    known(
        ENGINE,
        &[6000],
        Side::Directory,
        Tells::Fails,
        "A connector was refused its credentials. For the Active Directory connector no proxy is involved.",
    ),
    known(
        ENGINE,
        &[6050],
        Side::Cloud,
        Tells::ReadOn,
        "A run stopped for want of a connection. The name of the connector tells which: the one that ends in \" - AAD\" goes to Microsoft, any other to the domain controllers.",
    ),
    known(
        ENGINE,
        &[6020],
        Side::Server,
        Tells::Neutral,
        "A partition of the run profile is gone. This is configuration, not the network.",
    ),
    known(ENGINE, &[6800], Side::Cloud, Tells::Fails, "Password writeback could not reach its endpoint."),
    known(
        ENGINE,
        &[6801],
        Side::Cloud,
        Tells::ReadOn,
        "The connector to Microsoft threw an exception. The stack in the text tells which; its innermost line is the cause.",
    ),
    known(
        ENGINE,
        &[6900],
        Side::Cloud,
        Tells::ReadOn,
        "Password changes could not be processed. The inner exception tells why.",
    ),
    known(
        ENGINE,
        &[6941],
        Side::Server,
        Tells::Neutral,
        "An object is too large to be exported. This is data, not the network.",
    ),
    known(
        ENGINE,
        &[1011],
        Side::Server,
        Tells::Neutral,
        "The certificate that the server signs in with is due to be renewed.",
    ),
    known(
        ENGINE,
        &[1012],
        Side::Server,
        Tells::Fails,
        "The certificate that the server signs in with has expired. It looks like an outage, and the network is fine.",
    ),
    known(WRITEBACK, &[31015, 31017, 31019], Side::Cloud, Tells::Works, "Password writeback is connected."),
    known(
        WRITEBACK,
        &[31034, 31044, 32001, 32002, 32011],
        Side::Cloud,
        Tells::Fails,
        "Password writeback cannot reach its service. It needs Service Bus on port 443 and a connection that may stay idle for long.",
    ),
    known(
        WRITEBACK,
        &[32009],
        Side::Cloud,
        Tells::ReadOn,
        "Password writeback was refused a token: the account is the matter.",
    ),
];

const fn known(
    sources: &'static [&'static str],
    ids: &'static [u32],
    side: Side,
    tells: Tells,
    meaning: &'static str,
) -> KnownEvent {
    KnownEvent { sources, ids, side, tells, meaning }
}

/// The entry for an event.
pub fn find(source: &str, id: u32) -> Option<&'static KnownEvent> {
    let source = source.trim().to_ascii_lowercase();
    KNOWN.iter().find(|known| known.ids.contains(&id) && known.sources.contains(&source.as_str()))
}

/// Whether events of this source are written by the sync service, under its account.
pub fn is_sync_service(source: &str) -> bool {
    let source = source.trim().to_ascii_lowercase();
    [CLOUD, ENGINE, WRITEBACK].iter().any(|sources| sources.contains(&source.as_str()))
}

impl Side {
    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Cloud => "cloud",
            Self::Directory => "directory",
            Self::Server => "server",
        }
    }
}

impl Tells {
    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Fails => "fails",
            Self::ReadOn => "read-on",
            Self::Neutral => "neutral",
        }
    }
}
