//! Everything that was read, over all artifacts, as the rules see it. Rules never see raw text.
//!
//! Source preference: what a process printed about itself (the wizard trace's view of its proxy) outranks a file
//! that it may or may not have read (machine.config), and a log outranks a sentence about a log.

use crate::artifact::{Artifact, Kind, Span};
use crate::endpoints::{self, Cloud, Role};
use crate::readers::allow_list::AllowList;
use crate::readers::error_text::http::HttpProof;
use crate::readers::error_text::shell::Shell;
use crate::readers::error_text::{ErrorHit, Text};
use crate::readers::machine_config::Config;
use crate::readers::proxy_log::{Flow, Log};
use crate::source::Source;
use crate::traffic::{Servers, servers};
use std::collections::BTreeMap;

/// How the cloud became known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloudHow {
    /// The user said so.
    Chosen,
    /// Host names of the evidence say so.
    Detected,
    /// Nothing says so.
    Assumed,
}

/// The cloud that the evidence is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloudFact {
    /// Which cloud.
    pub cloud: Cloud,
    /// How it became known.
    pub how: CloudHow,
    /// One sentence: by what.
    pub why: String,
}

/// The store. Index `i` of an artifact is the `artifact` of its spans.
#[derive(Debug)]
pub struct Facts {
    /// The inputs, sorted by name and content.
    pub sources: Vec<Source>,
    /// The artifacts, in the order of their sources and lines.
    pub artifacts: Vec<Artifact>,
    /// What could not be read, or not all of it, and why; with the index of the artifact.
    pub unread: Vec<(usize, String)>,
    /// .NET configurations, with the index of their artifact.
    pub configs: Vec<(usize, Config)>,
    /// Logs, with the index of their artifact.
    pub logs: Vec<(usize, Log)>,
    /// The Entra Connect servers of each log, in the same order; see [`Facts::tell_servers_apart`].
    pub servers: Vec<Servers>,
    /// Texts, with the index of their artifact.
    pub texts: Vec<(usize, Text)>,
    /// Allow-lists, with the index of their artifact.
    pub allow_lists: Vec<(usize, AllowList)>,
    /// What proxy scripts do with the hosts of the catalogue, with the index of their artifact.
    pub proxy_scripts: Vec<(usize, AllowList)>,
    /// Which cloud.
    pub cloud: CloudFact,
    /// Optional features that the user says are in use; public ids as in the command line.
    pub features: Vec<String>,
}

impl Facts {
    /// The texts that report something about Entra Connect; texts that merely explain errors are left out, and so
    /// are the logs of other programs.
    pub fn reports(&self) -> impl Iterator<Item = &Text> {
        self.texts.iter().filter(|(_, text)| text.documentation.is_none() && !text.unrelated).map(|(_, text)| text)
    }

    /// The known errors of every text that reports one, without the history of a mail thread, without what belongs
    /// to other programs, and without failures of PowerShell 7 that Windows PowerShell disproves.
    pub fn errors(&self) -> impl Iterator<Item = &ErrorHit> {
        let disproved = self.passes_in_windows_powershell();
        self.reports().flat_map(|text| &text.errors).filter(move |hit| counts(hit, disproved))
    }

    /// Failures of PowerShell 7 that nothing disproves. They count, but the test has to be repeated in Windows
    /// PowerShell 5.1: PowerShell 7 does not read machine.config.
    pub fn newer_shell_errors(&self) -> impl Iterator<Item = &ErrorHit> {
        self.errors().filter(|hit| hit.shell == Shell::Seven)
    }

    /// Whether a test in Windows PowerShell got an answer with 200.
    pub fn passes_in_windows_powershell(&self) -> bool {
        let passes = |proof: &HttpProof| proof.status == 200 && !proof.tunnel && proof.shell == Shell::Windows;
        self.reports().any(|text| text.http_proof.iter().any(passes))
    }

    /// The errors with this id of the error shelf.
    pub fn errors_with_id<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a ErrorHit> {
        self.errors().filter(move |hit| hit.entry.id == id)
    }

    /// The errors that may point to the network: of a chain of exceptions the deepest that tells something. An AADSTS
    /// number proves that the sign-in service answered, so network texts that stand before one in the same text are
    /// history; those after it count.
    pub fn network_errors(&self) -> impl Iterator<Item = &ErrorHit> {
        let disproved = self.passes_in_windows_powershell();
        self.reports().flat_map(move |text| {
            let answered = text
                .errors
                .iter()
                .filter(|hit| counts(hit, disproved))
                .filter(|hit| hit.entry.id.starts_with("aadsts-") && hit.entry.diagnosis != Some("tls12-disabled"))
                .map(|hit| hit.span.start)
                .max();
            text.errors
                .iter()
                .filter(move |hit| counts(hit, disproved))
                .filter(move |hit| !hit.link.outer && answered.is_none_or(|answered| hit.span.start > answered))
        })
    }

    /// Whether a trace printed the proxy settings of the wizard's process.
    pub fn has_proxy_print(&self) -> bool {
        self.reports().any(|text| !text.proxy_print.is_empty())
    }

    /// Where a text says that the server is meant to connect without a proxy.
    pub fn direct_design(&self) -> Option<Span> {
        self.reports().find_map(|text| text.direct_design)
    }

    /// The URL of the connectivity test for this cloud.
    pub fn test_url(&self) -> String {
        let host =
            endpoints::hosts_of_role(self.cloud.cloud.in_service(), Role::SyncService).next().unwrap_or_default();
        format!("https://{host}/ProvisioningService.svc")
    }

