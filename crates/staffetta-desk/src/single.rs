//! A single notification: every field checked, all that is wrong said at once.

use crate::draft_text::kept;
use crate::text_warnings::text_warnings;
use staffetta_domain::buttons::split;
use staffetta_domain::limits::DESCRIPTION_MAX;
use staffetta_domain::problem::RowFault;
use staffetta_domain::text::tidy;
use staffetta_domain::{
    Amount, AmountError, Content, DueDate, FiscalCode, Markdown, NoticeNumber, NotificationId, Payment,
    PaymentTerms, Phrase, PlanProblem, ServiceId, Subject, Template, UnixMillis,
};
use staffetta_store::notifications::{NewSingle, SingleAdded};
use staffetta_store::services::Service;
use staffetta_store::{Scope, Store, StoreError};

/// What a person wrote.
#[derive(Clone, Copy, Debug)]
pub struct SingleRequest<'a> {
    /// The service; none if none was chosen.
    pub service: Option<ServiceId>,
    /// *Codice fiscale*.
    pub fiscal_code: &'a str,
    /// *Oggetto*.
    pub subject: &'a str,
    /// *Contenuto*.
    pub markdown: &'a str,
    /// *Scadenza*, gg/mm/aaaa.
    pub due_date: Option<&'a str>,
    /// *Importo*.
    pub amount: Option<SingleAmount<'a>>,
    /// *Numero avviso*.
    pub notice_number: Option<&'a str>,
    /// The office's own name for it: the same twice is one notification.
    pub reference: Option<&'a str>,
    /// The form in which it was written, by a number of its own: the same form is one notification.
    pub form_token: Option<&'a str>,
    /// A single notification that went wrong, in place of which this one is sent.
    pub corrects: Option<NotificationId>,
}

/// An amount as it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SingleAmount<'a> {
    /// Euro cents, as a program gives them.
    Cents(i64),
    /// Euro, as a person writes them.
    Written(&'a str),
}

impl SingleAmount<'_> {
    fn read(self) -> Result<Amount, AmountError> {
        match self {
            Self::Written(text) => Amount::read(text),
            Self::Cents(0) => Err(AmountError::Zero),
            Self::Cents(..0) => Err(AmountError::Negative),
            Self::Cents(cents) => Amount::from_cents(cents).ok_or(AmountError::OverMax),
        }
    }
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SingleField {
    /// The service.
    Service,
    /// *Codice fiscale*.
    FiscalCode,
    /// *Oggetto*.
    Subject,
    /// *Contenuto*.
    Markdown,
    /// The buttons above its text.
    Buttons,
    /// *Scadenza*.
    DueDate,
    /// *Importo*.
    Amount,
    /// *Numero avviso*.
    NoticeNumber,
    /// The office's own reference.
    Reference,
}

/// What is wrong with a field, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// Which field.
    pub field: SingleField,
    /// What is wrong.
    pub reason: Phrase,
    /// What to do.
    pub remedy: Phrase,
}

/// A single notification in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SingleRecorded {
    /// Its number.
    pub id: NotificationId,
    /// It was there already, under the same reference or in the same form, and with the same content.
    pub existing: bool,
    /// The fiscal code was put right, which is to be said.
    pub repaired: bool,
    /// What a person should know of it: nothing that stops it.
    pub warnings: Vec<Phrase>,
}

/// Why nothing was recorded or sent.
#[derive(Debug, thiserror::Error)]
pub enum SingleError {
    /// Fields that must be put right.
    #[error("some fields must be put right")]
    Fields(Vec<FieldProblem>),
    /// The person may not write single notifications for this service.
    #[error("no such service for single notifications")]
    NoService,
    /// Another notification has this reference, with another content.
    #[error("the reference is taken by another notification")]
    ReferenceTaken,
    /// Another notification came of this form before, with another content.
    #[error("the form was used for another notification")]
    FormUsed(NotificationId),
    /// What it corrects did not go wrong, or was corrected by this notification already.
    #[error("there is nothing to correct any more")]
    Corrected(Option<NotificationId>),
    /// The ledger.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Records a single notification in the queue: the engine sends it at once.
///
/// # Errors
/// See [`SingleError`]; then nothing was recorded.
pub async fn add_single(
    store: &Store,
    scope: &Scope,
    request: SingleRequest<'_>,
    now: UnixMillis,
) -> Result<SingleRecorded, SingleError> {
    let organization = store.organization(scope.organization).await?.ok_or(SingleError::NoService)?;
    let service = match request.service {
        Some(service) => Some(store.service(scope, service).await?.ok_or(SingleError::NoService)?),
        None => None,
    };
    let mut fields = Fields::default();
    let fiscal_code = fields
        .take(SingleField::FiscalCode, FiscalCode::read(request.fiscal_code).map_err(RowFault::FiscalCode));
    let subject = fields.take(SingleField::Subject, Subject::new(request.subject).map_err(RowFault::Subject));
    let markdown = fields.markdown(request.markdown, organization.content_min);
    fields.no_placeholders(SingleField::Subject, request.subject);
    fields.no_placeholders(SingleField::Markdown, request.markdown);
    let due_date = request.due_date.map(|text| DueDate::read(text).map_err(RowFault::DueDate)).transpose();
    let due_date = fields.take(SingleField::DueDate, due_date);
    let payment =
        fields.payment(&request, service.as_ref().map_or(Amount::MAX, |service| service.max_amount));
    let reference = fields.reference(request.reference);
    let service = fields.service(service.as_ref());
    let (
        Some(fiscal_code),
        Some(subject),
        Some(markdown),
        Some(due_date),
        Some(payment),
        Some(service),
        true,
    ) = (fiscal_code, subject, markdown, due_date, payment, service, fields.problems.is_empty())
    else {
        return Err(SingleError::Fields(fields.problems));
    };
    let content = Content { subject, markdown, due_date, payment };
    let new = NewSingle {
        service,
        fiscal_code: fiscal_code.code,
        content,
        reference,
        form_token: request.form_token.map(kept),
        corrects: request.corrects,
        test_of: None,
    };
    let (id, existing) = match store.add_single(scope, &new, now).await? {
        SingleAdded::New(id) => (id, false),
        SingleAdded::Existing(id) => (id, true),
        SingleAdded::FormUsed(id) => return Err(SingleError::FormUsed(id)),
        SingleAdded::Corrected(by) => return Err(SingleError::Corrected(by)),
        SingleAdded::ReferenceTaken => return Err(SingleError::ReferenceTaken),
        SingleAdded::Forbidden => return Err(SingleError::NoService),
    };
    let warnings = warnings(request.subject, request.markdown, due_date, now);
    Ok(SingleRecorded { id, existing, repaired: fiscal_code.repaired, warnings })
}

fn warnings(subject: &str, markdown: &str, due_date: Option<DueDate>, now: UnixMillis) -> Vec<Phrase> {
    let mut warnings = text_warnings(subject, markdown);
    if let Some(past) = due_date.filter(|date| date.instant() < now) {
        warnings.push(Phrase::new("warning-due-date-past").with("date", past.italian()));
    }
    warnings
}

#[derive(Default)]
struct Fields {
    problems: Vec<FieldProblem>,
}

impl Fields {
    fn wrong(&mut self, field: SingleField, fault: &RowFault) {
        self.problems.push(FieldProblem { field, reason: fault.phrase(), remedy: fault.remedy() });
    }

