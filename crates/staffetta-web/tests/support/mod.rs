//! An ente with its people, and its pages asked without a socket.
//!
//! Not here: a browser (see `e2e`), and an engine that would send.
#![allow(dead_code, unused_imports, reason = "each test file uses a part of it")]

mod answer;
mod clock;
mod flows;
mod singles;
mod town;
mod visitor;

pub(crate) use answer::Answer;
pub(crate) use clock::Still;
pub(crate) use flows::{example, recipients};
pub(crate) use singles::single;
pub(crate) use town::{ACTIVATED, KEY, NOW, PASSWORD, Town, URL};
pub(crate) use visitor::Visitor;
