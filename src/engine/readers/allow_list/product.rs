//! The products that read lists of hosts, and what a name, a leading dot and a star mean to each.

/// Whose syntax a list is in, and whose meaning of wildcards holds. Public ids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Product {
    /// A list of names for a product that nobody named: `*.x` is read as everything below `x`, without `x` itself.
    #[default]
    Plain,
    /// The same as a table with columns.
    Csv,
    /// Squid, `acl … dstdomain`: `.x` is `x` and everything below it; a star is no wildcard.
    Squid,
    /// Palo Alto URL category or external dynamic list: `*.x` is everything below `x`, without `x` itself; `^.x`
    /// is exactly one label below; a leading dot is no wildcard.
    PaloAlto,
    /// `FortiGate` URL filter: each entry says whether it is simple, a wildcard or a regular expression.
    FortiGate,
    /// Zscaler custom category: `.x` is `x` and up to five labels below it; `x` is that name only; no star.
    Zscaler,
    /// Blue Coat (Symantec, Broadcom Edge SWG) policy or local database: `x` is `x` and everything below it; no star.
    BlueCoat,
    /// Azure Firewall application rule: `*.x` is everything below `x`, without `x` itself.
    AzureFirewall,
    /// Cisco Umbrella destination list: `x` is `x` and everything below it; no star.
    Umbrella,
    /// A proxy auto-configuration script: what it says is computed.
    Pac,
}

/// What a text that is no bare name means to a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The name and everything below it.
    NameAndBelow,
    /// Everything below the name, not the name itself.
    Below,
    /// That name only.
    NameOnly,
    /// Nothing: the product does not know this form.
    Nothing,
}

impl Product {
    /// Every product, in the order in which a form offers them.
    pub const ALL: [Self; 10] = [
        Self::Plain,
        Self::Csv,
        Self::Squid,
        Self::PaloAlto,
        Self::FortiGate,
        Self::Zscaler,
        Self::BlueCoat,
        Self::AzureFirewall,
        Self::Umbrella,
        Self::Pac,
    ];

    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Csv => "csv",
            Self::Squid => "squid",
            Self::PaloAlto => "palo-alto",
            Self::FortiGate => "fortigate",
            Self::Zscaler => "zscaler",
            Self::BlueCoat => "blue-coat",
            Self::AzureFirewall => "azure-firewall",
            Self::Umbrella => "umbrella",
            Self::Pac => "pac",
        }
    }

    /// The product with this public id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|product| product.id() == id)
    }

    /// What to call it in a list to choose from.
    pub fn title(self) -> &'static str {
        match self {
            Self::Plain => "Plain list of hosts",
            Self::Csv => "CSV table",
            Self::Squid => "Squid (dstdomain)",
            Self::PaloAlto => "Palo Alto (URL category or EDL)",
            Self::FortiGate => "FortiGate (URL filter)",
            Self::Zscaler => "Zscaler (custom URL category)",
            Self::BlueCoat => "Blue Coat / Symantec Edge SWG (CPL, local database)",
            Self::AzureFirewall => "Azure Firewall (application rules)",
            Self::Umbrella => "Cisco Umbrella (destination list)",
            Self::Pac => "PAC script",
        }
    }

    /// The name of the product, for a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "a plain list of names",
            Self::Csv => "a table of names",
            Self::Squid => "a Squid configuration",
            Self::PaloAlto => "a Palo Alto URL list",
            Self::FortiGate => "a FortiGate URL filter",
            Self::Zscaler => "a Zscaler URL category",
            Self::BlueCoat => "a Blue Coat policy",
            Self::AzureFirewall => "an Azure Firewall rule",
            Self::Umbrella => "a Cisco Umbrella destination list",
            Self::Pac => "a PAC script",
        }
    }

    /// What its wildcards mean, for a sentence. For an unknown product it says what is assumed.
    pub fn wildcards(self) -> &'static str {
        match self {
            Self::Plain | Self::Csv => {
                "The product is not known. It is assumed that \"*.example.com\" covers the names below example.com \
                 and not example.com itself"
            }
            Self::PaloAlto | Self::AzureFirewall => {
                "There \"*.example.com\" covers the names below example.com, but not example.com itself, and a leading \
                 dot is no wildcard"
            }
            Self::Squid => {
                "There \".example.com\" covers example.com and all names below it, \"example.com\" only that name, and \
                 \"*.example.com\" nothing"
            }
            Self::Zscaler => {
                "There \".example.com\" covers example.com and up to five labels below it, \"example.com\" only that \
                 name, and \"*.example.com\" is not permitted"
            }
            Self::FortiGate => {
                "There an entry of type wildcard, \"*.example.com\", covers the names below example.com, but not \
                 example.com itself; the type simple knows no star"
            }
            Self::BlueCoat | Self::Umbrella => {
                "There \"example.com\" covers all names below it as well, and a star is not supported"
            }
            Self::Pac => "A script compares texts: dnsDomainIs(host, \".example.com\") is false for example.com itself",
        }
    }

    /// Whether the meaning of its wildcards is documented by the vendor, and not assumed.
    pub fn is_documented(self) -> bool {
        !matches!(self, Self::Plain | Self::Csv | Self::AzureFirewall | Self::FortiGate)
    }

    /// The entry that lets exactly this host through.
    pub fn entry_for_name(self, host: &str) -> String {
        match self {
            Self::PaloAlto => format!("{host}/"),
            Self::Squid => format!("acl entra_connect dstdomain {host}"),
            Self::FortiGate => format!("set url \"{host}\"  (type simple)"),
            Self::Pac => format!("host == \"{host}\""),
            _ => host.to_owned(),
        }
    }

    /// The entry that lets everything below this name through.
    pub fn entry_for_zone(self, zone: &str) -> String {
        match self {
            Self::PaloAlto => format!("*.{zone}/"),
            Self::Squid => format!("acl entra_connect dstdomain .{zone}"),
            Self::Zscaler => format!(".{zone}"),
            Self::FortiGate => format!("set url \"*.{zone}\"  (type wildcard)"),
            Self::BlueCoat | Self::Umbrella => zone.to_owned(),
            Self::Pac => format!("dnsDomainIs(host, \".{zone}\")"),
            Self::Plain | Self::Csv | Self::AzureFirewall => format!("*.{zone}"),
        }
    }

    /// What is pasted into a list of this product to let exactly this host through: [`Self::entry_for_name`], or
    /// the whole of it where the entry takes several lines.
    pub fn lines_for_name(self, host: &str) -> String {
        match self {
            Self::FortiGate => url_filter_entry(0, host, "simple"),
            _ => self.entry_for_name(host),
        }
    }

    /// What is pasted into a list of this product to let everything below this name through.
    pub fn lines_for_zone(self, zone: &str) -> String {
        match self {
            Self::FortiGate => url_filter_entry(0, &format!("*.{zone}"), "wildcard"),
            _ => self.entry_for_zone(zone),
        }
    }

    /// What else has to stand in the configuration before entries take effect.
    pub fn lines_for_use(self) -> Option<&'static str> {
        // A set of names does nothing in Squid until a rule uses it, and the first rule that fits decides.
        let squid = "# above the first http_access deny that concerns this server:\nhttp_access allow entra_connect";
        (self == Self::Squid).then_some(squid)
    }

    /// What `x` means.
    pub(super) fn bare(self) -> Meaning {
        match self {
            Self::BlueCoat | Self::Umbrella => Meaning::NameAndBelow,
            _ => Meaning::NameOnly,
        }
    }

    /// What `.x` means. Of an unknown product: what it means to most that know it.
    pub(super) fn dotted(self) -> Meaning {
        match self {
            Self::Squid | Self::Zscaler | Self::BlueCoat | Self::Umbrella | Self::Plain | Self::Csv => {
                Meaning::NameAndBelow
            }
            Self::PaloAlto | Self::AzureFirewall | Self::FortiGate | Self::Pac => Meaning::Nothing,
        }
    }

    /// What `*.x` means.
    pub(super) fn starred(self) -> Meaning {
        match self {
            Self::Plain | Self::Csv | Self::PaloAlto | Self::AzureFirewall | Self::FortiGate | Self::Pac => {
                Meaning::Below
            }
            Self::Squid | Self::Zscaler | Self::BlueCoat | Self::Umbrella => Meaning::Nothing,
        }
    }
}

