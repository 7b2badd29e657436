//! How the ranked list is told: which entry is the most likely cause, which are symptoms of another. No view.

use advisor_engine::export::v1::{Diagnosis, Report};

/// One entry of the list, in rank order.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The diagnosis.
    pub diagnosis: &'a Diagnosis,
    /// The entry that is shown large and open.
    pub is_lead: bool,
    /// The cause that explains it, where one ranks above it.
    pub cause: Option<&'a Diagnosis>,
}

/// One entry by itself, so that an entry is drawn anew only when something about it has changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The diagnosis.
    pub diagnosis: Diagnosis,
    /// The entry that is shown large and open.
    pub is_lead: bool,
    /// Title of the cause that explains it.
    pub cause: Option<String>,
    /// Titles of its symptoms.
    pub symptoms: Vec<String>,
}

/// The list as it is shown, in rank order.
pub fn told(report: &Report) -> Vec<Told> {
    let one = |entry: Entry| {
        let symptoms = report.diagnoses.iter().filter(|other| entry.diagnosis.explains.contains(&other.id));
        Told {
            diagnosis: entry.diagnosis.clone(),
            is_lead: entry.is_lead,
            cause: entry.cause.map(|cause| cause.title.clone()),
            symptoms: symptoms.map(|symptom| symptom.title.clone()).collect(),
        }
    };
    entries(report).into_iter().map(one).collect()
}

/// The most likely cause: the first error or warning.
pub fn most_likely(report: &Report) -> Option<&Diagnosis> {
    report.diagnoses.iter().find(|diagnosis| is_finding(diagnosis))
}

/// Whether an entry says that something is wrong.
pub fn is_finding(diagnosis: &Diagnosis) -> bool {
    matches!(diagnosis.severity.as_str(), "error" | "warning")
}

/// How many entries say that something is wrong, symptoms included.
pub fn finding_count(report: &Report) -> usize {
    report.diagnoses.iter().filter(|diagnosis| is_finding(diagnosis)).count()
}

/// The entries as they are shown. Where nothing is wrong, the first healthy sign leads.
pub fn entries(report: &Report) -> Vec<Entry<'_>> {
    let first = |wanted: fn(&Diagnosis) -> bool| report.diagnoses.iter().position(wanted);
    let lead = first(is_finding).or_else(|| first(|diagnosis| diagnosis.severity == "ok")).unwrap_or(0);
    let ranked = report.diagnoses.iter().enumerate();
    ranked
        .map(|(rank, diagnosis)| {
            let mut above = report.diagnoses.iter().take(rank);
            let cause = above.find(|cause| cause.explains.contains(&diagnosis.id));
            Entry { diagnosis, is_lead: rank == lead, cause }
        })
        .collect()
}
