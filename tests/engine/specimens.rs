//! Specimens of logs that people really sent, read twice: with their name and as a paste. They are texts of others and
//! no part of the project: where the folder is not at hand, there is nothing to read.
//!
//! Every row was checked against the file itself: read line by line where it is short, counted with grep, awk and small
//! scripts that share nothing with the engine where it is long.

use advisor_engine::artifact::{Artifact, Kind, Part};
use advisor_engine::formats::records::{Joiner, unglued};
use advisor_engine::formats::{self, Format, Line, Record, State};
use advisor_engine::readers::proxy_log::{Log, Outcome};
use advisor_engine::report::Report;
use advisor_engine::source::Source;
use advisor_engine::{Input, Options, analyze};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

/// What a knowledgeable person reads in one file.
struct Specimen {
    file: &'static str,
    format: &'static str,
    /// Requests and sessions; a record on several lines once.
    records: usize,
    /// Lines that belong to no record and cannot be understood.
    skipped: usize,
    /// How the records ended: `10R 1A` is ten reached and one sign-in asked for. See [`LETTERS`].
    endings: &'static str,
    /// Hosts with the endings of their records; all of them, or those with most records.
    hosts: &'static [(&'static str, &'static str)],
    /// How many different hosts there are; "no host" counts as one.
    distinct_hosts: usize,
    /// How many different clients there are; "no client" counts as one.
    clients: usize,
    /// Some of them.
    some_clients: &'static [&'static str],
    /// The earliest and the latest time, as people should see them.
    times: Option<(&'static str, &'static str)>,
    /// The log or the definition of its format tells the zone.
    zone_known: bool,
}

/// One letter per outcome.
const LETTERS: [(Outcome, char); Outcome::COUNT] = [
    (Outcome::Reached, 'R'),
    (Outcome::AuthRequired, 'A'),
    (Outcome::Denied, 'D'),
    (Outcome::UpstreamFailed, 'U'),
    (Outcome::Reset, 'X'),
    (Outcome::TimedOut, 'T'),
    (Outcome::Aborted, 'C'),
    (Outcome::Seen, 'S'),
];

/// Files in the folder that are no logs, by the beginning of their names.
const NO_LOGS: [&str; 12] = [
    "INDEX",
    "article-",
    "config-",
    "curl-",
    "dotnet",
    "entra-",
    "localized",
    "machine-config",
    "powershell",
    "README",
    "tmg-error-page",
    "winhttp",
];

