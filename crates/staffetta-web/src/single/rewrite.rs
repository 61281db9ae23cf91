//! *Correggi e scrivi di nuovo*: a single notification that went wrong is the beginning of another, which is added as
//! any. Its text is its own, so that everything of it may be put right; what went wrong stays as it was.

use super::form::SingleForm;
use super::{NEW, kept};
use crate::address::number;
use crate::app::{App, unguessable};
use crate::buttons::ButtonsForm;
use crate::fault::Fault;
use crate::frame::Person;
use crate::notification;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use staffetta_desk::{NotAMessage, citizen_content};
use staffetta_domain::{Amount, Content, DueDate, FiscalCode, Phrase};
use staffetta_store::notifications::NotificationDetail;

pub(super) async fn begin(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let detail = app.store().find_notification(person.scope(), number(&id)?).await?.ok_or(Fault::NotFound)?;
    if !notification::may_act(&app, person.scope(), &detail).await? {
        return Err(Fault::Forbidden);
    }
    let not_now = async |why| notification::not_now(&app, &person, detail.row.id, &Phrase::new(why)).await;
    if !can_be_rewritten(&detail) {
        return not_now("rewrite-too-late").await;
    }
    let content = match citizen_content(&detail) {
        Ok(content) => content,
        Err(NotAMessage::Unmade) => return not_now("rewrite-too-late").await,
        Err(NotAMessage::Store(error)) => return Err(error.into()),
    };
    // What the person is writing already is not to be lost.
    if let Some((written, _)) = kept::find(&app, &person).await?
        && written.corrects != detail.row.id.to_string()
    {
        return not_now("rewrite-another-first").await;
    }
    let form = SingleForm {
        service: detail.row.service.to_string(),
        corrects: detail.row.id.to_string(),
        form_token: unguessable()?,
        ..of_content(&detail.row.fiscal_code, &content)
    };
    kept::keep(&app, person.operator(), &form).await?;
    Ok(Redirect::to(NEW).into_response())
}

/// Of a flow's row the data are corrected, and its text is the flow's; a test is sent anew from its flow.
pub(crate) fn can_be_rewritten(detail: &NotificationDetail) -> bool {
    detail.row.flow.is_none() && detail.row.test_of.is_none() && detail.row.state.can_be_sent_again()
}

/// As a person would write it.
fn of_content(fiscal_code: &FiscalCode, content: &Content) -> SingleForm {
    let payment = content.payment.as_ref();
    let (buttons, markdown) = ButtonsForm::of(content.markdown.as_str());
    SingleForm {
        fiscal_code: fiscal_code.as_str().to_owned(),
        subject: content.subject.as_str().to_owned(),
        markdown,
        buttons,
        due_date: content.due_date.map(iso).unwrap_or_default(),
        amount: payment.map(|payment| written(payment.amount)).unwrap_or_default(),
        notice_number: payment.map(|payment| payment.notice_number.as_str().to_owned()).unwrap_or_default(),
        ..SingleForm::default()
    }
}

/// As a browser's field for a date wants it.
fn iso(date: DueDate) -> String {
    let italian = date.italian();
    let parts: Vec<&str> = italian.rsplit('/').collect();
    parts.join("-")
}

fn written(amount: Amount) -> String {
    format!("{},{:02}", amount.cents() / 100, amount.cents() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_and_amount_are_read_as_they_are_written() {
        let date = DueDate::read("15/12/2026").unwrap();
        assert_eq!(iso(date), "2026-12-15");
        assert_eq!(DueDate::read(&iso(date)), Ok(date));
        for cents in [1, 99, 100, 123_456] {
            let amount = Amount::from_cents(cents).unwrap();
            assert_eq!(Amount::read(&written(amount)), Ok(amount));
        }
    }
}
