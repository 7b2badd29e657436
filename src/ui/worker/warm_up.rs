//! Runs the engine on evidence of its own while nobody waits. A browser compiles a function when it is called for the
//! first time, and once more, for speed, when it is called often; tables that the engine looks things up in are made
//! when they are needed. Whoever gives the first evidence does not wait for any of that, nor share a processor with it.

use advisor_engine::formats::{self, Format};
use advisor_engine::intake::Analysis;
use advisor_engine::{Options, export};
use gloo_timers::future::TimeoutFuture;

/// Milliseconds after the start: the page comes first.
const PAUSE: u32 = 300;
/// Bytes of a piece of a log, about.
const PIECE: usize = 256 << 10;
/// Pieces of each log: after two megabytes the browser has compiled for speed what reads it.
const PIECES: usize = 8;

/// Goes on for as long as nobody asks for anything.
pub(super) async fn warm_up(samples: &[(&str, &[u8])], is_idle: impl Fn() -> bool) {
    TimeoutFuture::new(PAUSE).await;
    let mut analysis = Analysis::new(&Options::default());
    for (name, content) in samples {
        if !is_idle() {
            return;
        }
        analysis.open(name, &[]);
        analysis.push(content);
        analysis.close();
        TimeoutFuture::new(0).await;
    }
    // The dialects that are read at speed.
    for format in formats::ALL.iter().filter(|format| format.look.is_some()) {
        analysis.open("access.log", &[]);
        for number in 0..PIECES {
            if !is_idle() {
                return;
            }
            analysis.push(piece(format, number).as_bytes());
            TimeoutFuture::new(0).await;
        }
        analysis.close();
    }
    if is_idle() {
        // Nobody hears it.
        let _ = serde_json::to_string(&export::answer(&analysis.report()));
    }
}

/// The format's samples again and again; in every second piece they are about hosts that nobody asks about.
fn piece(format: &Format, number: usize) -> String {
    let lines = format.samples.join("\n") + "\n";
    let lines = if number.is_multiple_of(2) {
        lines
    } else {
        lines.replace("microsoft", "example").replace("windows", "example")
    };
    lines.repeat(PIECE / lines.len())
}
