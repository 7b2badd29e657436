//! Everything that was read, over all artifacts, as the rules see it. Rules never see raw text.
//!
//! Source preference: what a process printed about itself (the wizard trace's view of its proxy) outranks a file
//! that it may or may not have read (machine.config), and a log outranks a sentence about a log.

use crate::artifact::{Artifact, Kind, Span};
use crate::endpoints::Cloud;
use crate::readers::allow_list::AllowList;
use crate::readers::error_text::{ErrorHit, Text};
use crate::readers::machine_config::Config;
use crate::readers::proxy_log::{Flow, Log};
use crate::source::Source;

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
    /// .NET configurations, with the index of their artifact.
    pub configs: Vec<(usize, Config)>,
    /// Logs, with the index of their artifact.
    pub logs: Vec<(usize, Log)>,
    /// Texts, with the index of their artifact.
    pub texts: Vec<(usize, Text)>,
    /// Allow-lists, with the index of their artifact.
    pub allow_lists: Vec<(usize, AllowList)>,
    /// Which cloud.
    pub cloud: CloudFact,
    /// Optional features that the user says are in use; public ids as in the command line.
    pub features: Vec<String>,
}

impl Facts {
    /// The known errors of every text that reports one; texts that merely explain errors are left out.
    pub fn errors(&self) -> impl Iterator<Item = &ErrorHit> {
        self.texts.iter().filter(|(_, text)| text.documentation.is_none()).flat_map(|(_, text)| &text.errors)
    }

    /// The errors with this id of the error shelf.
    pub fn errors_with_id<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a ErrorHit> {
        self.errors().filter(move |hit| hit.entry.id == id)
    }

    /// Traffic to known hosts, over all logs.
    pub fn flows(&self) -> impl Iterator<Item = &Flow> {
        self.logs.iter().flat_map(|(_, log)| &log.flows)
    }

    /// Whether any artifact is of this kind.
    pub fn has_kind(&self, kind: Kind) -> bool {
        self.artifacts.iter().any(|artifact| artifact.kind == kind)
    }

    /// The text at a span.
    pub fn text_at(&self, span: Span) -> &str {
        self.artifacts
            .get(span.artifact)
            .and_then(|artifact| self.sources.get(artifact.source))
            .and_then(|source| source.text.get(span.start..span.end))
            .unwrap_or("")
    }

    /// The first line of an artifact that is not blank: evidence for what concerns the whole of it.
    pub fn head_of(&self, artifact: usize) -> Span {
        let Some((item, source)) =
            self.artifacts.get(artifact).and_then(|item| Some((item, self.sources.get(item.source)?)))
        else {
            return Span { artifact, start: 0, end: 0 };
        };
        let first = source.line_index(item.start);
        (first..source.line_count())
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
