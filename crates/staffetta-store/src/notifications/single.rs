//! A single notification is written.

use crate::db::{Tx, execute, fetch_optional};
use crate::events::{About, record};
use crate::lists::keys::{SHARED_SEGMENT, add_keys};
use crate::resends::sent_again;
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError};
use staffetta_domain::{
    Content, FiscalCode, FlowId, ListId, NotificationId, Payee, Rights, ServiceId, UnixMillis,
};

/// A single notification: one person, a text without places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSingle {
    /// The service that writes.
    pub service: ServiceId,
    /// The recipient.
    pub fiscal_code: FiscalCode,
    /// What they receive.
    pub content: Content,
    /// The ente's own reference, the only one of its kind among its notifications.
    pub reference: Option<String>,
    /// The form in which it was written: the same form is one notification, however often it is sent.
    pub form_token: Option<String>,
    /// A single notification that went wrong, in place of which this one is sent; only one is for each.
    pub corrects: Option<NotificationId>,
    /// It is a test of this flow's message, to who composes it: it wants [`Rights::OF_TEST`], and counts nowhere in the
    /// flow.
    pub test_of: Option<FlowId>,
}

/// What became of a single notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SingleAdded {
    /// It is in the queue.
    New(NotificationId),
    /// The same service, person and content came before under this reference or in this form.
    Existing(NotificationId),
    /// Another came before in this form.
    FormUsed(NotificationId),
    /// Another came before under this reference.
    ReferenceTaken,
    /// What it corrects did not go wrong, is not this person's, or was corrected by this one already.
    Corrected(Option<NotificationId>),
    /// The service is disabled, or not this person's to write single notifications with.
    Forbidden,
}

const LIST: &str = concat!(
    "insert into list (organization_id, service_id, created_at, complete, file_name, columns, valid_rows)
     select s.organization_id, s.id, $5, 1, '', '[]', 1 from service s
     where s.organization_id = $1 and s.id = $4 and s.enabled = 1 and ",
    in_scope!("s.id", "$2", "$3"),
    " returning id"
);

const NOTIFICATION: &str = "insert into notification (id, organization_id, service_id, state, content_hash,
       reference, created_at, created_by, form_token, test_of)
     values ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9)
     on conflict do nothing";

const RECIPIENT: &str =
    "insert into recipient (id, fiscal_code, due_at, amount_cents, notice_number, subject, markdown,
       invalid_after_due, payee)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// A test is of a flow of its service that is being prepared or ready.
const TESTED: &str = concat!(
    "select f.id from flow f where f.id = $4 and f.organization_id = $1 and f.service_id = $5 and f.state in (0, 1) and ",
    in_scope!("f.service_id", "$2", "$3")
);

pub(crate) const SAME: &str = "select n.id, n.service_id, r.fiscal_code, n.content_hash
     from notification n join recipient r on r.id = n.id
     where n.organization_id = $1 and n.reference = $2";

pub(crate) const SAME_FORM: &str = "select n.id, n.service_id, r.fiscal_code, n.content_hash
     from notification n join recipient r on r.id = n.id
     where n.organization_id = $1 and n.form_token = $2";

impl Store {
    /// Puts a single notification in the queue, once for each reference and once for each form.
    ///
    /// # Errors
    /// The database.
    pub async fn add_single(
        &self,
        scope: &Scope,
        new: &NewSingle,
        now: UnixMillis,
    ) -> Result<SingleAdded, StoreError> {
        let hash = new.content.hash().0;
        let rights = if new.test_of.is_some() { &Rights::OF_TEST[..] } else { &[Rights::SINGLE] };
        let mut tx = self.db.begin().await?;
        let mut list = None;
        for right in rights {
            list = fetch_optional!(
                tx,
                (i64,),
                LIST,
                scope.organization.0,
                scope.operator(),
                needed(*right),
                new.service.0,
                now.0,
            )?;
            if list.is_some() {
                break;
            }
        }
        let Some((list,)) = list else { return Ok(SingleAdded::Forbidden) };
        let id = NotificationId::new(ListId(list), 1);
        let added = execute!(
            tx,
            NOTIFICATION,
            id.0,
            scope.organization.0,
            new.service.0,
            hash.as_slice(),
            &new.reference,
            now.0,
            &scope.actor,
            &new.form_token,
            new.test_of.map(|flow| flow.0),
        )?;
        if added == 0 {
            // The list just made goes with the transaction, which is not committed.
            return known(&mut tx, scope, new, &hash).await;
        }
        let payment = new.content.payment.as_ref();
        let terms = payment.map(|payment| &payment.terms);
        execute!(
            tx,
            RECIPIENT,
            id.0,
            new.fiscal_code.as_str(),
            new.content.due_date.map(|date| date.instant().0),
            payment.map(|payment| payment.amount.cents()),
            payment.map(|payment| payment.notice_number.as_str()),
            new.content.subject.as_str(),
            new.content.markdown.as_str(),
            terms.and_then(|terms| terms.invalid_after_due_date.then_some(1_i16)),
            terms.and_then(|terms| terms.payee.as_ref()).map(Payee::as_str),
        )?;
        add_keys(&mut tx, SHARED_SEGMENT, id, id).await?;
        if let Some(corrected) = new.corrects
            && let Err(by) = correct(&mut tx, scope, corrected, id, now).await?
        {
            return Ok(SingleAdded::Corrected(by));
        }
        if let Some(flow) = new.test_of
            && !told(&mut tx, scope, flow, new.service, id, now).await?
        {
            return Ok(SingleAdded::Forbidden);
        }
        tx.commit().await?;
        Ok(SingleAdded::New(id))
    }
}

