//! Folds what trunk built into one file under a policy that lets nothing out.

use crate::run::{command, find, root, run};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use std::env;
use std::fs;
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use zopfli::{Format, Options};

/// Features that rustc and this project's flags make use of; all browsers of the last years have them.
const WASM_FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// What a browser does not need.
const STRIPPED: [&str; 3] = ["--strip-debug", "--strip-producers", "--strip-target-features"];

/// How often the packer looks for something better.
const PASSES: NonZeroU64 = NonZeroU64::new(5).expect("five is not zero");

/// Trunk's hook: works in trunk's staging folder, which becomes `dist`, and leaves one file there.
pub fn from_trunk() -> Result<(), String> {
    let folder = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let folder = folder.ok_or("this is trunk's last step; run `cargo xtask build`")?;
    let glue = read(&only(&folder, "js")?)?;
    let packed = packed(&only(&folder, "wasm")?)?;
    let page = Parts {
        html: read(&folder.join("index.html"))?,
        style: styles()?,
        script: script(&glue, &packed, &read(&root().join("src").join("ui").join("boot").join("loader.js"))?),
        icon: icon(),
    };
    let page = fold(&page)?;
    for entry in fs::read_dir(&folder).map_err(|error| at(&folder, &error))?.flatten() {
        let path = entry.path();
        if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) }
            .map_err(|error| at(&path, &error))?;
    }
    let file = folder.join("index.html");
    fs::write(&file, &page).map_err(|error| at(&file, &error))?;
    println!(
        "xtask: dist/index.html, {} KB in one file ({} KB of them the module)",
        page.len() / 1000,
        packed.len() / 1000
    );
    Ok(())
}

struct Parts {
    html: String,
    style: String,
    script: String,
    icon: String,
}

/// The page as one text. The policy comes first, so that nothing in the file escapes it.
fn fold(parts: &Parts) -> Result<String, String> {
    for (what, text, end) in [("script", &parts.script, "</script"), ("style", &parts.style, "</style")] {
        if text.to_ascii_lowercase().contains(end) || text.contains("<!--") {
            return Err(format!("the {what} contains text that HTML would take for its end"));
        }
    }
    let policy = [
        "default-src 'none'".to_owned(),
        format!("script-src '{}' 'wasm-unsafe-eval'", hash(&parts.script)),
        format!("style-src '{}'", hash(&parts.style)),
        "img-src data:".to_owned(),
        "worker-src blob:".to_owned(),
        "connect-src 'none'".to_owned(),
        "form-action 'none'".to_owned(),
        "base-uri 'none'".to_owned(),
        "require-trusted-types-for 'script'".to_owned(),
        "trusted-types advisor".to_owned(),
    ];
    let policy = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", policy.join("; "));
    // The line that told trunk what to build says nothing to a browser.
    let html = parts
        .html
        .lines()
        .filter(|line| !line.contains("data-trunk"))
        .flat_map(|line| [line, "\n"])
        .collect::<String>();
    let html = insert(&html, "<head>", &format!("<head>\n{policy}"))?;
    let head = format!("<link rel=\"icon\" href=\"{}\">\n<style>{}</style>\n</head>", parts.icon, parts.style);
    let html = insert(&html, "</head>", &head)?;
    insert(&html, "</body>", &format!("<script>{}</script>\n</body>", parts.script))
}

fn insert(html: &str, place: &str, text: &str) -> Result<String, String> {
    let (before, after) = html.split_once(place).ok_or_else(|| format!("index.html has no {place}"))?;
    if after.contains(place) {
        return Err(format!("index.html has more than one {place}"));
    }
    Ok(format!("{before}{text}{after}"))
}

fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// The whole script. `glue` is a function so that the worker can be given its source.
fn script(glue: &str, packed: &[u8], loader: &str) -> String {
    let script = format!(
        "(()=>{{\"use strict\";\nfunction glue(){{{}\nreturn wasm_bindgen;}}\nconst packedBytes={};\nconst packed=\"{}\";\n{}\n}})();",
        terse(glue),
        packed.len(),
        base85(packed),
        terse(loader),
    );
    // The browser hashes the text after it has made every line end a line feed.
    script.replace('\r', "")
}

