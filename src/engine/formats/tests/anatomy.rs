//! What each dialect's own samples say, field by field: each row was written down from the columns of its sample.

use super::*;

/// Dialect, and per sample the outcome (with a question mark: a policy's word only), the moment and the fields, in the
/// order of [`told`]. A sample that is a header, or a step that tells no end, is `Nothing`.
const ANATOMY: &[(&str, &[&str])] = &[
    (
        "apache-error",
        &[
            "Denied | 2026-11-16T09:12:03Z | as=Mon Nov 16 09:12:03.123456 2026 | client=10.9.0.14 | host=provisioningapi.microsoftonline.com | port=443 | verdict=Connect to remote machine blocked returned by provisioningapi.microsoftonline.com:443 | reason=Connect to remote machine blocked returned by provisioningapi.microsoftonline.com:443",
            "Denied | 2026-11-16T09:12:04Z | as=Mon Nov 16 09:12:04.123456 2026 | client=10.9.0.14 | host=login.microsoftonline.com | port=443 | verdict=client denied by server configuration: proxy:login.microsoftonline.com:443 | reason=client denied by server configuration: proxy:login.microsoftonline.com:443",
            "UpstreamFailed | 2026-11-16T09:12:05Z | as=Mon Nov 16 09:12:05 2026 | client=10.9.0.14 | host=graph.microsoft.com | port=443 | verdict=proxy: DNS lookup failure for: graph.microsoft.com returned by graph.microsoft.com:443 | reason=proxy: DNS lookup failure for: graph.microsoft.com returned by graph.microsoft.com:443",
        ],
    ),
    (
        "article-table",
        &[
            "Seen | 2026-03-14T09:26:00Z | as=3/14/2026 9:26 | method=CONNECT | host=login.microsoftonline.com | port=443",
            "Seen | 2026-03-14T09:26:00Z | as=3/14/2026 9:26 | method=CONNECT | host=login.partner.microsoftonline.cn | port=443",
            "Seen | 2026-03-14T09:27:00Z | as=14.3.2026 09:27 | method=CONNECT | host=bba800-anchor.microsoftonline.com | port=443",
            "Seen | 2026-03-14T09:28:00Z | as=3/14/2026 9:28 | method=CONNECT | host=provisioningapi.microsoftonline.com | port=443",
        ],
    ),
    (
        "azure-firewall",
        &[
            "Reached? | 2026-04-16T23:45:04Z | zoned | as=2026-04-16T23:45:04.8295030Z | client=10.1.0.5 | host=login.microsoftonline.com | port=443 | verdict=Allow | reason=Rule Collection: entra. Rule: sign-in",
            "Denied | 2026-04-16T23:45:05Z | zoned | as=2026-04-16T23:45:05.1Z | client=10.1.0.5 | host=graph.microsoft.com | port=443 | verdict=Deny | reason=Default Action",
            "Denied | 2026-04-16T23:45:06Z | zoned | as=2026-04-16T23:45:06Z | client=10.1.0.5 | host=adminwebservice.microsoftonline.com | port=443 | verdict=Deny | reason=No rule matched. Proceeding with default action",
        ],
    ),
    (
        "barracuda",
        &[
            "Reached? | 2026-09-21T14:13:20Z | zoned | as=1790000000 | client=10.9.0.14 | host=login.microsoftonline.com | port=443 | path=/ | verdict=ALLOWED | received=2704 | address=192.0.2.7",
            "Denied | 2026-09-21T14:13:21Z | zoned | as=1790000001 | client=10.9.0.14 | host=graph.microsoft.com | port=443 | path=/ | verdict=BLOCKED | reason=CATEGORY | received=0 | address=192.0.2.7",
            "Denied | client=10.9.0.14 | port=443 | verdict=Block | reason=Servers | address=192.0.2.7",
        ],
    ),
    (
        "bind",
        &[
            "Nothing",
            "Denied | 2026-11-17T08:31:04Z | look-up | as=17-Nov-2026 08:31:04 | client=10.9.0.14 | host=graph.microsoft.com | verdict=blocked by the DNS filter",
            "UpstreamFailed | look-up | as=Nov 17 08:31:05 | client=10.9.0.14 | host=login.windows.net | verdict=SERVFAIL",
        ],
    ),
    (
        "cef",
        &[
            "Denied | 2026-09-15T12:20:03Z | zoned | as=1789474803000 | client=10.9.0.14 | host=dc.services.visualstudio.com | port=443 | path=/ | verdict=Block | reason=Internet staff | address=192.0.2.7",
            "Reached | 2026-04-21T02:00:13Z | zoned | as=1776736813579 | client=10.9.0.14 | method=CONNECT | host=login.chinacloudapi.cn | port=443 | verdict=permitted | sent=8772 | received=22035",
        ],
    ),
    (
        "check-point",
        &[
            "Denied | 2026-03-14T09:26:53Z | zoned | as=1773480413 | client=10.9.0.14 | port=443 | verdict=Drop | address=192.0.2.7",
            "Reached? | 2026-03-14T09:26:54Z | zoned | as=1773480414 | client=10.9.0.14 | host=login.microsoftonline.com | port=443 | path=/ | verdict=Accept | address=192.0.2.7",
            "Denied | 2026-03-14T09:26:55Z | as=14Mar2026 9:26:55 | client=10.9.0.14 | host=graph.microsoft.com | port=443 | path=/ | verdict=drop | address=192.0.2.7",
            "Denied | 2026-12-10T23:44:49Z | as=10Dec2026 23:44:49 | client=10.9.0.14 | port=443 | verdict=Drop | reason=Servers | address=192.0.2.7",
        ],
    ),
    (
        "cisco-asa",
        &[
            "Reached | 2026-05-06T08:00:03Z | as=May 06 2026 08:00:03 | ms=2000 | client=10.9.0.14 | port=443 | verdict=TCP FINs | received=11820 | address=192.0.2.7 | session=81",
            "Denied | 2026-05-06T08:00:05Z | as=May 06 2026 08:00:05 | client=10.9.0.14 | port=443 | verdict=Deny | reason=access-group \"inside_in\" [0x0, 0x0] | address=192.0.2.7",
            "Denied | 2026-05-06T08:00:06Z | as=May 06 2026 08:00:06 | client=10.9.0.14 | port=443 | verdict=Deny | reason=inside_in | address=192.0.2.7",
            "Denied | 2026-11-17T07:31:05Z | zoned | as=2026-11-17T07:31:05Z | client=10.9.0.14 | host=graph.microsoft.com | port=443 | verdict=Block with reset | reason=URL Block | sent=582 | received=0 | address=192.0.2.7",
        ],
    ),
    (
        "cisco-wsa",
        &[
            "Reached | 2026-09-21T14:13:20Z | zoned | as=1790000000.101 | ms=481 | client=10.8.0.14 | method=CONNECT | host=login.microsoftonline.com | port=443 | path=/ | status=200 | verdict=TCP_MISS | reason=PASSTHRU_CUSTOMCAT_7-Staff-NoAuth-DefaultGroup-NONE-NONE-DefaultGroup-NONE | received=6916",
            "Denied | 2026-09-21T14:13:21Z | zoned | as=1790000001.202 | ms=0 | client=10.8.0.14 | user=CORP\\svc@ad | method=CONNECT | host=graph.microsoft.com | port=443 | path=/ | status=403 | verdict=TCP_DENIED | reason=BLOCK_WEBCAT_12-Staff-Servers-NONE-NONE-NONE-NONE-NONE | received=0",
        ],
    ),
    (
        "common-log",
        &[
            "Reached | 2026-03-14T08:26:53Z | zoned | as=14/Mar/2026:09:26:53 +0100 | client=10.9.0.14 | user=CORP\\svc | method=CONNECT | host=login.microsoftonline.com | port=443 | status=200",
            "Denied | 2026-03-14T08:26:54Z | zoned | as=14/Mar/2026:09:26:54 +0100 | client=10.9.0.14 | method=CONNECT | host=graph.microsoft.com | port=443 | status=403 | verdict=TCP_DENIED | received=3595",
            "Reached | 2026-03-14T09:26:55Z | as=14/03/2026 09:26:55 | client=10.9.0.14 | method=GET | host=crl.microsoft.com | port=80 | path=/pki/x.crl | status=200 | reason=IT",
            "Reached | 2026-03-14T08:26:56Z | zoned | as=14/Mar/2026:09:26:56 +0100 | client=10.9.0.14 | user=CORP\\svc | method=CONNECT | host=login.windows.net | port=443 | status=200 | verdict=TCP_TUNNEL | received=7105",
            "Aborted | 2026-03-14T08:26:57Z | zoned | as=14/Mar/2026:09:26:57 +0100 | client=10.9.0.14 | method=CONNECT | host=login.windows.net | port=443 | status=0 | verdict=TCP_MISS_ABORTED | received=0",
            "Denied | 2026-03-14T08:26:58Z | zoned | as=14/Mar/2026:09:26:58 +0100 | client=10.9.0.14 | method=CONNECT | host=login.windows.net | port=443 | status=400 | received=157",
        ],
    ),
    (
        "csv",
        &[
            "Nothing",
            "Reached | 2026-03-14T09:26:53Z | as=2026-03-14 09:26:53 | client=10.9.0.14 | method=CONNECT | host=login.microsoftonline.com | status=200 | verdict=Allowed",
            "Denied | 2026-03-14T09:26:54Z | as=2026-03-14 09:26:54 | client=10.9.0.14 | method=CONNECT | host=graph.microsoft.com | status=403 | verdict=Blocked",
        ],
    ),
    (
        "dnsmasq",
        &[
            "Nothing",
            "Denied | look-up | as=Nov 17 08:31:04 | host=graph.microsoft.com | verdict=blocked by the DNS filter",
            "UpstreamFailed | look-up | as=Nov 17 08:31:05 | client=10.9.0.14 | host=login.microsoftonline.com | verdict=NXDOMAIN",
        ],
    ),
    (
        "fiddler",
        &[
            "Nothing",
            "Reached | method=CONNECT | host=login.microsoftonline.com | port=443 | status=200",
            "UpstreamFailed | method=CONNECT | host=adminwebservice.microsoftonline.com | port=443 | status=502",
            "AuthRequired | as=09:26:53.123 | method=CONNECT | host=graph.microsoft.com | port=443 | status=407 | reason=Proxy Authentication Required",
        ],
    ),
    (
        "filterlog",
        &[
            "Denied | as=Nov 17 08:31:02 | client=10.9.0.14 | port=443 | verdict=block | reason=match | address=192.0.2.7",
            "Reached | 2026-11-17T07:31:05Z | zoned | as=2026-11-17T08:31:05+01:00 | client=2001:db8::14 | port=443 | verdict=pass | reason=match | address=2001:db8:1::7",
        ],
    ),
    (
        "generic-line",
        &[
            "Denied | 2026-03-14T09:26:53Z | as=2026-03-14 09:26:53 | client=10.9.0.14 | method=CONNECT | host=login.microsoftonline.com | port=443 | status=403 | verdict=DENIED",
            "Reached | 2026-03-14T09:26:54Z | as=2026-03-14 09:26:54 | client=10.9.0.14 | host=graph.microsoft.com | port=443 | path=/ | status=200 | verdict=ALLOWED",
            "Denied | method=CONNECT | host=adminwebservice.microsoftonline.com | port=443 | status=403",
        ],
    ),
    (
        "haproxy",
        &[
            "Reached | 2026-07-07T05:16:25Z | as=07/Jul/2026:05:16:25.762 | ms=11 | client=10.9.0.14 | method=CONNECT | host=login.microsoftonline.com | port=443 | status=200 | verdict=---- | received=7500",
            "TimedOut | 2026-07-07T05:16:26Z | as=07/Jul/2026:05:16:26.100 | ms=5001 | client=10.9.0.14 | method=CONNECT | host=graph.microsoft.com | port=443 | status=503 | verdict=sC-- | received=216",
            "AuthRequired | 2026-07-07T05:16:27Z | as=07/Jul/2026:05:16:27.100 | ms=61 | client=10.9.0.14 | method=CONNECT | host=graph.microsoft.com | port=443 | status=407 | verdict=---- | received=1216",
        ],
    ),
    (
        "iis-native",
        &[
            "Reached | 2026-11-20T15:44:03Z | as=11/20/2026 15:44:03 | ms=2 | client=10.9.0.14 | method=GET | path=/ | status=304 | sent=769 | received=143 | address=192.0.2.80",
            "Reached | 2026-11-20T15:44:04Z | as=11/20/2026 15:44:04 | ms=15 | client=10.9.0.14 | user=CORP\\ann | method=POST | path=/adfs/ls | status=200 | sent=769 | received=143 | address=192.0.2.80",
        ],
    ),
    (
        "json-lines",
        &[
            "Denied | 2026-08-28T15:43:14Z | as=2026-08-28 15:43:14 | client=10.9.0.14 | method=CONNECT | host=login.windows.net | port=443 | status=403 | verdict=Blocked",
            "Denied | 2026-03-14T09:26:53Z | as=2026-03-14 09:26:53 | client=10.9.0.14 | method=CONNECT | host=graph.microsoft.com | status=403 | verdict=DENIED",
            "Reached? | 2026-08-28T15:43:14Z | zoned | as=2026-08-28T15:43:14Z | client=10.9.0.14 | host=graph.microsoft.com | port=443 | verdict=allowed",
        ],
    ),
    (
        "key-value",
        &[
            "Reset | 2026-05-07T07:37:12Z | zoned | as=2026-05-07 09:37:12 | ms=1000 | client=10.9.0.14 | port=443 | verdict=server-rst | sent=952 | received=212 | address=192.0.2.7 | session=7",
            "Denied | 2026-07-08T14:00:30Z | zoned | as=2026-07-08T10:00:30-0400 | client=10.9.0.14 | host=graph.microsoft.com | port=443 | status=403 | verdict=Denied",
            "Denied | 2026-03-14T09:26:53Z | as=2026:03:14-09:26:53 | ms=1250 | client=10.9.0.14 | method=CONNECT | host=graph.microsoft.com | port=443 | path=/ | status=403 | verdict=block | reason=category",
            "Reached? | 2026-07-08T08:00:31Z | zoned | as=2026-07-08T10:00:31+0200 | client=10.9.0.14 | host=login.microsoftonline.com | port=443 | verdict=Do not decrypt | address=192.0.2.7 | session=42",
            "Reached | 2026-05-14T07:30:15Z | as=2026-05-14 07:30:15 | client=10.9.0.14 | user=svc@corp.example | method=CONNECT | host=login.windows.net | port=443 | status=200 | verdict=Allowed | reason=Allowed | sent=598 | received=65 | address=192.0.2.7",
            "Denied | as=Mar 14 09:26:53 | ms=3000 | client=10.9.0.14 | method=CONNECT | host=graph.microsoft.com | port=443 | status=403 | verdict=blocked | reason=Servers | sent=0 | received=0 | address=192.0.2.7",
            "UpstreamFailed | 2026-03-14T09:26:54Z | as=2026-03-14T09:26:54 | ms=60017 | client=10.9.0.14 | method=CONNECT | host=login.windows.net | port=443 | path=/ | status=503 | verdict=OBSERVED | reason=tcp_error | sent=63 | received=39",
            "Reached | as=Jul  8 10:00:31 | client=10.9.0.14 | user=CORP svc | method=CONNECT | host=login.microsoftonline.com | status=200 | verdict=permitted | reason=Business, Software",
        ],
    ),
    (
        "leef",
        &[
            "Reached | 2026-05-14T07:30:15Z | zoned | as=May 14 2026 07:30:15 GMT | client=10.9.0.14 | method=CONNECT | host=login.microsoftonline.com | port=443 | status=200 | verdict=Allowed | sent=3687 | received=7557 | address=192.0.2.7",
            "Denied | as=May 14 07:30:16 | client=10.9.0.14 | host=login.windows.net | port=443 | status=403 | verdict=Blocked | reason=Not allowed",
        ],
    ),
    (
        "log-card",
        &[
            "Denied | 2026-11-16T07:41:09Z | zoned | as=2026-11-16T07:41:09Z | client=10.9.0.14 | host=graph.microsoft.com | port=443 | path=/ | verdict=Reject | address=192.0.2.7",
            "Reached? | 2026-11-16T07:41:12Z | zoned | as=2026-11-16T07:41:12Z | client=10.9.0.14 | host=login.microsoftonline.com | port=443 | verdict=Accept | address=192.0.2.8",
        ],
    ),
    (
        "meraki",
        &[
            "Reached | 2023-11-14T22:13:20Z | zoned | as=1700000000.514782056 | client=10.9.0.14 | host=login.microsoftonline.com | port=443 | address=192.0.2.7",
            "Denied | 2023-11-14T22:13:21Z | zoned | as=1700000001.842123450 | client=00:15:5D:01:2A:0C | host=graph.microsoft.com | port=443 | verdict=content_filtering_block | reason=User-defined Blacklist | address=192.0.2.9",
            "Denied | 2023-11-14T22:13:22Z | zoned | as=1700000002.721741837 | client=10.9.0.14 | port=443 | verdict=deny | address=192.0.2.8",
            "Denied | 2023-11-14T22:13:23Z | zoned | as=1700000003.285901262 | client=10.9.0.14 | port=443 | verdict=blocked | address=192.0.2.8",
        ],
    ),
    (
        "mitmproxy",
        &[
            "Reached | as=09:26:53.203 | client=10.9.0.14 | host=login.microsoftonline.com | port=443 | address=192.0.2.7",
            "Reset | inspected | as=09:26:54.203 | client=10.9.0.14 | host=graph.microsoft.com | port=443 | verdict=the client does not trust the proxy's certificate | reason=the client does not trust the proxy's certificate",
        ],
    ),
    (
        "netskope",
        &[
            "Reached | 2026-05-26T13:41:00Z | zoned | as=2026-05-26 13:41:00 | ms=64 | client=10.9.0.14 | user=svc@corp.example | method=CONNECT | host=login.microsoftonline.com | port=443 | status=200 | sent=1977 | received=651 | address=192.0.2.7",
            "Denied | 2026-05-26T13:41:01Z | zoned inspected | as=2026-05-26 13:41:01 | ms=3 | client=10.9.0.14 | user=svc@corp.example | method=POST | host=graph.microsoft.com | port=443 | path=/v1.0/organization | status=403 | verdict=block | sent=517 | received=0 | address=192.0.2.7",
        ],
    ),
    (
        "nginx",
        &[
            "Reached | 2026-03-14T08:26:53Z | zoned | as=14/Mar/2026:09:26:53 +0100 | ms=512 | client=10.9.0.14 | method=CONNECT | host=login.microsoftonline.com | port=443 | status=200 | sent=890 | received=5123 | address=192.0.2.7",
            "UpstreamFailed | 2026-03-14T08:26:54Z | zoned | as=14/Mar/2026:09:26:54 +0100 | ms=60001 | client=10.9.0.14 | method=CONNECT | host=graph.microsoft.com | port=443 | status=502 | sent=0 | received=0",
            "TimedOut | 2026-03-14T09:26:55Z | as=2026/03/14 09:26:55 | client=10.9.0.14 | method=CONNECT | host=adminwebservice.microsoftonline.com | port=443 | reason=upstream timed out (110: Connection timed out) while connecting to upstream | address=192.0.2.9",
        ],
    ),
    (
        "palo-alto",
        &[
            "TimedOut | 2026-06-08T08:01:40Z | as=2026/06/08 08:01:40 | ms=21000 | client=10.12.0.19 | port=443 | verdict=aged-out | reason=Servers-out | sent=198 | received=0 | address=192.0.2.14 | session=1322",
            "Denied | 2026-06-08T08:02:10Z | as=2026/06/08 08:02:10 | client=10.12.0.19 | user=corp\\svc | host=login.microsoftonline.com | port=443 | path=/ | verdict=block-url | reason=computer-and-internet-info | address=192.0.2.15 | session=1400",
            "TimedOut | 2026-06-08T06:02:11Z | zoned | as=2026-06-08T06:02:11.000000Z | client=10.12.0.19 | port=443 | verdict=aged-out | sent=74 | received=0 | address=192.0.2.16 | session=1401",
        ],
    ),
    (
        "privoxy",
        &[
            "Reached | 2026-03-14T09:26:53Z | as=2026-03-14 09:26:53.123 | host=login.microsoftonline.com | port=443 | address=192.0.2.7",
            "Denied | 2026-03-14T09:26:54Z | as=2026-03-14 09:26:54.123 | host=graph.microsoft.com | port=443 | path=/ | verdict=Blocked | reason=Blocked",
            "TimedOut | 2026-03-14T09:26:55Z | as=2026-03-14 09:26:55.123 | host=adminwebservice.microsoftonline.com | port=443 | path=/ | verdict=Connection timeout | reason=Connection timeout",
        ],
    ),
    (
        "proxifier",
        &[
            "Reached | as=10.30 16:49:07 | ms=1000 | method=CONNECT | host=login.microsoftonline.com | port=443 | sent=403 | received=18846",
            "Denied | as=10.30 16:49:08 | method=CONNECT | host=adminwebservice.microsoftonline.com | port=443 | status=403 | verdict=Proxy server cannot establish a connection with the target, status code 403 | reason=Proxy server cannot establish a connection with the target, status code 403",
        ],
    ),
    (
        "router-os",
        &[
            "Denied | 2026-11-17T08:31:02Z | as=nov/17/2026 08:31:02 | client=10.9.0.14 | port=443 | verdict=DROP | address=192.0.2.7",
            "Denied | 2026-11-17T08:31:05Z | as=2026-11-17 08:31:05 | client=10.9.0.14 | port=443 | verdict=blocked | address=192.0.2.7",
        ],
    ),
    (
        "skyhigh",
        &[
            "Reached | 2026-01-31T09:15:30Z | zoned | as=31/Jan/2026:10:15:30 +0100 | client=10.9.0.14 | user=CORP\\svc | method=CONNECT | host=login.microsoftonline.com | port=443 | status=200 | verdict=0 | received=7105",
            "Denied | 2026-01-31T09:15:31Z | zoned | as=31/Jan/2026:10:15:31 +0100 | client=10.9.0.14 | method=CONNECT | host=graph.microsoft.com | port=443 | status=403 | verdict=10 | reason=Business | received=4105",
        ],
    ),
    (
        "sophos-swa",
        &[
            "Reached | 2026-09-21T14:13:20Z | zoned | as=1790000000 | ms=284 | client=10.9.0.14 | user=CORP\\\\svc | method=CONNECT | host=login.microsoftonline.com | port=443 | status=200 | verdict=1 | sent=1255 | received=26198 | address=192.0.2.7",
            "Denied | 2026-09-21T14:13:21Z | zoned | as=1790000001 | ms=1 | client=10.9.0.14 | method=CONNECT | host=graph.microsoft.com | port=443 | status=403 | verdict=-1 | reason=policy | sent=310 | received=2044",
            "AuthRequired | 2026-09-21T14:13:22Z | zoned | as=1790000002 | ms=0 | client=10.9.0.14 | method=CONNECT | host=adminwebservice.microsoftonline.com | port=443 | status=407 | verdict=1 | sent=290 | received=1800",
        ],
    ),
    (
        "squid-native",
        &[
            "Reached | 2026-09-21T14:13:20Z | zoned | as=1790000000.101 | ms=3387 | client=10.8.0.14 | method=CONNECT | host=login.microsoftonline.com | port=443 | status=200 | verdict=TCP_TUNNEL | received=19131",
            "AuthRequired | 2026-09-21T14:13:21Z | zoned | as=1790000001.202 | ms=0 | client=10.8.0.14 | method=CONNECT | host=adminwebservice.microsoftonline.com | port=443 | status=407 | verdict=TCP_DENIED | received=4105",
            "UpstreamFailed | 2026-09-21T14:13:22Z | zoned | as=1790000002.303 | ms=60012 | client=10.8.0.14 | user=CORP\\svc | method=CONNECT | host=graph.microsoft.com | port=443 | status=503 | verdict=TCP_MISS | received=381",
            "Reached | 2026-09-21T14:13:20Z | as=2026-09-21T14:13:20 | ms=118 | client=10.8.0.14 | method=GET | host=crl.microsoft.com | port=80 | path=/pki/crl/x.crl | status=200 | verdict=TCP_MISS | received=310",
            "AuthRequired | 2026-09-21T12:13:21Z | zoned | as=2026-09-21 14:13:21 +0200 | client=10.8.0.14 | user=CORP\\svc | method=CONNECT | host=graph.microsoft.com | port=443 | status=407 | verdict=TCP_DENIED",
            "Reached | 2026-09-21T14:13:23Z | zoned inspected | as=1790000003.404 | ms=180 | client=10.8.0.14 | user=CORP\\svc | method=POST | host=login.microsoftonline.com | port=443 | path=/common/oauth2/token | status=200 | verdict=TCP_MISS | received=1910",
        ],
    ),
    (
        "tinyproxy",
        &[
            "Nothing",
            "Reached | as=Jan 31 10:15:30.201 | host=login.microsoftonline.com | port=443",
            "UpstreamFailed | as=Jan 31 10:15:31.201 | host=graph.microsoft.com | port=443 | verdict=opensock: Could not retrieve address info for graph.microsoft.com:443: Name or service not known | reason=opensock: Could not retrieve address info for graph.microsoft.com:443: Name or service not known",
            "Denied | as=Jan 31 10:15:32.201 | host=adminwebservice.microsoftonline.com | port=443 | verdict=Proxying refused on filtered domain \"adminwebservice.microsoftonline.com\" | reason=Proxying refused on filtered domain \"adminwebservice.microsoftonline.com\"",
        ],
    ),
    (
        "umbrella",
        &[
            "Reached | 2026-03-14T09:26:53Z | zoned | as=2026-03-14 09:26:53 | client=10.9.0.14 | user=SRV7 | host=login.microsoftonline.com | port=443 | path=/ | status=200 | verdict=ALLOWED | reason=SaaS and B2B | sent=2724 | received=7590 | address=192.0.2.7",
            "Denied | 2026-03-14T09:26:54Z | zoned | as=2026-03-14 09:26:54 | client=10.9.0.14 | user=SRV7 | method=CONNECT | host=adminwebservice.microsoftonline.com | port=443 | path=/ | status=403 | verdict=BLOCKED | reason=Infrastructure | sent=517 | address=192.0.2.7",
            "Denied | 2026-03-14T09:26:55Z | zoned look-up | as=2026-03-14 09:26:55 | client=10.9.0.14 | user=SRV7 | host=graph.microsoft.com | verdict=blocked by the DNS filter | reason=Infrastructure",
        ],
    ),
    (
        "vpc-flow",
        &[
            "Nothing",
            "Denied | 2026-11-17T07:31:02Z | zoned | as=1794900662 | client=10.9.0.14 | port=443 | verdict=REJECT | sent=156 | address=192.0.2.7",
            "Reached | 2026-11-17T07:31:03Z | zoned | as=1794900663 | client=10.9.0.14 | port=443 | verdict=ACCEPT | sent=3120 | address=192.0.2.8",
        ],
    ),
    (
        "w3c-extended",
        &[
            "Nothing",
            "Reached | 2026-03-14T09:26:53Z | zoned | as=2026-03-14 09:26:53 | ms=57 | client=10.9.0.14 | user=CORP\\svc | method=CONNECT | host=login.microsoftonline.com | port=443 | status=200 | verdict=OBSERVED",
            "Denied | 2026-03-14T09:26:54Z | zoned | as=2026-03-14 09:26:54 | ms=1 | client=10.9.0.14 | method=CONNECT | host=adminwebservice.microsoftonline.com | port=443 | status=403 | verdict=DENIED",
            "AuthRequired | 2026-03-14T09:26:55Z | zoned | as=2026-03-14 09:26:55 | ms=3 | client=10.9.0.14 | method=CONNECT | host=graph.microsoft.com | port=443 | status=407 | verdict=DENIED",
            "Nothing",
            "Reached | 2026-03-14T09:26:56Z | zoned | as=2026-03-14 09:26:56 | ms=60125 | client=10.9.0.14 | method=CONNECT | host=login.windows.net | port=443 | verdict=Allowed | reason=Entra | sent=1310 | received=7105 | address=192.0.2.7",
            "AuthRequired | 2026-03-14T09:26:57Z | zoned | as=2026-03-14 09:26:57 | ms=1 | client=10.9.0.14 | method=CONNECT | host=login.windows.net | port=443 | status=12209 | verdict=Denied | reason=Entra | sent=310 | received=4105",
            "Denied | 2026-03-14T09:26:58Z | zoned | as=2026-03-14 09:26:58 | ms=1 | client=10.9.0.14 | method=CONNECT | host=graph.microsoft.com | port=443 | status=12202 | verdict=Denied | reason=Default rule | sent=310 | received=4105",
            "Nothing",
            "Denied | 2026-03-14T09:26:59Z | zoned | as=2026-03-14 09:26:59 | client=10.9.0.14 | port=443 | verdict=Denied | reason=Default rule | sent=0 | received=0 | address=192.0.2.7",
            "Nothing",
            "UpstreamFailed | 2026-03-14T09:27:00Z | zoned | as=2026-03-14 09:27:00 | ms=120031 | client=10.9.0.14 | method=POST | host=sts.corp.example | path=/adfs/services/trust | status=502",
        ],
    ),
    (
        "watchguard",
        &[
            "Reached | 2026-04-17T12:53:47Z | zoned | as=2026-04-17T12:53:47 | client=10.9.0.14 | host=login.microsoftonline.com | port=443 | verdict=allow | reason=HTTPS Request | sent=985 | received=6486 | address=192.0.2.7",
            "Denied | 2026-04-17T12:53:48Z | zoned | as=2026-04-17T12:53:48 | client=10.9.0.14 | port=443 | verdict=Deny | reason=Unhandled Internal Packet-00 | address=192.0.2.8",
        ],
    ),
    (
        "wireshark",
        &[
            "Nothing",
            "TimedOut | as=1.014 | client=10.9.0.14 | port=443 | verdict=SYN retransmission | address=192.0.2.7",
            "Reset | as=0.250000 | client=10.9.0.14 | port=443 | verdict=RST | address=192.0.2.7",
            "Reset | as=0.260000 | client=10.9.0.14 | port=443 | verdict=unknown_ca | address=192.0.2.7",
        ],
    ),
    (
        "zscaler-nss",
        &[
            "Reached | 2026-05-14T07:30:15Z | as=Thu May 14 07:30:15 2026 | client=10.9.0.14 | user=svc@corp.example | method=CONNECT | host=login.microsoftonline.com | port=443 | status=200 | verdict=Allowed | reason=Corporate | sent=523 | received=7557 | address=192.0.2.7",
            "Denied | 2026-05-14T07:30:16Z | as=Thu May 14 07:30:16 2026 | client=10.9.0.14 | user=HQ | method=CONNECT | host=login.windows.net | port=443 | status=403 | verdict=Blocked | reason=Not allowed | sent=523 | received=13500 | address=192.0.2.7",
            "Reached | 2026-05-14T07:30:17Z | inspected | as=Thu May 14 07:30:17 2026 | client=10.9.0.14 | user=svc@corp.example | method=GET | host=graph.microsoft.com | port=443 | path=/v1.0/organization | status=200 | verdict=Allowed | reason=Corporate | sent=523 | received=7557 | address=192.0.2.7",
        ],
    ),
];

