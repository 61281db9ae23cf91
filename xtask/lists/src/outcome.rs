//! What becomes of a message on the simulator.

use staffetta_domain::FiscalCode;
use staffetta_io::{Fate, SimulatorOptions};

/// The outcomes that the lists count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Outcome {
    /// It arrives.
    Delivered,
    /// Taken, and rejected later.
    RejectedLater,
    /// The citizen is not on IO.
    NotOnIo,
    /// The citizen switched the service off.
    ServiceOff,
    /// Refused at once.
    RefusedByIo,
    /// Taken, and its processing fails.
    FailedLater,
    /// Taken, but the answer is lost.
    LostAnswer,
}

impl Outcome {
    /// All of them, in the order in which they are told.
    pub(crate) const ALL: [Self; 7] = [
        Self::Delivered,
        Self::RejectedLater,
        Self::NotOnIo,
        Self::ServiceOff,
        Self::RefusedByIo,
        Self::FailedLater,
        Self::LostAnswer,
    ];

    /// What the simulator does with this code, as it starts by itself.
    pub(crate) fn of(code: &FiscalCode) -> Self {
        let options = SimulatorOptions::default();
        match Fate::of(options.seed, code, options.reach) {
            Fate::OnIo => Self::Delivered,
            Fate::RejectedLater => Self::RejectedLater,
            Fate::NotOnIo => Self::NotOnIo,
            Fate::ServiceOff => Self::ServiceOff,
            Fate::Refused => Self::RefusedByIo,
            Fate::FailedLater => Self::FailedLater,
            Fate::LostAnswer => Self::LostAnswer,
        }
    }

    /// Its state on screen.
    pub(crate) const fn state(self) -> &'static str {
        match self {
            Self::Delivered => "Disponibile su IO",
            Self::RejectedLater => "Non recapitata",
            Self::NotOnIo | Self::ServiceOff => "Non raggiungibile",
            Self::RefusedByIo | Self::FailedLater => "Errore",
            Self::LostAnswer => "Esito incerto",
        }
    }

    /// The same in the output for programs.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::RejectedLater => "rejected",
            Self::NotOnIo | Self::ServiceOff => "unreachable",
            Self::RefusedByIo | Self::FailedLater => "failed",
            Self::LostAnswer => "uncertain",
        }
    }

    /// Why.
    pub(crate) const fn reason(self) -> &'static str {
        match self {
            Self::Delivered => "—",
            Self::RejectedLater => "IO l'ha accettata e poi non l'ha recapitata, senza dire perché",
            Self::NotOnIo => "la persona non è su IO",
            Self::ServiceOff => "la persona ha disattivato il servizio",
            Self::RefusedByIo => "IO non accetta il messaggio (400)",
            Self::FailedLater => "IO l'ha accettata, ma la lavorazione è fallita",
            Self::LostAnswer => "IO l'ha presa, ma la risposta si è persa per strada",
        }
    }
}
