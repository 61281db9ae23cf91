//! What a list must be to go out with a message: every row is checked by it before anything is sent.

use crate::columns::Columns;
use crate::frozen_message::FrozenMessage;
use crate::limits::{MARKDOWN_MAX, ROW_MAX_BYTES, SUBJECT_MAX, SUBJECT_MIN};
use crate::meaning::Meaning;
use crate::merge::Used;
use crate::payment_terms::yes_or_no;
use crate::problem::{PlanProblem, RowFault, RowProblem};
use crate::row_hash::row_hash;
use crate::text::{self, tidy_value};
use crate::{
    Amount, AmountError, DateError, DueDate, Expedition, FiscalCode, NoticeNumber, NoticeNumberError, Payee,
    PaymentTerms,
};
use std::borrow::Cow;

/// What a plan is made of.
#[derive(Clone, Copy, Debug)]
pub struct PlanInput<'a> {
    /// Header of the office's file.
    pub header: &'a [String],
    /// What its columns mean; with `None` what their names say.
    pub meanings: Option<&'a [Option<Meaning>]>,
    /// No notice can be paid after its due date, whatever the columns say.
    pub invalid_after_due_date: bool,
    /// *Oggetto*, with placeholders.
    pub subject: &'a str,
    /// *Contenuto*, with placeholders.
    pub markdown: &'a str,
    /// Whether the nature of the flow is a payment.
    pub payment: bool,
    /// Least UTF-16 code units that the ente asks of a *contenuto*.
    pub markdown_min: usize,
    /// Largest amount that the service takes on IO.
    pub amount_max: Amount,
}

/// A message and the columns of a list that fit together.
#[derive(Clone, Debug)]
pub struct ListPlan {
    message: FrozenMessage,
    amount_max: Amount,
    invalid_after_due_date: bool,
    /// The values that the texts use, and how they are written there.
    used: Vec<Used>,
}

/// What was read in a good row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckedRow {
    /// The recipient.
    pub fiscal_code: FiscalCode,
    /// Whether the fiscal code had to be put right.
    pub repaired: bool,
    /// IO's due date, whatever the nature.
    pub due_date: Option<DueDate>,
    /// The amount; only with a payment.
    pub amount: Option<Amount>,
    /// The notice number; only with a payment.
    pub notice_number: Option<NoticeNumber>,
    /// What else a payment says.
    pub terms: PaymentTerms,
    /// When it is to be sent, where the office's file says it.
    pub expedition: Option<Expedition>,
    /// UTF-16 code units of the message, *oggetto* and *contenuto* together.
    pub units: usize,
    /// The same for two rows of a list only if the same person receives the same content: 128 bits of
    /// BLAKE3 of the fiscal code and of all values that reach the citizen.
    pub same: u128,
}

impl ListPlan {
    /// Fits a message to a header.
    ///
    /// # Errors
    /// All for which no row could go out, so that a person can put right everything at once.
    pub fn new(input: PlanInput<'_>) -> Result<Self, Vec<PlanProblem>> {
        let columns = Columns::from_header(input.header)?.meaning(input.meanings);
        let mut problems = columns.meaning_problems();
        if !problems.is_empty() {
            return Err(problems);
        }
        if input.payment && columns.amount().or_else(|| columns.amount_in_cents()).is_none() {
            problems.push(PlanProblem::NoAmountColumn);
        }
        if input.payment && columns.notice_number().is_none() {
            problems.push(PlanProblem::NoNoticeNumberColumn);
        }
        if input.payment && input.invalid_after_due_date && columns.due_date().is_none() {
            problems.push(PlanProblem::NoDueDateColumn);
        }
        let message =
            FrozenMessage::new(input.subject, input.markdown, columns, input.payment, input.markdown_min);
        match message {
            Ok(message) if problems.is_empty() => {
                let used = message.used();
                let (amount_max, invalid_after_due_date) = (input.amount_max, input.invalid_after_due_date);
                Ok(Self { message, amount_max, invalid_after_due_date, used })
            }
            message => {
                problems.extend(message.err().unwrap_or_default());
                Err(problems)
            }
        }
    }

    /// The columns of the list.
    #[must_use]
    pub const fn columns(&self) -> &Columns {
        self.message.columns()
    }

    /// The message, for previews.
    #[must_use]
    pub const fn message(&self) -> &FrozenMessage {
        &self.message
    }

