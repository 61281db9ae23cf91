//! What is known of the recipients: the office's file, what was found in it, what is still to be done.

use super::already::left_out_words;
use super::columns::Choices;
use super::exclusion::{Excluded, nobody};
use super::part::Days;
use super::placeholders::{self, Placeholder};
use super::reading::{Outcome, SHOWN, State as Reading, seen_of};
use super::report::{Report, Told};
use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use staffetta_desk::{ListRead, earlier_phrase, needed_columns, readiness};
use staffetta_domain::{Columns, FlowId, Phrase};
use staffetta_store::draft_files::DraftFile;
use staffetta_store::flows::FlowDetail;
use staffetta_words::{number, say, text};

/// A file of up to so many bytes is read again by itself when the message was changed.
const BY_ITSELF_BYTES: i64 = 20_000_000;

/// What the page shows of the recipients.
pub(super) struct Recipients {
    pub(super) flow: FlowId,
    /// One line that says it all.
    pub(super) status: String,
    pub(super) file: Option<DraftFile>,
    pub(super) is_reading: bool,
    pub(super) is_ready: bool,
    /// What is to be said, with what to do.
    pub(super) told: Vec<Told>,
    pub(super) report: Option<Report>,
    /// *Prosegui con le N righe giuste*.
    pub(super) accept: Option<String>,
    /// The kept file can be read again.
    pub(super) may_read: bool,
    /// Nothing is known of it as it is now.
    is_old: bool,
    /// It is read again by itself.
    pub(super) by_itself: bool,
    /// A flow with the same list and the same message, and the warning.
    pub(super) earlier: Option<(FlowId, String)>,
    /// What kind of file it is.
    pub(super) kind: Option<String>,
    /// What a person chooses of how it is read.
    pub(super) choices: Option<Choices>,
    /// Who is left out.
    pub(super) excluded: Option<Excluded>,
    /// Why the second file leaves nobody out.
    pub(super) excluding: Option<Told>,
    /// Days of sending that the file says.
    pub(super) days: Option<Days>,
    /// Some of its people already got the same message.
    pub(super) already: Option<String>,
    /// Those were left out.
    pub(super) left_out: Option<String>,
    /// Name of the column that becomes IO's due date.
    pub(super) due_column: Option<String>,
    /// The columns, to be put into the text.
    pub(super) placeholders: Vec<Placeholder>,
    /// The columns that a file must have, while there is none.
    pub(super) needed: Vec<String>,
}

impl Recipients {
    pub(super) async fn of(app: &App, person: &Person, flow: &FlowDetail) -> Result<Self, Fault> {
        let file = app.store().draft_file(person.scope(), flow.summary.id).await?;
        let columns = match (&file, &flow.list) {
            (Some(file), _) => file.columns.clone(),
            (None, Some(list)) => list.columns.clone(),
            (None, None) => Vec::new(),
        };
        let meanings = match (&file, &flow.list) {
            (Some(file), _) => file.meanings.as_deref(),
            (None, list) => list.as_ref().and_then(|list| list.meanings.as_deref()),
        };
        let known = Columns::from_ledger(columns).meaning(meanings);
        let samples = file.as_ref().map(|file| &file.samples);
        let placeholders = placeholders::of(&known, samples);
        let exclusion = app.store().exclusion(person.scope(), flow.summary.id).await?;
        let left_out = app.store().excluded_rows(person.scope(), flow.summary.id).await?;
        let mut recipients = Self {
            flow: flow.summary.id,
            status: String::new(),
            kind: file.as_ref().and_then(|file| file.kind.as_ref()).map(say),
            choices: file.as_ref().map(|file| Choices::of(file, flow.payment)),
            excluded: exclusion.map(Excluded::from),
            excluding: None,
            days: None,
            already: None,
            left_out: left_out.as_ref().map(left_out_words),
            file,
            is_reading: false,
            is_ready: false,
            told: Vec::new(),
            report: None,
            accept: None,
            may_read: false,
            is_old: false,
            by_itself: false,
            earlier: None,
            due_column: known.due_date().map(|position| known.name(position).to_owned()),
            needed: if placeholders.is_empty() { needed(flow) } else { Vec::new() },
            placeholders,
        };
        match app.readings().state(flow.summary.id) {
            Reading::Reading => {
                recipients.is_reading = true;
                recipients.status = text("compose-reading");
                return Ok(recipients);
            }
            Reading::Read(outcome) if outcome.refused.is_some() => {
                recipients.ledger(app, person, flow, None).await?;
                recipients.refused(&outcome);
            }
            Reading::Read(outcome) if outcome.of == seen_of(flow) => {
                recipients.ledger(app, person, flow, Some(&outcome)).await?;
            }
            Reading::Read(_) | Reading::Unknown => recipients.ledger(app, person, flow, None).await?,
        }
        let list = flow.list.as_ref().filter(|_| recipients.is_ready && recipients.file.is_some());
        let starts = recipients.report.as_ref().map(|report| &report.starts);
        recipients.days = starts.and_then(|starts| Days::of(starts, list.map(|list| list.id)));
        if recipients.excluded.is_some()
            && recipients.report.as_ref().is_some_and(|report| report.excluded == 0)
        {
            recipients.told.push(nobody());
        }
        Ok(recipients)
    }