/// The module, optimised and packed. That takes more than a minute, so it is kept in the target folder and taken from
/// there as long as the module that the compiler wrote, the options and the optimiser are the same, byte for byte.
fn packed(wasm: &Path) -> Result<Vec<u8>, String> {
    let module = fs::read(wasm).map_err(|error| at(wasm, &error))?;
    let level = env::var("ADVISOR_WASM_OPT").unwrap_or_else(|_| "-O3".to_owned());
    let optimiser = read(&binaryen().join("package.json"))?;
    let options = format!("{level} {WASM_FEATURES:?} {STRIPPED:?} {PASSES}\n{optimiser}");
    let kept = root().join("target").join("packed-module");
    let [of_module, of_options, result] = ["module.wasm", "options.txt", "module.wasm.gz"].map(|name| kept.join(name));
    let is_same = |file: &Path, content: &[u8]| fs::read(file).is_ok_and(|before| before == content);
    if is_same(&of_module, &module) && is_same(&of_options, options.as_bytes()) {
        return fs::read(&result).map_err(|error| at(&result, &error));
    }
    // An interrupted build must not leave a result beside the options of another one.
    if kept.exists() {
        fs::remove_dir_all(&kept).map_err(|error| at(&kept, &error))?;
    }
    let packed = gzip(&optimised(wasm, &level)?)?;
    fs::create_dir_all(&kept).map_err(|error| at(&kept, &error))?;
    for (file, content) in [(&result, &packed), (&of_module, &module), (&of_options, &options.into_bytes())] {
        fs::write(file, content).map_err(|error| at(file, &error))?;
    }
    Ok(packed)
}

/// Packed as tightly as gzip can be: it takes some seconds, and every download of the page gets shorter.
fn gzip(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let options = Options { iteration_count: PASSES, ..Options::default() };
    let mut packed = Vec::new();
    zopfli::compress(options, Format::Gzip, bytes, &mut packed).map_err(|error| error.to_string())?;
    Ok(packed)
}

/// Four bytes as five characters, which a text without escapes can hold: a sixteenth less than base64. The digits are
/// the characters from "#" on without "<" and the backslash; the loader counts the same way. The last word is filled
/// up with zeros.
fn base85(bytes: &[u8]) -> String {
    const DIGITS: u32 = 85;
    let digit = |number: u32| {
        let skipped = u32::from(number > 24) + u32::from(number > 55);
        char::from_u32(u32::from(b'#') + number + skipped).unwrap_or('#')
    };
    let mut text = String::with_capacity(bytes.len().div_ceil(4) * 5);
    for chunk in bytes.chunks(4) {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        let word = u32::from_be_bytes(word);
        text.extend((0..5).rev().map(|place| digit(word / DIGITS.pow(place) % DIGITS)));
    }
    text
}

/// A script without the comments that fill whole lines, and without indents. Both scripts are known to hold no text
/// that spans lines, which alone could take harm.
fn terse(script: &str) -> String {
    let mut inside = false;
    let mut kept = String::with_capacity(script.len());
    for line in script.lines().map(str::trim) {
        inside |= line.starts_with("/*");
        if !inside && !line.is_empty() && !line.starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
        inside &= !line.ends_with("*/");
    }
    kept
}

/// The stylesheets in the order of their names, without what only their readers need.
fn styles() -> Result<String, String> {
    let folder = root().join("style");
    let mut files = vec![root().join("src").join("ui").join("boot").join("boot.css")];
    let entries = fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut parts = entries.filter(|path| path.extension().is_some_and(|end| end == "css")).collect::<Vec<_>>();
    parts.sort();
    files.append(&mut parts);
    files.iter().map(|file| read(file).map(|text| without_comments(&text))).collect()
}

fn without_comments(css: &str) -> String {
    let mut text = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        text.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text.lines().map(str::trim).filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect()
}

/// Without an icon of its own the browser would ask the server for one.
fn icon() -> String {
    let svg = fs::read(root().join("public").join("icon.svg")).unwrap_or_default();
    if svg.is_empty() {
        "data:,".to_owned()
    } else {
        format!("data:image/svg+xml;base64,{}", BASE64_STANDARD.encode(svg))
    }
}

