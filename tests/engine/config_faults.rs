//! Faults of .NET configuration files: what somebody saved, what .NET does with it and says about it, and what the
//! user sees.
//!
//! What .NET does is written here from its documented rules (the grammar and the defaults of `defaultProxy`, the texts
//! of System.Configuration, System.Xml and System.Uri), not from the engine. In a row `¦` marks the place that the
//! first evidence has to begin at; it is taken out before the file is read.

use advisor_engine::readers::machine_config::{Config, Prediction, Stage};
use advisor_engine::report::{Diagnosis, Report};
use advisor_engine::{Input, Options, analyze, export};
use std::fs;
use std::path::PathBuf;

/// What .NET does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dotnet {
    /// It reads the file and follows it.
    Takes,
    /// It reads the file and skips something without a word.
    Skips,
    /// It refuses the file as soon as any setting is asked for: the message with file and line.
    File(&'static str),
    /// It refuses the section as soon as the network is used: the message with file and line.
    Section(&'static str),
    /// It cannot make the proxy: outer and inner message.
    Proxy(&'static str),
    /// It fails each request.
    Request(&'static str),
}
use Dotnet::{File, Proxy, Request, Section, Skips, Takes};

/// A file, the diagnosis that the user sees first, and what .NET does.
struct Row {
    text: String,
    id: &'static str,
    dotnet: Dotnet,
}

fn row(text: impl Into<String>, id: &'static str, dotnet: Dotnet) -> Row {
    Row { text: text.into(), id, dotnet }
}

/// A whole file with this, from line 3 on, in its root element.
fn file(inside: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration>\n{inside}\n</configuration>\n")
}

/// A whole file with this, from line 4 on, in `system.net`.
fn group(inside: &str) -> String {
    file(&format!("<system.net>\n{inside}\n</system.net>"))
}

/// A whole file with this, from line 5 on, in `defaultProxy`.
fn section(inside: &str) -> String {
    group(&format!("<defaultProxy>\n{inside}\n</defaultProxy>"))
}

/// A whole file whose line 6 is this entry of the bypass list.
fn bypass(entry: &str) -> String {
    section(&format!("<proxy proxyaddress=\"http://p.contoso.example:8080\" /><bypasslist>\n{entry}\n</bypasslist>"))
}

/// Files that are no XML. Line and position are those of the reader of .NET.
fn broken_xml() -> Vec<Row> {
    const ID: &str = "config-not-well-formed";
    vec![
        row(
            section("<proxy proxyaddress=¦“http://p:8080” />"),
            ID,
            File(
                "'“' is an unexpected token. The expected token is '\"' or '''. Line 5, position 21. (machine.config line 5)",
            ),
        ),
        row(
            section("<proxy\n  usesystemdefault=\"true\"\n  proxyaddress=¦”http://p:8080”\n/>"),
            ID,
            File(
                "'”' is an unexpected token. The expected token is '\"' or '''. Line 7, position 16. (machine.config line 7)",
            ),
        ),
        row(
            section("<proxy proxyaddress=¦http://p:8080 />"),
            ID,
            File(
                "'http' is an unexpected token. The expected token is '\"' or '''. Line 5, position 21. (machine.config line 5)",
            ),
        ),
        row(
            section("<proxy proxyaddress=\"http://p:8080\"¦bypassonlocal=\"true\" />"),
            ID,
            File(
                "'bypassonlocal' is an unexpected token. Expecting white space. Line 5, position 36. (machine.config line 5)",
            ),
        ),
        row(
            section("<proxy proxyaddress=\"http://p:8080\" ¦proxyaddress=\"http://p:80\" />"),
            ID,
            File("'proxyaddress' is a duplicate attribute name. Line 5, position 37. (machine.config line 5)"),
        ),
        row(
            section("<proxy scriptLocation=\"http://p/a.pac?a=1&b¦=2\" />"),
            ID,
            File("'=' is an unexpected token. The expected token is ';'. Line 5, position 44. (machine.config line 5)"),
        ),
        row(
            section("<proxy scriptLocation=\"http://p/a.pac?a &¦ b\" />"),
            ID,
            File("An error occurred while parsing EntityName. Line 5, position 42. (machine.config line 5)"),
        ),
        row(
            section("<proxy proxyaddress=\"http://p:8080&¦nbsp;\" />"),
            ID,
            File("Reference to undeclared entity 'nbsp'. Line 5, position 36. (machine.config line 5)"),
        ),
        row(
            section("<proxy proxyaddress=\"http://¦<PROXYADDRESS>:<PROXYPORT>\" />"),
            ID,
            File(
                "'<', hexadecimal value 0x3C, is an invalid attribute character. Line 5, position 29. (machine.config line 5)",
            ),
        ),
        row(
            section("<bypasslist\n  ¦<add address=\"[a-z]+\\.contoso\\.com$\" />\n</bypasslist>"),
            ID,
            File(
                "Name cannot begin with the '<' character, hexadecimal value 0x3C. Line 6, position 3. (machine.config line 6)",
            ),
        ),
        row(
            group("<defaultProxy>\n<proxy proxyaddress=\"http://p:8080\" />\n</¦defaultproxy>"),
            ID,
            File(
                "The 'defaultProxy' start tag on line 4 position 2 does not match the end tag of 'defaultproxy'. Line 6, position 3. (machine.config line 6)",
            ),
        ),
        row(
            section("<proxy proxyaddress=\"http://p:8080\" bypassonlocal=\"true\">\n</bypasslist>")
                .replace("</bypasslist>", "</¦bypasslist>"),
            ID,
            File(
                "The 'proxy' start tag on line 5 position 2 does not match the end tag of 'bypasslist'. Line 6, position 3. (machine.config line 6)",
            ),
        ),
        row(
            format!("{}¦<system.net><defaultProxy /></system.net>\n", file("")),
            ID,
            File("There are multiple root elements. Line 5, position 2. (machine.config line 5)"),
        ),
        row(
            format!("{}¦added by the network team\n", file("")),
            ID,
            File("Data at the root level is invalid. Line 5, position 1. (machine.config line 5)"),
        ),
        row(
            "¦edited 2026-01-07\n<configuration>\n<system.net />\n</configuration>\n",
            ID,
            File("Data at the root level is invalid. Line 1, position 1. (machine.config line 1)"),
        ),
        row(
            section("<!-- netsh winhttp ¦-- old -->"),
            ID,
            File(
                "An XML comment cannot contain '--', and '-' cannot be the last character. Line 5, position 20. (machine.config line 5)",
            ),
        ),
        row(
            file("<system.net>").replace("utf-8", "¦utf-16").replace("<system.net>", "<system.net />"),
            ID,
            File(
                "There is no Unicode byte order mark. Cannot switch to Unicode. Line 1, position 31. (machine.config line 1)",
            ),
        ),
        row(
            section("<proxy¦\u{a0}proxyaddress=\"http://p:8080\" />"),
            ID,
            File(
                "The '\u{a0}' character, hexadecimal value 0xA0, cannot be included in a name. Line 5, position 7. (machine.config line 5)",
            ),
        ),
        row(
            section("<proxy proxyaddress=\"http://p:8080\" ¦\u{a0}bypassonlocal=\"true\" />"),
            ID,
            File(
                "Name cannot begin with the '\u{a0}' character, hexadecimal value 0xA0. Line 5, position 37. (machine.config line 5)",
            ),
        ),
        row(
            section("<proxy proxyaddress=\"http://p:8080 bypassonlocal=\"¦true\" />"),
            ID,
            File("'true' is an unexpected token. Expecting white space. Line 5, position 51. (machine.config line 5)"),
        ),
        row(
            section("<proxy ¦xdt:Transform=\"Replace\" proxyaddress=\"http://p:8080\" />"),
            ID,
            File("'xdt' is an undeclared prefix. Line 5, position 8. (machine.config line 5)"),
        ),
        row(
            section("<proxy proxyaddress¦ \"http://p:8080\" />").replace("¦ ", " ¦"),
            ID,
            File(
                "'\"' is an unexpected token. The expected token is '='. Line 5, position 21. (machine.config line 5)",
            ),
        ),
        row(
            section("<proxy / ¦proxyaddress=\"http://p:8080\">").replace("/ ¦", "/¦ "),
            ID,
            File("' ' is an unexpected token. The expected token is '>'. Line 5, position 9. (machine.config line 5)"),
        ),
    ]
}

/// Elements at the wrong place, twice, or with a wrong name.
fn places() -> Vec<Row> {
    const PLACE: &str = "config-section-misplaced";
    const TWICE: &str = "config-section-duplicated";
    const ONCE: &str = "Sections must only appear once per config file.  See the help topic <location> for exceptions. (machine.config line 6)";
    const BLOCK: &str = "<system.net>\n<defaultProxy><proxy proxyaddress=\"http://p.contoso.example:8080\" /></defaultProxy>\n</system.net>";
    vec![
        row(
            file("¦<system.Net><defaultProxy /></system.Net>"),
            PLACE,
            File("Unrecognized configuration section system.Net. (machine.config line 3)"),
        ),
        row(
            group("¦<defaultproxy enabled=\"true\" />"),
            PLACE,
            File("Unrecognized configuration section system.net/defaultproxy. (machine.config line 4)"),
        ),
        row(
            file("¦<defaultProxy enabled=\"true\" />"),
            PLACE,
            File("Unrecognized configuration section defaultProxy. (machine.config line 3)"),
        ),
        row(
            file("¦<proxy proxyaddress=\"http://p:8080\" />"),
            PLACE,
            File("Unrecognized configuration section proxy. (machine.config line 3)"),
        ),
        row(
            group("¦<proxy proxyaddress=\"http://p:8080\" />"),
            PLACE,
            File("Unrecognized configuration section system.net/proxy. (machine.config line 4)"),
        ),
        row(
            group("<defaultProxy />\n¦<bypasslist><add address=\"a\" /></bypasslist>"),
            PLACE,
            File("Unrecognized configuration section system.net/bypasslist. (machine.config line 5)"),
        ),
        row(
            file(&format!("¦{BLOCK}\n<configSections />")),
            PLACE,
            File(
                "Only one <configSections> element allowed per config file and if present must be the first child of the root <configuration> element. (machine.config line 6)",
            ),
        ),
        row(
            file("<configSections />\n<appSettings />\n¦<configSections />"),
            PLACE,
            File(
                "Only one <configSections> element allowed per config file and if present must be the first child of the root <configuration> element. (machine.config line 5)",
            ),
        ),
        row(
            file("¦<configsections />"),
            PLACE,
            File("Unrecognized configuration section configsections. (machine.config line 3)"),
        ),
        row(
            file("<system.web>\n¦<system.net><defaultProxy /></system.net>\n</system.web>"),
            PLACE,
            File("Unrecognized configuration section system.web/system.net. (machine.config line 4)"),
        ),
        row(
            file("<appSettings>\n¦<system.net><defaultProxy /></system.net>\n</appSettings>"),
            PLACE,
            Section("Unrecognized element 'system.net'. (machine.config line 4)"),
        ),
        row(
            group("<settings>\n¦<defaultProxy />\n</settings>"),
            PLACE,
            Section("Unrecognized element 'defaultProxy'. (machine.config line 5)"),
        ),
        row(file("<runtime>\n¦<system.net><defaultProxy /></system.net>\n</runtime>"), PLACE, Skips),
        row(file("<system.webServer>\n¦<system.net><defaultProxy /></system.net>\n</system.webServer>"), PLACE, Skips),
        row(
            file(
                "<location path=\"Default Web Site\">\n<system.net>\n¦<defaultProxy><proxy proxyaddress=\"http://p:8080\" /></defaultProxy>\n</system.net>\n</location>",
            ),
            PLACE,
            Skips,
        ),
        row(
            section("¦<defaultProxy enabled=\"false\" />"),
            PLACE,
            Section("Unrecognized element 'defaultProxy'. (machine.config line 5)"),
        ),
        row(
            section("¦<bypassList><add address=\"a\" /></bypassList>"),
            PLACE,
            Section("Unrecognized element 'bypassList'. (machine.config line 5)"),
        ),
        row(
            section("¦<Proxy proxyaddress=\"http://p:8080\" />"),
            PLACE,
            Section("Unrecognized element 'Proxy'. (machine.config line 5)"),
        ),
        row(
            section("¦<server address=\"p\" port=\"8080\" />"),
            PLACE,
            Section("Unrecognized element 'server'. (machine.config line 5)"),
        ),
        row(
            section(
                "<proxy proxyaddress=\"http://p:8080\">\n¦<bypasslist><add address=\"a\" /></bypasslist>\n</proxy>",
            ),
            PLACE,
            Section("Unrecognized element 'bypasslist'. (machine.config line 6)"),
        ),
        row(bypass("¦<Add address=\"a\" />"), PLACE, Section("Unrecognized element 'Add'. (machine.config line 6)")),
        row(
            "¦<Configuration>\n<system.net><defaultProxy /></system.net>\n</Configuration>\n",
            PLACE,
            File("Configuration file machine.config does not have root <configuration> tag (machine.config line 1)"),
        ),
        row(
            group("<defaultProxy ¦configSource=\"proxy.config\" enabled=\"true\" />"),
            PLACE,
            File("A section using 'configSource' may contain no other attributes or elements. (machine.config line 4)"),
        ),
        row(group("<defaultProxy />\n<settings />\n¦<defaultProxy enabled=\"true\" />"), TWICE, File(ONCE)),
        row(
            file(&format!("{BLOCK}\n<system.net>\n¦<defaultProxy />\n</system.net>")),
            TWICE,
            File(
                "Sections must only appear once per config file.  See the help topic <location> for exceptions. (machine.config line 7)",
            ),
        ),
        row(
            file(&format!("{BLOCK}\n<location>\n<system.net>\n¦<defaultProxy />\n</system.net>\n</location>")),
            TWICE,
            File(
                "Sections must only appear once per config file.  See the help topic <location> for exceptions. (machine.config line 8)",
            ),
        ),
        row(
            section("<proxy proxyaddress=\"http://p:8080\" />\n¦<proxy bypassonlocal=\"true\" />"),
            TWICE,
            Section("The element <proxy> may only appear once in this section. (machine.config line 6)"),
        ),
        row(
            section("<bypasslist />\n<proxy proxyaddress=\"http://p:8080\" />\n¦<bypasslist />"),
            TWICE,
            Section("The element <bypasslist> may only appear once in this section. (machine.config line 7)"),
        ),
        // To .NET a text begins where the tag in front of it ends.
        row(
            section("¦141").replace("¦141", "\n¦141"),
            "config-not-well-formed",
            Section("The configuration section cannot contain a CDATA or text element. (machine.config line 4)"),
        ),
        row(
            section("¦<![CDATA[<proxy/>]]>"),
            "config-not-well-formed",
            Section("The configuration section cannot contain a CDATA or text element. (machine.config line 4)"),
        ),
        row(
            group("<settings />\n¦see the ticket"),
            "config-not-well-formed",
            File("Unrecognized element. (machine.config line 4)"),
        ),
        row(
            file("<appSettings />\n¦proxy follows"),
            "config-not-well-formed",
            File("Unrecognized element. (machine.config line 3)"),
        ),
    ]
}

/// Names and values of attributes.
fn names_and_values() -> Vec<Row> {
    const ID: &str = "config-attribute-unknown";
    let name = |text: &str, says: &'static str| row(section(text), ID, Section(says));
    vec![
        name(
            "<proxy ¦proxyAddress=\"http://p:8080\" />",
            "Unrecognized attribute 'proxyAddress'. Note that attribute names are case-sensitive. (machine.config line 5)",
        ),
        name(
            "<proxy\n  usesystemdefault=\"true\"\n  ¦bypassOnLocal=\"true\" />",
            "Unrecognized attribute 'bypassOnLocal'. Note that attribute names are case-sensitive. (machine.config line 7)",
        ),
        name(
            "<proxy ¦useSystemDefault=\"true\" />",
            "Unrecognized attribute 'useSystemDefault'. Note that attribute names are case-sensitive. (machine.config line 5)",
        ),
        name(
            "<proxy ¦autodetect=\"true\" />",
            "Unrecognized attribute 'autodetect'. Note that attribute names are case-sensitive. (machine.config line 5)",
        ),
        name(
            "<proxy ¦proxyadress=\"http://p:8080\" />",
            "Unrecognized attribute 'proxyadress'. Note that attribute names are case-sensitive. (machine.config line 5)",
        ),
        name(
            "<proxy proxyaddress=\"http://p:8080\" ¦useDefaultCredentials=\"true\" />",
            "Unrecognized attribute 'useDefaultCredentials'. Note that attribute names are case-sensitive. (machine.config line 5)",
        ),
        name(
            "<proxy ¦enabled=\"false\" />",
            "Unrecognized attribute 'enabled'. Note that attribute names are case-sensitive. (machine.config line 5)",
        ),
        name(
            "<proxy proxyaddress=\"http://p:8080\" ¦userName=\"svc\" />",
            "Unrecognized attribute 'userName'. Note that attribute names are case-sensitive. (machine.config line 5)",
        ),
        name(
            "<proxy proxyaddress=\"http://p:8080\" ¦password=\"s3cr3t!\" />",
            "Unrecognized attribute 'password'. Note that attribute names are case-sensitive. (machine.config line 5)",
        ),
        row(
            group("<defaultProxy ¦UseDefaultCredentials=\"true\" />"),
            ID,
            Section(
                "Unrecognized attribute 'UseDefaultCredentials'. Note that attribute names are case-sensitive. (machine.config line 4)",
            ),
        ),
        row(
            group("<defaultProxy ¦proxyaddress=\"http://p:8080\" />"),
            ID,
            Section(
                "Unrecognized attribute 'proxyaddress'. Note that attribute names are case-sensitive. (machine.config line 4)",
            ),
        ),
        row(
            group("<defaultProxy ¦xmlns=\"http://schemas.microsoft.com/.NetConfiguration/v2.0\" />"),
            ID,
            Section(
                "Unrecognized attribute 'xmlns'. Note that attribute names are case-sensitive. (machine.config line 4)",
            ),
        ),
        row(
            bypass("<add ¦adress=\"[a-z]+\\.contoso\\.com$\" />"),
            ID,
            Section(
                "Unrecognized attribute 'adress'. Note that attribute names are case-sensitive. (machine.config line 6)",
            ),
        ),
        row(
            "<configuration ¦version=\"4\">\n<system.net />\n</configuration>\n",
            ID,
            File(
                "Unrecognized attribute 'version'. Note that attribute names are case-sensitive. (machine.config line 1)",
            ),
        ),
        // A section group takes any attribute and looks at none.
        row(file("<system.net ¦useDefaultCredentials=\"true\">\n<defaultProxy />\n</system.net>"), ID, Skips),
        name(
            "<proxy bypassonlocal=\"¦yes\" />",
            "The value of the property 'bypassonlocal' cannot be parsed. The error is: yes is not a valid value for BypassOnLocalValues. (machine.config line 5)",
        ),
        name(
            "<proxy\n usesystemdefault=\"¦on\" />",
            "The value of the property 'usesystemdefault' cannot be parsed. The error is: on is not a valid value for UseSystemDefaultValues. (machine.config line 6)",
        ),
        name(
            "<proxy autoDetect=\"¦auto\" />",
            "The value of the property 'autoDetect' cannot be parsed. The error is: auto is not a valid value for AutoDetectValues. (machine.config line 5)",
        ),
        row(
            group("<defaultProxy enabled=\"¦yes\" />"),
            ID,
            Section(
                "The value of the property 'enabled' cannot be parsed. The error is: yes is not a valid value for Boolean. (machine.config line 4)",
            ),
        ),
        row(
            group("<defaultProxy useDefaultCredentials=\"¦1\" />"),
            ID,
            Section(
                "The value of the property 'useDefaultCredentials' cannot be parsed. The error is: 1 is not a valid value for Boolean. (machine.config line 4)",
            ),
        ),
        name(
            "<proxy scriptLocation=\"¦wpad.dat\" />",
            "The value of the property 'scriptLocation' cannot be parsed. The error is: Invalid URI: The format of the URI could not be determined. (machine.config line 5)",
        ),
        // The names of a section count before its values.
        name(
            "<proxy bypassonlocal=\"yes\" ¦Enabled=\"true\" />",
            "Unrecognized attribute 'Enabled'. Note that attribute names are case-sensitive. (machine.config line 5)",
        )
        .first_is_elsewhere(),
        row(
            bypass("<add address=\"¦*.contoso.com\" />"),
            ID,
            Proxy(
                "Error creating the Web Proxy specified in the 'system.net/defaultProxy' configuration section. ---> parsing \"*.contoso.com\" - Quantifier {x,y} following nothing.",
            ),
        ),
        row(
            bypass("<add address=\"¦(contoso\" />"),
            ID,
            Proxy(
                "Error creating the Web Proxy specified in the 'system.net/defaultProxy' configuration section. ---> parsing \"(contoso\" - Not enough )'s.",
            ),
        ),
        row(
            bypass("<add address=\"¦[a-z\" />"),
            ID,
            Proxy(
                "Error creating the Web Proxy specified in the 'system.net/defaultProxy' configuration section. ---> parsing \"[a-z\" - Unterminated [] set.",
            ),
        ),
    ]
}

/// Addresses of the proxy.
fn addresses() -> Vec<Row> {
    const ID: &str = "proxy-address-invalid";
    let refused = |value: &str, says: &'static str| {
        row(section(&format!("<proxy proxyaddress=\"{value}\" />")), ID, Section(says))
    };
    let fails = |value: &str, says: &'static str| {
        row(section(&format!("<proxy proxyaddress=\"{value}\" />")), ID, Request(says))
    };
    let taken = |value: &str, id: &'static str| row(section(&format!("<proxy proxyaddress=\"{value}\" />")), id, Takes);
    const HOST: &str = "The value of the property 'proxyaddress' cannot be parsed. The error is: Invalid URI: The hostname could not be parsed. (machine.config line 5)";
    const PORT: &str = "The value of the property 'proxyaddress' cannot be parsed. The error is: Invalid URI: Invalid port specified. (machine.config line 5)";
    const SCHEME: &str = "The value of the property 'proxyaddress' cannot be parsed. The error is: Invalid URI: The URI scheme is not valid. (machine.config line 5)";
    vec![
        refused("¦10.0.0.5:8080", SCHEME),
        refused("¦proxy_1:8080", SCHEME),
        refused("¦“http://p:8080”", SCHEME),
        refused("¦fabrikamproxy", "The value of the property 'proxyaddress' cannot be parsed. The error is: Invalid URI: The format of the URI could not be determined. (machine.config line 5)"),
        row(section("<proxy ¦proxyaddress=\"\" />"), ID, Section("The value of the property 'proxyaddress' cannot be parsed. The error is: Invalid URI: The URI is empty. (machine.config line 5)")).on_tag("<proxy"),
        refused("¦http://p:80 80", PORT),
        refused("¦http://p:808O", PORT),
        refused("¦http://p:80800", PORT),
        refused("¦http://p:8080\u{a0}", PORT),
        refused("¦http://pro xy:8080", HOST),
        refused("¦http://:8080", HOST),
        refused("¦http://[PROXYADDRESS]:8080", HOST),
        fails("¦https://fabrikamproxy:8080", "The ServicePointManager does not support proxies with the https scheme."),
        fails("¦socks://p:1080", "The ServicePointManager does not support proxies with the socks scheme."),
        fails("¦FabrikamProxy:8080", "The ServicePointManager does not support proxies with the fabrikamproxy scheme."),
        fails("¦proxy.contoso.com:8080", "The ServicePointManager does not support proxies with the proxy.contoso.com scheme."),
        taken("¦http://svc:s3cr3t!@p.contoso.example:8080", ID),
        taken("¦http://p\u{200b}.contoso.example:8080", ID),
        taken("¦http://127.0.0.1:8888", ID),
        taken("¦http://p.contoso.example:8080/proxy.pac", ID),
        taken("¦http://fabrikamproxy", "proxy-address-without-port"),
    ]
}

/// Files that .NET takes, with settings that do something else than was meant, and good ones.
fn effects() -> Vec<Row> {
    const PROXY: &str = "<proxy proxyaddress=\"http://p.contoso.example:8080\" />";
    const HEALTHY: &str = "healthy-configuration";
    vec![
        row(group(&format!("<defaultProxy enabled=\"¦false\">\n{PROXY}\n</defaultProxy>")), "proxy-disabled", Takes),
        row(section("¦<proxy usesystemdefault=\"false\" />"), "proxy-disabled", Takes),
        row(section("¦<proxy bypassonlocal=\"true\" />"), "proxy-disabled", Takes),
        row(section("¦<proxy usesystemdefault=\"True\" autoDetect=\"False\" />"), "proxy-disabled", Takes),
        row(section("¦<proxy scriptLocation=\"http://w/p.pac\" bypassonlocal=\"False\" />"), "proxy-disabled", Skips),
        row(section("¦<proxy usesystemdefault=\"true\" />"), "proxy-not-configured", Takes),
        row(section("<proxy scriptLocation=\"¦http://w.contoso.example/p.pac\" />"), "proxy-script-configured", Takes),
        row(
            section("<proxy autoDetect=\"¦true\" proxyaddress=\"http://p.contoso.example:8080\" />"),
            "proxy-script-configured",
            Skips,
        ),
        row(bypass("<add address=\"¦microsoft\" />"), "proxy-bypasses-entra", Takes),
        row(bypass("<add address=\"¦.*\" />"), "proxy-bypasses-entra", Takes),
        row(bypass("<add address=\"¦windows\\.net\" />"), "proxy-bypasses-entra", Takes),
        row(bypass("¦<add address=\"\" />"), "proxy-bypasses-entra", Takes),
        row(bypass("<add address=\"¦10.*\" />"), "proxy-bypass-too-broad", Takes),
        row(bypass("<add address=\"¦fs.contoso.com\" />"), "proxy-bypass-too-broad", Takes),
        // Entries that are taken out again do nothing, whatever they are; a section that is switched off has none.
        row(
            bypass("<add address=\"microsoft\" /><remove address=\"microsoft\" />").replace("http://p", "¦http://p"),
            HEALTHY,
            Takes,
        ),
        row(bypass("<add address=\".*\" /><clear />").replace("http://p", "¦http://p"), HEALTHY, Takes),
        row(bypass("<remove address=\"microsoft\" />").replace("http://p", "¦http://p"), HEALTHY, Takes),
        // The letter case of values does not count, and the numbers of the enumerations are values too.
        row(
            group(
                "<defaultProxy enabled=\"TRUE\" useDefaultCredentials=\"True\">\n<proxy usesystemdefault=\"tRuE\" proxyaddress=\"¦http://p.contoso.example:8080/\" bypassonlocal=\"1\" autoDetect=\"unspecified\" />\n</defaultProxy>",
            ),
            HEALTHY,
            Takes,
        ),
        row(
            section(
                "<!-- old -->\n<bypasslist><add address=\"[^/]*\\.contoso\\.com$\" /></bypasslist>\n<proxy proxyaddress='¦http://10.0.0.5:8080' bypassonlocal='-1' />",
            ),
            HEALTHY,
            Takes,
        ),
        row(
            file(&format!(
                "<location path=\".\"><system.net><defaultProxy>{}</defaultProxy></system.net></location>",
                PROXY.replace("http", "¦http")
            )),
            HEALTHY,
            Takes,
        ),
        row(
            file("¦")
                .replace("<?xml", "¦<?xml")
                .replace("\n¦\n", "\n<!-- <system.net><defaultProxy enabled=\"maybe\" /></system.net> -->\n"),
            HEALTHY,
            Takes,
        ),
    ]
}

impl Row {
    /// The first evidence is another fault that stands further up; the place in the row is that of the complaint.
    fn first_is_elsewhere(self) -> Self {
        let at = self.text.replace('¦', "").find("yes").map(|at| at..at).unwrap_or_default();
        let mut text = self.text.replace('¦', "");
        text.insert(at.start, '¦');
        Row { text, ..self }
    }

    /// An attribute with an empty value has no place of its own: the tag that begins so is shown.
    fn on_tag(self, tag: &str) -> Self {
        let mut text = self.text.replace('¦', "");
        text.insert_str(text.find(tag).unwrap_or(0), "¦");
        Row { text, ..self }
    }

    /// The text without the mark, and the 1-based line and column of the mark.
    fn taken_apart(&self) -> (String, (usize, usize)) {
        let at = self.text.find('¦').unwrap_or_else(|| panic!("no mark in {}", self.text));
        let (before, after) = (&self.text[..at], &self.text[at + '¦'.len_utf8()..]);
        assert!(!after.contains('¦'), "two marks in {}", self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (format!("{before}{after}"), (line, column))
    }
}

fn table() -> Vec<Row> {
    [broken_xml(), places(), names_and_values(), addresses(), effects()].into_iter().flatten().collect()
}

fn read(name: &str, bytes: &[u8]) -> Report {
    let input = Input { name: name.to_owned(), bytes: bytes.to_vec(), corrections: Vec::new() };
    analyze(&[input], &Options::default())
}

fn config(report: &Report) -> &Config {
    &report.facts.configs.first().expect("a configuration is recognised").1
}

/// The first thing that the user sees: the first problem, or else what is said about a good file.
fn first(report: &Report) -> Option<&Diagnosis> {
    let problem = report.diagnoses.iter().find(|diagnosis| diagnosis.severity.is_problem());
    problem
        .or(report.diagnoses.iter().find(|diagnosis| diagnosis.rule.id.starts_with("proxy-")))
        .or(report.diagnoses.first())
}

fn place(report: &Report, diagnosis: &Diagnosis) -> (usize, usize) {
    let span = diagnosis.finding.primary.span;
    let position = report.facts.sources[report.facts.artifacts[span.artifact].source].position(span.start);
    (position.line, position.column)
}

/// What the engine predicts, in the words of the table.
fn predicted(prediction: &Prediction) -> (&'static str, String) {
    match prediction {
        Prediction::Fine => ("takes", String::new()),
        Prediction::Ignored { .. } => ("skips", String::new()),
        Prediction::Refused(refusal) => {
            let stage = match refusal.stage {
                Stage::File => "file",
                Stage::Section => "section",
                Stage::Proxy => "proxy",
                Stage::Request => "request",
            };
            (stage, refusal.printed())
        }
    }
}

fn expected(dotnet: Dotnet) -> (&'static str, String) {
    match dotnet {
        Takes => ("takes", String::new()),
        Skips => ("skips", String::new()),
        File(text) => ("file", text.to_owned()),
        Section(text) => ("section", text.to_owned()),
        Proxy(text) => ("proxy", text.to_owned()),
        Request(text) => ("request", text.to_owned()),
    }
}

#[test]
fn every_fault_gets_its_diagnosis_at_its_place_and_the_words_of_dotnet() {
    let rows = table();
    assert!(rows.len() >= 100, "{} rows", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        let (text, at) = row.taken_apart();
        let report = read("machine.config", text.as_bytes());
        let found = first(&report).map(|diagnosis| (diagnosis.rule.id, place(&report, diagnosis)));
        if found != Some((row.id, at)) {
            wrong.push(format!("{text}  found {found:?}, expected {:?}", (row.id, at)));
        }
        let (says, means) = (predicted(&config(&report).prediction), expected(row.dotnet));
        if says != means {
            wrong.push(format!("{text}  predicted {says:?}\n  expected  {means:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_file_saved_in_another_encoding_reads_the_same_or_is_refused_for_it() {
    let text = section("<proxy proxyAddress=\"http://p:8080\" />");
    let utf16 = |text: &str| -> Vec<u8> {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let marked = ["\u{feff}", &text].concat().into_bytes();
    let wide = utf16(&text.replace("utf-8", "utf-16"));
    for bytes in [text.clone().into_bytes(), marked, wide, text.replace('\n', "\r\n").into_bytes()] {
        let report = read("machine.config", &bytes);
        let diagnosis = first(&report).unwrap();
        assert_eq!((diagnosis.rule.id, place(&report, diagnosis)), ("config-attribute-unknown", (5, 8)));
        let expected = "Unrecognized attribute 'proxyAddress'. Note that attribute names are case-sensitive. (machine.config line 5)";
        assert_eq!(predicted(&config(&report).prediction).1, expected);
    }
    let umlaut = text.replace("<proxy ", "<!-- ge\u{e4}ndert -->\n<proxy ");
    let ansi: Vec<u8> = umlaut.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let report = read("machine.config", &ansi);
    let diagnosis = first(&report).unwrap();
    assert_eq!((diagnosis.rule.id, place(&report, diagnosis)), ("config-not-well-formed", (5, 8)));
    let expected = "Invalid character in the given encoding. Line 5, position 8. (machine.config line 5)";
    assert_eq!(predicted(&config(&report).prediction), ("file", expected.to_owned()));
}

/// The piece that people paste: from the line of `system.net` to the line of its end.
fn piece(text: &str) -> Option<(usize, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.iter().position(|line| line.starts_with("<system.net"))?;
    let to = lines.iter().rposition(|line| line.starts_with("</system.net>"))?;
    (from <= to).then(|| (from, lines[from..=to].join("\n") + "\n"))
}

#[test]
fn the_pasted_block_alone_gets_the_same_answer_without_the_line_of_a_file_nobody_saw() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for row in names_and_values().iter().chain(&addresses()) {
        let (text, (line, column)) = row.taken_apart();
        let Some((above, piece)) = piece(&text) else { continue };
        tried += 1;
        let report = read("Pasted text", piece.as_bytes());
        let found = first(&report).map(|diagnosis| (diagnosis.rule.id, place(&report, diagnosis)));
        if found != Some((row.id, (line - above, column))) {
            wrong.push(format!("{piece}  found {found:?}, expected {:?}", (row.id, (line - above, column))));
        }
        let (stage, message) = expected(row.dotnet);
        let message = message.split(" (machine.config line").next().unwrap_or("").to_owned();
        let says = predicted(&config(&report).prediction);
        if says != (stage, message.clone()) {
            wrong.push(format!("{piece}  predicted {says:?}, expected {:?}", (stage, message)));
        }
    }
    assert!(tried >= 40 && wrong.is_empty(), "{tried} tried, {} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_file_in_the_middle_of_a_mail_is_counted_from_its_own_first_line() {
    let text = section("<proxy proxyAddress=\"http://p:8080\" />");
    let mail = format!("Hello,\n\nthis is machine.config:\n\n{text}\nRegards\nAnna\n");
    let report = read("mail.txt", mail.as_bytes());
    let diagnosis = first(&report).unwrap();
    assert_eq!((diagnosis.rule.id, place(&report, diagnosis)), ("config-attribute-unknown", (9, 8)));
    assert!(predicted(&config(&report).prediction).1.ends_with("(machine.config line 5)"));
}

#[test]
fn a_secret_in_the_file_is_in_no_sentence_of_the_report() {
    let secrets = [
        section("<proxy proxyaddress=\"http://svc:s3cr3t!@p.contoso.example:8080\" />"),
        section("<proxy proxyaddress=\"http://svc:s3cr3t!@p.contoso.example:80 80\" />"),
        section("<proxy proxyaddress=\"http://svc:s3cr3t!@p.contoso.example\" bypassonlocal=\"yes\" />"),
        section("<proxy proxyaddress=\"svc:s3cr3t!@p.contoso.example:8080\" />"),
        section("<proxy proxyaddress=\"https://svc:s3cr3t!@p.contoso.example:8080\" />"),
        section("<proxy proxyaddress=\"http://p:8080\" userName=\"svc\" password=\"s3cr3t!\" />"),
        section("<proxy scriptLocation=\"http//svc:s3cr3t!@p.contoso.example/p.pac\" />"),
    ];
    for text in secrets {
        let report = read("machine.config", text.as_bytes());
        let tells = first(&report).is_some_and(|diagnosis| {
            let told = |value: &str| value.contains("change th");
            diagnosis.finding.args.iter().any(|(_, value)| told(value))
                || diagnosis.rule.id == "config-attribute-unknown"
        });
        assert!(tells || text.contains("https://") || text.contains("\"svc:"), "{text}");
        for diagnosis in &export::report(&report).diagnoses {
            let sentences = std::iter::once(&diagnosis.summary)
                .chain(diagnosis.steps.iter().flat_map(|step| std::iter::once(&step.text).chain(&step.command)))
                .chain(diagnosis.evidence.iter().map(|evidence| &evidence.note));
            for sentence in sentences {
                assert!(!sentence.contains("s3cr3t"), "{}: {sentence}", diagnosis.id);
            }
        }
        assert!(!config(&report).effect.contains("s3cr3t"));
    }
}

#[test]
fn the_name_the_path_and_the_content_tell_which_file_it_is() {
    use advisor_engine::readers::machine_config::{Known, WhichFile};
    let block = section("<proxy proxyaddress=\"http://p.contoso.example:8080\" />");
    let declares = file(
        "<configSections><sectionGroup name=\"system.net\" type=\"System.Net.Configuration.NetSectionGroup, System, Version=4.0.0.0\"><section name=\"defaultProxy\" type=\"x\" /></sectionGroup></configSections>",
    );
    let sync = file(
        "<runtime><dependentAssembly><assemblyIdentity name=\"Microsoft.MetadirectoryServicesEx\" /></dependentAssembly></runtime>",
    );
    let app = file("<startup><supportedRuntime version=\"v4.0\" /></startup>");
    for (name, text, which, known) in [
        ("machine.config", &block, WhichFile::Machine, Known::Name),
        ("machine (2).config", &block, WhichFile::Machine, Known::Name),
        (
            r"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\Config\machine.config",
            &block,
            WhichFile::Machine,
            Known::Path,
        ),
        (
            r"C:\Windows\Microsoft.NET\Framework\v4.0.30319\Config\machine.config",
            &block,
            WhichFile::Machine32,
            Known::Path,
        ),
        (r"Framework64\v2.0.50727\CONFIG\machine.config", &block, WhichFile::MachineV2, Known::Path),
        ("miiserver.exe.config", &block, WhichFile::Miiserver, Known::Path),
        ("AzureADConnect.exe.config", &block, WhichFile::Wizard, Known::Path),
        ("AADConnectProvisioningAgent.exe.config", &block, WhichFile::Agent, Known::Path),
        ("AzureADConnectAuthenticationAgentService.exe.config", &block, WhichFile::Agent, Known::Path),
        ("ApplicationProxyConnectorService.exe.config", &block, WhichFile::Agent, Known::Path),
        ("powershell.exe.config", &block, WhichFile::PowerShell, Known::Path),
        ("web.config", &block, WhichFile::Web, Known::Name),
        ("shop.exe.config", &block, WhichFile::OtherApp, Known::Name),
        ("Pasted text", &declares, WhichFile::Machine, Known::Content),
        ("Pasted text", &declares.replace("4.0.0.0", "2.0.0.0"), WhichFile::MachineV2, Known::Content),
        ("Pasted text", &sync, WhichFile::Miiserver, Known::Content),
        ("Pasted text", &app, WhichFile::OtherApp, Known::Content),
        ("Pasted text", &block, WhichFile::Machine, Known::Assumed),
    ] {
        let report = read(name, text.as_bytes());
        let config = config(&report);
        assert_eq!((config.which, config.which_known), (which, known), "{name}");
    }
}

#[test]
fn a_good_block_from_an_unknown_file_makes_the_advisor_ask_for_the_path() {
    let block = section("<proxy proxyaddress=\"http://p.contoso.example:8080\" />");
    let asks = |report: &Report| report.ask_for.iter().any(|ask| ask.what.contains("full path"));
    assert!(asks(&read("Pasted text", block.as_bytes())));
    let path = r"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\Config\machine.config";
    assert!(!asks(&read(path, block.as_bytes())) && !asks(&read("machine.config", block.as_bytes())));
}

/// A configuration out of the specimens: what .NET does with it, what the user sees first, and where.
struct Specimen(&'static str, &'static str, (usize, usize), Dotnet);

/// Confirmed by the threads that they come from; see the index of the specimens.
const SPECIMENS: &[Specimen] = &[
    Specimen(
        "config-issue-1.config",
        "config-section-misplaced",
        (3, 13),
        Section("Unrecognized element 'defaultProxy'."),
    ),
    Specimen(
        "config-issue-2.config",
        "config-attribute-unknown",
        (3, 20),
        Section("Unrecognized attribute 'enabled'. Note that attribute names are case-sensitive."),
    ),
    Specimen(
        "config-issue-4.config",
        "config-not-well-formed",
        (10, 9),
        File(
            "Name cannot begin with the '<' character, hexadecimal value 0x3C. Line 10, position 9. (machine.config line 10)",
        ),
    ),
    Specimen("config-issue-7.config", "proxy-address-invalid", (3, 22), Takes),
    Specimen("config-issue-8.config", "proxy-not-configured", (5, 1), Takes),
    Specimen("machine-config-1.config", "healthy-configuration", (1, 1), Takes),
    Specimen(
        "machine-config-2.config",
        "config-not-well-formed",
        (3, 30),
        File(
            "'”' is an unexpected token. The expected token is '\"' or '''. Line 3, position 30. (machine.config line 3)",
        ),
    ),
    Specimen("machine-config-4.config", "healthy-configuration", (1, 1), Takes),
];

/// The specimens are texts of others and no part of the project: `None` where they are not at hand.
fn specimen(file: &str) -> Option<Vec<u8>> {
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/samples").join(file)).ok()
}

#[test]
fn every_specimen_is_answered_as_its_thread_was() {
    let mut wrong = Vec::new();
    for Specimen(file, id, at, dotnet) in SPECIMENS {
        let Some(bytes) = specimen(file) else { continue };
        let report = read(file, &bytes);
        let found = first(&report).map(|diagnosis| (diagnosis.rule.id, place(&report, diagnosis)));
        let says = predicted(&config(&report).prediction);
        if found != Some((*id, *at)) || says != expected(*dotnet) {
            wrong.push(format!("{file}: {found:?} {says:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const DIRECT_FAILURE: &str = "PS C:\\> Invoke-WebRequest -Uri https://adminwebservice.microsoftonline.com/ProvisioningService.svc\nInvoke-WebRequest : Unable to connect to the remote server\n";
const WANTS_SIGN_IN: &str = "1767600001.100 2 10.1.0.5 TCP_DENIED/407 4120 CONNECT login.microsoftonline.com:443 - HIER_NONE/- text/html\n1767600002.100 2 10.1.0.5 TCP_DENIED/407 4120 CONNECT adminwebservice.microsoftonline.com:443 - HIER_NONE/- text/html\n";

/// What a fresh server has: declarations, no proxy. Real ones have 37 KB of it.
fn default_file() -> String {
    let names = [
        "appSettings",
        "connectionStrings",
        "mscorlib",
        "runtime",
        "startup",
        "system.codedom",
        "system.data",
        "system.diagnostics",
        "system.windows.forms",
        "uri",
        "windows",
        "system.webServer",
    ];
    let sections: String = names.iter().map(|name| format!("    <section name=\"{name}\" type=\"System.Configuration.IgnoreSection, System.Configuration, Version=4.0.0.0\" />\n")).collect();
    file(&format!(
        "  <configSections>\n{sections}    <sectionGroup name=\"system.net\" type=\"System.Net.Configuration.NetSectionGroup, System, Version=4.0.0.0\">\n      <section name=\"defaultProxy\" type=\"System.Net.Configuration.DefaultProxySection, System, Version=4.0.0.0\" />\n    </sectionGroup>\n  </configSections>\n  <runtime />\n  <system.web>\n    <processModel autoConfig=\"true\" />\n  </system.web>"
    ))
}

#[test]
fn a_default_machine_config_is_right_for_a_direct_design_and_wrong_where_a_proxy_is_needed() {
    let mut files = vec![default_file().into_bytes()];
    files.extend(specimen("machine-config-1.config"));
    for bytes in files {
        let with = |name: &str, text: &str| {
            let input = |name: &str, bytes: &[u8]| Input {
                name: name.to_owned(),
                bytes: bytes.to_vec(),
                corrections: Vec::new(),
            };
            analyze(&[input("machine.config", &bytes), input(name, text.as_bytes())], &Options::default())
        };
        let ids = |report: &Report| report.diagnoses.iter().map(|diagnosis| diagnosis.rule.id).collect::<Vec<_>>();
        let failed = with("test.txt", DIRECT_FAILURE);
        assert_eq!(first(&failed).map(|diagnosis| diagnosis.rule.id), Some("proxy-not-configured"));
        let direct = with("note.txt", "The server goes out directly, there is no proxy. Everything works.\n");
        assert!(ids(&direct).contains(&"healthy-configuration"), "{:?}", ids(&direct));
        for (name, text) in [("test.txt", DIRECT_FAILURE), ("access.log", WANTS_SIGN_IN)] {
            let needed = with(name, text);
            assert!(ids(&needed).contains(&"proxy-not-configured"), "{name}: {:?}", ids(&needed));
            assert!(!ids(&needed).contains(&"healthy-configuration"), "{name}");
        }
    }
}

/// Text that a hostile or a broken file is made of, over and over.
const UNITS: [&str; 22] = [
    "<a>",
    "</a>",
    "<",
    "<proxy ",
    "<proxy x=\"“",
    "<defaultProxy>\n",
    "<defaultProxy><proxy/></defaultProxy>",
    "<system.net><defaultProxy proxyaddress=\"\"/></system.net>",
    "<configSections/>",
    "<location path=\"a\"><system.net><defaultProxy/></system.net></location>",
    "<bypasslist><add address=\"*\"/><remove address=\"*\"/></bypasslist>",
    "<add address=\"(((((\"/>",
    "<b xmlns:c=\"d\" c:e=\"f\"/>",
    "a=\"b\" ",
    "<!--",
    "<!-- <defaultProxy> -->\n",
    "<![CDATA[",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "&a;",
    "&lt;proxy a=&quot;",
    "> <add\n",
    "x\n\n",
];

/// How much a reading holds: everything that is kept, as text.
fn size(config: &Config) -> usize {
    format!("{config:?}").len()
}

#[test]
fn what_is_kept_of_a_hostile_file_grows_with_the_file_and_no_faster() {
    for unit in UNITS {
        for (before, after) in
            [("", ""), ("<configuration>", "</configuration>"), ("<configuration><system.net><defaultProxy>", "")]
        {
            let of = |length: usize| {
                let text = format!("{before}{}{after}", unit.repeat(length / unit.len()));
                let report = read("machine.config", text.as_bytes());
                report.facts.configs.iter().map(|(_, config)| size(config)).sum::<usize>()
            };
            let (small, large) = (of(20_000), of(160_000));
            assert!(large <= 8 * small + 100_000, "{before}{unit}: {small} bytes grow to {large}");
        }
    }
}

#[test]
fn depth_entities_and_length_are_answered_like_any_other_fault() {
    let deep = format!("<configuration>{}", "<system.net>".repeat(300_000));
    let report = read("machine.config", deep.as_bytes());
    assert_eq!(first(&report).map(|diagnosis| diagnosis.rule.id), Some("config-not-well-formed"));

    let mut bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE configuration [\n<!ENTITY a0 \"ha\">\n".to_owned();
    for level in 1..60 {
        bomb += &format!("<!ENTITY a{level} \"{}\">\n", format!("&a{};", level - 1).repeat(10));
    }
    bomb += "]>\n<configuration>\n<system.net>\n&a59;\n</system.net>\n</configuration>\n";
    let report = read("machine.config", bomb.as_bytes());
    assert_eq!(first(&report).map(|diagnosis| diagnosis.rule.id), Some("config-not-well-formed"));
    assert!(size(config(&report)) < 20_000);

    let long = "a".repeat(10_000_000);
    for text in [
        section(&format!("<proxy proxyaddress=\"http://{long}:8080\" />")),
        section(&format!("<proxy proxyaddress=\"{long}:8080\" />")),
        section(&format!("<proxy {long}=\"true\" />")),
        section(&format!("<proxy bypassonlocal=\"{long}\" />")),
        section(&format!(
            "<proxy proxyaddress=\"http://p:8080\" /><bypasslist><add address=\"{long}\" /></bypasslist>"
        )),
        section(&format!("<proxy {} />", "a=\"b\" ".repeat(1_000_000))),
        section(&format!("<proxy {} />", (0..400_000).map(|n| format!("a{n}=\"b\" ")).collect::<String>())),
    ] {
        let report = read("machine.config", text.as_bytes());
        let sentences = report.diagnoses.iter().map(|diagnosis| diagnosis.finding.primary.note.len()).sum::<usize>();
        assert!(!report.diagnoses.is_empty() && sentences < 30_000, "{sentences} bytes of sentences");
    }
    // An address of this length is refused for its length.
    let report = read(
        "machine.config",
        section(&format!("<proxy proxyaddress=\"http://{}:8080\" />", "a".repeat(70_000))).as_bytes(),
    );
    let expected = "The value of the property 'proxyaddress' cannot be parsed. The error is: Invalid URI: The Uri string is too long. (machine.config line 5)";
    assert_eq!(predicted(&config(&report).prediction), ("section", expected.to_owned()));
}
