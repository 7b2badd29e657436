//! How long the known errors take to be found: `cargo bench --bench scan`.
//!
//! Two promises are measured here. One megabyte of trace is read in under 50 ms, everything included. And the time
//! of the scan hardly depends on the number of known errors: a shelf twice as long costs less than a tenth more.

#![expect(missing_docs, reason = "the macro of criterion makes a public function")]

use advisor_engine::artifact::{Kind, Part};
use advisor_engine::errors::language::Wording;
use advisor_engine::errors::number::Number;
use advisor_engine::errors::{self, ErrorEntry};
use advisor_engine::readers::error_text::normalise::Normal;
use advisor_engine::readers::error_text::read_with;
use advisor_engine::readers::error_text::scan::{SHELF, Scanner};
use advisor_engine::source::Source;
use advisor_engine::{Input, Options, analyze};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::fmt::Write as _;
use std::hint::black_box;

/// The size of the text that is read.
const MEGABYTE: usize = 1 << 20;

/// What a wizard prints when all goes well.
const CALM: [&str; 12] = [
    "[INFO ] RootPageViewModel.GetInitialPages: Beginning detection for creating initial pages.",
    "[VERB ] Scheduler wizard mutex wait timeout: 00:00:05",
    "[INFO ] machine.config path: C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Config\\machine.config.",
    "[INFO ] Default Proxy [ProxyAddress]: http://proxy.fabrikam.example:8080/",
    "[INFO ] ResolveAzureInstance [Worldwide]: authority=HTTPS://LOGIN.MICROSOFTONLINE.COM/FABRIKAM.EXAMPLE.",
    "[INFO ] Authenticate-MSAL [Acquiring token]: STS endpoint (HTTPS://LOGIN.MICROSOFTONLINE.COM/FABRIKAM.EXAMPLE)",
    "[INFO ] SyncDataProvider:LoadSettings - loading context with persisted global settings.",
    "[VERB ] ConnectivityValidation: the connection to the directory succeeded, 4 of 4 domain controllers answered",
    "[INFO ] Page transition from \"Connect to AD DS\" [ConnectToADDSPageViewModel] to \"Azure AD sign-in\"",
    "[INFO ] AdDomainController: the request was sent to the server dc01.fabrikam.example and closed without errors",
    "[WARN ] CheckInstallationState: Stale product code: {b6af168b-9c68-47ed-b75d-3335c5152d2a} found.",
    "[INFO ] Property Username failed validation with error: The Microsoft Entra account name cannot be empty",
];

/// What it prints when something fails.
const FAILURE: &str = "[ERROR] ExecuteADSyncConfiguration: configuration failed.  Result=Failed.\r\n\
    Exception Data (Raw): System.Exception: An error occurred executing Configure AAD Sync task: An error occurred \
    while sending the request. ---> System.Net.WebException: Unable to connect to the remote server ---> \
    System.Net.Sockets.SocketException: A connection attempt failed because the connected party did not properly \
    respond after a period of time, or established connection failed because connected host has failed to respond \
    40.126.9.65:443\r\n\
    \x20  at System.Net.Sockets.Socket.InternalEndConnect(IAsyncResult asyncResult)\r\n\
    \x20  at System.Net.ServicePoint.ConnectSocketInternal(Boolean connectFailure, Socket s4, Socket s6)\r\n\
    \x20  --- End of inner exception stack trace ---\r\n\
    \x20  at System.Net.HttpWebRequest.GetRequestStream(TransportContext& context)\r\n";

/// A wizard trace of one megabyte; one line in so many is a failure with its chain of exceptions.
fn trace(failures: usize) -> String {
    let mut text = String::with_capacity(MEGABYTE + 4096);
    let mut line = 0usize;
    while text.len() < MEGABYTE {
        let what = if line % failures == failures - 1 { FAILURE } else { CALM[line % CALM.len()] };
        let (hour, minute, second) = (line / 3600 % 24, line / 60 % 60, line % 60);
        let _ = write!(text, "[{hour:02}:{minute:02}:{second:02}.{:03}] [{:3}] {what}  \r\n", line % 1000, line % 40);
        line += 1;
    }
    text
}

/// A shelf of the same length whose texts and codes are others: of each word the vowels change, of each code the
/// digits. So the letters, the lengths and the number of words stay as they are.
fn altered() -> impl Iterator<Item = &'static ErrorEntry> {
    let other = |text: &'static str| -> &'static str {
        let mut inside = false;
        let letters = text.chars().map(|c| {
            inside = (inside || c == '{') && c != '}';
            match c {
                _ if inside => c,
                'a' => 'o',
                'e' => 'u',
                'i' => 'a',
                'o' => 'e',
                'u' => 'i',
                '0'..='8' => char::from_u32(u32::from(c) + 1).unwrap_or(c),
                '9' => '0',
                '一'..='龥' => char::from_u32(u32::from(c) ^ 1).unwrap_or(c),
                _ => c,
            }
        });
        String::leak(letters.collect())
    };
    errors::all().map(move |entry| {
        let all = |texts: &'static [&'static str]| -> &'static [&'static str] {
            Vec::leak(texts.iter().map(|text| other(text)).collect())
        };
        let wordings = entry.wordings.iter().map(|wording| Wording { text: other(wording.text), ..*wording });
        let numbers = entry.numbers.iter().map(|number| match number {
            Number::System(number) => Number::System(number + 1000),
            Number::Result(number) => Number::Result(number + 0x1000),
            Number::Status(number) => Number::Status(number + 200),
            Number::SignIn(number) => Number::SignIn(number + 2_000_000),
        });
        &*Box::leak(Box::new(ErrorEntry {
            patterns: all(entry.patterns),
            wordings: Vec::leak(wordings.collect()),
            codes: all(entry.codes),
            numbers: Vec::leak(numbers.collect()),
            ..*entry
        }))
    })
}

fn whole(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("one megabyte of trace");
    group.throughput(Throughput::Bytes(MEGABYTE as u64));
    for (name, failures) in [("a failure now and then", 400), ("a failure on every tenth line", 10)] {
        let text = trace(failures);
        let input = [Input { name: "trace.log".to_owned(), bytes: text.clone().into_bytes(), corrections: Vec::new() }];
        group.bench_function(format!("analyze, {name}"), |run| {
            run.iter(|| analyze(black_box(&input), &Options::default()));
        });
        let source = Source::decode("trace.log", text.as_bytes());
        group.bench_function(format!("read as a trace, {name}"), |run| {
            run.iter(|| read_with(black_box(&Part::whole(&source)), Kind::WizardTrace, &SHELF));
        });
    }
    group.finish();
}

fn shelf(bench: &mut Criterion) {
    let text = trace(60);
    let normal = Normal::new(&text);
    let mut group = bench.benchmark_group("scan of one megabyte");
    group.throughput(Throughput::Bytes(MEGABYTE as u64));
    group.bench_function("normalise", |run| run.iter(|| Normal::new(black_box(&text))));
    let shelves =
        [("the shelf", Scanner::new(errors::all())), ("twice the shelf", Scanner::new(errors::all().chain(altered())))];
    for (name, scanner) in &shelves {
        group.bench_function(*name, |run| run.iter(|| scanner.scan(black_box(&normal))));
        group.bench_function(format!("normalise, and {name}"), |run| {
            run.iter(|| scanner.scan(&Normal::new(black_box(&text))));
        });
    }
    group.finish();
}

criterion_group! {
    name = scan;
    config = Criterion::default().sample_size(30).without_plots();
    targets = whole, shelf
}
criterion_main!(scan);
