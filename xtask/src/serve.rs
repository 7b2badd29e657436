//! Serves the built page to this machine only.

use crate::build;
use crate::setup::step;
use std::fs;
use std::path::Path;
use std::process::Command;
use tiny_http::{Header, Method, Request, Response, Server};

const PORT: u16 = 8080;

/// Builds the page, then serves it until the process is ended. Options: `--port N`, `--open`.
pub fn page(options: &[&str]) -> Result<(), String> {
    let options = parse(options)?;
    let file = build::page()?;
    let server = listen(options.port)?;
    let port = server.server_addr().to_ip().map_or(PORT, |address| address.port());
    let url = format!("http://127.0.0.1:{port}/");
    step(&format!("serving dist/index.html at {url} (Ctrl+C ends it; the file also works by double-click)"));
    if options.open {
        open(&url);
    }
    for request in server.incoming_requests() {
        // A browser that went away needs no answer.
        let _ = answer(request, &file);
    }
    Ok(())
}

#[derive(Debug, PartialEq, Eq)]
struct Options {
    port: Option<u16>,
    open: bool,
}

fn parse(arguments: &[&str]) -> Result<Options, String> {
    let mut options = Options { port: None, open: false };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match *argument {
            "--open" => options.open = true,
            "--port" => {
                let port = arguments.next().and_then(|port| port.parse().ok());
                options.port = Some(port.ok_or("--port wants a number from 0 to 65535")?);
            }
            other => return Err(format!("serve knows --port N and --open, but found {other}")),
        }
    }
    Ok(options)
}

/// The port asked for, or the usual one, or where that is taken any free one.
fn listen(port: Option<u16>) -> Result<Server, String> {
    let bind = |port: u16| Server::http(("127.0.0.1", port)).map_err(|error| format!("port {port}: {error}"));
    match port {
        Some(port) => bind(port),
        None => bind(PORT).or_else(|_| bind(0)),
    }
}

fn answer(request: Request, file: &Path) -> std::io::Result<()> {
    let path = request.url().split('?').next().unwrap_or_default();
    if !matches!(path, "/" | "/index.html") || !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(Response::from_string("not here\n").with_status_code(404));
    }
    let headers =
        ["Content-Type: text/html; charset=utf-8", "Cache-Control: no-store", "X-Content-Type-Options: nosniff"];
    let headers = headers.iter().filter_map(|header| header.parse::<Header>().ok());
    match fs::read(file) {
        Ok(page) => request.respond(headers.fold(Response::from_data(page), Response::with_header)),
        Err(_) => request.respond(Response::from_string("dist/index.html is being built\n").with_status_code(503)),
    }
}

fn open(url: &str) {
    let mut command = if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.args(["/c", "start", "", url]);
        command
    } else {
        let mut command = Command::new(if cfg!(target_os = "macos") { "open" } else { "xdg-open" });
        command.arg(url);
        command
    };
    if command.spawn().is_err() {
        step("no browser could be opened; open the address yourself");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_understood_in_any_order_and_slips_are_named() {
        assert_eq!(parse(&["--open", "--port", "9000"]), Ok(Options { port: Some(9000), open: true }));
        assert!(parse(&["--port", "many"]).unwrap_err().contains("0 to 65535"));
        assert!(parse(&["--prot"]).unwrap_err().contains("--prot"));
    }
}