/// One entry for the console of `FortiOS`, inside `config entries`. Number 0 takes the next free one, so that no entry
/// that is there is written over.
pub fn url_filter_entry(number: usize, url: &str, kind: &str) -> String {
    format!(
        "edit {number}\n    set url \"{url}\"\n    set type {kind}\n    set action exempt\n    set status enable\nnext"
    )
}

/// How the product became known. Public ids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HowKnown {
    /// The user chose it.
    Chosen,
    /// No other product is written like that.
    Syntax,
    /// The name of the file, a comment, or the text around the list names it.
    Said,
    /// Nothing tells.
    #[default]
    Assumed,
}

impl HowKnown {
    /// The public id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Chosen => "chosen",
            Self::Syntax => "syntax",
            Self::Said => "said",
            Self::Assumed => "assumed",
        }
    }
}

/// The product that a text names, when it names exactly one.
pub fn named_in(text: &str) -> Option<Product> {
    let text = text.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let says_word = |wanted: &str| text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == wanted);
    let named = [
        (
            Product::PaloAlto,
            says(&["external dynamic list", "palo alto", "paloalto", "pan-os", "panorama", "prisma access"])
                || says_word("edl"),
        ),
        (Product::Squid, says(&["dstdomain", "squid"])),
        (Product::FortiGate, says(&["fortigate", "fortinet", "fortios", "fortiproxy", "forti web filter"])),
        (Product::Zscaler, says(&["zscaler"]) || says_word("zia")),
        (Product::BlueCoat, says(&["blue coat", "bluecoat", "proxysg", "edge swg", "symantec proxy"])),
        (Product::AzureFirewall, says(&["azure firewall", "azfw", "targetfqdns"])),
        (Product::Umbrella, says(&["umbrella"])),
    ];
    let mut found = named.into_iter().filter(|(_, said)| *said).map(|(product, _)| product);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

impl Product {
    /// The entry that lets this host through, be it a name, a family of names or a zone.
    pub fn entry_for(self, host: &str) -> String {
        match host.split_once('*') {
            None => self.entry_for_name(host),
            Some((_, rest)) => self.entry_for_zone(zone_behind(rest)),
        }
    }

    /// What is pasted to let this host through, be it a name, a family of names or a zone.
    pub fn lines_for(self, host: &str) -> String {
        match host.split_once('*') {
            None => self.lines_for_name(host),
            Some((_, rest)) => self.lines_for_zone(zone_behind(rest)),
        }
    }
}

/// The zone behind a star: of `-anchor.example.com` it is `example.com`.
fn zone_behind(rest: &str) -> &str {
    rest.split_once('.').map_or(rest, |(_, zone)| zone)
}