    /// Traffic to known hosts, over all logs.
    pub fn flows(&self) -> impl Iterator<Item = &Flow> {
        self.logs.iter().flat_map(|(_, log)| &log.flows)
    }

    /// Whether any artifact is of this kind.
    pub fn has_kind(&self, kind: Kind) -> bool {
        self.artifacts.iter().any(|artifact| artifact.kind == kind)
    }

    /// Gives flows to a bare address the name that a look-up in another artifact found it under. To be done once all
    /// artifacts are there.
    pub fn name_addresses(&mut self) {
        let mut names: BTreeMap<&str, &str> = BTreeMap::new();
        let known = |name: &str| endpoints::find_host(name).is_some_and(|row| row.role != Role::Alias);
        for lookup in
            self.texts.iter().filter(|(_, text)| text.documentation.is_none()).flat_map(|(_, text)| &text.lookups)
        {
            let asked = lookup.asked.iter().chain(&lookup.names).map(|(name, _)| name.as_str());
            if let Some(name) = asked.into_iter().find(|name| known(name)) {
                names.extend(lookup.addresses.iter().map(|(address, _)| (address.as_str(), name)));
            }
        }
        for flow in self.logs.iter_mut().flat_map(|(_, log)| &mut log.flows) {
            if let Some(name) = names.get(flow.host.as_str()) {
                flow.rename(name);
            }
        }
    }

    /// Finds the Entra Connect servers of every log. To be done once all logs are there.
    pub fn tell_servers_apart(&mut self) {
        self.servers = self.logs.iter().map(|(_, log)| servers(log)).collect();
    }

    /// Takes snippets of configuration and of logs out that stand in the middle of a page that explains them: they are
    /// examples, no settings and no calls of the server. A page is cut where a snippet stands in it; its
    /// short pieces belong to it unless they report something of their own.
    pub fn set_pages_aside(&mut self) {
        /// A page shows a few lines of XML, never a whole machine.config.
        const SNIPPET: usize = 4000;
        /// Records of a log that a page shows at once.
        const FEW: usize = 12;
        let source_of = |artifact: usize, all: &[Artifact]| all.get(artifact).map(|artifact| artifact.source);
        let mut pages: Vec<usize> = self
            .texts
            .iter()
            .filter(|(_, text)| text.documentation.is_some())
            .filter_map(|(artifact, _)| source_of(*artifact, &self.artifacts))
            .collect();
        pages.dedup();
        pages.retain(|page| {
            !self.texts.iter().any(|(artifact, text)| {
                source_of(*artifact, &self.artifacts) == Some(*page) && text.documentation.is_none() && text.reports
            })
        });
        let on_page = |artifact: usize, all: &[Artifact]| {
            source_of(artifact, all).is_some_and(|source| pages.binary_search(&source).is_ok())
        };
        for (artifact, text) in &mut self.texts {
            if on_page(*artifact, &self.artifacts) && text.documentation.is_none() {
                let Some(item) = self.artifacts.get(*artifact) else { continue };
                text.documentation = Some(Span { artifact: *artifact, start: item.start, end: item.start });
            }
        }
        let is_snippet =
            |artifact: usize, all: &[Artifact]| all.get(artifact).is_some_and(|item| item.end - item.start <= SNIPPET);
        let all = &self.artifacts;
        self.configs.retain(|(artifact, _)| !(on_page(*artifact, all) && is_snippet(*artifact, all)));
        // A page shows a line or two of a log as well.
        self.logs
            .retain(|(artifact, log)| !(on_page(*artifact, all) && is_snippet(*artifact, all) && log.records <= FEW));
    }

    /// The text at a span.
    pub fn text_at(&self, span: Span) -> &str {
        self.artifacts
            .get(span.artifact)
            .and_then(|artifact| self.sources.get(artifact.source))
            .and_then(|source| source.text.get(span.start..span.end))
            .unwrap_or("")
    }

    /// Whether two places of one artifact stand in the same line.
    pub fn same_line(&self, one: Span, other: Span) -> bool {
        let source = self.artifacts.get(one.artifact).and_then(|item| self.sources.get(item.source));
        one.artifact == other.artifact
            && source.is_some_and(|source| source.line_index(one.start) == source.line_index(other.start))
    }

    /// Whether nothing but blanks stands before this place on its line.
    pub fn begins_line(&self, span: Span) -> bool {
        let source = self.artifacts.get(span.artifact).and_then(|item| self.sources.get(item.source));
        source.is_some_and(|source| {
            let start = source.line_range(source.line_index(span.start)).start;
            source.text.get(start..span.start).is_some_and(|before| before.trim().is_empty())
        })
    }

    /// The first line of an artifact that is not blank: evidence for what concerns the whole of it.
    pub fn head_of(&self, artifact: usize) -> Span {
        let Some((item, source)) =
            self.artifacts.get(artifact).and_then(|item| Some((item, self.sources.get(item.source)?)))
        else {
            return Span { artifact, start: 0, end: 0 };
        };
        let first = source.line_index(item.start);
        (first..source.text_lines())
            .map(|line| source.line_range(line))
            .take_while(|range| range.start < item.end)
            .find(|range| source.text.get(range.clone()).is_some_and(|line| !line.trim().is_empty()))
            .map_or(Span { artifact, start: item.start, end: item.start }, |range| Span {
                artifact,
                start: range.start.max(item.start),
                end: range.end.min(item.end),
            })
    }
}

/// Whether an error tells how things stand now, with Entra Connect.
fn counts(hit: &ErrorHit, disproved: bool) -> bool {
    let stale = disproved && hit.shell == Shell::Seven;
    !(hit.history || hit.foreign || stale)
}
