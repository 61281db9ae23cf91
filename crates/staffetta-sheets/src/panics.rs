//! Panics of the libraries, which become errors with words of their own.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// Calls a library that may panic. Whatever `work` had in hand is not to be used again after that.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Box<dyn Any + Send>> {
    CAUGHT.set(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    CAUGHT.set(false);
    done
}

/// Whether a panic of this thread, now, becomes an error with words of its own: a program's panic hook need
/// not tell it, too.
#[must_use]
pub fn panic_becomes_error() -> bool {
    CAUGHT.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hook_can_ask_whether_a_panic_is_caught() {
        assert!(caught(panic_becomes_error).unwrap());
        assert!(caught(|| panic!("a library's")).is_err());
        assert!(!panic_becomes_error());
    }
}