    /// Whether some format writes some column otherwise than it is.
    pub(super) fn has_formats(&self) -> bool {
        self.placeholders.iter().any(|column| !column.formats.is_empty())
    }

    /// A file that nothing is known of is read without asking, if that is quick. Not where a page begins: who
    /// opens it may be about to upload another.
    pub(super) fn read_by_itself(&mut self) {
        let is_small = self.file.as_ref().is_some_and(|file| file.bytes <= BY_ITSELF_BYTES);
        self.by_itself = self.is_old && is_small;
    }

    /// What the ledger has, with what is remembered of its reading.
    async fn ledger(
        &mut self,
        app: &App,
        person: &Person,
        flow: &FlowDetail,
        outcome: Option<&Outcome>,
    ) -> Result<(), Fault> {
        match readiness(flow) {
            Ok(list) => {
                self.is_ready = true;
                let ready = Phrase::new("compose-list-ready").with("count", list.valid_rows);
                self.status = say(&ready.with("shown", number(list.valid_rows)));
                self.report = Some(match outcome.and_then(report) {
                    Some(report) => report,
                    None => {
                        let wrong = app.store().wrong_rows(person.scope(), list.id, None, SHOWN).await?;
                        Report::of_list(list, wrong)
                    }
                });
                self.already = list.already.and_then(already_words);
                if let Some(sameness) = &flow.sameness {
                    let id = flow.summary.id;
                    let earlier = app.store().earlier_same_flow(person.scope(), sameness, id).await?;
                    self.earlier = earlier.map(|(flow, at)| (flow, say(&earlier_phrase(flow, at))));
                }
            }
            Err(missing) => match outcome.map(|outcome| &outcome.read) {
                Some(Ok(read)) => self.of_reading(read),
                Some(Err(error)) => {
                    self.status = say(&error.phrase());
                    self.may_read = self.file.is_some();
                }
                None => {
                    self.status = say(&missing.phrase());
                    self.may_read = self.file.is_some();
                    self.is_old = self.may_read;
                }
            },
        }
        Ok(())
    }

    /// Why what was read is no list yet.
    fn of_reading(&mut self, read: &ListRead) {
        let mut told: Vec<Told> = read.phrases().into_iter().map(Told::from).collect();
        self.may_read = matches!(read, ListRead::Moved);
        self.is_old = self.may_read;
        if let ListRead::WrongRows(report) | ListRead::NoValidRows(report) = read {
            self.report = Some(Report::of_reading(report));
            if report.valid_rows > 0 {
                let valid = i64::try_from(report.valid_rows).unwrap_or(i64::MAX);
                let words = Phrase::new("compose-accept").with("rows", number(valid));
                self.accept = Some(say(&words.with("count", valid)));
            }
        }
        if let ListRead::Plan(_) = read {
            self.status = text("compose-plan");
            self.told = told;
            return;
        }
        if let Some(first) = told.first_mut() {
            self.status = std::mem::take(&mut first.what);
            told.retain(|told| !told.what.is_empty() || told.remedy.is_some());
        }
        if let (ListRead::WrongRows(_), Some(report)) = (read, &self.report) {
            let wrong = Phrase::new("compose-list-wrong").with("count", report.wrong);
            let wrong = wrong.with("wrong", number(report.wrong)).with("valid", number(report.valid));
            self.status = say(&wrong);
        }
        self.told = told;
    }

    /// A file that was not taken is told before what was there.
    fn refused(&mut self, outcome: &Outcome) {
        let name = outcome.refused.as_deref().unwrap_or_default();
        let mut told: Vec<Told> = match &outcome.read {
            Ok(read) => read.phrases().into_iter().map(Told::from).collect(),
            Err(error) => vec![Told::from((error.phrase(), None))],
        };
        let before = std::mem::take(&mut self.status);
        self.status = match told.first_mut() {
            Some(first) if name.is_empty() => std::mem::take(&mut first.what),
            _ => say(&Phrase::new("compose-refused").with("name", name)),
        };
        if self.file.is_some() || self.is_ready {
            told.push(Told { what: text("compose-refused-before"), remedy: Some(before) });
        }
        told.append(&mut self.told);
        self.told = told;
    }
}

/// The columns that the text needs; with no text there is nothing to tell.
fn needed(flow: &FlowDetail) -> Vec<String> {
    if flow.markdown.trim().is_empty() {
        return Vec::new();
    }
    needed_columns(&flow.subject, &flow.markdown, flow.payment).names().map(str::to_owned).collect()
}

/// That some already got the same message; nothing where nobody did.
pub(super) fn already_words((rows, days): (i64, i16)) -> Option<String> {
    let words = Phrase::new("compose-already").with("rows", rows).with("shown", number(rows));
    (rows > 0).then(|| say(&words.with("days", days)))
}

/// What a reading found in the file.
fn report(outcome: &Outcome) -> Option<Report> {
    match &outcome.read {
        Ok(ListRead::Ready(ready)) => Some(Report::of_reading(&ready.report)),
        Ok(ListRead::WrongRows(report) | ListRead::NoValidRows(report)) => Some(Report::of_reading(report)),
        _ => None,
    }
}
