//! What the user asked for.

use super::dialect::Dialect;

/// See [`HELP`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Bytes; `None` takes each dialect's usual size.
    pub size: Option<u64>,
    pub scale: bool,
    pub dialects: Vec<Dialect>,
    pub tools: Vec<&'static str>,
    pub runs: usize,
    pub keep: bool,
    pub as_built: bool,
}

/// For the user.
pub const HELP: &str = "\
cargo xtask bench [options]

  --size N       size of each log: 500M, 4G (decimal); usual: 1G for squid, 256M for the others
  --quick        the same as --size 64M
  --scale        a series from 1M to 4G, or to --size, with the slope of the cost; squid only, unless --only says more
  --only A,B     dialects: squid, w3c, fortigate, json; tools: check, raw, cli, goaccess, lnav, chromium, firefox
  --runs N       runs of each measurement, of which the median counts; usual: 3
  --as-built     measure the page and the command line as they were built last
  --keep         leave the logs in target/bench

Exit status 1: the totals differ from those of the slow reader.";

/// Everything that can be measured, in the order of the table.
pub const TOOLS: [&str; 7] = ["check", "raw", "cli", "goaccess", "lnav", "chromium", "firefox"];

/// The series leaves out what takes minutes per gigabyte.
const SCALE_TOOLS: [&str; 5] = ["check", "raw", "cli", "chromium", "firefox"];

/// Reads the options.
pub fn parse(arguments: &[&str]) -> Result<Options, String> {
    let mut options = Options {
        size: None,
        scale: false,
        dialects: Vec::new(),
        tools: Vec::new(),
        runs: 3,
        keep: false,
        as_built: false,
    };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let mut value = |wanted: &str| arguments.next().ok_or_else(|| format!("{argument} wants {wanted}"));
        match *argument {
            "--quick" => options.size = Some(64_000_000),
            "--scale" => options.scale = true,
            "--as-built" => options.as_built = true,
            "--keep" => options.keep = true,
            "--size" => options.size = Some(size(value("a size")?)?),
            "--runs" => {
                let runs = value("a number")?.parse().ok().filter(|runs| *runs > 0);
                options.runs = runs.ok_or("--runs wants a number from 1 on")?;
            }
            "--only" => {
                for name in value("names")?.split(',') {
                    let dialect = Dialect::ALL.into_iter().find(|dialect| dialect.id() == name);
                    let tool = TOOLS.into_iter().find(|tool| *tool == name);
                    if dialect.is_none() && tool.is_none() {
                        return Err(format!("--only does not know {name}\n\n{HELP}"));
                    }
                    options.dialects.extend(dialect);
                    options.tools.extend(tool);
                }
            }
            other => return Err(format!("bench does not know {other}\n\n{HELP}")),
        }
    }
    if options.dialects.is_empty() {
        options.dialects = if options.scale { vec![Dialect::Squid] } else { Dialect::ALL.to_vec() };
    }
    if options.tools.is_empty() {
        options.tools = if options.scale { SCALE_TOOLS.to_vec() } else { TOOLS.to_vec() };
    }
    Ok(options)
}

/// "64M", "4G", "1000000".
fn size(text: &str) -> Result<u64, String> {
    let (digits, unit) = match text.strip_suffix(['k', 'K', 'M', 'G', 'm', 'g']) {
        Some(digits) => (digits, &text[digits.len()..]),
        None => (text, ""),
    };
    let unit = match unit {
        "k" | "K" => 1_000,
        "M" | "m" => 1_000_000,
        "G" | "g" => 1_000_000_000,
        _ => 1,
    };
    let bytes = digits.parse::<u64>().ok().and_then(|number| number.checked_mul(unit)).filter(|bytes| *bytes > 0);
    bytes.ok_or_else(|| format!("expected a size such as 64M or 4G, but found {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_understood_and_slips_are_named() {
        let options = parse(&["--only", "w3c,cli,raw", "--size", "4G", "--runs", "5"]).expect("they are right");
        assert_eq!((options.dialects, options.tools), (vec![Dialect::W3c], vec!["cli", "raw"]));
        assert_eq!((options.size, options.runs), (Some(4_000_000_000), 5));
        assert_eq!(parse(&["--quick"]).expect("it is right").size, Some(64_000_000));
        assert!(parse(&["--only", "squidd"]).expect_err("a slip").contains("squidd"));
        assert!(parse(&["--size", "big"]).expect_err("a slip").contains("but found big"));
        assert!(parse(&["--runs", "0"]).is_err());
    }
}
