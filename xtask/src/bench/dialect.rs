//! The dialects of the made data: how each device writes a request down.

use super::traffic::{Ending, Request};
use std::io::{self, Write};

/// A dialect of the benchmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Squid's native access.log.
    Squid,
    /// W3C extended as Blue Coat's Edge SWG writes its main log: quoted user agents and categories.
    W3c,
    /// `FortiGate`'s forward traffic log, key=value, with the host name.
    FortiGate,
    /// JSON lines as Zscaler's streaming service writes web transactions.
    Json,
}

impl Dialect {
    pub const ALL: [Self; 4] = [Self::Squid, Self::W3c, Self::FortiGate, Self::Json];

    /// What it is called on the command line and in the table.
    pub fn id(self) -> &'static str {
        match self {
            Self::Squid => "squid",
            Self::W3c => "w3c",
            Self::FortiGate => "fortigate",
            Self::Json => "json",
        }
    }

    /// How the file is named.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Squid => "access.log",
            Self::W3c => "edge-swg.log",
            Self::FortiGate => "fortigate.log",
            Self::Json => "web-transactions.jsonl",
        }
    }

    /// A firewall that forwards packets asks nobody to sign in.
    pub fn knows_sign_in(self) -> bool {
        self != Self::FortiGate
    }

    /// What stands at the beginning of a file and, where a day's files were put together, again inside it.
    pub fn header(self, end_ms: u64, out: &mut Vec<u8>) -> io::Result<()> {
        if self != Self::W3c {
            return Ok(());
        }
        let Moment { date, time, .. } = moment(end_ms);
        write!(
            out,
            "#Software: SGOS 7.3.18.1\n#Version: 1.0\n#Start-Date: {date} {time}\n#Date: {date} {time}\n\
             #Fields: date time time-taken c-ip cs-username cs-auth-group x-exception-id sc-filter-result cs-categories \
             cs(Referer) sc-status s-action cs-method rs(Content-Type) cs-uri-scheme cs-host cs-uri-port cs-uri-path \
             cs-uri-query cs-uri-extension cs(User-Agent) s-ip sc-bytes cs-bytes x-virus-id\n"
        )
    }

    /// One line with its end.
    pub fn line(self, request: &Request, out: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Self::Squid => squid(request, out),
            Self::W3c => w3c(request, out),
            Self::FortiGate => fortigate(request, out),
            Self::Json => json(request, out),
        }
    }
}

fn squid(request: &Request, out: &mut Vec<u8>) -> io::Result<()> {
    let Request { end_ms, duration_ms, client, method, host, port, path, address, received, .. } = request;
    let tunnel = path.is_empty();
    let (result, status) = match request.ending {
        Ending::Answered(status) if tunnel => ("TCP_TUNNEL", status),
        Ending::Answered(304) => ("TCP_REFRESH_UNMODIFIED", 304),
        Ending::Answered(status) => ("TCP_MISS", status),
        Ending::SignIn => ("TCP_DENIED", 407),
        Ending::Denied => ("TCP_DENIED", 403),
        Ending::Unreachable => ("TCP_MISS", 503),
        Ending::Abandoned => ("TCP_MISS_ABORTED", 0),
    };
    write!(
        out,
        "{}.{:03} {duration_ms:6} {client} {result}/{status:03} {received} {method} ",
        end_ms / 1000,
        end_ms % 1000
    )?;
    if tunnel {
        write!(out, "{host}:{port}")?;
    } else {
        write!(out, "http://{host}{path}")?;
    }
    let user = if request.user.is_empty() { "-" } else { request.user };
    let kind = if tunnel { "-" } else { "text/html" };
    if status == 403 || status == 407 {
        writeln!(out, " {user} HIER_NONE/- text/html")
    } else {
        writeln!(out, " {user} HIER_DIRECT/{address} {kind}")
    }
}

fn w3c(request: &Request, out: &mut Vec<u8>) -> io::Result<()> {
    let Request { duration_ms, client, method, host, port, path, category, agent, sent, received, address, .. } =
        request;
    let Moment { date, time, .. } = moment(request.end_ms);
    let tunnel = path.is_empty();
    let (exception, filter, status, action) = match request.ending {
        Ending::Answered(200) if tunnel => ("-", "OBSERVED", 200, "TCP_TUNNELED"),
        Ending::Answered(304) => ("-", "OBSERVED", 304, "TCP_HIT"),
        Ending::Answered(status) => ("-", "OBSERVED", status, "TCP_NC_MISS"),
        Ending::SignIn => ("authentication_failed", "DENIED", 407, "TCP_DENIED"),
        Ending::Denied => ("policy_denied", "DENIED", 403, "TCP_DENIED"),
        Ending::Unreachable => ("tcp_error", "OBSERVED", 503, "TCP_ERR_MISS"),
        Ending::Abandoned => ("client_failure", "OBSERVED", 0, "TCP_CLIENT_ABORT"),
    };
    let user = if request.user.is_empty() { "-" } else { request.user };
    let (scheme, kind) = if tunnel { ("tcp", "-") } else { ("http", "text/html") };
    let (stem, query) = path.split_once('?').unwrap_or((path, "-"));
    let stem = if tunnel { "/" } else { stem };
    let extension = stem.rsplit_once('.').map_or("-", |(_, extension)| extension);
    write!(
        out,
        "{date} {time} {duration_ms} {client} {user} - {exception} {filter} \"{category}\" - {status} {action} {method} "
    )?;
    write!(out, "{kind} {scheme} {host} {port} {stem} ")?;
    if query != "-" {
        out.push(b'?');
    }
    writeln!(out, "{query} {extension} \"{agent}\" {address} {received} {sent} -")
}

