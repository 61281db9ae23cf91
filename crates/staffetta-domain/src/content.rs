//! What one citizen receives: the merged message that IO gets.

use crate::{Amount, DueDate, Markdown, NoticeNumber, Subject};

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
}

/// Hash of a content: what the preview showed and what IO got are compared by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContentHash(pub [u8; 16]);

impl Content {
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
            }),
        };
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
        ];
        for (index, one) in contents.iter().enumerate() {
            for (other_index, other) in contents.iter().enumerate() {
                assert_eq!(one.hash() == other.hash(), index == other_index, "{one:?} {other:?}");
            }
        }
    }
}
