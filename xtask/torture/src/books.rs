//! The books of both sides, compared: each flow has people of its own, and each of them is written to once.

use crate::program::{Program, get};
use crate::town::Town;
use anyhow::{Context as _, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// What the comparison found.
#[derive(Debug, Default)]
pub(crate) struct Books {
    /// Messages that IO took.
    sent: u64,
    /// Rows without an end, rows that count as taken and were not, and rows that are not there.
    lost: u64,
    /// People with more than one message.
    twice: u64,
    uncertain: u64,
    /// Tallies that are not what the rows say, and rows whose state denies a message that was taken.
    wrong: u64,
}

impl Books {
    pub(crate) fn compare(program: &Program, town: &Town, receiver: &str) -> Result<Self> {
        let stats = get(receiver, "/_simulator/stats?citizens=1")?;
        let citizens = stats["citizens"].as_object().context("no citizens in the stats")?;
        let mut books = Self::default();
        for messages in citizens.values().filter_map(Value::as_u64) {
            books.sent += messages;
            books.twice += u64::from(messages > 1);
        }
        let mut known = 0;
        for number in 0..town.organizations {
            let organization = Town::organization(number);
            let flow = (number + 1).to_string();
            let rows = program.ask(&organization, &["notification", "list", "--flow", &flow])?;
            let mut counted: BTreeMap<&str, u64> = BTreeMap::new();
            for row in &rows {
                let state = row["state"].as_str().context("a row without a state")?;
                *counted.entry(state).or_default() += 1;
                let messages = row["fiscal_code"].as_str().and_then(|code| citizens.get(code));
                let messages = messages.and_then(Value::as_u64).unwrap_or(0);
                known += messages;
                books.judge(state, messages);
            }
            let shown = program.ask(&organization, &["flow", "show", &flow])?;
            books.judge_tallies(shown.first().context("no flow")?, &counted)?;
        }
        // To people of whom no ledger knows.
        books.wrong += books.sent.abs_diff(known);
        Ok(books)
    }

    fn judge(&mut self, state: &str, messages: u64) {
        match state {
            "queued" | "in_flight" => self.lost += 1,
            "accepted" | "delivered" | "rejected" => self.lost += u64::from(messages == 0),
            "uncertain" => self.uncertain += 1,
            // IO may take a message and then fail with it.
            "failed" => {}
            _ => self.wrong += u64::from(messages > 0),
        }
    }

    fn judge_tallies(&mut self, flow: &Value, counted: &BTreeMap<&str, u64>) -> Result<()> {
        let tally = flow["tally"].as_object().context("a flow without a tally")?;
        let mut total = 0;
        for (state, count) in tally {
            let count = count.as_u64().context("a count")?;
            total += count;
            self.wrong += u64::from(count != counted.get(state.as_str()).copied().unwrap_or(0));
        }
        let recipients = flow["recipients"].as_u64().context("recipients")?;
        self.lost += recipients.saturating_sub(counted.values().sum());
        self.wrong += u64::from(total != recipients);
        Ok(())
    }

    /// Lost, sent twice, or wrong: of each there must be none.
    pub(crate) const fn wrong(&self) -> u64 {
        self.lost + self.twice + self.wrong
    }
}

impl fmt::Display for Books {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sent, lost, twice, uncertain, wrong } = self;
        write!(out, "sent {sent}, lost {lost}, twice {twice}, uncertain {uncertain}, wrong {wrong}")
    }
}