const SPECIMENS: &[Specimen] = &[
    Specimen {
        file: "apache-combined-1.log",
        format: "common-log",
        records: 4,
        skipped: 0,
        endings: "4R",
        hosts: &[("", "4R")],
        distinct_hosts: 1,
        clients: 2,
        some_clients: &["10.112.81.15"],
        times: Some(("20/Jul/2009:22:59:26 +0000", "15/Feb/2013:06:00:31 +0000")),
        zone_known: true,
    },
    Specimen {
        file: "apache-combined-2.log",
        format: "common-log",
        records: 15,
        skipped: 0,
        endings: "15R",
        hosts: &[("", "15R")],
        distinct_hosts: 1,
        clients: 8,
        some_clients: &["120.202.255.147", "192.168.0.64"],
        times: Some(("17/May/2015:10:05:14 +0000", "25/Apr/2021:06:15:33 +0000")),
        zone_known: true,
    },
    // One session; two events of the firewall and one sign-in are no requests.
    Specimen {
        file: "barracuda-1.log",
        format: "barracuda",
        records: 1,
        skipped: 0,
        endings: "1R",
        hosts: &[("", "1R")],
        distinct_hosts: 1,
        clients: 1,
        some_clients: &["1.2.3.4"],
        times: None,
        zone_known: false,
    },
    Specimen {
        file: "barracuda-wsg-1.log",
        format: "barracuda",
        records: 1,
        skipped: 0,
        endings: "1R",
        hosts: &[("www.example.com", "1R")],
        distinct_hosts: 1,
        clients: 1,
        some_clients: &["10.1.1.8"],
        times: Some(("2006-09-20T00:07:07Z", "2006-09-20T00:07:07Z")),
        zone_known: true,
    },
    // The time lost the blank behind it.
    Specimen {
        file: "bluecoat-1.log",
        format: "key-value",
        records: 2,
        skipped: 0,
        endings: "1R 1D",
        hosts: &[("example.org", "1R"), ("test-test.info", "1D")],
        distinct_hosts: 2,
        clients: 2,
        some_clients: &["1.2.3.4", "2.3.4.5"],
        times: Some(("2024-01-12T09:46:02", "2025-07-11T12:45:10")),
        zone_known: false,
    },
    Specimen {
        file: "bluecoat-2.log",
        format: "key-value",
        records: 2,
        skipped: 0,
        endings: "2R",
        hosts: &[("gg.hhh.iii.com", "2R")],
        distinct_hosts: 1,
        clients: 1,
        some_clients: &["192.0.0.6"],
        times: None,
        zone_known: false,
    },
    // The first record stands on 124 lines.
    Specimen {
        file: "bluecoat-cloud-1.json",
        format: "json-lines",
        records: 2,
        skipped: 0,
        endings: "2R",
        hosts: &[("example.com", "1R"), ("test.test.com", "1R")],
        distinct_hosts: 2,
        clients: 2,
        some_clients: &["192.168.1.1", "1.2.3.4"],
        times: Some(("2024-01-17 12:34:56", "2024-03-04 16:55:02")),
        zone_known: false,
    },
    // Sixteen records with a CEF header, three rows of a console, four of syslog. The rest of a wrapped user agent, without
    // any key, belongs to no record.
    Specimen {
        file: "checkpoint-1.log",
        format: "cef",
        records: 23,
        skipped: 1,
        endings: "16R 5D 2S",
        hosts: &[
            ("foo.bar.com", "1R"),
            ("subdomain.domain.fr", "1R"),
            ("eu-mobile.events.data.microsoft.com", "1R"),
            ("4.4.4.4", "1S"),
            ("9.10.11.12", "1R"),
            ("", "12R 5D 1S"),
        ],
        distinct_hosts: 6,
        clients: 11,
        some_clients: &["192.168.222.222", "10.20.30.40"],
        times: Some(("10Dec2019 23:44:49", "2025-09-08T08:36:48Z")),
        zone_known: false,
    },
    // The statistics of a session name no host.
    Specimen {
        file: "fiddler-text-1.txt",
        format: "fiddler",
        records: 0,
        skipped: 0,
        endings: "",
        hosts: &[],
        distinct_hosts: 0,
        clients: 0,
        some_clients: &[],
        times: None,
        zone_known: false,
    },
    Specimen {
        file: "forcepoint-cef-1.log",
        format: "cef",
        records: 5,
        skipped: 0,
        endings: "3R 2D",
        hosts: &[
            ("ctldl.windowsupdate.com", "1D"),
            ("dangerous.xyz", "1D"),
            ("outlook.office365.com", "1R"),
            ("webserver.fakecorp.local", "2R"),
        ],
        distinct_hosts: 4,
        clients: 3,
        some_clients: &["1.2.3.4", "172.16.0.22", "192.168.1.1"],
        times: Some(("2022-05-26T08:58:41Z", "2025-08-22T14:30:00Z")),
        zone_known: true,
    },
    Specimen {
        file: "forcepoint-kv-1.log",
        format: "key-value",
        records: 1,
        skipped: 0,
        endings: "1R",
        hosts: &[("test_web.com", "1R")],
        distinct_hosts: 1,
        clients: 1,
        some_clients: &["10.0.0.4"],
        times: None,
        zone_known: false,
    },
    // One of the 98 lines is the rest of the one before.
    Specimen {
        file: "fortigate-1.log",
        format: "key-value",
        records: 97,
        skipped: 0,
        endings: "31R 14D 3X 2T 47S",
        hosts: &[("example.net", "1D"), ("example.org", "1R")],
        distinct_hosts: 4,
        clients: 13,
        some_clients: &["10.1.100.11", "172.16.222.150"],
        times: Some(("2016-02-12 14:10:42", "2026-02-11T15:45:21Z")),
        zone_known: false,
    },
    Specimen {
        file: "fortiproxy-1.log",
        format: "key-value",
        records: 10,
        skipped: 0,
        endings: "5R 1D 4S",
        hosts: &[("example.com", "3R 1D 3S"), ("", "2R 1S")],
        distinct_hosts: 2,
        clients: 5,
        some_clients: &["10.24.20.212", "192.168.1.2"],
        times: Some(("2021-09-08T07:40:24Z", "2025-04-08T10:17:24Z")),
        zone_known: true,
    },
    // Two notes about connections and the rest of a broken request line are no requests.
    Specimen {
        file: "haproxy-1.log",
        format: "haproxy",
        records: 8,
        skipped: 0,
        endings: "7R 1U",
        hosts: &[("backoffice.corp.fr", "1R"), ("saas.ms.example.com", "2R"), ("", "4R 1U")],
        distinct_hosts: 3,
        clients: 5,
        some_clients: &["90.83.225.109", "127.0.0.1"],
        times: Some(("03/Oct/2019:15:05:32.500", "07/Jul/2025:05:16:25.762")),
        zone_known: false,
    },
    Specimen {
        file: "har-1.har",
        format: "har",
        records: 3,
        skipped: 0,
        endings: "",
        hosts: &[],
        distinct_hosts: 0,
        clients: 0,
        some_clients: &[],
        times: Some(("2023-03-30T00:00:54.250Z", "2023-07-25T12:58:46.182Z")),
        zone_known: true,
    },
    Specimen {
        file: "har-2.har",
        format: "har",
        records: 14,
        skipped: 0,
        endings: "",
        hosts: &[],
        distinct_hosts: 0,
        clients: 0,
        some_clients: &[],
        times: Some(("2023-03-29T16:58:59.303-07:00", "2023-03-29T16:58:59.643-07:00")),
        zone_known: true,
    },
    Specimen {
        file: "har-4.har",
        format: "har",
        records: 2,
        skipped: 0,
        endings: "",
        hosts: &[],
        distinct_hosts: 0,
        clients: 0,
        some_clients: &[],
        times: Some(("2023-07-25T11:03:15.216374+00:00", "2023-07-25T11:07:56.330959+00:00")),
        zone_known: true,
    },
    // It begins as an archive does and holds no entries.
    Specimen {
        file: "har-6-broken.har",
        format: "har",
        records: 0,
        skipped: 1,
        endings: "",
        hosts: &[],
        distinct_hosts: 0,
        clients: 0,
        some_clients: &[],
        times: None,
        zone_known: false,
    },
    Specimen {
        file: "iis-1.log",
        format: "iis-native",
        records: 1,
        skipped: 0,
        endings: "1R",
        hosts: &[("", "1R")],
        distinct_hosts: 1,
        clients: 1,
        some_clients: &["::1"],
        times: Some(("11/20/2023 15:44:03", "11/20/2023 15:44:03")),
        zone_known: false,
    },
    Specimen {
        file: "ironport-1.log",
        format: "cisco-wsa",
        records: 6,
        skipped: 0,
        endings: "5R 1A",
        hosts: &[
            ("www.domain.com", "1A"),
            ("my.site.com", "2R"),
            ("teams.events.data.microsoft.com", "1R"),
            ("example.g1.com", "1R"),
            ("5.6.7.8", "1R"),
        ],
        distinct_hosts: 5,
        clients: 2,
        some_clients: &["1.2.3.4", "172.10.11.22"],
        times: Some(("2010-07-02T18:55:03Z", "2025-01-22T10:22:15Z")),
        zone_known: true,
    },
    // One line in each of the two layouts that the product offers.
    Specimen {
        file: "kerio-1.log",
        format: "squid-native",
        records: 2,
        skipped: 0,
        endings: "2R",
        hosts: &[("www.kerio.com", "1R"), ("www.squid-cache.org", "1R")],
        distinct_hosts: 2,
        clients: 1,
        some_clients: &["192.168.64.64"],
        times: Some(("2003-07-17T12:15:14Z", "18/Apr/2008:15:07:17 +0200")),
        zone_known: true,
    },
    // Templates: the times of the others are not filled in.
    Specimen {
        file: "leef-1.log",
        format: "leef",
        records: 17,
        skipped: 0,
        endings: "1T 16S",
        hosts: &[("", "1T 16S")],
        distinct_hosts: 1,
        clients: 3,
        some_clients: &["192.0.2.0", "200.0.2.0", "1.1.1.1"],
        times: Some(("Sep 03 2020 14:54:59 GMT", "Sep 03 2020 14:54:59 GMT")),
        zone_known: true,
    },
    Specimen {
        file: "mcafee-mwg-1.log",
        format: "key-value",
        records: 4,
        skipped: 0,
        endings: "1R 1A 2D",
        hosts: &[
            ("www.forbiddensite.com", "1D"),
            ("slscr.update.microsoft.com", "1A"),
            ("www.google.fr", "1R"),
            ("", "1D"),
        ],
        distinct_hosts: 4,
        clients: 1,
        some_clients: &["1.2.3.4"],
        times: Some(("2022-03-11T09:50:47.399Z", "2022-03-24T13:54:02.740Z")),
        zone_known: true,
    },
    Specimen {
        file: "netskope-1.csv",
        format: "netskope",
        records: 3,
        skipped: 0,
        endings: "3R",
        hosts: &[("config.edge.skype.com", "1R"), ("example.eu-north-1.amazonaws.com", "1R"), ("pypi.org", "1R")],
        distinct_hosts: 3,
        clients: 3,
        some_clients: &["1.2.3.4", "5.6.7.8", "9.10.11.12"],
        times: Some(("2025-05-26 13:41:00", "2025-05-26 13:41:27")),
        zone_known: true,
    },
    Specimen {
        file: "olfeo-1.log",
        format: "common-log",
        records: 4,
        skipped: 0,
        endings: "3R 1D",
        hosts: &[("test.com", "3R"), ("example.com", "1D")],
        distinct_hosts: 2,
        clients: 2,
        some_clients: &["1.2.3.14", "1.2.3.4"],
        times: Some(("15/04/2024 12:50:04", "02/07/2024 07:51:20")),
        zone_known: false,
    },
    // Traffic, URL and decryption records: nine with columns, seven in JSON, thirteen with a CEF header. The other 72 lines
    // are events of the firewall.
    Specimen {
        file: "paloalto-1.log",
        format: "palo-alto",
        records: 32,
        skipped: 0,
        endings: "14R 7D 2T 9S",
        hosts: &[
            ("static.files.example.org", "1R"),
            ("test.fr", "1R"),
            ("test.gstatic.com", "1R"),
            ("www.example.com", "1R"),
            ("www.example.org", "1R"),
            ("www.sekoia.io", "1R"),
            ("", "8R 7D 2T 9S"),
        ],
        distinct_hosts: 7,
        clients: 7,
        some_clients: &["11.22.33.44", "10.0.0.2", "5.5.5.5"],
        times: Some(("9/16/19 10:00", "2025-01-28T17:01:01.000000Z")),
        zone_known: false,
    },
    // The start of the program and one raw request on two lines.
    Specimen {
        file: "privoxy-1.log",
        format: "privoxy",
        records: 0,
        skipped: 0,
        endings: "",
        hosts: &[],
        distinct_hosts: 0,
        clients: 0,
        some_clients: &[],
        times: None,
        zone_known: false,
    },
    // 310 places: 289 names; 2 names without a dot and 19 addresses count as no host.
    Specimen {
        file: "proxifier-1.log",
        format: "proxifier",
        records: 2000,
        skipped: 0,
        endings: "750R 14D 3U 8X 77C 1148S",
        hosts: &[
            ("proxy.cse.cuhk.edu.hk", "343R 2X 563S"),
            ("t12.baidu.com", "2R 29S"),
            ("clients6.google.com", "18R 12S"),
            ("api.github.com", "14R 15S"),
            ("get.sogou.com", "13R 1C 13S"),
        ],
        distinct_hosts: 290,
        clients: 1,
        some_clients: &[""],
        times: Some(("10.30 16:49:06", "07.27 10:23:42")),
        zone_known: false,
    },
    Specimen {
        file: "proxifier-2.log",
        format: "proxifier",
        records: 40,
        skipped: 0,
        endings: "16R 1X 23S",
        hosts: &[("proxy.cse.cuhk.edu.hk", "16R 1X 23S")],
        distinct_hosts: 1,
        clients: 1,
        some_clients: &[""],
        times: Some(("10.30 16:49:06", "10.30 16:49:10")),
        zone_known: false,
    },
    Specimen {
        file: "skyhigh-sse-1.log",
        format: "key-value",
        records: 4,
        skipped: 0,
        endings: "3R 1A",
        hosts: &[
            ("ctldl.windowsupdate.com", "1A"),
            ("domain.requested.host.com", "1R"),
            ("ping-edge.smartscreen.microsoft.com", "1R"),
            ("wetransfer.com", "1R"),
        ],
        distinct_hosts: 4,
        clients: 4,
        some_clients: &["10.0.2.15", "4.3.2.1"],
        times: Some(("2022-08-23T13:11:10Z", "2025-07-28T15:40:41Z")),
        zone_known: true,
    },
    Specimen {
        file: "sophos-swa-1.log",
        format: "sophos-swa",
        records: 1,
        skipped: 0,
        endings: "1R",
        hosts: &[("www.google.ca", "1R")],
        distinct_hosts: 1,
        clients: 1,
        some_clients: &["10.99.115.13"],
        times: None,
        zone_known: false,
    },
    // The second was cut before its answer was complete.
    Specimen {
        file: "sophos-swa-2.log",
        format: "sophos-swa",
        records: 2,
        skipped: 0,
        endings: "1R 1C",
        hosts: &[("www.google.ca", "1R"), ("funnel-web.ca.sophos.com", "1C")],
        distinct_hosts: 2,
        clients: 2,
        some_clients: &["10.99.115.13", "192.168.98.38"],
        times: Some(("2007-05-11T22:14:15Z", "2012-05-10T16:14:49Z")),
        zone_known: true,
    },
    Specimen {
        file: "sophos-utm-1.log",
        format: "key-value",
        records: 4,
        skipped: 0,
        endings: "1R 1D 2S",
        hosts: &[("", "1R 1D 2S")],
        distinct_hosts: 1,
        clients: 3,
        some_clients: &["10.1.0.10", "103.188.113.55", "1.2.3.4"],
        times: None,
        zone_known: false,
    },
    Specimen {
        file: "sophos-utm-httpproxy-1.log",
        format: "key-value",
        records: 1,
        skipped: 0,
        endings: "1R",
        hosts: &[("dotcom-media.nationalgeographic.com", "1R")],
        distinct_hosts: 1,
        clients: 1,
        some_clients: &["10.211.55.2"],
        times: Some(("2015:03:02-00:39:22", "2015:03:02-00:39:22")),
        zone_known: false,
    },
    // One of them has CET for a zone, which is no offset.
    Specimen {
        file: "sophos-xg-1.log",
        format: "key-value",
        records: 5,
        skipped: 0,
        endings: "3R 2D",
        hosts: &[("address.com", "1R"), ("www.google.com", "1R"), ("", "1R 2D")],
        distinct_hosts: 3,
        clients: 4,
        some_clients: &["12.12.68.9", "10.0.5.23"],
        times: Some(("2012-12-01T11:02:24+0200", "2025-03-12T11:03:06-0400")),
        zone_known: false,
    },
    // Two lines have a date with slashes and no zone.
    Specimen {
        file: "squid-1.log",
        format: "squid-native",
        records: 15,
        skipped: 0,
        endings: "10R 1A 1D 3C",
        hosts: &[
            ("smex10-2-en.url.example.com", "2C"),
            ("1.2.3.4", "1D"),
            ("api.example.org", "1A"),
            ("sub.example.com", "1R"),
            ("", "1C"),
        ],
        distinct_hosts: 14,
        clients: 8,
        some_clients: &["1.2.3.4", "5.6.7.8", "10.16.12.86"],
        times: Some(("2019-07-31T12:39:01Z", "2025-10-22T08:19:04Z")),
        zone_known: false,
    },
    Specimen {
        file: "squid-2.log",
        format: "squid-native",
        records: 3,
        skipped: 0,
        endings: "1R 1A 1D",
        hosts: &[("www.ossec.net", "1A"), ("ahmet", "1D")],
        distinct_hosts: 3,
        clients: 3,
        some_clients: &["192.168.1.210"],
        times: Some(("2006-02-23T13:24:04Z", "2010-10-08T11:11:58Z")),
        zone_known: true,
    },
    // Two lines lost their times.
    Specimen {
        file: "squid-3.log",
        format: "squid-native",
        records: 16,
        skipped: 0,
        endings: "7R 8A 1D",
        hosts: &[
            ("example.com", "2R 1A"),
            ("storage.googleapis.com", "1R 1A"),
            ("imagineer.in", "1R 1A"),
            ("networktshooter.info", "2A"),
            ("login.microsoftonline.com", "1R"),
            ("weather.noaa.gov", "1D"),
            ("doh.xfinity.com", "1A"),
        ],
        distinct_hosts: 11,
        clients: 9,
        some_clients: &["10.244.0.12", "XXX.XXX.XXX.XXX"],
        times: Some(("2013-09-27T10:34:45Z", "2026-02-02T02:40:00Z")),
        zone_known: true,
    },
    Specimen {
        file: "squid-4.log",
        format: "squid-native",
        records: 113,
        skipped: 0,
        endings: "111R 2U",
        hosts: &[
            ("rcv-srv37.inplay.tubemogul.co...eiver", "78R"),
            ("api.bing.com", "17R 1U"),
            ("i1.ytimg.com", "3R"),
            ("s2.youtube.com", "1R 1U"),
        ],
        distinct_hosts: 12,
        clients: 4,
        some_clients: &["192.168.0.68", "192.168.0.188"],
        times: Some(("2010-10-08T11:11:48Z", "2010-10-08T11:12:31Z")),
        zone_known: true,
    },
    // A logformat with the client near the end.
    Specimen {
        file: "squid-8.log",
        format: "squid-native",
        records: 55,
        skipped: 0,
        endings: "55R",
        hosts: &[
            ("asp.cctv.ccgslb.net", "32R"),
            ("asp.cntv.lxdns.com", "21R"),
            ("122.224.185.5", "1R"),
            ("asp.v.cntv.cn", "1R"),
        ],
        distinct_hosts: 4,
        clients: 16,
        some_clients: &["10.80.4.24", "10.80.4.19"],
        times: Some(("2014-12-05T09:00:05.407", "2014-12-05T09:00:06.115")),
        zone_known: false,
    },
    Specimen {
        file: "squid-9-pfsense.log",
        format: "squid-native",
        records: 366,
        skipped: 0,
        endings: "100R 194A 8D 63U 1C",
        hosts: &[
            ("slscr.update.microsoft.com", "70R"),
            ("p13n.adobe.io", "58A"),
            ("checkout_dns.dynamic-dns.net", "38A"),
            ("172.30.100.147", "31U"),
            ("ctldl.windowsupdate.com", "22A"),
            ("boot.net.anydesk.com", "6A 6D"),
        ],
        distinct_hosts: 43,
        clients: 33,
        some_clients: &["10.192.49.25", "172.30.18.124"],
        times: Some(("2023-06-19T17:29:59Z", "2023-06-19T17:30:59Z")),
        zone_known: true,
    },
    Specimen {
        file: "squid-10-large.log",
        format: "squid-native",
        records: 2897,
        skipped: 0,
        endings: "2752R 8D 10U 127C",
        hosts: &[
            ("192.168.1.1", "493R 2C"),
            ("192.168.1.10", "108R"),
            ("android.clients.google.com", "88R"),
            ("lh3.googleusercontent.com", "55R"),
        ],
        distinct_hosts: 458,
        clients: 3,
        some_clients: &["192.168.1.17", "192.168.1.43", "::1"],
        times: Some(("2016-12-28T07:33:26Z", "2016-12-29T09:29:18Z")),
        zone_known: true,
    },
    Specimen {
        file: "squid-12.log",
        format: "squid-native",
        records: 6,
        skipped: 0,
        endings: "6A",
        hosts: &[("www.google.com", "6A")],
        distinct_hosts: 1,
        clients: 1,
        some_clients: &["192.168.6.13"],
        times: Some(("2021-06-22T08:14:50Z", "2021-06-22T08:14:52Z")),
        zone_known: true,
    },
    Specimen {
        file: "squid-14.log",
        format: "squid-native",
        records: 6,
        skipped: 0,
        endings: "2A 4D",
        hosts: &[("216.93.253.5", "2A 4D")],
        distinct_hosts: 1,
        clients: 1,
        some_clients: &["172.16.1.126"],
        times: Some(("2019-09-19T07:24:39Z", "2019-09-19T07:24:41Z")),
        zone_known: true,
    },
    Specimen {
        file: "squid-15-pfsense.log",
        format: "squid-native",
        records: 1,
        skipped: 0,
        endings: "1R",
        hosts: &[("etherpad.fr", "1R")],
        distinct_hosts: 1,
        clients: 1,
        some_clients: &["192.168.1.103"],
        times: Some(("2017-11-17T22:12:41Z", "2017-11-17T22:12:41Z")),
        zone_known: true,
    },
    Specimen {
        file: "squidguard-1.txt",
        format: "squid-native",
        records: 2474,
        skipped: 0,
        endings: "2318R 8D 106U 42C",
        hosts: &[
            ("84.39.35.251", "677R"),
            ("192.168.1.1", "165R 1C"),
            ("p22-bookmarks.icloud.com", "151R"),
            ("www.google.fr", "117R"),
        ],
        distinct_hosts: 184,
        clients: 3,
        some_clients: &["192.168.1.58", "::1", "192.168.1.43"],
        times: Some(("2016-12-19T08:02:41Z", "2016-12-19T15:43:20Z")),
        zone_known: true,
    },
    // Ten lines, of which seven are one record.
    Specimen {
        file: "umbrella-proxy-1.csv",
        format: "umbrella",
        records: 4,
        skipped: 0,
        endings: "4R",
        hosts: &[("login.microsoftonline.com", "1R"), ("discordapp.com", "1R"), ("test.com", "1R"), ("", "1R")],
        distinct_hosts: 4,
        clients: 3,
        some_clients: &["192.168.1.1", "1.1.1.1", "1.2.3.4"],
        times: Some(("2020-06-12 14:30:59", "2025-01-09 12:41:41")),
        zone_known: true,
    },
    Specimen {
        file: "w3c-iis-1.log",
        format: "w3c-extended",
        records: 2,
        skipped: 0,
        endings: "2R",
        hosts: &[("", "2R")],
        distinct_hosts: 1,
        clients: 2,
        some_clients: &["172.22.255.255", "157.55.39.146"],
        times: Some(("2002-05-02 17:42:15", "2015-01-13 00:32:17")),
        zone_known: true,
    },
    Specimen {
        file: "w3c-iis-2.log",
        format: "w3c-extended",
        records: 210,
        skipped: 0,
        endings: "210R",
        hosts: &[("", "210R")],
        distinct_hosts: 1,
        clients: 12,
        some_clients: &["183.60.244.30", "157.55.39.146"],
        times: Some(("2015-01-13 00:32:17", "2015-01-13 23:15:41")),
        zone_known: true,
    },
    // The date stands in the header only.
    Specimen {
        file: "w3c-iis-4.log",
        format: "w3c-extended",
        records: 11,
        skipped: 0,
        endings: "11R",
        hosts: &[("", "11R")],
        distinct_hosts: 1,
        clients: 2,
        some_clients: &["10.10.10.100", "22.22.22.200"],
        times: Some(("2013-07-30T00:00:00Z", "2013-07-30T00:00:13Z")),
        zone_known: true,
    },
    Specimen {
        file: "w3c-iis-5.log",
        format: "w3c-extended",
        records: 3,
        skipped: 0,
        endings: "3R",
        hosts: &[("", "3R")],
        distinct_hosts: 1,
        clients: 2,
        some_clients: &["77.123.22.98", "10.10.5.2"],
        times: Some(("2015-01-01 22:16:03", "2015-12-31 14:40:38")),
        zone_known: true,
    },
    Specimen {
        file: "watchguard-1.log",
        format: "watchguard",
        records: 3,
        skipped: 0,
        endings: "2R 1D",
        hosts: &[("nexus.officeapps.live.com", "1R"), ("nexusrules.officeapps.live.com", "1R"), ("", "1D")],
        distinct_hosts: 3,
        clients: 2,
        some_clients: &["10.50.10.16", "10.50.10.2"],
        times: Some(("2019-04-17T12:53:46", "2019-04-17T12:53:49")),
        zone_known: true,
    },
    // Handshakes without a name, none of them cut.
    Specimen {
        file: "wireshark-csv-1.csv",
        format: "wireshark",
        records: 0,
        skipped: 0,
        endings: "",
        hosts: &[],
        distinct_hosts: 0,
        clients: 0,
        some_clients: &[],
        times: None,
        zone_known: false,
    },
    Specimen {
        file: "zscaler-1.jsonl",
        format: "json-lines",
        records: 5,
        skipped: 0,
        endings: "5R",
        hosts: &[
            ("a.et.nytimes.com", "1R"),
            ("ctldl.windowsupdate.com", "1R"),
            ("api.chat.org", "1R"),
            ("test.example.org", "1R"),
            ("", "1R"),
        ],
        distinct_hosts: 5,
        clients: 2,
        some_clients: &["1.2.3.4", "5.6.7.8"],
        times: Some(("Mon Aug 28 08:05:55 2023", "2024-08-26 13:27:54")),
        zone_known: false,
    },
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/samples")
}

