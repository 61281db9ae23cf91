//! How many of what each list holds.

use crate::outcome::Outcome;
use Outcome::{FailedLater, LostAnswer, NotOnIo, RefusedByIo, RejectedLater, ServiceOff};
use Wrong::{
    AmbiguousAmount, CheckCharacter, Company, Cut, ImpossibleDate, MissingCode, MissingName, ShortNotice,
};

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// The last character of the code is another.
    CheckCharacter,
    /// The code is a company's.
    Company,
    /// No code.
    MissingCode,
    /// The code lost its last character.
    Cut,
    /// `1.234`.
    AmbiguousAmount,
    /// The 31st of February.
    ImpossibleDate,
    /// 17 digits.
    ShortNotice,
    /// No given name, which the message needs.
    MissingName,
}

impl Wrong {
    /// The column at fault, by its place.
    pub(crate) const fn column(self) -> usize {
        match self {
            CheckCharacter | Company | MissingCode | Cut => 0,
            MissingName => 2,
            AmbiguousAmount => 4,
            ImpossibleDate => 5,
            ShortNotice => 6,
        }
    }

    /// What a reader is told.
    pub(crate) const fn reason(self) -> &'static str {
        match self {
            CheckCharacter => "il carattere di controllo non torna",
            Company => "11 cifre: non è il codice di una persona",
            MissingCode => "manca il codice fiscale",
            Cut => "15 caratteri invece di 16",
            AmbiguousAmount => "importo ambiguo: migliaia o decimali?",
            ImpossibleDate => "la data non esiste",
            ShortNotice => "17 cifre invece di 18",
            MissingName => "il testo usa il nome, e il nome manca",
        }
    }
}

/// What a list holds.
pub(crate) struct Plan {
    /// Its file, without the ending.
    pub(crate) file: &'static str,
    /// Number of the list, part of its seed and of its notice numbers.
    pub(crate) number: u64,
    /// Rows of data.
    pub(crate) rows: usize,
    /// Wrong rows.
    pub(crate) wrong: &'static [(Wrong, usize)],
    /// Codes in lower case.
    pub(crate) lower_case: usize,
    /// Codes with blanks in them.
    pub(crate) spaced: usize,
    /// Rows that are there twice.
    pub(crate) twice: usize,
    /// People with a second row of another content.
    pub(crate) second: usize,
    /// What becomes of the valid rows on the simulator; all others arrive.
    pub(crate) outcomes: &'static [(Outcome, usize)],
}

impl Plan {
    /// Wrong rows in all.
    pub(crate) fn wrong_rows(&self) -> usize {
        self.wrong.iter().map(|(_, count)| count).sum()
    }

    /// Rows that become messages.
    pub(crate) fn valid_rows(&self) -> usize {
        self.rows - self.wrong_rows() - self.twice
    }

    /// Messages that arrive.
    pub(crate) fn delivered(&self) -> usize {
        self.valid_rows() - self.outcomes.iter().map(|(_, count)| count).sum::<usize>()
    }
}

/// The list of the first trial.
pub(crate) const SMALL: Plan = Plan {
    file: "elenco-300",
    number: 1,
    rows: 300,
    wrong: &[
        (CheckCharacter, 1),
        (Company, 1),
        (MissingCode, 1),
        (Cut, 1),
        (AmbiguousAmount, 1),
        (ImpossibleDate, 1),
        (ShortNotice, 1),
        (MissingName, 1),
    ],
    lower_case: 2,
    spaced: 1,
    twice: 1,
    second: 1,
    outcomes: &[
        (RejectedLater, 2),
        (NotOnIo, 24),
        (ServiceOff, 12),
        (RefusedByIo, 1),
        (FailedLater, 1),
        (LostAnswer, 1),
    ],
};

/// The list of a whole tax round in a small town.
pub(crate) const LARGE: Plan = Plan {
    file: "elenco-5000",
    number: 2,
    rows: 5_000,
    wrong: &[
        (CheckCharacter, 4),
        (Company, 3),
        (MissingCode, 2),
        (Cut, 2),
        (AmbiguousAmount, 3),
        (ImpossibleDate, 2),
        (ShortNotice, 2),
        (MissingName, 2),
    ],
    lower_case: 7,
    spaced: 3,
    twice: 5,
    second: 3,
    outcomes: &[
        (RejectedLater, 20),
        (NotOnIo, 500),
        (ServiceOff, 250),
        (RefusedByIo, 1),
        (FailedLater, 5),
        (LostAnswer, 1),
    ],
};
