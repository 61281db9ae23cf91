//! The message as a citizen will see it, made by the function that makes it when it is sent.

use crate::text_warnings::text_warnings;
use staffetta_domain::buttons::split;
use staffetta_domain::problem::RowFault;
use staffetta_domain::text::{tidy, tidy_line, utf16_len};
use staffetta_domain::{
    Columns, DueDate, FiscalCode, FlowId, FrozenMessage, ListId, NotificationId, Payment, Phrase,
    PlanProblem, Template,
};
use staffetta_store::flows::{FlowDetail, ListDetail};
use staffetta_store::notifications::NotificationRow;
use staffetta_store::{Scope, Store, StoreError};

/// A message, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Whose it is.
    pub shown: PreviewOf,
    /// *Oggetto*.
    pub subject: String,
    /// *Contenuto*.
    pub markdown: String,
    /// UTF-16 code units of the *oggetto* shown, as IO counts.
    pub subject_units: usize,
    /// UTF-16 code units of the text shown, without its buttons.
    pub markdown_units: usize,
    /// The same with its buttons, if it has any.
    pub with_buttons_units: Option<usize>,
    /// Least units that the ente asks of a *contenuto*.
    pub markdown_min: usize,
    /// Why it can be sent to nobody as it is.
    pub problems: Vec<PlanProblem>,
    /// What a person should know of it.
    pub warnings: Vec<Phrase>,
}

/// Whose message is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PreviewOf {
    /// What this recipient gets, character for character.
    Recipient(Box<PreviewRecipient>),
    /// Nobody's: no list is ready for the message as it is now, and placeholders show as they are.
    Placeholders,
}

/// A recipient of a preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewRecipient {
    /// The notification that it will be.
    pub id: NotificationId,
    /// Which recipient, from 1.
    pub position: i64,
    /// Of how many.
    pub of: i64,
    /// Which has the shortest message, where that was counted when the list was read.
    pub shortest: Option<i64>,
    /// Which has the longest.
    pub longest: Option<i64>,
    /// The person.
    pub fiscal_code: FiscalCode,
    /// IO's due date.
    pub due_date: Option<DueDate>,
    /// IO's payment data.
    pub payment: Option<Payment>,
}

/// The message of the recipient at a position, from 1; the nearest one where there is none. `None` if the
/// flow is not there, or not this person's.
///
/// # Errors
/// The ledger.
pub async fn preview(
    store: &Store,
    scope: &Scope,
    flow: FlowId,
    position: i64,
) -> Result<Option<Preview>, StoreError> {
    let Some(found) = store.find_flow(scope, flow).await? else { return Ok(None) };
    let Some(organization) = store.organization(scope.organization).await? else { return Ok(None) };
    let markdown_min = organization.content_min;
    let Some(list) = found.checked_list().filter(|list| list.valid_rows > 0) else {
        return Ok(Some(placeholders(store, scope, &found, markdown_min).await?));
    };
    let position = position.clamp(1, list.valid_rows);
    let Some(row) = nth(store, scope, flow, list.id, position).await? else {
        // Another list took its place meanwhile.
        return Ok(Some(placeholders(store, scope, &found, markdown_min).await?));
    };
    let preview = of_recipient(&found, list, &row, position, markdown_min)?;
    Ok(Some(preview))
}

/// The recipient at a position of a list.
async fn nth(
    store: &Store,
    scope: &Scope,
    flow: FlowId,
    list: ListId,
    position: i64,
) -> Result<Option<NotificationRow>, StoreError> {
    let before = if position > 1 { NotificationId::new(list, position - 1) } else { list.bounds().0 };
    let page = store.flow_rows(scope, flow, Some(before), 1).await?;
    Ok(page.rows.into_iter().next().filter(|row| row.id.list() == list))
}

fn of_recipient(
    flow: &FlowDetail,
    list: &ListDetail,
    row: &NotificationRow,
    position: i64,
    markdown_min: usize,
) -> Result<Preview, StoreError> {
    let columns = list.meant_columns();
    let as_written = || as_written(flow, columns.clone(), markdown_min);
    // Both can fail only where the ente asks for longer texts since the list was checked.
    let Ok(message) =
        FrozenMessage::new(&flow.subject, &flow.markdown, columns.clone(), flow.payment, markdown_min)
    else {
        return Ok(as_written());
    };
    let cells = row.cells.as_ref().map(|cells| cells.to_vec()).transpose()?.unwrap_or_default();
    let values: Vec<&str> = cells.iter().map(String::as_str).collect();
    let content = match message.content(&values, row.due_date, row.amount, row.notice_number) {
        Ok(content) => content.on_terms(row.terms),
        Err(RowFault::Markdown(error)) => {
            return Ok(Preview { problems: vec![PlanProblem::Markdown(error)], ..as_written() });
        }
        Err(_) => return Err(StoreError::Corrupt("a row that does not fit its message")),
    };
    let recipient = PreviewRecipient {
        id: row.id,
        position,
        of: list.valid_rows,
        shortest: list.facts.shortest_row,
        longest: list.facts.longest_row,
        fiscal_code: row.fiscal_code,
        due_date: content.due_date,
        payment: content.payment,
    };
    let (subject, markdown) = (content.subject.as_str().to_owned(), content.markdown.as_str().to_owned());
    let shown = PreviewOf::Recipient(Box::new(recipient));
    Ok(preview_of(flow, shown, subject, markdown, markdown_min, Vec::new()))
}

/// Nobody's message, checked against the columns of the kept file where there is one.
async fn placeholders(
    store: &Store,
    scope: &Scope,
    flow: &FlowDetail,
    markdown_min: usize,
) -> Result<Preview, StoreError> {
    let file = match flow.file {
        Some(_) => store.draft_file(scope, flow.summary.id).await?,
        None => None,
    };
    let known = file.map(|file| file.columns).or_else(|| Some(flow.list.as_ref()?.columns.clone()));
    // Without a file any name may become a column's.
    let columns = known.unwrap_or_else(|| {
        [&flow.subject, &flow.markdown].into_iter().flat_map(|text| placeholder_names(text)).collect()
    });
    Ok(as_written(flow, Columns::from_ledger(columns), markdown_min))
}

fn placeholder_names(text: &str) -> Vec<String> {
    Template::parse(text)
        .map(|template| template.placeholders().into_iter().map(str::to_owned).collect())
        .unwrap_or_default()
}

fn as_written(flow: &FlowDetail, columns: Columns, markdown_min: usize) -> Preview {
    let message = FrozenMessage::new(&flow.subject, &flow.markdown, columns, flow.payment, markdown_min);
    let problems = message.err().unwrap_or_default();
    let (subject, markdown) = (tidy_line(&flow.subject).into_owned(), tidy(&flow.markdown).into_owned());
    preview_of(flow, PreviewOf::Placeholders, subject, markdown, markdown_min, problems)
}

fn preview_of(
    flow: &FlowDetail,
    shown: PreviewOf,
    subject: String,
    markdown: String,
    markdown_min: usize,
    problems: Vec<PlanProblem>,
) -> Preview {
    let all = utf16_len(&markdown);
    let text = split(&markdown).map_or(all, |(_, body)| utf16_len(body));
    Preview {
        shown,
        subject_units: utf16_len(&subject),
        markdown_units: text,
        with_buttons_units: (text != all).then_some(all),
        // Of what was written: a value of one row is not what the office would put right here.
        warnings: text_warnings(&flow.subject, &flow.markdown),
        subject,
        markdown,
        markdown_min,
        problems,
    }
}
