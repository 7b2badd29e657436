//! Writes the data of the benchmark, a request at a time, in any size.

use super::dialect::Dialect;
use super::random::Random;
use super::traffic::Traffic;
use std::io::{self, Write};

/// The seed of all data. Another one would make another company.
pub const SEED: u64 = 20_260_921;
/// One line in so many is none of the device's records.
const UNREADABLE_SHARE: u64 = 20_000;
/// After so many requests the device begins a new file; a day's files are put together.
const ROTATION: u64 = 500_000;

/// Writes whole lines until there are at least `size` bytes. In the tenth of the file around its middle the proxy
/// refuses the Entra Connect server.
pub fn write(dialect: Dialect, size: u64, out: &mut impl Write) -> io::Result<u64> {
    let mut traffic = Traffic::from_seed(SEED);
    let mut line = Vec::with_capacity(1024);
    let mut written = 0;
    let mut requests = 0;
    while written < size {
        line.clear();
        let trouble = (size / 100 * 45..size / 100 * 55).contains(&written);
        let request = traffic.request(trouble);
        if requests % ROTATION == 0 {
            dialect.header(request.end_ms, &mut line)?;
        }
        if request.ending != super::traffic::Ending::SignIn || dialect.knows_sign_in() {
            dialect.line(&request, &mut line)?;
        }
        requests += 1;
        if traffic.random().below(UNREADABLE_SHARE) == 0 {
            unreadable(traffic.random(), &mut line);
        }
        out.write_all(&line)?;
        written += line.len() as u64;
    }
    Ok(written)
}

/// What full disks, restarts and crashes leave in a log.
fn unreadable(random: &mut Random, out: &mut Vec<u8>) {
    match random.below(3) {
        // The disk was full: the first bytes of a record.
        0 => {
            let length = usize::try_from(random.between(3, 9)).unwrap_or(3);
            let begin =
                out.iter().take(length).copied().filter(|byte| *byte != b'\n' && *byte != b'#').collect::<Vec<_>>();
            out.extend(begin);
            out.push(b'\n');
        }
        // The power went: blocks of the file that were never written.
        1 => {
            out.resize(out.len() + 64, 0);
            out.push(b'\n');
        }
        _ => out.extend_from_slice(b"rotating the log: 10 files kept\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    const SAMPLE: u64 = 1_000_000;

    fn made(dialect: Dialect) -> Vec<u8> {
        let mut bytes = Vec::new();
        write(dialect, SAMPLE, &mut bytes).expect("a vector takes everything");
        bytes
    }

    #[test]
    fn the_same_seed_makes_the_same_bytes_on_every_machine() {
        let hash =
            |dialect| Sha256::digest(made(dialect)).iter().take(4).fold(0, |sum, &byte| sum << 8 | u32::from(byte));
        // Whoever changes the data changes what earlier numbers mean.
        assert_eq!(Dialect::ALL.map(hash), [0xbe54_3e98, 0x84f6_2d05, 0xdb83_9d0d, 0xe602_101e]);
    }

    #[test]
    fn times_rise_and_sign_in_hosts_have_their_share() {
        let text = String::from_utf8(made(Dialect::Squid)).expect("the data is ASCII");
        let records = text.lines().filter(|line| line.contains("10.")).collect::<Vec<_>>();
        let times = records.iter().filter_map(|line| line.get(..14)?.parse::<f64>().ok()).collect::<Vec<_>>();
        assert!(times.len() > 5000 && times.windows(2).all(|pair| pair[0] <= pair[1]));
        let sign_in = records.iter().filter(|line| line.contains("login.microsoftonline.com:443")).count();
        assert!((1..8).contains(&(sign_in * 100 / records.len())), "{sign_in} of {}", records.len());
    }

    #[test]
    fn even_a_small_file_has_the_server_with_its_wizard() {
        for dialect in Dialect::ALL {
            let text = String::from_utf8(made(dialect)).expect("the data is ASCII");
            for host in ["adminwebservice.microsoftonline.com", "provisioningapi.microsoftonline.com"] {
                assert!(text.lines().any(|line| line.contains(host)), "{host} in {}", dialect.id());
            }
        }
    }
}
