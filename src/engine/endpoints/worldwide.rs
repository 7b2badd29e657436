//! The public cloud, with GCC: the article's table row by row, then what other lists and logs add to it.

use super::certificates::{self, APEX_DISAGREES};
use super::defaults::complete;
use super::{ALWAYS, Breaks, CYCLES, Cloud, Endpoint, NEVER_SEEN, Need, Role, SIGN_IN, Source, WIZARD};

/// The minimum table and the reference log of the worldwide article.
const ARTICLE: Endpoint = Endpoint {
    port: 443,
    role: Role::Family,
    phases: ALWAYS,
    cloud: Cloud::Worldwide,
    source: "tshoot-connect-connectivity (learn.microsoft.com)",
    date: "2025-04-09",
    ..certificates::BASE
};

/// Rows of the Microsoft 365 endpoint list.
const M365: Endpoint =
    Endpoint { source: "Microsoft 365 URLs and IP address ranges, worldwide", date: "2026-08-14", ..ARTICLE };

/// The same list, where another document is the row's source.
const ID_56: Source = Source { name: "Microsoft 365 URLs and IP address ranges, worldwide, ID 56", date: "2026-08-14" };
const ID_59: Source = Source { name: "Microsoft 365 URLs and IP address ranges, worldwide, ID 59", date: "2026-08-14" };
const HEALTH: Source = Source { name: "how-to-connect-health-agent-install (learn.microsoft.com)", date: "2026-05-26" };
const PASS_THROUGH: Source =
    Source { name: "how-to-connect-pta-quick-start (learn.microsoft.com)", date: "2025-09-09" };
const CLOUD_SYNC: Source = Source { name: "cloud sync how-to-prerequisites (learn.microsoft.com)", date: "2026-07-27" };
const OTHER_ENDPOINTS: Source =
    Source { name: "Other Microsoft 365 endpoints not in the web service, rows 15 and 19", date: "2025-01-08" };
const TEST_SCRIPT: &str = "connectivity test script of the community";

/// Old sync builds, before Microsoft Graph.
const MSONLINE: Endpoint =
    Endpoint { role: Role::Provisioning, phases: WIZARD, need: Need::Legacy, until: "2.4.18.0", ..ARTICLE };

/// Names that only the community has reported.
const REPORTED: Endpoint =
    Endpoint { need: Need::CommunityReported, source: TEST_SCRIPT, date: "2020-01-28", ..ARTICLE };

/// Scripts, styles and pictures of the sign-in window.
const CONTENT: Endpoint = Endpoint { role: Role::SignInContent, phases: SIGN_IN, also_in: &[HEALTH], ..M365 };
const CONTENT_TRAP: &str = "Not in the article's table: a list copied from it leaves the sign-in window blank although \
                            secure.aadcdn is open.";

const TELEMETRY: Endpoint = Endpoint {
    role: Role::Telemetry,
    phases: NEVER_SEEN,
    need: Need::Ignorable,
    source: "Azure Monitor network access (docs.azure.cn)",
    date: "2026-11-22",
    remark: "Whether Entra Connect calls the newer names is uncertain.",
    ..ARTICLE
};

/// The certificate rows.
pub const CERTIFICATES: &[Endpoint] = &{
    let [a, b, c, d, e, f, g, h, i, j, k, l] =
        certificates::of_article(&Endpoint { disagreements: APEX_DISAGREES, ..ARTICLE });
    let [m, n, o, p, q, r, s, t] = certificates::beyond_article(&ARTICLE);
    complete([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t])
};

