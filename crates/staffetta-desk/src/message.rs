//! A message and an office's file: checked together, and recognised when they come again.

use crate::check_list::{ListRules, check_list};
use crate::how_to_read::HowToRead;
use crate::import::ImportError;
use crate::list_report::ListReport;
use crate::office_file::OfficeFile;
use staffetta_domain::{Nature, ServiceId};
use staffetta_store::flows::FlowDetail;
use staffetta_store::organizations::Organization;
use staffetta_store::services::Service;
use staffetta_store::{Scope, Store, StoreError};
use std::ops::ControlFlow;

/// A message that is checked against a list.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    service: ServiceId,
    /// Word of its nature.
    nature: String,
    pub(crate) rules: ListRules,
}

impl Message {
    pub(crate) fn new(
        service: &Service,
        nature: &Nature,
        organization: &Organization,
        subject: &str,
        markdown: &str,
    ) -> Self {
        Self {
            service: service.id,
            nature: nature.code.clone(),
            rules: ListRules {
                subject: subject.to_owned(),
                markdown: markdown.to_owned(),
                payment: nature.payment,
                markdown_min: organization.content_min,
                amount_max: service.max_amount,
                how: HowToRead::default(),
            },
        }
    }

    /// The message of a flow as it is now; `None` if the person sees its service no more.
    pub(crate) async fn of_flow(
        store: &Store,
        scope: &Scope,
        flow: &FlowDetail,
    ) -> Result<Option<Self>, StoreError> {
        let service = store.service(scope, flow.summary.service).await?;
        let organization = store.organization(scope.organization).await?;
        let natures = store.natures(scope.organization).await?;
        let nature = natures.into_iter().find(|nature| nature.id == flow.summary.nature);
        let (Some(service), Some(organization), Some(nature)) = (service, organization, nature) else {
            return Ok(None);
        };
        Ok(Some(Self::new(&service, &nature.nature, &organization, &flow.subject, &flow.markdown)))
    }

    /// The same, of a file that is read in a way of its own.
    pub(crate) fn reading(mut self, how: HowToRead) -> Self {
        self.rules.how = how;
        self
    }

    /// Reads and checks a whole file in a thread of its own; `progress` is told the line that was reached.
    pub(crate) async fn check(
        &self,
        file: OfficeFile,
        progress: impl Fn(u64) + Send + 'static,
    ) -> Result<ListReport, ImportError> {
        let rules = self.rules.clone();
        let checking = tokio::task::spawn_blocking(move || {
            check_list(
                file.at_start()?,
                &rules,
                |_| ControlFlow::Continue(()),
                |line, _| {
                    if line.is_multiple_of(1_000) {
                        progress(line);
                    }
                    ControlFlow::Continue(())
                },
            )
        });
        checking.await.map_err(|_| ImportError::Reader)?.map_err(ImportError::List)
    }

    /// What makes two flows the same to those who receive them: service, nature, message and rows.
    pub(crate) fn sameness(&self, report: &ListReport) -> Vec<u8> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.service.0.to_le_bytes());
        for part in [&self.nature, &self.rules.subject, &self.rules.markdown] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        hasher.update(&report.sameness);
        hasher.finalize().as_bytes()[..16].to_vec()
    }
}

/// Why a checked list is not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// No row can go out.
    NoValidRows,
    /// Some rows are wrong, and the person did not say that the others may go on without them.
    WrongRows,
}

impl Refusal {
    pub(crate) const fn of(report: &ListReport, accept_valid: bool) -> Option<Self> {
        if report.valid_rows == 0 {
            Some(Self::NoValidRows)
        } else if report.wrong_rows > 0 && !accept_valid {
            Some(Self::WrongRows)
        } else {
            None
        }
    }
}
