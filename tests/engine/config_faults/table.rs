//! The rows: files, the diagnosis that the user sees first, and what .NET does.

/// What .NET does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dotnet {
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
pub struct Row {
    pub text: String,
    pub id: &'static str,
    pub dotnet: Dotnet,
}

fn row(text: impl Into<String>, id: &'static str, dotnet: Dotnet) -> Row {
    Row { text: text.into(), id, dotnet }
}

/// A whole file with this, from line 3 on, in its root element.
pub fn file(inside: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration>\n{inside}\n</configuration>\n")
}

/// A whole file with this, from line 4 on, in `system.net`.
fn group(inside: &str) -> String {
    file(&format!("<system.net>\n{inside}\n</system.net>"))
}

/// A whole file with this, from line 5 on, in `defaultProxy`.
pub fn section(inside: &str) -> String {
    group(&format!("<defaultProxy>\n{inside}\n</defaultProxy>"))
}

/// A whole file whose line 6 is this entry of the bypass list.
fn bypass(entry: &str) -> String {
    section(&format!("<proxy proxyaddress=\"http://p.contoso.example:8080\" /><bypasslist>\n{entry}\n</bypasslist>"))
}

/// Files that are no XML. Line and position are those of the reader of .NET.
pub fn broken_xml() -> Vec<Row> {
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
pub fn places() -> Vec<Row> {
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
pub fn names_and_values() -> Vec<Row> {
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
pub fn addresses() -> Vec<Row> {
    const ID: &str = "proxy-address-invalid";
    const HOST: &str = "The value of the property 'proxyaddress' cannot be parsed. The error is: Invalid URI: The hostname could not be parsed. (machine.config line 5)";
    const PORT: &str = "The value of the property 'proxyaddress' cannot be parsed. The error is: Invalid URI: Invalid port specified. (machine.config line 5)";
    const SCHEME: &str = "The value of the property 'proxyaddress' cannot be parsed. The error is: Invalid URI: The URI scheme is not valid. (machine.config line 5)";
    let refused = |value: &str, says: &'static str| {
        row(section(&format!("<proxy proxyaddress=\"{value}\" />")), ID, Section(says))
    };
    let fails = |value: &str, says: &'static str| {
        row(section(&format!("<proxy proxyaddress=\"{value}\" />")), ID, Request(says))
    };
    let taken = |value: &str, id: &'static str| row(section(&format!("<proxy proxyaddress=\"{value}\" />")), id, Takes);
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
pub fn effects() -> Vec<Row> {
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
        text.insert(text.find(tag).unwrap_or(0), '¦');
        Row { text, ..self }
    }

    /// The text without the mark, and the 1-based line and column of the mark.
    pub fn taken_apart(&self) -> (String, (usize, usize)) {
        let at = self.text.find('¦').unwrap_or_else(|| panic!("no mark in {}", self.text));
        let (before, after) = (&self.text[..at], &self.text[at + '¦'.len_utf8()..]);
        assert!(!after.contains('¦'), "two marks in {}", self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (format!("{before}{after}"), (line, column))
    }
}
