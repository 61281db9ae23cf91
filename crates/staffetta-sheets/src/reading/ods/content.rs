//! The content of an .ods, element by element: its sheets, their rows, their cells.

use super::bounded::Bounded;
use super::cell::{OdsCell, attribute, repeats};
use crate::reading::cell_text::CellFault;
use crate::reading::error::SheetError;
use calamine::DataRef;
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::collections::HashSet;
use std::io::{BufReader, Read};
use std::ops::ControlFlow;

/// Bytes unfolded at a time.
const CHUNK_BYTES: usize = 64 * 1024;
/// Elements one inside the other; a sheet has a dozen.
const DEPTH_MAX: usize = 64;
/// Most styles of sheets that are hidden: one for each hidden sheet.
const HIDDEN_STYLES_MAX: usize = 1000;

/// What is met in the content, in its order.
pub(super) enum Seen<'a> {
    /// A sheet begins.
    Sheet { name: &'a str, hidden: bool },
    /// A row begins, and stands so many times one under the other.
    Row { repeats: u32 },
    /// A cell of it, which stands so many times side by side.
    Cell { value: Result<DataRef<'a>, CellFault>, repeats: u32 },
    /// The row is over.
    RowEnd,
    /// The sheet is over.
    SheetEnd,
}

/// Where in the content an element stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Document,
    Styles,
    Style,
    Body,
    Spreadsheet,
    Sheet,
    Row,
    Cell,
    Paragraph,
    /// Notes, drawings, charts and whatever else is no text of a cell.
    Elsewhere,
}

/// Reads a content and tells what is in it, until it is over or enough was seen; returns the bytes that were unfolded.
pub(super) fn walk<S>(part: impl Read, limit: u64, see: S) -> Result<u64, SheetError>
where
    S: FnMut(Seen<'_>) -> Result<ControlFlow<()>, SheetError>,
{
    let mut reader = Reader::from_reader(BufReader::with_capacity(CHUNK_BYTES, Bounded::new(part, limit)));
    reader.config_mut().expand_empty_elements = true;
    let mut walker = Walker {
        see,
        path: vec![Place::Root],
        cell: OdsCell::default(),
        style: None,
        hidden_styles: HashSet::new(),
    };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let Ok(event) = reader.read_event_into(&mut buffer) else {
            let exceeded = reader.get_mut().get_ref().exceeded();
            return Err(if exceeded { SheetError::ExpandsTooMuch } else { SheetError::Damaged });
        };
        let over = matches!(event, Event::Eof);
        let enough = walker.event(event)?.is_break();
        // The reader itself does not ask for the ends of what was begun.
        if over && !enough && walker.path.len() > 1 {
            return Err(SheetError::Damaged);
        }
        if over || enough {
            return Ok(limit.saturating_sub(reader.get_ref().get_ref().left()));
        }
        reader.get_mut().get_mut().go_on();
    }
}

struct Walker<S> {
    see: S,
    path: Vec<Place>,
    cell: OdsCell,
    /// Name of the style whose properties are being read.
    style: Option<String>,
    /// Styles of sheets that are not shown.
    hidden_styles: HashSet<String>,
}