    fn take<T>(&mut self, field: SingleField, read: Result<T, RowFault>) -> Option<T> {
        read.map_err(|fault| self.wrong(field, &fault)).ok()
    }

    /// A *contenuto*, perhaps with buttons above its text.
    fn markdown(&mut self, text: &str, min: usize) -> Option<Markdown> {
        let text = tidy(text);
        let problems = match split(&text) {
            Err(error) => vec![(SingleField::Markdown, PlanProblem::FrontMatter(error))],
            Ok((buttons, _)) => {
                let problems = buttons.problems().into_iter().map(PlanProblem::Button);
                problems.map(|problem| (SingleField::Buttons, problem)).collect()
            }
        };
        if problems.is_empty() {
            return self.take(SingleField::Markdown, Markdown::new(&text, min).map_err(RowFault::Markdown));
        }
        self.problems.extend(problems.into_iter().map(|(field, problem)| FieldProblem {
            field,
            reason: problem.phrase(),
            remedy: problem.remedy(),
        }));
        None
    }

    /// A text taken from a flow's model still has its places: the citizen would read them.
    fn no_placeholders(&mut self, field: SingleField, text: &str) {
        let Some(name) =
            Template::parse(text).ok().and_then(|text| text.placeholders().first().map(ToString::to_string))
        else {
            return;
        };
        self.problems.push(FieldProblem {
            field,
            reason: Phrase::new("single-placeholder").with("name", name),
            remedy: Phrase::new("single-placeholder-remedy"),
        });
    }

    fn service(&mut self, service: Option<&Service>) -> Option<ServiceId> {
        if service.is_none() {
            self.problems.push(FieldProblem {
                field: SingleField::Service,
                reason: Phrase::new("single-service-missing"),
                remedy: Phrase::new("single-service-missing-remedy"),
            });
        }
        service.map(|service| service.id)
    }

    /// Blank is none.
    fn reference(&mut self, reference: Option<&str>) -> Option<String> {
        let reference = reference.map(str::trim).filter(|reference| !reference.is_empty())?;
        if reference.chars().count() > DESCRIPTION_MAX {
            self.problems.push(FieldProblem {
                field: SingleField::Reference,
                reason: Phrase::new("single-reference-long").with("max", DESCRIPTION_MAX),
                remedy: Phrase::new("single-reference-long-remedy"),
            });
        }
        Some(kept(reference))
    }

    /// Both parts of a payment, or neither; the outer `None` is a wrong field.
    #[expect(clippy::option_option, reason = "a payment that is wrong is not one that is missing")]
    fn payment(&mut self, request: &SingleRequest<'_>, max: Amount) -> Option<Option<Payment>> {
        let (amount, notice_number) = match (request.amount, request.notice_number) {
            (None, None) => return Some(None),
            (amount, notice_number) => (amount, notice_number),
        };
        let amount = match amount.map(SingleAmount::read) {
            None => Err(RowFault::PaymentNeedsAmount),
            Some(Err(error)) => Err(RowFault::Amount(error)),
            Some(Ok(amount)) if amount > max => Err(RowFault::AmountOverService { max }),
            Some(Ok(amount)) => Ok(amount),
        };
        let amount = self.take(SingleField::Amount, amount);
        let notice_number = notice_number
            .ok_or(RowFault::PaymentNeedsNotice)
            .and_then(|text| NoticeNumber::read(text).map_err(RowFault::NoticeNumber));
        let notice_number = self.take(SingleField::NoticeNumber, notice_number);
        Some(Some(Payment { amount: amount?, notice_number: notice_number?, terms: PaymentTerms::default() }))
    }
}