    /// Checks a row of the office's file. Empty cells beyond the header's are passed over: the caller
    /// keeps the first `columns().len()`.
    ///
    /// # Errors
    /// All that is wrong in the row.
    pub fn check(&self, values: &[&str]) -> Result<CheckedRow, Vec<RowProblem>> {
        if let Some(fault) = self.shape_fault(values) {
            return Err(vec![RowProblem::of_row(fault)]);
        }
        // Once for each value: what follows reads it three times.
        let tidy = self.used.iter().map(|used| tidy_value(values[used.position])).collect();
        let mut row = Row { plan: self, values, tidy, problems: Vec::new() };
        let code = row.fiscal_code();
        let due_date = row.due_date();
        let expedition = row.expedition();
        let (mut amount, mut notice_number, mut terms) = (None, None, PaymentTerms::default());
        if self.message.payment() {
            (amount, notice_number, terms) = (row.amount(), row.notice_number(), row.terms(due_date));
        }
        row.formats();
        let units = row.texts();
        let Some(read) = code else { return Err(row.problems) };
        if !row.problems.is_empty() {
            return Err(row.problems);
        }
        let checked = CheckedRow {
            fiscal_code: read.code,
            repaired: read.repaired,
            due_date,
            amount,
            notice_number,
            terms,
            expedition,
            units,
            same: 0,
        };
        Ok(CheckedRow { same: row_hash(&checked, &row.tidy), ..checked })
    }

    /// When a row is to be sent; nothing where the file does not say it.
    ///
    /// # Errors
    /// Why it cannot be told.
    pub fn expedition(&self, values: &[&str]) -> Result<Option<Expedition>, DateError> {
        match self.columns().expedition_date().map(|position| values.get(position)) {
            None => Ok(None),
            Some(None) => Err(DateError::Empty),
            Some(Some(value)) => Expedition::read(&tidy_value(value)),
        }
    }

    fn shape_fault(&self, values: &[&str]) -> Option<RowFault> {
        let (found, expected) = (values.len(), self.columns().len());
        if values.iter().map(|value| value.len()).sum::<usize>() > ROW_MAX_BYTES {
            return Some(RowFault::RowTooLong { max: ROW_MAX_BYTES });
        }
        if found < expected {
            return Some(RowFault::FewerCells { found, expected });
        }
        let extra = values[expected..].iter().any(|value| !tidy_value(value).is_empty());
        extra.then_some(RowFault::MoreCells { found, expected })
    }
}

/// A row under examination.
struct Row<'a> {
    plan: &'a ListPlan,
    values: &'a [&'a str],
    /// The values that the texts use, tidy and as they are written there, in the order of `plan.used`.
    tidy: Vec<Cow<'a, str>>,
    problems: Vec<RowProblem>,
}

