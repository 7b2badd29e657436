//! Runs the engine on evidence of its own while nobody waits. A browser compiles a function when it is called for the
//! first time, and once more, for speed, when it is called often; tables that the engine looks things up in are made
//! when they are needed. Whoever gives the first evidence does not wait for any of that, nor share a processor with it.

use advisor_engine::intake::Analysis;
use advisor_engine::{Options, export};
use gloo_timers::future::TimeoutFuture;
use std::fmt::Write;

/// Milliseconds after the start: the page comes first.
const PAUSE: u32 = 300;
/// Lines in a piece.
const LINES: usize = 2000;
/// Pieces: a log of four megabytes, after which the browser has compiled for speed what reads logs.
const PIECES: usize = 16;

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
    analysis.open("access.log", &[]);
    for piece in 0..PIECES {
        if !is_idle() {
            return;
        }
        analysis.push(log(piece * LINES).as_bytes());
        TimeoutFuture::new(0).await;
    }
    analysis.close();
    if is_idle() {
        // Nobody hears it.
        let _ = serde_json::to_string(&export::answer(&analysis.report()));
    }
}

/// Lines of a Squid log from this number on: ordinary traffic, and in every fourth line a sign-in.
fn log(first: usize) -> String {
    const HOSTS: [&str; 4] =
        ["www.example.com", "login.microsoftonline.com", "cdn.assets.example.net", "files.corp.example.org"];
    let mut lines = String::new();
    for number in first..first + LINES {
        let (time, client, host) = (1_790_000_000 + number / 40, number % 250, HOSTS[number % 4]);
        let elapsed = number * 7 % 9000;
        // Nothing is too long for memory.
        let _ = writeln!(
            lines,
            "{time}.{:03} {elapsed:6} 10.20.{}.{client} TCP_TUNNEL/200 {} CONNECT {host}:443 - HIER_DIRECT/192.0.2.7 -",
            number % 1000,
            client % 8,
            elapsed * 31,
        );
    }
    lines
}
