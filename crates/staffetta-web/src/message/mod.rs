//! A message as the citizen's phone shows it.

mod markdown;

use staffetta_desk::email_copy;
use staffetta_domain::buttons::split;
use staffetta_domain::{Button, Buttons, Content, NoticeNumber, Payment, PaymentTerms, Phrase};
use staffetta_words::{say, text};

/// A message, ready for the template `message.html`.
pub(crate) struct Message {
    /// The service that writes.
    pub(crate) sender: String,
    pub(crate) subject: String,
    /// Safe HTML.
    pub(crate) body: String,
    /// What the copy by e-mail shows of it.
    pub(crate) email: String,
    pub(crate) due_date: Option<String>,
    /// Amount in euro, and the notice number in groups.
    pub(crate) payment: Option<(String, String)>,
    /// What else the payment says.
    pub(crate) terms: Vec<String>,
    pub(crate) buttons: Vec<MessageButton>,
}

/// A button, which does nothing here.
pub(crate) struct MessageButton {
    pub(crate) text: String,
    /// What it would do.
    pub(crate) action: String,
    /// With what.
    pub(crate) target: String,
    /// Only phones in English show it.
    pub(crate) english: bool,
}

impl Message {
    /// What a citizen receives.
    pub(crate) fn of(sender: &str, content: &Content) -> Self {
        Self {
            due_date: content.due_date.map(|date| date.italian()),
            payment: content.payment.as_ref().map(payment_words),
            terms: content.payment.map(|payment| terms_words(payment.terms)).unwrap_or_default(),
            ..Self::text(sender, content.subject.as_str(), content.markdown.as_str())
        }
    }

    /// A text that may still be short of IO's limits.
    pub(crate) fn text(sender: &str, subject: &str, markdown: &str) -> Self {
        // Settings that cannot be read show as text, as on the phone.
        let (buttons, body) = split(markdown).unwrap_or_else(|_| (Buttons::default(), markdown));
        Self {
            sender: sender.to_owned(),
            subject: subject.to_owned(),
            body: markdown::html(body),
            email: email_copy(markdown),
            due_date: None,
            payment: None,
            terms: Vec::new(),
            buttons: drawn(&buttons),
        }
    }
}

fn drawn(buttons: &Buttons) -> Vec<MessageButton> {
    let each = |english: bool| {
        move |button: &Button| MessageButton {
            text: button.text().to_owned(),
            action: say(&button.action().kind().phrase()),
            target: button.action().target().to_owned(),
            english,
        }
    };
    buttons.italian.iter().map(each(false)).chain(buttons.english.iter().map(each(true))).collect()
}

/// Amount and notice number as they are read.
pub(crate) fn payment_words(payment: &Payment) -> (String, String) {
    (payment.amount.euro(), grouped(&payment.notice_number))
}

/// What a payment says beside amount and number; most say nothing.
pub(crate) fn terms_words(terms: PaymentTerms) -> Vec<String> {
    let expires = terms.invalid_after_due_date.then(|| text("payment-expires"));
    let payee = terms.payee.map(|payee| say(&Phrase::new("payment-payee").with("code", payee)));
    expires.into_iter().chain(payee).collect()
}

/// `3010 0000 0012 3456 78`: eighteen digits in a row are not compared by eye.
pub(crate) fn grouped(number: &NoticeNumber) -> String {
    let mut out = String::with_capacity(22);
    for (index, digit) in number.as_str().chars().enumerate() {
        if index > 0 && index.is_multiple_of(4) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_number_stands_in_groups() {
        let number = NoticeNumber::read("301000000012345678").unwrap();
        assert_eq!(grouped(&number), "3010 0000 0012 3456 78");
    }
}
