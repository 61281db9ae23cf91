//! Who sends how much: enti, each with a service and a flow to people of its own.

use crate::program::Program;
use anyhow::{Context as _, Result};
use staffetta_domain::FiscalCode;
use std::fmt::Write as _;

/// What is tortured.
pub(crate) struct Town {
    pub(crate) name: &'static str,
    pub(crate) nodes: usize,
    pub(crate) organizations: u32,
    /// A node that has just taken an ente over waits one window of the quota: killed more often than this, in seconds,
    /// a node that is alone would never send.
    pub(crate) lives: u64,
    /// Calls that each ente may make in five seconds.
    quota: u32,
}

impl Town {
    /// One node on SQLite, quick enough that a kill meets open calls.
    pub(crate) const ONE: Self =
        Self { name: "one node, SQLite, one ente", nodes: 1, organizations: 1, lives: 8, quota: 1_000 };
    /// Three nodes that share ten enti, each with IO's own quota.
    pub(crate) const TEN: Self =
        Self { name: "three nodes, PostgreSQL, ten enti", nodes: 3, organizations: 10, lives: 1, quota: 150 };

    /// The name of an ente.
    pub(crate) fn organization(number: u32) -> String {
        format!("Comune {number}")
    }

    /// Recipients of an ente's flow: as many as take about so long, at three calls for each and idle half of the time.
    fn recipients(&self, seconds: u64) -> i64 {
        i64::try_from(seconds * u64::from(self.quota) / 5 / 3 / 2).unwrap_or(i64::MAX)
    }

    /// Makes the enti and lets their flows begin.
    pub(crate) fn prepare(&self, program: &Program, receiver: &str, seconds: u64) -> Result<()> {
        let markdown = program.file("testo.md");
        std::fs::write(&markdown, "Gentile {{nome}}, questo è un avviso di prova. ".repeat(10))?;
        let markdown = markdown.to_str().context("a path")?;
        let (url, quota) = (format!("http://{receiver}/api/v1"), format!("{}/5", self.quota));
        let recipients = self.recipients(seconds);
        for number in 0..self.organizations {
            let organization = Self::organization(number);
            let ask = |arguments: &[&str]| program.ask(&organization, arguments);
            ask(&["init"])?;
            ask(&["organization", "set", "--quota", &quota])?;
            let key = format!("chiave-{number}");
            ask(&["service", "add", "--name", "Prova", "--key", &key, "--base-url", &url])?;
            let list = program.file(&format!("elenco-{number}.csv"));
            std::fs::write(&list, people(i64::from(number) * recipients, recipients)?)?;
            let list = list.to_str().context("a path")?;
            let words = ["flow", "create", "--service", "Prova", "--description", "Prova"];
            let more = ["--nature", "informativo", "--subject", "Avviso per {{nome}}"];
            let files = ["--markdown-file", markdown, "--recipients", list];
            let made = ask(&[&words[..], &more, &files].concat())?;
            let flow = made.first().and_then(|made| made["id"].as_i64()).context("no flow")?.to_string();
            ask(&["flow", "activate", &flow])?;
            ask(&["flow", "send", &flow, "--yes"])?;
        }
        Ok(())
    }
}

fn people(first: i64, count: i64) -> Result<String> {
    let mut list = String::from("codice fiscale,nome\n");
    for number in first..first + count {
        writeln!(list, "{},PERSONA {number}", fiscal_code(number)?)?;
    }
    Ok(list)
}

/// Of nobody: no municipality has this place of birth.
fn fiscal_code(number: i64) -> Result<String> {
    let letter =
        |place: u32| u8::try_from(number / 26_i64.pow(place) % 26).map(|letter| char::from(b'A' + letter));
    let letters: String = (0..6).map(letter).collect::<Result<_, _>>()?;
    let mut candidates = ('A'..='Z').map(|check| format!("{letters}80A01M999{check}"));
    candidates.find(|code| FiscalCode::read(code).is_ok()).context("no fiscal code")
}