fn optimised(wasm: &Path, level: &str) -> Result<Vec<u8>, String> {
    let node = find("node").ok_or("Node.js is missing: https://nodejs.org")?;
    let tool = binaryen().join("bin").join("wasm-opt");
    let out = wasm.with_extension("opt");
    run(command(node).arg(tool).arg(wasm).arg("-o").arg(&out).arg(level).args(WASM_FEATURES).args(STRIPPED))?;
    fs::read(&out).map_err(|error| at(&out, &error))
}

fn binaryen() -> PathBuf {
    root().join("node_modules").join("binaryen")
}

fn only(folder: &Path, end: &str) -> Result<PathBuf, String> {
    let entries = fs::read_dir(folder).map_err(|error| at(folder, &error))?.flatten().map(|entry| entry.path());
    let found = entries.filter(|path| path.extension().is_some_and(|found| found == end)).collect::<Vec<_>>();
    match found.as_slice() {
        [path] => Ok(path.clone()),
        _ => Err(format!("expected one .{end} file in {}, but found {}", folder.display(), found.len())),
    }
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| at(path, &error))
}

fn at(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> Parts {
        Parts {
            html: "<!doctype html>\r\n<html><head>\r\n<link data-trunk rel=\"rust\">\r\n<title>a</title></head><body></body></html>".to_owned(),
            style: "p{}".to_owned(),
            script: script("let wasm_bindgen=0;\r\n", b"packed", "start();\r\n"),
            icon: "data:,".to_owned(),
        }
    }

    #[test]
    fn the_policy_comes_first_and_knows_exactly_the_one_script_and_the_one_style() {
        let page = fold(&parts()).unwrap();
        let (before, rest) = page.split_once("<meta http-equiv=\"Content-Security-Policy\"").unwrap();
        assert_eq!(before, "<!doctype html>\n<html><head>\n");
        let inside = |start: &str, end: &str| rest.split_once(start).unwrap().1.split_once(end).unwrap().0;
        assert!(rest.contains(&format!("script-src '{}' 'wasm-unsafe-eval'", hash(inside("<script>", "</script>")))));
        assert!(rest.contains(&format!("style-src '{}'", hash(inside("<style>", "</style>")))));
        assert!(!page.contains('\r') && !page.contains("data-trunk"));
    }

    #[test]
    fn the_same_parts_give_the_same_file() {
        assert_eq!(fold(&parts()), fold(&parts()));
    }

    #[test]
    fn the_module_is_packed_so_that_the_loader_finds_each_of_its_bytes_again() {
        // As the loader does it.
        let unpacked = |text: &str, length: usize| {
            let code = |c: u8| u32::from(c) - 35 - u32::from(c > 60) - u32::from(c > 92);
            let word = |five: &[u8]| five.iter().fold(0_u32, |word, c| word * 85 + code(*c)).to_be_bytes();
            text.as_bytes().chunks(5).flat_map(word).take(length).collect::<Vec<u8>>()
        };
        let bytes = (0..=255_u8).chain([255; 9]).chain((0..=255).rev()).collect::<Vec<u8>>();
        for length in [0, 1, 4, 7, bytes.len()] {
            let text = base85(&bytes[..length]);
            assert_eq!(unpacked(&text, length), &bytes[..length]);
            assert!(text.bytes().all(|c| c.is_ascii_graphic() && !b"\"<\\".contains(&c)), "{text}");
        }
    }

    #[test]
    fn text_that_would_end_the_script_early_stops_the_build() {
        let broken = Parts { script: "const a='</SCRIPT>';".to_owned(), ..parts() };
        assert!(fold(&broken).is_err());
    }

    #[test]
    fn comments_and_indents_of_a_script_are_not_shipped() {
        let script = "/** one */\n/**\n * two\n */\n  a(); // kept\n\n  // three\n  b('/* kept */');\n";
        assert_eq!(terse(script), "a(); // kept\nb('/* kept */');\n");
    }

    #[test]
    fn comments_and_indents_of_a_stylesheet_are_not_shipped() {
        assert_eq!(without_comments("/* why */\na {\n  b: c; /* d */\n}\n/* open"), "a {\nb: c;\n}\n");
    }
}