impl Row<'_> {
    fn fiscal_code(&mut self) -> Option<crate::ReadFiscalCode> {
        let position = self.plan.columns().fiscal_code();
        FiscalCode::read(self.values[position])
            .map_err(|error| self.wrong(position, RowFault::FiscalCode(error)))
            .ok()
    }

    fn due_date(&mut self) -> Option<DueDate> {
        let position = self.plan.columns().due_date()?;
        let value = tidy_value(self.values[position]);
        if value.is_empty() {
            return None;
        }
        DueDate::read(&value).map_err(|error| self.wrong(position, RowFault::DueDate(error))).ok()
    }

    fn expedition(&mut self) -> Option<Expedition> {
        let position = self.plan.columns().expedition_date()?;
        let read = self.plan.expedition(self.values);
        read.unwrap_or_else(|_| {
            self.wrong(position, RowFault::ExpeditionDate);
            None
        })
    }

    fn amount(&mut self) -> Option<Amount> {
        let columns = self.plan.columns();
        let (position, read) = match (columns.amount(), columns.amount_in_cents()) {
            (Some(position), _) => (position, Amount::read(self.values[position])),
            (None, position) => (position?, Amount::read_cents(self.values[position?])),
        };
        let fault = match read {
            Ok(amount) if amount <= self.plan.amount_max => return Some(amount),
            Ok(_) => RowFault::AmountOverService { max: self.plan.amount_max },
            Err(AmountError::Empty) => RowFault::PaymentNeedsAmount,
            Err(error) => RowFault::Amount(error),
        };
        self.wrong(position, fault);
        None
    }

    fn notice_number(&mut self) -> Option<NoticeNumber> {
        let position = self.plan.columns().notice_number()?;
        let fault = match NoticeNumber::read(self.values[position]) {
            Ok(number) => return Some(number),
            Err(NoticeNumberError::Empty) => RowFault::PaymentNeedsNotice,
            Err(error) => RowFault::NoticeNumber(error),
        };
        self.wrong(position, fault);
        None
    }

    /// What a payment says beside amount and number. `due_date` is what was read of the due date.
    fn terms(&mut self, due_date: Option<DueDate>) -> PaymentTerms {
        let columns = self.plan.columns();
        let (after, payee) =
            (columns.position(Meaning::InvalidAfterDueDate), columns.position(Meaning::Payee));
        let mut invalid_after_due_date = self.plan.invalid_after_due_date;
        if let Some(position) = after {
            match yes_or_no(self.values[position]) {
                Some(chosen) => invalid_after_due_date |= chosen,
                None => self.wrong(position, RowFault::NeitherYesNorNo),
            }
        }
        let undated = columns.due_date().is_none_or(|position| tidy_value(self.values[position]).is_empty());
        if invalid_after_due_date && due_date.is_none() && undated {
            // Where it stands is where it is to be written.
            match columns.due_date().or(after) {
                Some(position) => self.wrong(position, RowFault::ExpiryNeedsDueDate),
                None => self.problems.push(RowProblem::of_row(RowFault::ExpiryNeedsDueDate)),
            }
        }
        let payee = payee.and_then(|position| {
            Payee::read(self.values[position])
                .map_err(|error| self.wrong(position, RowFault::Payee(error)))
                .ok()
                .flatten()
        });
        PaymentTerms { invalid_after_due_date, payee }
    }

    /// Writes the values as the texts want them; what cannot be written so stays as it is, and is told once for its
    /// column.
    fn formats(&mut self) {
        let plan = self.plan;
        for (slot, used) in plan.used.iter().enumerate() {
            let Some(format) = used.format.filter(|_| !self.tidy[slot].is_empty()) else { continue };
            let fault = match format.write(&self.tidy[slot]).map(Cow::into_owned) {
                Ok(written) => {
                    self.tidy[slot] = Cow::Owned(written);
                    continue;
                }
                Err(fault) => fault,
            };
            let name = plan.columns().name(used.position);
            if !self.problems.iter().any(|problem| problem.column.as_deref() == Some(name)) {
                self.wrong(used.position, fault);
            }
        }
    }

    /// Checks that all values are there and, if so, the lengths of the merged texts: gives what they are together.
    fn texts(&mut self) -> usize {
        let plan = self.plan;
        let mut complete = true;
        for (slot, used) in plan.used.iter().enumerate() {
            if self.tidy[slot].is_empty() {
                let missing = RowFault::MissingValue { placeholder: used.name.clone() };
                complete = false;
                // However often it is written, it is missing once.
                if !plan.used[..slot].iter().any(|other| other.position == used.position) {
                    self.wrong(used.position, missing);
                }
            }
        }
        if !complete {
            return 0;
        }
        let message = &plan.message;
        let value = |position, format| {
            let slot = plan.used.iter().position(|used| used.is(position, format)).unwrap_or_default();
            self.tidy[slot].as_ref()
        };
        let subject = message.subject.units(value);
        let markdown = message.markdown.units(value);
        let with_buttons = message.front.units(value) + markdown;
        let wrong: Vec<_> = message.front.faults(value).collect();
        if let Some(error) = text::length_error(subject, SUBJECT_MIN, SUBJECT_MAX) {
            self.problems.push(RowProblem::of_row(RowFault::Subject(error)));
        }
        // The ente's minimum is asked of what is read; IO's maximum holds for all.
        let error = text::length_error(markdown, message.markdown_min(), MARKDOWN_MAX)
            .or_else(|| text::length_error(with_buttons, 0, MARKDOWN_MAX));
        if let Some(error) = error {
            self.problems.push(RowProblem::of_row(RowFault::Markdown(error)));
        }
        for (position, fault) in wrong {
            self.wrong(position, fault);
        }
        subject + with_buttons
    }

    fn wrong(&mut self, position: usize, fault: RowFault) {
        let name = self.plan.columns().name(position);
        self.problems.push(RowProblem::in_column(name, self.values[position], fault));
    }
}

#[cfg(test)]
mod tests;
