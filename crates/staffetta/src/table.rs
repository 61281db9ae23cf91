//! Tables for the eyes: columns as wide as their widest cell, numbers to the right.

/// How a column stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Lines of a table with a header; no line ends with blanks.
pub(crate) fn lines<const N: usize>(header: [(String, Align); N], rows: &[[String; N]]) -> Vec<String> {
    let width = |text: &str| text.chars().count();
    let widths: [usize; N] = std::array::from_fn(|column| {
        let cells = rows.iter().map(|row| width(&row[column])).max().unwrap_or(0);
        cells.max(width(&header[column].0))
    });
    let line = |cells: [&str; N]| {
        let mut line = String::new();
        for (column, cell) in cells.into_iter().enumerate() {
            let blanks = " ".repeat(widths[column] - width(cell));
            if column > 0 {
                line.push_str("  ");
            }
            match header[column].1 {
                Align::Left => line.extend([cell, &blanks]),
                Align::Right => line.extend([&blanks, cell]),
            }
        }
        line.truncate(line.trim_end().len());
        line
    };
    let titles = line(std::array::from_fn(|column| header[column].0.as_str()));
    let rows = rows.iter().map(|row| line(std::array::from_fn(|column| row[column].as_str())));
    std::iter::once(titles).chain(rows).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other() {
        let header = [("Stato".to_owned(), Align::Left), ("Quante".to_owned(), Align::Right)];
        let rows = [["Già".to_owned(), "7".to_owned()], ["Da inviare".to_owned(), "1.234.567".to_owned()]];
        assert_eq!(
            lines(header, &rows),
            ["Stato          Quante", "Già                 7", "Da inviare  1.234.567"]
        );
    }
}
