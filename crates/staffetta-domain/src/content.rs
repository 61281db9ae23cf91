//! What one citizen receives: the merged message that IO gets.

use crate::{Amount, DueDate, Markdown, NoticeNumber, Payee, PaymentTerms, Subject};

/// The content of one message, after merging.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// *Oggetto*.
    pub subject: Subject,
    /// *Contenuto*.
    pub markdown: Markdown,
    /// IO's due date.
    pub due_date: Option<DueDate>,
    /// IO's payment data.
    pub payment: Option<Payment>,
}

/// A payment notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Amount in euro cents.
    pub amount: Amount,
    /// The notice's 18 digits.
    pub notice_number: NoticeNumber,
    /// What else it says.
    pub terms: PaymentTerms,
}

/// Hash of a content: what the preview showed and what IO got are compared by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContentHash(pub [u8; 16]);

impl Content {
    /// The same with terms for its payment, if it is one.
    #[must_use]
    pub const fn on_terms(mut self, terms: PaymentTerms) -> Self {
        if let Some(payment) = &mut self.payment {
            payment.terms = terms;
        }
        self
    }

    /// Hash of all that the citizen receives. Each part is preceded by its length, so that no two
    /// contents share a hash by moving a character from one part to the next.
    #[must_use]
    pub fn hash(&self) -> ContentHash {
        let mut hasher = blake3::Hasher::new();
        let mut part = |bytes: &[u8]| {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        };
        part(self.subject.as_str().as_bytes());
        part(self.markdown.as_str().as_bytes());
        // What is missing is an empty part, unlike a zero.
        part(self.due_date.map(|date| date.instant().0.to_le_bytes()).as_ref().map_or(&[], |bytes| bytes));
        part(
            self.payment
                .map(|payment| payment.amount.cents().to_le_bytes())
                .as_ref()
                .map_or(&[], |bytes| bytes),
        );
        part(self.payment.as_ref().map_or("", |payment| payment.notice_number.as_str()).as_bytes());
        // Contents without terms of their own keep the hash that they had before there were any.
        let terms =
            self.payment.map(|payment| payment.terms).filter(|terms| *terms != PaymentTerms::default());
        if let Some(terms) = terms {
            part(&[u8::from(terms.invalid_after_due_date)]);
            part(terms.payee.as_ref().map_or("", Payee::as_str).as_bytes());
        }
        let mut hash = [0; 16];
        hash.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        ContentHash(hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::UnixMillis;

    #[test]
    fn every_part_counts_in_the_hash() {
        let content = |subject: &str, body: &str, due: Option<i64>, cents: Option<i64>| Content {
            subject: Subject::new(subject).unwrap(),
            markdown: Markdown::new(&format!("{body}{}", "x".repeat(80)), 80).unwrap(),
            due_date: due.map(|due| DueDate::at(UnixMillis(due))),
            payment: cents.map(|cents| Payment {
                amount: Amount::from_cents(cents).unwrap(),
                notice_number: NoticeNumber::read("301000000012345678").unwrap(),
                terms: PaymentTerms::default(),
            }),
        };
        let expires = PaymentTerms { invalid_after_due_date: true, payee: None };
        let payee = Payee::read("80012345676").unwrap();
        let to_another = PaymentTerms { invalid_after_due_date: false, payee };
        let contents = [
            content("Avviso importante", "", None, None),
            content("Avviso importantx", "", None, None),
            // One character moved from the oggetto to the contenuto.
            content("Avviso important", "e", None, None),
            content("Avviso importante", "y", None, None),
            content("Avviso importante", "", Some(0), None),
            content("Avviso importante", "", Some(1), None),
            content("Avviso importante", "", None, Some(1)),
            content("Avviso importante", "", None, Some(2)),
            content("Avviso importante", "", None, Some(2)).on_terms(expires),
            content("Avviso importante", "", None, Some(2)).on_terms(to_another),
        ];
        for (index, one) in contents.iter().enumerate() {
            for (other_index, other) in contents.iter().enumerate() {
                assert_eq!(one.hash() == other.hash(), index == other_index, "{one:?} {other:?}");
            }
        }
    }
}