/// The bytes of a specimen; `None`, said aloud, where the folder is not at hand.
fn specimen(file: &str) -> Option<Vec<u8>> {
    let path = folder().join(file);
    if !path.parent().is_some_and(std::path::Path::is_dir) {
        eprintln!("{file} is not read: the folder of specimens is not at hand");
        return None;
    }
    Some(fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// What the lines of a part say, in the dialect of the part.
#[derive(Default)]
struct Told {
    records: usize,
    unreadable: usize,
    endings: BTreeMap<Outcome, usize>,
    hosts: BTreeMap<String, BTreeMap<Outcome, usize>>,
    clients: BTreeSet<String>,
}

impl Told {
    fn take(&mut self, record: &Record) {
        self.records += 1;
        *self.endings.entry(record.outcome).or_default() += 1;
        *self.hosts.entry(record.host.to_string()).or_default().entry(record.outcome).or_default() += 1;
        self.clients.insert(record.client.to_owned());
    }
}

fn read(part: &Part, format: &'static Format) -> Told {
    let mut told = Told::default();
    let mut state = State::default();
    let mut joiner = Joiner::default();
    let mut one = |text: &str| {
        let own = format.strict || (format.recognise)(text, &state) > 0;
        let mut line = if own { (format.read_line)(text, &mut state) } else { Line::Unreadable("") };
        if let (Line::Unreadable(_), Some((other, _))) = (&line, formats::recognise_with(text, &state)) {
            line = (other.read_line)(text, &mut state);
        }
        match line {
            Line::Record(record) => told.take(&record),
            Line::Unreadable(_) if !formats::is_decoration(text) => told.unreadable += 1,
            _ => {}
        }
    };
    for (start, line) in part.lines().filter(|(_, line)| !line.trim().is_empty()) {
        for (offset, line) in unglued(line) {
            if let Some((text, _)) = joiner.ended_by(line) {
                one(&text);
            }
            let start = start + offset;
            if let Some((text, _)) = joiner.push(line, part.span(start..start + line.len())) {
                one(&text);
            }
        }
    }
    if let Some((text, _)) = joiner.rest() {
        one(&text);
    }
    told
}

fn spelled(endings: &BTreeMap<Outcome, usize>) -> String {
    let count = |(outcome, letter): &(Outcome, char)| endings.get(outcome).map(|count| format!("{count}{letter}"));
    LETTERS.iter().filter_map(count).collect::<Vec<_>>().join(" ")
}

fn analyzed(name: &str, bytes: &[u8]) -> Report {
    let input = Input { name: name.to_owned(), bytes: bytes.to_vec(), corrections: Vec::new() };
    analyze(&[input], &Options::default())
}

/// The only artifact of a report and its log; in words what else there is.
fn only_log(report: &Report) -> Result<(&Artifact, &Log), String> {
    match (report.facts.artifacts.as_slice(), report.facts.logs.as_slice()) {
        ([artifact], [(_, log)]) => Ok((artifact, log)),
        (artifacts, _) => Err(format!(
            "parts: {:?}",
            artifacts.iter().map(|part| (part.format, part.start, part.end)).collect::<Vec<_>>()
        )),
    }
}

/// What differs between the specimen and what the report says about it.
fn differences(specimen: &Specimen, report: &Report) -> Vec<String> {
    let (artifact, log) = match only_log(report) {
        Ok(only) => only,
        Err(wrong) => return vec![wrong],
    };
    let kind = if specimen.format == "har" { Kind::Har } else { Kind::ProxyLog };
    let times = log.first_time.as_ref().zip(log.last_time.as_ref()).map(|(first, last)| (&**first, &**last));
    let shown = artifact.problems.len();
    let mut wrong = Vec::new();
    for (what, right) in [
        (format!("kind {:?}", artifact.kind), artifact.kind == kind),
        (format!("format {}", artifact.format), artifact.format == specimen.format),
        (format!("{} records", log.records), log.records == specimen.records),
        (format!("{} lines skipped", artifact.skipped_lines), artifact.skipped_lines == specimen.skipped),
        (format!("{shown} problems shown"), shown == specimen.skipped.min(Artifact::MAX_PROBLEMS)),
        (format!("times {times:?}"), times == specimen.times),
        (format!("zone known: {}", log.zone_known), log.zone_known == specimen.zone_known),
    ] {
        if !right {
            wrong.push(what);
        }
    }
    wrong.extend(
        artifact
            .problems
            .iter()
            .filter(|problem| !problem.what.contains("expected"))
            .map(|problem| format!("a problem that does not say what was expected: {}", problem.what)),
    );
    wrong
}

/// What differs between the specimen and its lines.
fn differences_in_lines(specimen: &Specimen, bytes: &[u8]) -> Vec<String> {
    let Some(format) = formats::ALL.iter().find(|format| format.id == specimen.format) else {
        return Vec::new();
    };
    let source = Source::decode(specimen.file, bytes);
    let told = read(&Part::whole(&source), format);
    let endings = spelled(&told.endings);
    let mut wrong = Vec::new();
    for (what, right) in [
        (format!("endings \"{endings}\""), endings == specimen.endings),
        (format!("{} records line by line", told.records), told.records == specimen.records),
        (format!("{} unreadable line by line", told.unreadable), told.unreadable == specimen.skipped),
        (format!("{} hosts", told.hosts.len()), told.hosts.len() == specimen.distinct_hosts),
        (format!("{} clients", told.clients.len()), told.clients.len() == specimen.clients),
    ] {
        if !right {
            wrong.push(what);
        }
    }
    for (host, expected) in specimen.hosts {
        let found = told.hosts.get(*host).map(spelled).unwrap_or_default();
        if found != *expected {
            wrong.push(format!("{host}: \"{found}\""));
        }
    }
    wrong.extend(
        specimen
            .some_clients
            .iter()
            .filter(|client| !told.clients.contains(**client))
            .map(|client| format!("no client {client} among {:?}", told.clients)),
    );
    wrong
}

#[test]
fn every_specimen_is_read_as_a_person_reads_it_with_and_without_its_name() {
    let mut wrong = Vec::new();
    for row in SPECIMENS {
        let Some(bytes) = specimen(row.file) else { continue };
        for name in [row.file, "paste"] {
            let found = differences(row, &analyzed(name, &bytes));
            wrong.extend(found.into_iter().map(|what| format!("{} as {name}: {what}", row.file)));
        }
        let found = differences_in_lines(row, &bytes);
        wrong.extend(found.into_iter().map(|what| format!("{}: {what}", row.file)));
    }
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_log_in_the_folder_has_its_row() {
    let Ok(entries) = fs::read_dir(folder()) else {
        eprintln!("the folder of specimens is not at hand");
        return;
    };
    let rows: BTreeSet<&str> = SPECIMENS.iter().map(|row| row.file).collect();
    assert_eq!(rows.len(), SPECIMENS.len(), "a file stands in two rows");
    let files = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let missing: Vec<String> = files
        .filter(|name| !NO_LOGS.iter().any(|prefix| name.starts_with(prefix)) && !rows.contains(name.as_str()))
        .collect();
    assert!(missing.is_empty(), "without a row: {missing:?}");
}
