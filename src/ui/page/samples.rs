//! The six samples: the files of the repository's own cases.

/// Name and content of each file.
pub type Files = &'static [(&'static str, &'static [u8])];

/// The files of the sample with this id.
pub fn files(id: &str) -> Files {
    match id {
        "healthy" => HEALTHY,
        "407" => PROXY_AUTH,
        "mfa" => MFA,
        "nesting" => NESTING,
        "idle" => IDLE,
        "china" => CHINA,
        _ => &[],
    }
}

const HEALTHY: Files = &[("access.log", include_bytes!("../../../tests/cases/sample-healthy/access.log"))];

const PROXY_AUTH: Files = &[
    ("machine.config", include_bytes!("../../../tests/cases/sample-407/machine.config")),
    ("access.log", include_bytes!("../../../tests/cases/sample-407/access.log")),
    ("wizard.txt", include_bytes!("../../../tests/cases/sample-407/wizard.txt")),
];

const MFA: Files = &[
    ("ticket.txt", include_bytes!("../../../tests/cases/sample-mfa-endpoint-blocked/ticket.txt")),
    ("access.log", include_bytes!("../../../tests/cases/sample-mfa-endpoint-blocked/access.log")),
];

const NESTING: Files =
    &[("machine.config", include_bytes!("../../../tests/cases/sample-wrong-nesting/machine.config"))];

const IDLE: Files = &[
    ("access.log", include_bytes!("../../../tests/cases/sample-idle-timeout/access.log")),
    ("export-error.txt", include_bytes!("../../../tests/cases/sample-idle-timeout/export-error.txt")),
];

const CHINA: Files = &[("access.log", include_bytes!("../../../tests/cases/sample-china/access.log"))];
