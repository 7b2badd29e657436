//! What a file is that is not Microsoft's list, and how to get the list.

/// Why a file cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing in it.
    Empty,
    /// A web page: an error page, a sign-in page or the documentation itself.
    WebPage,
    /// The news feed of the web service.
    Feed,
    /// The answer in CSV.
    Csv,
    /// The answer of the method "version".
    Versions,
    /// The answer of the method "changes".
    Changes,
    /// The list of Azure address ranges and service tags.
    ServiceTags,
    /// An error message in JSON.
    ErrorMessage,
    /// JSON of some other kind.
    OtherJson,
    /// Ends before anything about sign-in was read.
    CutOff,
    /// JSON with a mistake in it.
    BrokenJson {
        /// 1-based line.
        line: usize,
        /// 1-based column.
        column: usize,
    },
    /// The right shape, and no set about sign-in in it.
    NoSignIn,
    /// More than any edition of the list.
    TooBig,
    /// Neither JSON nor anything known.
    OtherText,
}

/// How to get the list.
const GET: &str = "Open https://endpoints.office.com/endpoints/Worldwide?ClientRequestId= with a new GUID behind the equals \
                   sign, and save the answer. Other instances: China, USGOVGCCHigh, USGOVDoD.";

impl Refusal {
    /// What the file is, and what to do, for the user.
    pub fn text(&self) -> String {
        let what = match self {
            Self::Empty => "The file is empty.".to_owned(),
            Self::WebPage => {
                "This is a web page, not the list: an error or sign-in page of the proxy, or the documentation \
                              instead of the web service."
                    .to_owned()
            }
            Self::Feed => "This is the news feed of the web service, not the list.".to_owned(),
            Self::Csv => "This is CSV. Leave out \"format=CSV\": the comparison needs JSON.".to_owned(),
            Self::Versions => {
                "This is the answer of the method \"version\": it has version numbers and no hosts.".to_owned()
            }
            Self::Changes => {
                "This is the answer of the method \"changes\": it has what changed, not what holds today.".to_owned()
            }
            Self::ServiceTags => {
                "This is the list of Azure address ranges and service tags: it has addresses and no hosts, \
                                  and Microsoft 365 has a list of its own."
                    .to_owned()
            }
            Self::ErrorMessage => {
                "This is an error message of a web service, not the list. Asked too often, it answers \
                                   429: wait an hour or take a new GUID."
                    .to_owned()
            }
            Self::OtherJson => {
                "This is JSON, but not the list: an array of sets with \"id\", \"serviceArea\" and \"urls\" was \
                                expected."
                    .to_owned()
            }
            Self::CutOff => {
                "The file ends in the middle, before anything about sign-in. Save it again in full.".to_owned()
            }
            Self::BrokenJson { line, column } => {
                format!("The JSON has a mistake in line {line}, column {column}. Was it edited or copied from a page?")
            }
            Self::NoSignIn => {
                "The file has the shape of the list, but none of its sets names a sign-in host, so there is \
                               nothing to compare. Save the whole answer, not a part of it."
                    .to_owned()
            }
            Self::TooBig => "The file names more than 20,000 hosts. Microsoft's list has a few hundred.".to_owned(),
            Self::OtherText => "This is not JSON.".to_owned(),
        };
        format!("{what} {GET}")
    }
}
