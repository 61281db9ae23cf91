//! What the simulator remembers: the messages it took, and how often it saw each body.
//!
//! A million messages must fit in some 150 MB, so a record is narrow and texts are kept only if asked.

use crate::simulator::chance::Draw;
use crate::simulator::journal::{Journal, Line, MessageLine, SeenLine};
use crate::simulator::ulid;
use serde_json::{Map, Value, json};
use staffetta_domain::UnixMillis;
use std::collections::HashMap;
use std::io;
use std::path::Path;

/// A message that was taken.
#[derive(Debug)]
pub(crate) struct Record {
    tail: [u8; 10],
    fiscal_code: [u8; 16],
    service: u16,
    pub(crate) created_at: UnixMillis,
    /// JSON of `content`, if texts are kept.
    pub(crate) content: Option<Box<str>>,
}

/// What is to be taken.
#[derive(Debug)]
pub(crate) struct Arrival<'a> {
    pub(crate) account: &'a str,
    pub(crate) label: &'a str,
    pub(crate) fiscal_code: [u8; 16],
    pub(crate) identity: u64,
    pub(crate) created_at: UnixMillis,
    pub(crate) content: Option<Box<str>>,
}

/// What was taken.
#[derive(Debug)]
pub(crate) struct Taken {
    pub(crate) id: String,
    /// How often this body was taken, this time included.
    pub(crate) times: u32,
}

/// The simulator's memory. Opened on a journal, it starts with what the journal holds.
#[derive(Debug)]
pub(crate) struct Books {
    seed: u64,
    services: Vec<ServiceBook>,
    records: Vec<Record>,
    /// By the last eight bytes of the id. Should two of a million collide (1 in 40 million), the older
    /// can no longer be asked for.
    by_id: HashMap<u64, u32>,
    /// How often each body was taken.
    taken: HashMap<u64, u32>,
    /// How often each call was seen, if faults come by chance.
    seen: HashMap<u64, u32>,
    journal: Option<Journal>,
}

#[derive(Debug)]
struct ServiceBook {
    account: String,
    label: String,
    messages: u64,
    distinct: u64,
    twice: u64,
}

/// Whose message it is, and when it came.
#[derive(Debug)]
pub(crate) struct Found<'a> {
    pub(crate) record: &'a Record,
    pub(crate) account: &'a str,
    pub(crate) label: &'a str,
}

impl Record {
    pub(crate) fn fiscal_code(&self) -> &str {
        std::str::from_utf8(&self.fiscal_code).unwrap_or_default()
    }

    pub(crate) fn id(&self) -> String {
        ulid::write(self.created_at, self.tail)
    }

    /// A number that belongs to this message, for its small chances.
    pub(crate) fn number(&self) -> u64 {
        last_eight(self.tail)
    }
}

impl Books {
    pub(crate) fn open(seed: u64, journal: Option<&Path>) -> io::Result<Self> {
        let mut books = Self {
            seed,
            services: Vec::new(),
            records: Vec::new(),
            by_id: HashMap::new(),
            taken: HashMap::new(),
            seen: HashMap::new(),
            journal: None,
        };
        if let Some(path) = journal {
            books.journal = Some(Journal::open(path, |line| books.replay(line))?);
        }
        Ok(books)
    }

    fn replay(&mut self, line: Line) {
        match line {
            Line::Seen(SeenLine { call }) => *self.seen.entry(call).or_default() += 1,
            Line::Message(message) => {
                let parts = ulid::read(&message.id).zip(message.fiscal_code.as_bytes().try_into().ok());
                let Some(((created_at, tail), fiscal_code)) = parts else { return };
                self.keep(
                    &message.account,
                    &message.service,
                    message.identity,
                    Record {
                        tail,
                        fiscal_code,
                        service: 0,
                        created_at,
                        content: message.content.map(String::into_boxed_str),
                    },
                );
            }
        }
    }

    /// Counts that a call was seen, and says how often it had been before.
    pub(crate) fn see(&mut self, call: u64) -> u32 {
        let times = self.seen.entry(call).or_default();
        let before = *times;
        *times += 1;
        if let Some(journal) = &mut self.journal
            && let Err(error) = journal.write(&Line::Seen(SeenLine { call }))
        {
            // After a restart the same fault may come again: harmless.
            tracing::warn!(%error, "the simulator's journal cannot be written");
        }
        before
    }

