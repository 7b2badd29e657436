//! The ways in which one error number is written. They are derived here, so that an entry names its number once.

/// A number of an error, by its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Number {
    /// A system error of Windows: Winsock 10000-11999, `WinHTTP` and `WinINet` 12000-12999, and the small ones. As an
    /// HRESULT it is `0x80070000` plus the number.
    System(u16),
    /// An HRESULT, or a status of a security package or of the certificate functions.
    Result(u32),
    /// An HTTP status as an HRESULT of BITS and `WinHTTP` callers: `0x80190000` plus the status. The bare status is no
    /// form of it, for it stands in too many texts.
    Status(u16),
    /// A number of the sign-in service, `AADSTS` and digits; logs and answers in JSON show the digits alone.
    SignIn(u32),
}

/// How a number is written, which tells how much may stand around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// `0x80072EE7`, `AADSTS50126`: nothing else looks like it.
    Marked,
    /// `80072EE7`: eight hex digits, which may be part of a longer id.
    Bare,
    /// `-2147012889`: the HRESULT as a signed number of 32 bits.
    Signed,
    /// `2147954407`: the HRESULT as an unsigned number of 32 bits.
    Unsigned,
    /// `12007`: a few digits, which mean an error only where the text says so: `error 12007`, `(12007)`.
    Short,
    /// `50126`: digits that mean the sign-in service only behind `error code` or `error_codes`.
    SignIn,
}

impl Number {
    /// The number as the programs that report it write it first: `12007`, `0x80090325`, `AADSTS50126`.
    pub fn name(self) -> String {
        match self {
            Self::System(number) => number.to_string(),
            Self::Result(number) => format!("0x{number:08X}"),
            Self::Status(number) => format!("HTTP {number}"),
            Self::SignIn(number) => format!("AADSTS{number}"),
        }
    }

    /// The HRESULT, where the number has one.
    pub fn result(self) -> Option<u32> {
        match self {
            Self::System(number) => Some(0x8007_0000 | u32::from(number)),
            Self::Result(number) => Some(number),
            Self::Status(number) => Some(0x8019_0000 | u32::from(number)),
            Self::SignIn(_) => None,
        }
    }

    /// Every way in which people and programs write it.
    pub fn forms(self) -> Vec<(String, Form)> {
        let mut forms = Vec::new();
        match self {
            Self::System(number) => {
                forms.push((number.to_string(), Form::Short));
                forms.push((format!("0x{number:X}"), Form::Marked));
                forms.push((format!("0x{number:08X}"), Form::Marked));
            }
            Self::Result(_) | Self::Status(_) => {}
            Self::SignIn(number) => {
                forms.push((self.name(), Form::Marked));
                forms.push((number.to_string(), Form::SignIn));
            }
        }
        if let Some(result) = self.result() {
            forms.push((format!("0x{result:08X}"), Form::Marked));
            forms.push((format!("{result:08X}"), Form::Bare));
            forms.push((result.cast_signed().to_string(), Form::Signed));
            forms.push((result.to_string(), Form::Unsigned));
        }
        forms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(number: Number) -> Vec<String> {
        number.forms().into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn a_system_error_is_known_in_every_form_that_tools_print() {
        let forms = written(Number::System(12007));
        for form in ["12007", "0x2EE7", "0x00002EE7", "0x80072EE7", "80072EE7", "-2147012889", "2147954407"] {
            assert!(forms.iter().any(|written| written == form), "{form} is not in {forms:?}");
        }
    }

    #[test]
    fn a_security_status_is_known_in_every_form_that_tools_print() {
        let forms = written(Number::Result(0x8009_0325));
        for form in ["0x80090325", "80090325", "-2146893019", "2148074277"] {
            assert!(forms.iter().any(|written| written == form), "{form} is not in {forms:?}");
        }
    }

    #[test]
    fn a_number_of_the_sign_in_service_is_no_windows_error() {
        assert_eq!(written(Number::SignIn(50126)), ["AADSTS50126", "50126"]);
    }
}
