//! Who reads which proxy, and what was tried by hand: for the page, not part of the contract.

use super::place::{Place, place};
use crate::facts::Facts;
use crate::hand_tests::{HandTest, hand_tests};
use crate::layers::{self, Layer, account_id};
use serde::{Deserialize, Serialize};

/// Both tables.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Layers {
    /// The layers of proxy settings, those that Entra Connect reads first.
    pub rows: Vec<LayerRow>,
    /// Tests by hand, in the order of the evidence.
    pub tests: Vec<TestRow>,
}

/// One layer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LayerRow {
    /// machine-config | service-config | wizard-config | other-machine-config | wizard-trace | default-proxy |
    /// internet-options | winhttp | environment | pac-script
    pub kind: String,
    /// signed-in | sync-service | local-system | local-service | network-service | other | machine
    pub account: String,
    /// wizard | sync-service | powershell | browser-window | winhttp-services | newer-tools | other-programs
    pub readers: Vec<String>,
    /// yes | no | if-open: whether the wizard or the sync service comes to this layer.
    pub counts: String,
    /// proxy | direct | script | auto-detect | account | refused | unknown
    pub says: String,
    /// `host:port`, or the address of the script.
    pub value: Option<String>,
    /// What goes around the proxy, as written; empty where nothing does.
    pub bypass: String,
    /// Where it stands.
    pub place: Place,
}

/// One test by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TestRow {
    /// The tool.
    pub tool: String,
    /// What was asked.
    pub target: Option<String>,
    /// The way it went.
    pub way: String,
    /// signed-in-user | sync-service-account
    pub context: String,
    /// passed | failed | no-proof
    pub outcome: String,
    /// What came back.
    pub answer: String,
    /// What it proves.
    pub proves: String,
    /// Where it stands.
    pub place: Place,
}

/// More tests than a person would read; a console session of a whole day has fewer.
const TESTS: usize = 200;

/// Both tables of these facts.
pub fn layers(facts: &Facts) -> Layers {
    let tests = hand_tests(facts);
    Layers {
        rows: layers::layers(facts).iter().filter_map(|layer| row(facts, layer)).collect(),
        tests: tests.iter().take(TESTS).filter_map(|one| test(facts, one)).collect(),
    }
}

fn row(facts: &Facts, layer: &Layer) -> Option<LayerRow> {
    Some(LayerRow {
        kind: layer.kind.id().to_owned(),
        account: account_id(layer.account).to_owned(),
        readers: layer.readers.iter().map(|reader| reader.id().to_owned()).collect(),
        counts: layer.counts.id().to_owned(),
        says: layer.says.id().to_owned(),
        value: layer.says.value(),
        bypass: layer.bypass.clone(),
        place: place(facts, layer.span)?,
    })
}

fn test(facts: &Facts, test: &HandTest) -> Option<TestRow> {
    Some(TestRow {
        tool: test.tool.to_owned(),
        target: test.target.clone(),
        way: test.way.clone(),
        context: test.context.id().to_owned(),
        outcome: test.outcome.id().to_owned(),
        answer: test.answer.clone(),
        proves: test.proves.to_owned(),
        place: place(facts, test.span)?,
    })
}
