//! What a payment notice says beside its amount and its number.

use crate::Payee;

/// The terms of a payment: most notices have none of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PaymentTerms {
    /// IO shows the notice as expired after the due date, and lets nobody pay it.
    pub invalid_after_due_date: bool,
    /// The ente that is paid, where it is not the one that writes.
    pub payee: Option<Payee>,
}

/// What a person wrote for yes or no; `None` where it is neither. Nothing written is no.
#[must_use]
pub fn yes_or_no(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "si" | "sì" | "si'" | "s" | "yes" | "y" | "true" | "vero" | "1" | "x" => Some(true),
        "" | "no" | "n" | "false" | "falso" | "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_are_read_as_offices_and_programs_write_them() {
        for text in ["Sì", " SI ", "true", "VERO", "1", "x"] {
            assert_eq!(yes_or_no(text), Some(true), "{text}");
        }
        for text in ["", "No", "false", "FALSO", "0"] {
            assert_eq!(yes_or_no(text), Some(false), "{text}");
        }
        for text in ["forse", "2", "31/12/2026", "sino"] {
            assert_eq!(yes_or_no(text), None, "{text}");
        }
    }
}
