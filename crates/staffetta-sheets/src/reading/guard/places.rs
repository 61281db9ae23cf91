//! Places in a worksheet's XML, and what follows what.

/// Where the next byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Before the first element, where a declaration may stand.
    Start,
    StartOpen,
    Declaration,
    DeclarationMark,
    Text,
    /// After `<`, after the prefix of a name, and in a name of no interest.
    Open,
    Prefixed,
    Name,
    PrefixedName,
    /// In the letters of `c` and `row`.
    C,
    R,
    Ro,
    Row,
    PrefixedC,
    PrefixedR,
    PrefixedRo,
    PrefixedRow,
    /// After the name of any other element, outside and inside the values of attributes.
    Tag,
    Double,
    Single,
    /// The same of a cell, which may be over with its tag.
    InCellTag,
    InCellDouble,
    InCellSingle,
    InCellSlash,
    /// After `</`, in `c`, and in a name of no interest.
    Close,
    CloseC,
    CloseRest,
    PrefixedClose,
    PrefixedCloseC,
    PrefixedCloseRest,
    /// In the letters of `sheetData`.
    S,
    Sh,
    She,
    Shee,
    Sheet,
    SheetD,
    SheetDa,
    SheetDat,
    SheetData,
    /// A cell began, and its tag goes on, perhaps to its end, or is over.
    CellTag,
    CellSlash,
    CellText,
    /// A cell is over, with its tag or with an end of its own.
    CellEmpty,
    CellEnd,
    /// A row began, and its tag goes on or is over.
    RowTag,
    RowText,
    /// The rows are over.
    Over,
    /// What no program writes.
    Refused,
}

const PLACES: usize = Place::Refused as usize + 1;

/// For a place and a byte, the next place.
pub(super) static NEXT: [[Place; 256]; PLACES] = table();

const fn table() -> [[Place; 256]; PLACES] {
    use Place::*;
    const ALL: [Place; PLACES] = [
        Start,
        StartOpen,
        Declaration,
        DeclarationMark,
        Text,
        Open,
        Prefixed,
        Name,
        PrefixedName,
        C,
        R,
        Ro,
        Row,
        PrefixedC,
        PrefixedR,
        PrefixedRo,
        PrefixedRow,
        Tag,
        Double,
        Single,
        InCellTag,
        InCellDouble,
        InCellSingle,
        InCellSlash,
        Close,
        CloseC,
        CloseRest,
        PrefixedClose,
        PrefixedCloseC,
        PrefixedCloseRest,
        S,
        Sh,
        She,
        Shee,
        Sheet,
        SheetD,
        SheetDa,
        SheetDat,
        SheetData,
        CellTag,
        CellSlash,
        CellText,
        CellEmpty,
        CellEnd,
        RowTag,
        RowText,
        Over,
        Refused,
    ];
    let mut table = [[Refused; 256]; PLACES];
    let mut row = 0;
    while row < PLACES {
        let mut byte = 0_u8;
        loop {
            table[ALL[row] as usize][byte as usize] = next(ALL[row], byte);
            if byte == u8::MAX {
                break;
            }
            byte += 1;
        }
        row += 1;
    }
    table
}

/// What follows what. A name has one prefix at most: with two, it is not clear which part the reader takes.
const fn next(place: Place, byte: u8) -> Place {
    use Place::*;
    match place {
        Start if byte == b'<' => StartOpen,
        Start => Start,
        StartOpen if byte == b'?' => Declaration,
        Declaration | DeclarationMark if byte == b'?' => DeclarationMark,
        DeclarationMark if byte == b'>' => Start,
        Declaration | DeclarationMark => Declaration,
        Text | CellText | CellEmpty | CellEnd | RowText => {
            if byte == b'<' {
                Open
            } else {
                Text
            }
        }
        StartOpen | Open if byte == b'/' => Close,
        StartOpen | Open | Prefixed | Name | PrefixedName | C | R | Ro | Row | PrefixedC | PrefixedR
        | PrefixedRo | PrefixedRow => in_name(place, byte),
        Tag | RowTag => match byte {
            b'"' => Double,
            b'\'' => Single,
            b'>' => Text,
            b'<' => Refused,
            _ => Tag,
        },
        InCellTag | InCellSlash | CellTag | CellSlash => match byte {
            b'"' => InCellDouble,
            b'\'' => InCellSingle,
            b'>' if matches!(place, InCellSlash | CellSlash) => CellEmpty,
            b'>' => Text,
            b'/' => InCellSlash,
            b'<' => Refused,
            _ => InCellTag,
        },
        Double | Single | InCellDouble | InCellSingle => match (place, byte) {
            (_, b'<') => Refused,
            (Double, b'"') | (Single, b'\'') => Tag,
            (InCellDouble, b'"') | (InCellSingle, b'\'') => InCellTag,
            _ => place,
        },
        CloseC | PrefixedCloseC if byte == b'>' => CellEnd,
        SheetData if is_blank(byte) || byte == b'>' => Over,
        _ => in_end(place, byte),
    }
}

/// In the name of an element that begins.
const fn in_name(place: Place, byte: u8) -> Place {
    use Place::*;
    let blank = is_blank(byte);
    match (place, byte) {
        // What stands where a name should be, and no program writes there.
        (_, b'!' | b'?' | b'"' | b'\'' | b'<') => Refused,
        (Prefixed | PrefixedName | PrefixedC | PrefixedR | PrefixedRo | PrefixedRow, b':') => Refused,
        (_, b':') => Prefixed,
        (C | PrefixedC, b'/') => CellSlash,
        (C | PrefixedC, b'>') => CellText,
        (C | PrefixedC, _) if blank => CellTag,
        (Row | PrefixedRow, b'>') => RowText,
        (Row | PrefixedRow, _) if blank || byte == b'/' => RowTag,
        (_, b'>') => Text,
        (_, _) if blank || byte == b'/' => Tag,
        (StartOpen | Open, b'c') => C,
        (StartOpen | Open, b'r') => R,
        (R, b'o') => Ro,
        (Ro, b'w') => Row,
        (Prefixed, b'c') => PrefixedC,
        (Prefixed, b'r') => PrefixedR,
        (PrefixedR, b'o') => PrefixedRo,
        (PrefixedRo, b'w') => PrefixedRow,
        (Prefixed | PrefixedName | PrefixedC | PrefixedR | PrefixedRo | PrefixedRow, _) => PrefixedName,
        _ => Name,
    }
}

/// In the name of an element that ends.
const fn in_end(place: Place, byte: u8) -> Place {
    use Place::*;
    match (place, byte) {
        (Over | Refused, _) => Refused,
        (Close | CloseC | CloseRest, b':') => PrefixedClose,
        (_, b':') => Refused,
        (_, b'>') => Text,
        (Close, b'c') => CloseC,
        (PrefixedClose, b'c') => PrefixedCloseC,
        (Close | PrefixedClose, b's') => S,
        (S, b'h') => Sh,
        (Sh, b'e') => She,
        (She, b'e') => Shee,
        (Shee, b't') => Sheet,
        (Sheet, b'D') => SheetD,
        (SheetD, b'a') => SheetDa,
        (SheetDa, b't') => SheetDat,
        (SheetDat, b'a') => SheetData,
        (Close | CloseC | CloseRest, _) => CloseRest,
        _ => PrefixedCloseRest,
    }
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}