fn fortigate(request: &Request, out: &mut Vec<u8>) -> io::Result<()> {
    let Request { end_ms, duration_ms, client, host, port, address, sent, received, number, .. } = request;
    let Moment { date, time, millis } = moment(*end_ms);
    let (action, log, received, verdict) = match request.ending {
        Ending::Answered(_) => ("close", 13, *received, "allow"),
        Ending::SignIn | Ending::Denied => ("deny", 14, 0, "block"),
        Ending::Unreachable => ("timeout", 13, 0, "allow"),
        Ending::Abandoned => ("client-rst", 13, 212, "allow"),
    };
    let level = if action == "deny" { "warning" } else { "notice" };
    let service = if *port == 443 { "HTTPS" } else { "HTTP" };
    write!(
        out,
        "date={date} time={time} devname=\"FGT-EDGE-01\" devid=\"FG200FTK21900000\" eventtime={}{millis:03}000000 \
         tz=\"+0000\" logid=\"00000000{log}\" type=\"traffic\" subtype=\"forward\" level=\"{level}\" vd=\"root\" \
         srcip={client} srcport={} srcintf=\"lan\" srcintfrole=\"lan\" dstip={address} dstport={port} dstintf=\"wan1\" \
         dstintfrole=\"wan\" srccountry=\"Reserved\" dstcountry=\"Ireland\" sessionid={number} proto=6 \
         action=\"{action}\" policyid=12 policytype=\"policy\" service=\"{service}\" trandisp=\"snat\" ",
        end_ms / 1000,
        1024 + number % 60_000,
    )?;
    if !request.user.is_empty() {
        write!(out, "user=\"{}\" ", request.user)?;
    }
    writeln!(
        out,
        "hostname=\"{host}\" appcat=\"Web.Client\" duration={} sentbyte={sent} rcvdbyte={received} sentpkt={} rcvdpkt={} \
         utmaction=\"{verdict}\"",
        duration_ms / 1000,
        sent / 900 + 1,
        received / 1200,
    )
}

fn json(request: &Request, out: &mut Vec<u8>) -> io::Result<()> {
    let Request { client, method, host, port, path, category, agent, address, sent, received, number, .. } = request;
    let Moment { date, time, .. } = moment(request.end_ms);
    let tunnel = path.is_empty();
    let (action, reason, status) = match request.ending {
        Ending::Answered(status) => ("Allowed", "Allowed", status),
        Ending::SignIn => ("Blocked", "Authentication required", 407),
        Ending::Denied => ("Blocked", "Not allowed to browse this category", 403),
        Ending::Unreachable => ("Allowed", "Server not reachable", 503),
        Ending::Abandoned => ("Allowed", "Client closed the connection", 0),
    };
    let protocol = if tunnel { "HTTPS" } else { "HTTP" };
    write!(
        out,
        "{{\"sourcetype\":\"zscalernss-web\",\"event\":{{\"datetime\":\"{date} {time}\",\"reason\":\"{reason}\",\
         \"event_id\":\"{number}\",\"protocol\":\"{protocol}\",\"action\":\"{action}\",\"transactionsize\":\"{}\",\
         \"responsesize\":\"{received}\",\"requestsize\":\"{sent}\",\"urlcategory\":\"{category}\",\
         \"serverip\":\"{address}\",\"requestmethod\":\"{method}\",\"useragent\":\"{agent}\",\"product\":\"NSS\",\
         \"location\":\"Headquarters\",\"ClientIP\":\"{client}\",\"status\":\"{status}\",\"url\":\"{host}",
        sent + received,
    )?;
    if tunnel {
        write!(out, ":{port}")?;
    } else {
        write!(out, "{path}")?;
    }
    let user = if request.user.is_empty() { "None" } else { request.user };
    // A backslash is written twice in JSON.
    let user = user.replace('\\', "\\\\");
    writeln!(
        out,
        "\",\"hostname\":\"{host}\",\"user\":\"{user}\",\"vendor\":\"Zscaler\",\"appclass\":\"General Browsing\",\
         \"threatname\":\"None\"}}}}"
    )
}

/// A moment in UTC, written as logs write it.
struct Moment {
    date: String,
    time: String,
    millis: u64,
}

fn moment(ms: u64) -> Moment {
    let (seconds, millis) = (ms / 1000, ms % 1000);
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Days to date as in Howard Hinnant's "chrono-compatible low-level date algorithms": years begin in March.
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    Moment {
        date: format!("{year:04}-{month:02}-{day:02}"),
        time: format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60),
        millis,
    }
}

#[cfg(test)]
mod tests {
    use super::super::traffic::BEGIN_MS;
    use super::*;

    #[test]
    fn a_moment_is_written_as_the_calendar_has_it() {
        let text = |ms| {
            let Moment { date, time, millis } = moment(ms);
            format!("{date} {time}.{millis:03}")
        };
        assert_eq!(text(0), "1970-01-01 00:00:00.000");
        assert_eq!(text(951_782_400_123), "2000-02-29 00:00:00.123");
        assert_eq!(text(BEGIN_MS), "2026-09-21 06:00:00.000");
    }
}
