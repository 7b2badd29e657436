//! Host and port as one text. An IPv6 address stands in brackets there: without them nobody, and no program, can tell
//! its last part from the port (RFC 3986, 3.2.2).

use std::fmt::Display;

/// `host:port`. The host may stand in brackets already; the port may be a word that stands for one.
pub fn host_port(host: &str, port: impl Display) -> String {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}

/// A proxy as `proxyaddress` takes it.
pub fn proxy_url(host: &str, port: impl Display) -> String {
    format!("http://{}", host_port(host, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_of_an_ipv6_address_can_be_told_from_its_last_part() {
        assert_eq!(host_port("fd00::5", 8080), "[fd00::5]:8080");
        assert_eq!(host_port("[fd00::5]", 8080), "[fd00::5]:8080");
        assert_eq!(host_port("10.0.0.5", 8080), "10.0.0.5:8080");
        assert_eq!(proxy_url("proxy", "PORT"), "http://proxy:PORT");
        assert_eq!(proxy_url("fd00::5", 3128), "http://[fd00::5]:3128");
    }
}
