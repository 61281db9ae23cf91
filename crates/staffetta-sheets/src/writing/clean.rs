//! Text that may stand in a cell.

use std::borrow::Cow;

/// Most UTF-16 code units of a cell: Excel's limit.
const CELL_MAX: usize = 32_767;
/// Stands at the end of a text that was cut.
const CUT_MARK: char = '…';

/// The text without what XML cannot hold, and cut to Excel's limit with a mark.
///
/// Carriage returns go too: Excel breaks a line with LF and shows them as boxes.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let suspicious = |byte: u8| (byte < 0x20 && byte != b'\n' && byte != b'\t') || byte == 0xef;
    // A text has never more code units than bytes.
    if text.len() <= CELL_MAX && !text.bytes().any(suspicious) {
        return Cow::Borrowed(text);
    }
    let allowed =
        |character: char| !matches!(character, '\0'..='\x08' | '\x0b'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    let mut kept: String = text.chars().filter(|character| allowed(*character)).collect();
    let mut units = 0;
    let mut fits_with_mark = 0;
    for (position, character) in kept.char_indices() {
        units += character.len_utf16();
        if units < CELL_MAX {
            fits_with_mark = position + character.len_utf8();
        }
    }
    if units > CELL_MAX {
        kept.truncate(fits_with_mark);
        kept.push(CUT_MARK);
    }
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert!(matches!(clean("Città\n\t€"), Cow::Borrowed(_)));
        assert_eq!(clean("a\0b\x0bc\r\nd\u{ffff}\u{feff}"), "abc\nd\u{feff}");
    }

    #[test]
    fn a_long_text_is_cut_at_a_whole_character() {
        let exact = "a".repeat(CELL_MAX);
        assert_eq!(clean(&exact), exact);
        let cut = clean(&"a".repeat(CELL_MAX + 1)).into_owned();
        assert!(cut.ends_with("a…") && cut.encode_utf16().count() == CELL_MAX);
        let emoji = clean(&"😀".repeat(20_000)).into_owned();
        assert!(emoji.ends_with("😀…") && emoji.encode_utf16().count() <= CELL_MAX);
        let exact_in_units = "è".repeat(CELL_MAX);
        assert_eq!(clean(&exact_in_units), exact_in_units);
    }
}
