//! The people of the examples, who do not exist, as lists for the sample flows.

use super::SEED;
use staffetta_domain::FiscalCode;
use staffetta_io::Fate;
use staffetta_io::simulator::fate::DEFAULT_REACH;

/// 300 rows as Excel saves them in Italy.
pub(super) const LIST: &[u8] = include_bytes!("../../../../../examples/elenco-300.csv");

/// Who goes into a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// Only people who can be reached.
    Reachable,
    /// Also people who are not on IO, or switched the service off.
    Anybody,
}

/// A list of `count` people, after leaving `skip` out, in the bytes of the whole one. Those whose messages the
/// simulator loses or refuses are kept for the whole list, where they are counted.
pub(super) fn list(who: Who, skip: usize, count: usize) -> Vec<u8> {
    let mut lines = LIST.split_inclusive(|byte| *byte == b'\n');
    let mut text = lines.next().unwrap_or_default().to_vec();
    let wanted = lines.filter(|line| fate(line).is_some_and(|fate| is_wanted(fate, who)));
    for line in wanted.skip(skip).take(count) {
        text.extend_from_slice(line);
    }
    text
}

fn is_wanted(fate: Fate, who: Who) -> bool {
    match fate {
        Fate::OnIo => true,
        Fate::NotOnIo | Fate::ServiceOff => who == Who::Anybody,
        Fate::LostAnswer | Fate::Refused | Fate::RejectedLater | Fate::FailedLater => false,
    }
}

/// What becomes of messages to the person of a line, whose fiscal code stands first.
fn fate(line: &[u8]) -> Option<Fate> {
    let cell = line.split(|byte| *byte == b';').next()?;
    let read = FiscalCode::read(std::str::from_utf8(cell).ok()?).ok()?;
    Some(Fate::of(SEED, &read.code, DEFAULT_REACH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_drawn_from_the_whole_one() {
        let rows = |text: &[u8]| text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count();
        assert_eq!(rows(LIST), 301);
        for (who, skip, count) in [(Who::Reachable, 0, 24), (Who::Anybody, 24, 40), (Who::Reachable, 100, 60)]
        {
            let list = list(who, skip, count);
            assert_eq!(rows(&list), count + 1);
            assert!(list.starts_with(b"Codice Fiscale;"));
        }
        assert_ne!(list(Who::Reachable, 0, 5), list(Who::Reachable, 5, 5));
    }
}
