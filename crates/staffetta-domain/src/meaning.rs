//! What Staffetta reads in a column of an office's file, and the spellings by which it guesses that.

/// What Staffetta reads in a column, beside showing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// Codice fiscale of the recipient.
    FiscalCode,
    /// Scadenza: IO's due date.
    DueDate,
    /// Importo, in euro.
    Amount,
    /// Importo, in cents without a comma, as programs write it.
    AmountInCents,
    /// Numero avviso.
    NoticeNumber,
    /// Whether the notice cannot be paid after the due date.
    InvalidAfterDueDate,
    /// Codice fiscale of the ente that is paid, where it is not the one that writes.
    Payee,
    /// When the row is to be sent.
    ExpeditionDate,
}

/// The usual spellings, as keys. Words that may mean something else (*totale*, *data*, *avviso*, *IUV*, *ente*) are
/// left out: a wrong guess would reach citizens.
const SPELLINGS: [(Meaning, &[&str]); 7] = [
    (
        Meaning::FiscalCode,
        &[
            "codicefiscale",
            "cf",
            "codfiscale",
            "codfisc",
            "codicefisc",
            "cfiscale",
            "fiscalcode",
            "taxcode",
            "codicefiscaledestinatario",
            "cfdestinatario",
        ],
    ),
    (Meaning::DueDate, &["scadenza", "datascadenza", "datadiscadenza", "duedate"]),
    (
        Meaning::Amount,
        &["importo", "importodovuto", "importodapagare", "importoeuro", "importoineuro", "amount"],
    ),
    (
        Meaning::NoticeNumber,
        &[
            "numeroavviso",
            "navviso",
            "nravviso",
            "numavviso",
            "numerodiavviso",
            "numeroavvisopagopa",
            "navvisopagopa",
            "numeroavvisopagamento",
            "numeroavvisodipagamento",
            "codiceavviso",
            "codavviso",
            "codiceavvisopagopa",
            "codiceavvisopagamento",
            "noticenumber",
        ],
    ),
    (
        Meaning::InvalidAfterDueDate,
        // The second is as GovIO's manual spells it.
        &["invalidafterduedate", "invalidaftedduedate", "nonpagabiledopolascadenza"],
    ),
    (Meaning::Payee, &["payee", "payeetaxcode", "cfentecreditore", "codicefiscaleentecreditore"]),
    // As GovIO's trace has it. *Data di spedizione* is, elsewhere, when a letter was posted.
    (Meaning::ExpeditionDate, &["expeditiondate"]),
];

impl Meaning {
    /// All, as they are offered.
    pub const ALL: [Self; 8] = [
        Self::FiscalCode,
        Self::DueDate,
        Self::Amount,
        Self::AmountInCents,
        Self::NoticeNumber,
        Self::InvalidAfterDueDate,
        Self::Payee,
        Self::ExpeditionDate,
    ];

    /// What the usual spellings say of a column's name, of which this is the key.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        SPELLINGS.iter().find(|(_, keys)| keys.contains(&key)).map(|(meaning, _)| *meaning)
    }

    /// Its word in the ledger, in forms and in the words for people.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::FiscalCode => "fiscal-code",
            Self::DueDate => "due-date",
            Self::Amount => "amount",
            Self::AmountInCents => "amount-in-cents",
            Self::NoticeNumber => "notice-number",
            Self::InvalidAfterDueDate => "invalid-after-due-date",
            Self::Payee => "payee",
            Self::ExpeditionDate => "expedition-date",
        }
    }

    /// The meaning with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|meaning| meaning.word() == word)
    }

    /// Whether two columns would say the same thing: an amount is one, in euro or in cents.
    #[must_use]
    pub fn excludes(self, other: Self) -> bool {
        let plain = |meaning| if meaning == Self::AmountInCents { Self::Amount } else { meaning };
        plain(self) == plain(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_names_one_meaning() {
        for meaning in Meaning::ALL {
            assert_eq!(Meaning::from_word(meaning.word()), Some(meaning));
        }
        assert_eq!(Meaning::from_word(""), None);
        assert!(Meaning::Amount.excludes(Meaning::AmountInCents));
        assert!(!Meaning::Amount.excludes(Meaning::DueDate));
    }

    #[test]
    fn a_spelling_stands_for_one_meaning() {
        let all: Vec<&str> = SPELLINGS.iter().flat_map(|(_, keys)| keys.iter().copied()).collect();
        for key in &all {
            assert_eq!(all.iter().filter(|other| other == &key).count(), 1, "{key}");
        }
    }
}
