//! A list: its rows in the order of the file, and what each of them is.

use crate::chance::Chance;
use crate::outcome::Outcome;
use crate::person::Person;
use crate::plan::{Plan, Wrong};
use std::collections::{BTreeSet, HashMap};

/// The columns, as an office would call them.
pub(crate) const COLUMNS: [&str; 7] =
    ["Codice Fiscale", "Cognome", "Nome", "Indirizzo", "Importo", "Scadenza", "Numero avviso"];

/// What stands in a cell that a spreadsheet has a type for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Euro cents.
    Cents(u32),
    /// Day and month of [`YEAR`].
    Day(u8, u8),
    /// Something typed by hand.
    Text(&'static str),
}

/// Year of all deadlines.
pub(crate) const YEAR: u16 = 2027;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Becomes a message, with this outcome.
    Valid(Outcome),
    /// Left out, with this reason.
    Wrong(Wrong),
    /// The same as an earlier row.
    Again,
}

/// A row of the file.
#[derive(Clone)]
pub(crate) struct Row {
    /// Number of the person in the list.
    pub(crate) person: usize,
    /// The code as the office wrote it.
    pub(crate) code: String,
    /// Surname.
    pub(crate) surname: &'static str,
    /// Given name.
    pub(crate) name: &'static str,
    /// Address.
    pub(crate) address: String,
    /// Amount.
    pub(crate) amount: Cell,
    /// Deadline.
    pub(crate) deadline: Cell,
    /// Notice number.
    pub(crate) notice: String,
    /// What the row is.
    pub(crate) kind: Kind,
    /// Whether the code is put right when it is read.
    pub(crate) repaired: bool,
}

/// Makes the list of a plan.
pub(crate) fn make(plan: &Plan) -> Vec<Row> {
    let mut chance = Chance::new(plan.number);
    let people = people(plan, &mut chance);
    let mut rows: Vec<Row> = (0..)
        .zip(&people)
        .map(|(number, (person, outcome))| row(plan, &mut chance, number, person, *outcome))
        .collect();

    // The first of those who arrive get what is special; the order is shaken afterwards.
    let mut ordinary = rows
        .iter()
        .filter(|row| row.kind == Kind::Valid(Outcome::Delivered))
        .map(|row| row.person)
        .collect::<Vec<_>>()
        .into_iter();
    for (wrong, count) in plan.wrong {
        for person in ordinary.by_ref().take(*count) {
            spoil(&mut rows[person], *wrong);
        }
    }
    for person in ordinary.by_ref().take(plan.lower_case) {
        rows[person].code = rows[person].code.to_lowercase();
        rows[person].repaired = true;
    }
    for person in ordinary.by_ref().take(plan.spaced) {
        let code = &rows[person].code;
        rows[person].code = format!("{} {} {} {}", &code[..3], &code[3..6], &code[6..11], &code[11..]);
        rows[person].repaired = true;
    }
    let twice: Vec<_> = ordinary.by_ref().take(plan.twice).collect();
    let second: Vec<_> = ordinary.by_ref().take(plan.second).collect();

    chance.shuffle(&mut rows);
    for (number, person) in (people.len()..).zip(second) {
        let mut other = copy_of(&rows, person);
        let again = row(plan, &mut chance, number, &people[person].0, Outcome::Delivered);
        (other.amount, other.notice, other.deadline) = (again.amount, again.notice, Cell::Day(30, 11));
        insert_below(&mut rows, &mut chance, other);
    }
    for person in twice {
        let same = Row { kind: Kind::Again, ..copy_of(&rows, person) };
        insert_below(&mut rows, &mut chance, same);
    }
    rows
}

/// People whose outcomes on the simulator are exactly as many as the plan wants, each code once.
fn people(plan: &Plan, chance: &mut Chance) -> Vec<(Person, Outcome)> {
    let mut wanted: HashMap<Outcome, usize> = plan.outcomes.iter().copied().collect();
    // Wrong rows too are of people who would be reached once the row is corrected.
    wanted.insert(Outcome::Delivered, plan.delivered() - plan.second + plan.wrong_rows());
    let mut codes = BTreeSet::new();
    let mut people = Vec::new();
    while wanted.values().any(|count| *count > 0) {
        let person = Person::draw(chance);
        let outcome = Outcome::of(&person.code);
        if let Some(count) = wanted.get_mut(&outcome).filter(|count| **count > 0)
            && codes.insert(person.code)
        {
            *count -= 1;
            people.push((person, outcome));
        }
    }
    people
}

fn row(plan: &Plan, chance: &mut Chance, number: usize, person: &Person, outcome: Outcome) -> Row {
    let mut address = format!("{} {}", chance.pick(&crate::names::STREETS), 1 + chance.below(180));
    if chance.once_in(25) {
        // A semicolon inside a value: the file has to quote it.
        address.push_str("; scala B");
    }
    // Mostly tens and hundreds of euro, now and then over a thousand.
    let euro = if chance.once_in(20) { 1_000 + chance.below(700) } else { 38 + chance.below(560) };
    let cents = euro * 100 + chance.below(100);
    let (day, month) = *chance.pick(&[(30, 4), (31, 5), (30, 6), (30, 9)]);
    Row {
        person: number,
        code: person.code.as_str().to_owned(),
        surname: person.surname,
        name: person.name,
        address,
        amount: Cell::Cents(u32::try_from(cents).unwrap_or(u32::MAX)),
        deadline: Cell::Day(day, month),
        // 3, a segregation code, the list, the row, and digits by chance: 18 in all.
        notice: format!("399{:02}{number:05}{:08}", plan.number, chance.next() % 100_000_000),
        kind: Kind::Valid(outcome),
        repaired: false,
    }
}

fn spoil(row: &mut Row, wrong: Wrong) {
    match wrong {
        Wrong::CheckCharacter => {
            let last = if row.code.ends_with('A') { 'B' } else { 'A' };
            row.code.replace_range(15.., &last.to_string());
        }
        Wrong::Company => row.code = format!("999{:08}", row.person),
        Wrong::MissingCode => row.code.clear(),
        Wrong::Cut => row.code.truncate(15),
        Wrong::AmbiguousAmount => row.amount = Cell::Text("1.234"),
        Wrong::ImpossibleDate => row.deadline = Cell::Text("31/02/2027"),
        Wrong::ShortNotice => row.notice.truncate(17),
        Wrong::MissingName => row.name = "",
    }
    row.kind = Kind::Wrong(wrong);
}

fn place_of(rows: &[Row], person: usize) -> usize {
    rows.iter().position(|row| row.person == person).unwrap_or(0)
}

fn copy_of(rows: &[Row], person: usize) -> Row {
    rows[place_of(rows, person)].clone()
}

/// Puts a further row of a person somewhere below the first one.
fn insert_below(rows: &mut Vec<Row>, chance: &mut Chance, row: Row) {
    let first = place_of(rows, row.person);
    let place = first + 1 + chance.below(rows.len() - first);
    rows.insert(place, row);
}
