//! A count as a person types it, to confirm that it is meant.

/// What may stand between groups of three digits.
const SEPARATORS: [char; 6] = ['.', ' ', '\u{a0}', '\u{202f}', '\'', '’'];

/// Reads `14990`, `14.990` or `14 990`; nothing else is that number: `1.49` is not 149.
#[must_use]
pub fn typed_number(typed: &str) -> Option<i64> {
    let typed = typed.trim();
    let separator = typed.chars().find(|c| !c.is_ascii_digit());
    let digits = match separator {
        None => typed.to_owned(),
        Some(separator) if SEPARATORS.contains(&separator) => {
            let groups: Vec<&str> = typed.split(separator).collect();
            let are_groups =
                (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3);
            are_groups.then(|| groups.concat())?
        }
        Some(_) => return None,
    };
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_write_it() {
        for typed in ["14.990", "14990", " 14 990 ", "14\u{a0}990", "14'990"] {
            assert_eq!(typed_number(typed), Some(14_990), "{typed}");
        }
        assert_eq!(typed_number("1.234.567"), Some(1_234_567));
        for typed in
            ["", " ", "149.90", "1.49.90", "14,990", "+14990", "-1", "14.990.", ".990", "1.234 567", "tutti"]
        {
            assert_eq!(typed_number(typed), None, "{typed}");
        }
    }
}
