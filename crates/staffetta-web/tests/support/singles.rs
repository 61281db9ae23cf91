//! Single notifications.

use staffetta_domain::{Content, FiscalCode, Markdown, ServiceId, Subject};
use staffetta_store::notifications::NewSingle;

/// One to a person of the example.
pub(crate) fn single(service: ServiceId) -> NewSingle {
    NewSingle {
        service,
        fiscal_code: FiscalCode::read("RSSMRA80A01H501U").unwrap().code,
        content: Content {
            subject: Subject::new("Appuntamento confermato").unwrap(),
            markdown: Markdown::new(&"Gentile cittadina, ".repeat(10), 120).unwrap(),
            due_date: None,
            payment: None,
        },
        reference: None,
        form_token: None,
        corrects: None,
        test_of: None,
    }
}
