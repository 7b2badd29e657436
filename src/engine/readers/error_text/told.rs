//! How a text speaks of a host: as the one that was called, as one that was reached, or as a mere value beside it.
//! And where its entries begin: what one entry of a trace or console says about a host says nothing about the next.

use crate::artifact::Part;
use crate::phrases::Marks;
use std::sync::LazyLock;

/// How a text speaks of a host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Told {
    /// It is called, or nothing more is said.
    #[default]
    Called,
    /// Its line says that the call came through.
    Passed,
    /// A value that goes along with a call to another host: the resource or scope of a token, its issuer.
    Value,
}

/// Words of a line that reports a success. Compared in lower case.
const SUCCESS: &[&str] = &[
    "is successful",
    "successfully",
    "succeeded",
    " 200 ok",
    "statuscode : 200",
    "connection established",
    "connected to",
    "erfolgreich",
    "avec succès",
    "réussi",
    "correctamente",
    "con éxito",
    "成功",
    "正常に",
];

/// Words that take a success back.
const FAILURE: &[&str] = &[
    "unsuccess",
    "not success",
    "not connected",
    "fail",
    "error",
    "exception",
    "nicht erfolgreich",
    "fehler",
    "échec",
    "erreur",
    "不成功",
    "未成功",
    "失败",
    "失敗",
    "エラー",
    "错误",
];

static SUCCESS_MARKS: LazyLock<Marks> = LazyLock::new(|| Marks::new(SUCCESS));

static FAILURE_MARKS: LazyLock<Marks> = LazyLock::new(|| Marks::new(FAILURE));

/// Names of values that hold an address which is not called.
const VALUES: &[&str] = &["resource", "scope", "scopes", "audience", "aud", "identityprovider", "issuer", "iss"];

/// How a line speaks of the host that begins at `at` in it.
pub fn told(line: &str, at: usize) -> Told {
    let head = line.get(..at).unwrap_or("");
    let head = head.strip_suffix("://").map_or(head, |head| head.trim_end_matches(|c: char| c.is_ascii_alphabetic()));
    let head = head.trim_end_matches(['"', '\'', '(', '[', '<', ' ', '=', ':']);
    let name = head.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("").to_ascii_lowercase();
    // The authority of an endpoint that the line has named before: it gives the token, the endpoint is called.
    let behind_endpoint = name == "authority" && head.to_ascii_lowercase().contains("serviceendpoint=");
    if behind_endpoint || VALUES.contains(&name.as_str()) {
        Told::Value
    } else if SUCCESS_MARKS.any(line) && !FAILURE_MARKS.any(line) {
        Told::Passed
    } else {
        Told::Called
    }
}

/// Where the entries of a trace, a log or a console session begin: offsets into the source, in the order of the text.
pub fn entries(part: &Part) -> Vec<usize> {
    part.lines().filter(|(_, line)| begins_entry(line)).map(|(start, _)| start).collect()
}

fn begins_entry(line: &str) -> bool {
    let rest = line.strip_prefix('[').unwrap_or(line);
    let bytes = rest.as_bytes();
    let digits = |from: usize, to: usize| bytes.get(from..to).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    let is = |at: usize, byte: u8| bytes.get(at) == Some(&byte);
    let time = digits(0, 2) && is(2, b':') && digits(3, 5);
    let date = digits(0, 4) && (is(4, b'-') || is(4, b'/')) && digits(5, 6);
    time || date || names_program(line) || super::layout::prompt(line).is_some()
}

/// The listener of .NET's own tracing: `Program.exe Error: 0 : …`.
fn names_program(line: &str) -> bool {
    const LEVELS: &[&str] = &["Critical: ", "Error: ", "Warning: ", "Information: ", "Verbose: ", "Start: ", "Stop: "];
    line.split_once(".exe ").is_some_and(|(program, rest)| {
        !program.contains(char::is_whitespace) && LEVELS.iter().any(|level| rest.starts_with(level))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told_of(line: &str, host: &str) -> Told {
        told(line, line.find(host).unwrap())
    }

    #[test]
    fn values_beside_a_call_and_calls_that_came_through_are_told_from_calls() {
        let discovered = "DiscoverServiceEndpoint [AdminWebService]: ServiceEndpoint=https://a.example/x.svc, Authority=HTTPS://B.EXAMPLE/t, Resource=https://c.example.";
        assert_eq!(told_of(discovered, "a.example"), Told::Called);
        assert_eq!(told_of(discovered, "B.EXAMPLE"), Told::Value);
        assert_eq!(told_of(discovered, "c.example"), Told::Value);
        let asks = "STS endpoint (HTTPS://A.EXAMPLE/t), scope (https://b.example/user_impersonation), userName (x)";
        assert_eq!(told_of(asks, "A.EXAMPLE"), Told::Called);
        assert_eq!(told_of(asks, "b.example"), Told::Value);
        assert_eq!(told_of("Endpoint validation for https://a.example is Successful.", "a.example"), Told::Passed);
        assert_eq!(told_of("Verbindung zu a.example erfolgreich aufgebaut", "a.example"), Told::Passed);
        assert_eq!(told_of("could not be reached successfully: error at a.example", "a.example"), Told::Called);
        assert_eq!(told_of("authority=HTTPS://A.EXAMPLE/t", "A.EXAMPLE"), Told::Called);
    }

    #[test]
    fn entries_begin_with_a_time_a_program_or_a_prompt() {
        for line in [
            "[10:15:00.332] [  1] [INFO ] x",
            "2026-03-03 10:12:01.120 ProductName: x",
            "AADConnectProvisioningAgent.exe Error: 0 : Web socket failed to connect.",
            "PS C:\\> Get-ADSyncScheduler",
        ] {
            assert!(begins_entry(line), "{line}");
        }
        for line in ["   at System.Net.HttpWebRequest.GetResponse()", "Exception Data (Raw): x", "2 of 3", "[xml] y"] {
            assert!(!begins_entry(line), "{line}");
        }
    }
}