#[test]
fn every_column_of_every_sample_reaches_its_field() {
    let mut wrong = Vec::new();
    for format in ALL {
        let rows = ANATOMY.iter().find(|(id, _)| *id == format.id).map_or(&[] as &[&str], |(_, rows)| *rows);
        assert_eq!(rows.len(), format.samples.len(), "{} has a row for each sample", format.id);
        let mut state = State::default();
        for (sample, expected) in format.samples.iter().zip(rows) {
            let found = match (format.read_line)(sample, &mut state) {
                Line::Record(record) => told(&record),
                other => format!("{other:?}"),
            };
            if found != *expected {
                wrong.push(format!("{sample}\n  expected {expected}\n  found    {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_dialect_says_what_it_expected_of_a_line_that_it_cannot_read() {
    for format in ALL {
        if let Line::Unreadable(what) = (format.read_line)("half a lin", &mut State::default()) {
            assert!(what.contains("expected"), "{}: {what}", format.id);
        }
    }
}

#[test]
fn the_zone_of_a_time_is_known_where_the_text_or_the_definition_tells_it() {
    for (line, zoned) in [
        (
            "1790000000.101 3387 10.8.0.14 TCP_TUNNEL/200 1 CONNECT login.windows.net:443 - HIER_DIRECT/192.0.2.7 -",
            true,
        ),
        (
            "2026-09-21T14:13:20+02:00 33 10.8.0.14 TCP_TUNNEL/200 1 CONNECT login.windows.net:443 - HIER_DIRECT/192.0.2.7 -",
            true,
        ),
        (
            "2026-09-21T14:13:20.405 33 10.8.0.14 TCP_TUNNEL/200 1 CONNECT login.windows.net:443 - HIER_DIRECT/192.0.2.7 -",
            false,
        ),
        ("date=2026-05-07 time=09:37:12 srcip=10.9.0.14 dstip=192.0.2.7 dstport=443 action=deny", false),
        ("date=2026-05-07 time=09:37:12 tz=\"+0200\" srcip=10.9.0.14 dstip=192.0.2.7 dstport=443 action=deny", true),
        (
            "date=2026-05-07 time=09:37:12 timezone=\"CET\" src_ip=10.9.0.14 dst_ip=192.0.2.7 dst_port=443 status=deny",
            false,
        ),
        ("time=09:37:12 eventtime=1778139432361752831 srcip=10.9.0.14 dstip=192.0.2.7 dstport=443 action=deny", true),
        ("CEF:0|M|P|1|1|n|5|act=Block src=10.9.0.14 dhost=login.windows.net dtz=UTC rt=Mar 01 2026 20:48:21", true),
        ("CEF:0|M|P|1|1|n|5|act=Block src=10.9.0.14 dhost=login.windows.net rt=Mar 01 2026 20:48:21", false),
    ] {
        let (format, _) = recognise_line(line).expect(line);
        let Line::Record(record) = (format.read_line)(line, &mut State::default()) else { panic!("{line}") };
        assert_eq!((record.zoned, record.time.is_some()), (zoned, true), "{line}");
    }
}

#[test]
fn a_header_that_names_another_zone_takes_the_word_of_the_format_back() {
    for (date, zoned) in [
        ("#Date: 2026-03-14 09:00:00", true),
        ("#Date: 2026-03-14 09:00:00  // when the first entry was recorded", true),
        ("#Date: 2026-03-14 09:00:00 EST (UTC-0400)", false),
    ] {
        let mut state = State::default();
        (w3c_extended::FORMAT.read_line)(date, &mut state);
        (w3c_extended::FORMAT.read_line)("#Fields: date time cs-host sc-status", &mut state);
        let line = "2026-03-14 09:26:53 login.windows.net 200";
        let Line::Record(record) = (w3c_extended::FORMAT.read_line)(line, &mut state) else { panic!("{date}") };
        assert_eq!(record.zoned, zoned, "{date}");
    }
}

/// What a record says, its empty fields left out.
fn told(record: &Record) -> String {
    let number = |value: Option<u64>| value.map_or_else(String::new, |value| value.to_string());
    let date = if record.date_text.is_empty() { String::new() } else { format!("{} ", record.date_text) };
    let time = format!("{date}{}", record.time_text);
    let outcome = format!("{:?}{}", record.outcome, if record.provisional { "?" } else { "" });
    let flags =
        [(record.zoned, "zoned"), (record.inspected, "inspected"), (record.lookup, "look-up"), (record.stale, "stale")];
    let flags: Vec<&str> = flags.into_iter().filter(|(flag, _)| *flag).map(|(_, name)| name).collect();
    let fields = [
        ("", outcome),
        ("", record.time.map_or_else(String::new, time::iso_utc)),
        ("", flags.join(" ")),
        ("as", time),
        ("ms", number(record.duration_ms)),
        ("client", record.client.to_owned()),
        ("user", record.user.to_owned()),
        ("method", record.method.to_owned()),
        ("host", record.host.to_string()),
        ("port", number(record.port.map(u64::from))),
        ("path", record.path.to_owned()),
        ("status", record.status.to_owned()),
        ("verdict", record.verdict.to_owned()),
        ("reason", record.reason.to_owned()),
        ("sent", number(record.sent)),
        ("received", number(record.received)),
        ("address", record.address.to_owned()),
        ("session", record.session.to_owned()),
        ("scheme", record.auth_scheme.to_owned()),
    ];
    let filled = fields.iter().filter(|(_, value)| !value.is_empty());
    let words = filled.map(|(name, value)| if name.is_empty() { value.clone() } else { format!("{name}={value}") });
    words.collect::<Vec<_>>().join(" | ")
}
