//! Words of a description, as they are kept and searched: lower case, without accents.

/// Most words of a description that are searched by, and most characters of one.
const WORDS_MAX: usize = 64;
const WORD_MAX: usize = 40;

/// The distinct words of a text, normalised, in order.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().flat_map(char::to_lowercase).map(plain).take(WORD_MAX).collect())
        .collect();
    words.sort();
    words.dedup();
    words.truncate(WORDS_MAX);
    words
}

/// The first text after all that begin with `word`, in the order of bytes.
pub(crate) fn after_beginning(word: &str) -> String {
    format!("{word}{}", char::MAX)
}

/// The letter without its accent: an office writes *unità*, *unita'* and *UNITA* for the same.
const fn plain(c: char) -> char {
    match c {
        'à'..='å' => 'a',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_plain_and_distinct() {
        assert_eq!(
            words("TARI 2025: unità, UNITÀ e l'acconto"),
            ["2025", "acconto", "e", "l", "tari", "unita"]
        );
        assert_eq!(words(" -- "), Vec::<String>::new());
    }

    #[test]
    fn what_begins_with_a_word_stands_before_its_end() {
        let end = after_beginning("tar");
        for word in ["tar", "tari", "tarì", "tar\u{10fffe}"] {
            assert!(word >= "tar" && word < end.as_str(), "{word}");
        }
        assert!(*"tas" > *end.as_str());
    }
}
