//! Which section the address names: `#/endpoints/china/login.partner.microsoftonline.cn`. No view.

/// A section of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Evidence in, answer out.
    Diagnose,
    /// Writes the proxy configuration.
    Configuration,
    /// Writes and checks allow-lists.
    AllowList,
    /// The catalogue of endpoints.
    Endpoints,
    /// The catalogue of errors.
    Errors,
}

impl Section {
    /// Every section, in the order of the bar.
    pub const ALL: [Self; 5] = [Self::Diagnose, Self::Configuration, Self::AllowList, Self::Endpoints, Self::Errors];

    /// Its name in the address. The first section is what opens without one.
    pub fn id(self) -> &'static str {
        match self {
            Self::Diagnose => "",
            Self::Configuration => "configuration",
            Self::AllowList => "allow-list",
            Self::Endpoints => "endpoints",
            Self::Errors => "errors",
        }
    }

    /// Whether its entries have addresses of their own.
    fn has_entries(self) -> bool {
        matches!(self, Self::Endpoints | Self::Errors)
    }
}

/// What an address leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// A section, or one entry of it.
    Section(Section, Option<String>),
    /// Nothing that is known; the address as it was given.
    Unknown(String),
}

/// Reads the part of an address from its `#` on, percent signs decoded. A hash that does not begin with `#/` names a
/// place inside the page and no section.
pub fn read(hash: &str) -> Route {
    let Some(path) = hash.strip_prefix("#/") else { return Route::Section(Section::Diagnose, None) };
    let (name, entry) = path.split_once('/').unwrap_or((path, ""));
    let known = Section::ALL.into_iter().find(|section| section.id() == name);
    match (known, entry.trim_end_matches('/')) {
        (Some(section), "") => Route::Section(section, None),
        (Some(section), entry) if section.has_entries() => Route::Section(section, Some(entry.to_owned())),
        _ => Route::Unknown(hash.to_owned()),
    }
}

/// The address of a section, or of one entry of it, from its `#` on.
pub fn hash(section: Section, entry: Option<&str>) -> String {
    match entry {
        Some(entry) => format!("#/{}/{entry}", section.id()),
        None => format!("#/{}", section.id()),
    }
}