    /// Takes a message: in the journal first, then in memory.
    pub(crate) fn take(&mut self, arrival: Arrival<'_>) -> io::Result<Taken> {
        let times = self.taken.get(&arrival.identity).copied().unwrap_or_default();
        let tail = Draw::of(self.seed, "id", &[&arrival.identity.to_le_bytes(), &times.to_le_bytes()]).tail();
        let record = Record {
            tail,
            fiscal_code: arrival.fiscal_code,
            service: 0,
            created_at: arrival.created_at,
            content: arrival.content,
        };
        let id = record.id();
        if let Some(journal) = &mut self.journal {
            journal.write(&Line::Message(MessageLine {
                id: id.clone(),
                fiscal_code: record.fiscal_code().to_owned(),
                account: arrival.account.to_owned(),
                service: arrival.label.to_owned(),
                identity: arrival.identity,
                content: record.content.as_deref().map(str::to_owned),
            }))?;
        }
        self.keep(arrival.account, arrival.label, arrival.identity, record);
        Ok(Taken { id, times: times + 1 })
    }

    fn keep(&mut self, account: &str, label: &str, identity: u64, record: Record) {
        let service = self.service(account, label);
        let times = self.taken.entry(identity).or_default();
        *times += 1;
        let book = &mut self.services[usize::from(service)];
        book.messages += 1;
        book.distinct += u64::from(*times == 1);
        book.twice += u64::from(*times == 2);
        if let Ok(place) = u32::try_from(self.records.len()) {
            self.by_id.insert(record.number(), place);
            self.records.push(Record { service, ..record });
        }
    }

    fn service(&mut self, account: &str, label: &str) -> u16 {
        let known = self.services.iter().position(|book| book.label == label && book.account == account);
        let place = known.unwrap_or_else(|| {
            self.services.push(ServiceBook {
                account: account.to_owned(),
                label: label.to_owned(),
                messages: 0,
                distinct: 0,
                twice: 0,
            });
            self.services.len() - 1
        });
        u16::try_from(place).unwrap_or(u16::MAX)
    }

    fn found<'a>(&'a self, record: &'a Record) -> Found<'a> {
        let book = self.services.get(usize::from(record.service));
        let (account, label) = book.map_or(("", ""), |book| (&book.account, &book.label));
        Found { record, account, label }
    }

    /// The message with this id.
    pub(crate) fn find(&self, id: &str) -> Option<Found<'_>> {
        let (created_at, tail) = ulid::read(id)?;
        let place = self.by_id.get(&last_eight(tail))?;
        let record = self.records.get(usize::try_from(*place).ok()?)?;
        (record.tail == tail && record.created_at == created_at).then(|| self.found(record))
    }

    /// What a citizen received, newest first.
    pub(crate) fn inbox(&self, fiscal_code: &str) -> Vec<Found<'_>> {
        let of_this = |record: &&Record| record.fiscal_code == fiscal_code.as_bytes();
        self.records.iter().rev().filter(of_this).map(|record| self.found(record)).collect()
    }

    /// Messages taken.
    pub(crate) const fn len(&self) -> usize {
        self.records.len()
    }

    /// Messages, distinct bodies and bodies taken more than once, of one account or of all.
    pub(crate) fn stats(&self, account: Option<&str>) -> Map<String, Value> {
        let books = || self.services.iter().filter(|book| account.is_none_or(|name| name == book.account));
        let mut stats = Map::new();
        stats.insert("messages".into(), json!(books().map(|book| book.messages).sum::<u64>()));
        stats.insert("distinct_bodies".into(), json!(books().map(|book| book.distinct).sum::<u64>()));
        stats.insert("twice".into(), json!(books().map(|book| book.twice).sum::<u64>()));
        stats
    }

    /// Accounts that have messages.
    pub(crate) fn accounts(&self) -> impl Iterator<Item = &str> {
        self.services.iter().map(|book| book.account.as_str())
    }

    /// Messages by citizen.
    pub(crate) fn citizens(&self) -> Map<String, Value> {
        let mut counts: HashMap<&str, u64> = HashMap::new();
        for record in &self.records {
            *counts.entry(record.fiscal_code()).or_default() += 1;
        }
        counts.into_iter().map(|(code, count)| (code.to_owned(), json!(count))).collect()
    }
}

fn last_eight(tail: [u8; 10]) -> u64 {
    let [_, _, rest @ ..] = tail;
    u64::from_be_bytes(rest)
}