/// The flow's history tells of a test of its message; `false` if there is no such flow to test.
async fn told(
    tx: &mut Tx,
    scope: &Scope,
    flow: FlowId,
    service: ServiceId,
    test: NotificationId,
    now: UnixMillis,
) -> Result<bool, StoreError> {
    let (organization, operator) = (scope.organization, scope.operator());
    let needed = needed(Rights::COMPOSE);
    if fetch_optional!(tx, (i64,), TESTED, organization.0, operator, needed, flow.0, service.0)?.is_none() {
        return Ok(false);
    }
    let detail = test.to_string();
    record(tx, organization, About::flow(flow), &scope.actor, "flow-tested", Some(&detail), now).await?;
    Ok(true)
}

/// Holds a single notification that went wrong and was not sent again.
const HOLD: &str = concat!(
    "update notification set attempt = attempt
     where id = $4 and organization_id = $1 and flow_id is null and state in ",
    sent_again!(),
    " and ",
    in_scope!("service_id", "$2", "$3")
);

/// The newer one takes the place of one that went wrong, which is written in both timelines; otherwise by which it was
/// corrected already.
async fn correct(
    tx: &mut Tx,
    scope: &Scope,
    wrong: NotificationId,
    newer: NotificationId,
    now: UnixMillis,
) -> Result<Result<(), Option<NotificationId>>, StoreError> {
    let (organization, operator) = (scope.organization, scope.operator());
    if execute!(tx, HOLD, organization.0, operator, needed(Rights::SINGLE), wrong.0)? != 1 {
        return Ok(Err(None));
    }
    let by = fetch_optional!(
        tx,
        (Option<String>,),
        "select detail from event where notification_id = $1 and kind = 'single-rewritten' limit 1",
        wrong.0
    )?;
    if let Some((by,)) = by {
        return Ok(Err(by.and_then(|by| by.parse().ok())));
    }
    for (about, kind, other) in [(wrong, "single-rewritten", newer), (newer, "single-corrects", wrong)] {
        let (about, other) = (About::notification(about), other.to_string());
        record(tx, organization, about, &scope.actor, kind, Some(&other), now).await?;
    }
    Ok(Ok(()))
}

/// A notification that came before: its number, service, person and content.
type Known = (i64, i64, String, Option<Vec<u8>>);

async fn known(tx: &mut Tx, scope: &Scope, new: &NewSingle, hash: &[u8]) -> Result<SingleAdded, StoreError> {
    let is_same = |(_, service, fiscal_code, content): &Known| {
        *service == new.service.0
            && fiscal_code == new.fiscal_code.as_str()
            && content.as_deref() == Some(hash)
    };
    let organization = scope.organization.0;
    if let Some(known) = fetch_optional!(tx, Known, SAME_FORM, organization, &new.form_token)? {
        let id = NotificationId(known.0);
        return Ok(if is_same(&known) { SingleAdded::Existing(id) } else { SingleAdded::FormUsed(id) });
    }
    let known = fetch_optional!(tx, Known, SAME, organization, &new.reference)?;
    Ok(match known.filter(is_same) {
        Some((id, ..)) => SingleAdded::Existing(NotificationId(id)),
        None => SingleAdded::ReferenceTaken,
    })
}
