//! *Invia una prova a me*: the message of one row goes to the operator who composes it, as a single notification.
//!
//! Nothing of it is the engine's: claim, budget and outcome are those of any single notification. It counts nowhere in
//! the flow, whose history tells of it.

use crate::citizen_content::{NotAMessage, citizen_content};
use crate::readiness::{NotReady, readiness};
use staffetta_domain::{
    Content, FiscalCode, FlowId, FlowState, NotificationId, OperatorId, Phrase, ServiceId, UnixMillis,
};
use staffetta_store::flows::FlowDetail;
use staffetta_store::notifications::{NewSingle, SingleAdded};
use staffetta_store::{Scope, Store, StoreError};

/// A message that can be tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestMessage {
    /// The flow's service.
    pub service: ServiceId,
    /// Its name.
    pub service_name: String,
    /// Which recipient's message it is, from 1.
    pub position: i64,
    /// Of how many.
    pub of: i64,
    /// What that recipient gets, payment and all.
    pub content: Content,
    /// To whom the test goes; none where the operator's profile has no fiscal code.
    pub to: Option<FiscalCode>,
}

impl TestMessage {
    /// Names the content with its payment, the service that sends it and whom it goes to.
    #[must_use]
    pub fn seen(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.content.hash().0);
        hasher.update(&self.service.0.to_le_bytes());
        hasher.update(self.to.as_ref().map_or("", FiscalCode::as_str).as_bytes());
        hasher.finalize().to_hex().to_string()
    }
}

/// What a person asks for, as the page that they saw tells it.
#[derive(Clone, Copy, Debug)]
pub struct TestRequest<'a> {
    /// The flow.
    pub flow: FlowId,
    /// Which recipient's message, from 1.
    pub position: i64,
    /// What was shown, by [`TestMessage::seen`]: nothing else is sent in its place, and to nobody else.
    pub seen: &'a str,
    /// Whether the payment notice goes along, which the phone offers to pay.
    pub with_payment: bool,
    /// The form that was sent: the same form is one test.
    pub form_token: &'a str,
}

/// Why no test was sent.
#[derive(Debug, thiserror::Error)]
pub enum NotTested {
    /// The flow is not there, or not this person's.
    #[error("no such flow")]
    NoFlow,
    /// Its message and list are not ready.
    #[error("the flow is not ready")]
    NotReady(NotReady),
    /// It is being sent, or was.
    #[error("the flow is being sent")]
    TooLate,
    /// The operator's profile has no fiscal code.
    #[error("the operator's profile has no fiscal code")]
    NoFiscalCode,
    /// The message, or the fiscal code, is not the one that was shown.
    #[error("the message is another than was shown")]
    Changed,
    /// Another test was sent with this form.
    #[error("the form was used for another test")]
    FormUsed(NotificationId),
    /// The service is disabled, or the person may not both compose for it and write to somebody.
    #[error("the service is not this person's to send tests for")]
    Forbidden,
    /// The ledger.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl NotTested {
    /// What is said.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::NotReady(why) => why.phrase(),
            Self::TooLate => Phrase::new("test-too-late"),
            Self::NoFiscalCode => Phrase::new("test-no-code"),
            Self::Changed => Phrase::new("test-changed"),
            Self::FormUsed(id) => Phrase::new("test-form-used").with("id", id.to_string()),
            Self::Forbidden => Phrase::new("test-forbidden"),
            Self::NoFlow | Self::Store(_) => Phrase::new("web-fault"),
        }
    }
}

/// The message of the recipient at a position, the nearest one where there is none, as it can be tried.
///
/// # Errors
/// See [`NotTested`].
pub async fn test_message(
    store: &Store,
    scope: &Scope,
    operator: OperatorId,
    flow: FlowId,
    position: i64,
) -> Result<TestMessage, NotTested> {
    let found = store.find_flow(scope, flow).await?.ok_or(NotTested::NoFlow)?;
    let list = ready(&found)?;
    let position = position.clamp(1, list.valid_rows);
    let row = NotificationId::new(list.id, position);
    // A list read again meanwhile has other rows.
    let row = store.find_notification(scope, row).await?.ok_or(NotTested::Changed)?;
    let content = citizen_content(&row).map_err(|error| match error {
        NotAMessage::Unmade => NotTested::Changed,
        NotAMessage::Store(error) => NotTested::Store(error),
    })?;
    Ok(TestMessage {
        service: found.summary.service,
        position,
        of: list.valid_rows,
        content,
        to: store.own_fiscal_code(scope, operator).await?,
        service_name: found.summary.service_name,
    })
}

/// The list whose messages can be tried: of a flow that is being prepared or is ready.
fn ready(flow: &FlowDetail) -> Result<&staffetta_store::flows::ListDetail, NotTested> {
    match flow.summary.state {
        FlowState::Inactive => readiness(flow).map_err(NotTested::NotReady),
        FlowState::Active => flow.checked_list().ok_or(NotTested::TooLate),
        FlowState::Sending | FlowState::Sent | FlowState::Incomplete => Err(NotTested::TooLate),
    }
}

/// Puts a test in the queue, once for each form.
///
/// # Errors
/// See [`NotTested`]; then nothing was recorded.
pub async fn send_test(
    store: &Store,
    scope: &Scope,
    operator: OperatorId,
    request: TestRequest<'_>,
    now: UnixMillis,
) -> Result<NotificationId, NotTested> {
    let message = test_message(store, scope, operator, request.flow, request.position).await?;
    let fiscal_code = message.to.ok_or(NotTested::NoFiscalCode)?;
    if message.seen() != request.seen {
        return Err(NotTested::Changed);
    }
    let payment = message.content.payment.filter(|_| request.with_payment);
    let new = NewSingle {
        service: message.service,
        fiscal_code,
        content: Content { payment, ..message.content },
        reference: None,
        form_token: Some(request.form_token.to_owned()),
        corrects: None,
        test_of: Some(request.flow),
    };
    match store.add_single(scope, &new, now).await? {
        SingleAdded::New(id) | SingleAdded::Existing(id) => Ok(id),
        SingleAdded::FormUsed(id) => Err(NotTested::FormUsed(id)),
        SingleAdded::Forbidden => Err(NotTested::Forbidden),
        // A test has neither a reference nor anything to correct.
        SingleAdded::ReferenceTaken | SingleAdded::Corrected(_) => Err(NotTested::Changed),
    }
}