/// The other rows.
pub const ROWS: &[Endpoint] = &complete([
    // The table of the article, in its order. Its fourth row holds two patterns in one cell.
    Endpoint {
        pattern: "*.management.core.windows.net",
        hosts: &["management.core.windows.net"],
        purpose: "Classic Azure service management",
        role: Role::Management,
        phases: SIGN_IN,
        need: Need::Legacy,
        trap: "The bare name is the real host, so \"*.\" in front misses it in many products. The article labels it Azure \
               Storage, which looks wrong: the name is the classic service management host.",
        remark: "The article prints this pattern and the one of Azure AD Graph in one cell without a separator. No \
                 published log shows a call of Entra Connect.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "*.graph.windows.net",
        hosts: &["graph.windows.net"],
        purpose: "Azure AD Graph, for old builds",
        role: Role::LegacyGraph,
        phases: WIZARD,
        need: Need::Legacy,
        until: "2.4.18.0",
        trap: "The bare name is the real host, so \"*.\" in front misses it in many products. In a trace of a newer build \
               the name is the audience of a token, not a connection.",
        disagreements: &[
            "Direct calls of Azure AD Graph were retired in 2025; the Microsoft 365 list of 2026 still has it as required.",
        ],
        also_in: &[ID_56],
        ..ARTICLE
    },
    Endpoint {
        pattern: "secure.aadcdn.microsoftonline-p.com",
        hosts: &["secure.aadcdn.microsoftonline-p.com"],
        purpose: "Content of the sign-in window and of multifactor authentication",
        role: Role::SignInContent,
        phases: SIGN_IN,
        breaks: Breaks {
            text: "A script error in the sign-in window, when the administrator has to use multifactor authentication.",
            stated: true,
        },
        trap: "The zone is microsoftonline-p.com, with -p: a rule for *.microsoftonline.com does not cover it. It must \
               also stand in the Trusted Sites of the server.",
        also_in: &[OTHER_ENDPOINTS, ID_59, HEALTH],
        ..ARTICLE
    },
    Endpoint {
        pattern: "graph.microsoft.com",
        hosts: &["graph.microsoft.com"],
        purpose: "Microsoft Graph, from build 2.4.18.0",
        role: Role::Graph,
        phases: WIZARD,
        since: "2.4.18.0",
        trap: "Added to the article after 2023: lists copied before lack it, and the wizard breaks with the upgrade.",
        disagreements: &["The China edition of the article has no row for its counterpart."],
        remark: "Newer builds may also call it from the service account, to renew the application's certificate (uncertain).",
        also_in: &[ID_56],
        ..ARTICLE
    },
    Endpoint {
        pattern: "*.microsoftonline.com",
        purpose: "Configures the directory, imports and exports",
        trap: "Open it as a wildcard that covers several labels: regional hosts change, and some names stand two labels \
               deep (device.login, ccs.login, api.passwordreset), which a one-label wildcard misses. It covers neither \
               microsoftonline-p.com nor login.windows.net.",
        disagreements: &["The Microsoft 365 list has single names in ID 56 and the wildcard in ID 59."],
        also_in: &[ID_59, OTHER_ENDPOINTS, CLOUD_SYNC],
        ..ARTICLE
    },
    // The hosts behind *.microsoftonline.com, from the reference log of the article.
    Endpoint {
        pattern: "login.microsoftonline.com",
        hosts: &["login.microsoftonline.com"],
        purpose: "Token service: every phase begins here",
        role: Role::SignIn,
        breaks: Breaks {
            text: "Nothing works: \"User realm discovery failed\", or a network error on the page that signs in.",
            stated: false,
        },
        trap: "The lists of China and of US Government contain it too, so it proves no cloud.",
        also_in: &[ID_56, HEALTH, PASS_THROUGH],
        ..ARTICLE
    },
    Endpoint {
        pattern: "login.windows.net",
        hosts: &["login.windows.net"],
        purpose: "Older name of the token service, called by sync",
        role: Role::SignIn,
        phases: CYCLES,
        breaks: Breaks {
            text: "The wizard succeeds, then the first sync gets no token. Builds before 2.0 cannot sign in at all.",
            stated: false,
        },
        trap: "No row of the article's table covers it, although the article's own log of the initial sync shows it. A \
               list made from the table alone misses it.",
        disagreements: &[
            "The article's table lacks it, its log of 2016 shows it. A trace of build 2.0.89 signs in at \
             login.microsoftonline.com instead. The Microsoft 365 list and the pages of the agents require it.",
            "Until about 2020 the table had *.windows.net, which covers it.",
        ],
        also_in: &[ID_56, HEALTH, PASS_THROUGH, CLOUD_SYNC],
        ..ARTICLE
    },
    Endpoint {
        pattern: "adminwebservice.microsoftonline.com",
        hosts: &["adminwebservice.microsoftonline.com"],
        purpose: "Sync service, and discovery of its regional host",
        role: Role::SyncService,
        trap: "A discovery endpoint: opening it alone is not enough, a call to a regional host follows.",
        remark: "The documented test is https://adminwebservice.microsoftonline.com/ProvisioningService.svc.",
        also_in: &[ID_56],
        ..ARTICLE
    },
    Endpoint {
        pattern: "*-anchor.microsoftonline.com",
        hosts: &["*-anchor.microsoftonline.com"],
        purpose: "Regional host of the sync service",
        role: Role::RegionalSync,
        trap: "The name varies by region and over time (bba800-anchor, bba900-anchor): only a wildcard rule covers it, \
               never a fixed name.",
        ..ARTICLE
    },
    Endpoint {
        pattern: "adminwebservice-s1-*.microsoftonline.com",
        hosts: &["adminwebservice-s1-*.microsoftonline.com"],
        purpose: "Regional host of the sync service, older naming",
        role: Role::RegionalSync,
        trap: "The ending varies (co2, bn1a, dm2a): only a wildcard rule covers it. Scripts with fixed names were \
               corrected in 2020.",
        remark: "Seen around 2020; US Government used names of this family too.",
        ..REPORTED
    },
    Endpoint {
        pattern: "provisioningapi.microsoftonline.com",
        hosts: &["provisioningapi.microsoftonline.com"],
        purpose: "MSOnline, and discovery of its regional host; before build 2.4.18.0",
        trap: "A discovery endpoint: a call to a regional host follows. That a newer build never calls it is normal.",
        disagreements: &[
            "Builds from 2.4.18.0 on use Microsoft Graph instead; the Microsoft 365 list of 2026 still requires it.",
        ],
        also_in: &[ID_56],
        ..MSONLINE
    },
    Endpoint {
        pattern: "*-relay.microsoftonline.com",
        hosts: &["*-relay.microsoftonline.com"],
        purpose: "Regional host of provisioningapi; before build 2.4.18.0",
        role: Role::RegionalProvisioning,
        trap: "The name varies by region and over time (bwsc02-relay): only a wildcard rule covers it, never a fixed name.",
        ..MSONLINE
    },
    Endpoint {
        pattern: "provisioningapi-s1-*.microsoftonline.com",
        hosts: &["provisioningapi-s1-*.microsoftonline.com"],
        purpose: "Regional host of provisioningapi, older naming",
        role: Role::RegionalProvisioning,
        phases: WIZARD,
        until: "2.4.18.0",
        trap: "The ending varies (dm2a, dm2r): only a wildcard rule covers it.",
        ..REPORTED
    },
    Endpoint {
        pattern: "dc.services.visualstudio.com",
        hosts: &["dc.services.visualstudio.com"],
        purpose: "Application Insights telemetry",
        breaks: Breaks {
            text: "Nothing but the telemetry itself: the installation succeeds without it.",
            stated: true,
        },
        trap: "It is often the only refused host in a log, and never the cause.",
        role: Role::Telemetry,
        phases: WIZARD,
        need: Need::Ignorable,
        also_in: &[Source {
            name: "Microsoft 365 URLs and IP address ranges, worldwide, ID 75 (optional)",
            date: "2026-08-14",
        }],
        ..ARTICLE
    },
    // What the table leaves out and other lists require.
    Endpoint {
        pattern: "becws.microsoftonline.com",
        hosts: &["becws.microsoftonline.com"],
        purpose: "MSOnline business service, beside provisioningapi",
        source: M365.source,
        date: M365.date,
        disagreements: &["MSOnline is retired; the Microsoft 365 list of 2026 still requires it."],
        ..MSONLINE
    },
    Endpoint {
        pattern: "login.microsoft.com",
        hosts: &["login.microsoft.com"],
        purpose: "Another name of the sign-in service",
        role: Role::SignIn,
        phases: NEVER_SEEN,
        remark: "No published log shows Entra Connect calling it.",
        ..M365
    },
    Endpoint {
        pattern: "*.auth.microsoft.com",
        purpose: "Sign-in, newer names",
        phases: NEVER_SEEN,
        trap: "Required as a wildcard: no concrete host is published, so no fixed name can replace it.",
        ..M365
    },
    Endpoint {
        pattern: "*.msftauth.net",
        hosts: &["aadcdn.msftauth.net"],
        purpose: "Scripts and styles of the sign-in window",
        trap: CONTENT_TRAP,
        ..CONTENT
    },
    Endpoint {
        pattern: "*.msauth.net",
        hosts: &["aadcdn.msauth.net"],
        purpose: "Scripts and styles of the sign-in window",
        trap: CONTENT_TRAP,
        ..CONTENT
    },
    Endpoint { pattern: "*.msauthimages.net", purpose: "Pictures of the sign-in window", also_in: &[], ..CONTENT },
    Endpoint { pattern: "*.msftauthimages.net", purpose: "Pictures of the sign-in window", also_in: &[], ..CONTENT },
    Endpoint {
        pattern: "*.microsoftonline-p.com",
        purpose: "Content of the sign-in window",
        remark: "The host that matters has a row of its own.",
        also_in: &[],
        ..CONTENT
    },
    // Telemetry under its newer names.
    Endpoint {
        pattern: "dc.applicationinsights.azure.com",
        hosts: &["dc.applicationinsights.azure.com", "dc.applicationinsights.microsoft.com"],
        purpose: "Application Insights telemetry, newer names",
        ..TELEMETRY
    },
    Endpoint {
        pattern: "*.in.applicationinsights.azure.com",
        hosts: &["*.in.applicationinsights.azure.com"],
        purpose: "Application Insights telemetry, by region",
        ..TELEMETRY
    },
    Endpoint {
        pattern: "rt.services.visualstudio.com",
        hosts: &["rt.services.visualstudio.com"],
        purpose: "Application Insights live metrics",
        ..TELEMETRY
    },
]);
