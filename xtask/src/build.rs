//! Builds the page: trunk compiles, its hook folds everything into one file.

use crate::run::{cargo_home, command, root, run};
use crate::setup::{self, step};
use std::fs;
use std::path::{Path, PathBuf};

/// Installs what is missing, builds, and says where the file is.
pub fn page() -> Result<PathBuf, String> {
    let tools = setup::for_build()?;
    step("building the page (2 to 5 minutes the first time)");
    let mut trunk = command(tools.trunk);
    trunk.args(["build", "--release", "--cargo-profile", "web"]);
    trunk.env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Only for this target: the hook runs cargo too, and must not build xtask once more with other flags.
    trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", rust_flags().join(" "));
    run(&mut trunk)?;
    Ok(root().join("dist").join("index.html"))
}

/// SIMD makes the search in logs several times faster. Folder names of the machine that builds are cut off the
/// panic messages: they are nobody's business, and the same source must give the same file everywhere.
fn rust_flags() -> Vec<String> {
    let remap = |folder: &Path, name: &str| format!("--remap-path-prefix={}={name}", folder.display());
    // Without the second every element of the page would be a type of its own, with code of its own.
    let mut flags = vec![
        "-Ctarget-feature=+simd128".to_owned(),
        "--cfg=erase_components".to_owned(),
        remap(&cargo_home(), "cargo"),
        remap(&root(), "advisor"),
    ];
    // The folder of a registry carries a number that depends on the registry's address. The last match counts.
    let registries = fs::read_dir(cargo_home().join("registry").join("src")).into_iter().flatten().flatten();
    flags.extend(registries.map(|registry| remap(&registry.path(), "crates")));
    flags.sort();
    // Cargo cuts this variable at blanks, and has no way to quote one.
    flags.retain(|flag| !flag.contains(' '));
    flags
}