impl<S> Walker<S>
where
    S: FnMut(Seen<'_>) -> Result<ControlFlow<()>, SheetError>,
{
    fn place(&self) -> Place {
        self.path.last().copied().unwrap_or(Place::Root)
    }

    fn event(&mut self, event: Event<'_>) -> Result<ControlFlow<()>, SheetError> {
        match event {
            Event::Start(element) => return self.start(&element),
            Event::End(_) => return self.end(),
            Event::Text(text) if self.place() == Place::Paragraph => self.cell.push_text(&text),
            Event::CData(text) if self.place() == Place::Paragraph => self.cell.push_text(&text),
            Event::GeneralRef(entity) if self.place() == Place::Paragraph => self.entity(&entity)?,
            _ => {}
        }
        Ok(ControlFlow::Continue(()))
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<ControlFlow<()>, SheetError> {
        if self.path.len() > DEPTH_MAX {
            return Err(SheetError::ExpandsTooMuch);
        }
        let name = element.name();
        let (place, seen) = (self.place(), ControlFlow::Continue(()));
        let (next, seen) = match (place, name.as_ref()) {
            (Place::Root, "office:document-content") => (Place::Document, seen),
            (Place::Document, "office:automatic-styles") => (Place::Styles, seen),
            (Place::Styles, "style:style") => {
                self.style = attribute(element, "style:name").map(std::borrow::Cow::into_owned);
                (Place::Style, seen)
            }
            (Place::Style, "style:table-properties") => {
                self.table_style(element);
                (Place::Elsewhere, seen)
            }
            (Place::Document, "office:body") => (Place::Body, seen),
            (Place::Body, "office:spreadsheet") => (Place::Spreadsheet, seen),
            (Place::Spreadsheet, "table:table") => (Place::Sheet, self.sheet(element)?),
            // Groups, header rows and the like stand between a sheet and some of its rows.
            (Place::Sheet, "table:table-row-group" | "table:table-rows" | "table:table-header-rows") => {
                (Place::Sheet, seen)
            }
            (Place::Sheet, "table:table-row") => {
                let repeats = repeats(element, "table:number-rows-repeated");
                (Place::Row, (self.see)(Seen::Row { repeats })?)
            }
            (Place::Row, "table:table-cell") => {
                self.cell.start(element);
                (Place::Cell, seen)
            }
            (Place::Row, "table:covered-table-cell") => {
                // Hidden below a cell that was made wider: what nobody sees is not sent.
                let repeats = repeats(element, "table:number-columns-repeated");
                (Place::Elsewhere, (self.see)(Seen::Cell { value: Ok(DataRef::Empty), repeats })?)
            }
            (Place::Cell, "text:p") => {
                self.cell.paragraph();
                (Place::Paragraph, seen)
            }
            (Place::Paragraph, name) => (self.in_paragraph(name, element), seen),
            _ => (Place::Elsewhere, seen),
        };
        self.path.push(next);
        Ok(seen)
    }

    fn end(&mut self) -> Result<ControlFlow<()>, SheetError> {
        let place = self.place();
        if self.path.len() > 1 {
            self.path.pop();
        }
        match place {
            Place::Cell => {
                let (value, repeats) = (self.cell.value(), self.cell.repeats);
                (self.see)(Seen::Cell { value, repeats })
            }
            Place::Row => (self.see)(Seen::RowEnd),
            Place::Sheet if self.place() == Place::Spreadsheet => (self.see)(Seen::SheetEnd),
            _ => Ok(ControlFlow::Continue(())),
        }
    }

    /// Keeps the name of a style that hides its sheet.
    fn table_style(&mut self, properties: &BytesStart<'_>) {
        let hides = attribute(properties, "table:display").is_some_and(|display| display == "false");
        if let Some(style) = self.style.take().filter(|_| hides)
            && self.hidden_styles.len() < HIDDEN_STYLES_MAX
        {
            self.hidden_styles.insert(style);
        }
    }

    fn sheet(&mut self, element: &BytesStart<'_>) -> Result<ControlFlow<()>, SheetError> {
        let name = attribute(element, "table:name").unwrap_or_default();
        let style = attribute(element, "table:style-name");
        let hidden = style.is_some_and(|style| self.hidden_styles.contains(&*style));
        (self.see)(Seen::Sheet { name: &name, hidden })
    }

    /// An element in the text of a cell: blanks, breaks, or a part with a style of its own.
    fn in_paragraph(&mut self, name: &str, element: &BytesStart<'_>) -> Place {
        match name {
            "text:s" => self.cell.push(' ', repeats(element, "text:c")),
            "text:tab" => self.cell.push('\t', 1),
            "text:line-break" => self.cell.push('\n', 1),
            "text:note" | "text:ruby-text" => {}
            _ if name.starts_with("text:") => return Place::Paragraph,
            _ => {}
        }
        Place::Elsewhere
    }

    fn entity(&mut self, entity: &BytesRef<'_>) -> Result<(), SheetError> {
        let known = resolve_xml_entity(entity).and_then(|text| text.chars().next());
        let character = match known {
            Some(character) => Some(character),
            None => entity.resolve_char_ref().map_err(|_| SheetError::Damaged)?,
        };
        self.cell.push(character.ok_or(SheetError::Damaged)?, 1);
        Ok(())
    }
}
