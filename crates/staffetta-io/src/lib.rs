//! The API of App IO: wire types, the client of a sender, and a simulator with faults.
//!
//! Not here: when a call may leave (the budget), what is done with an answer, and every retry.
//! Those are the engine's. The client makes one call and says what became of it.
//!
//! What IO does and requires was read in PagoPA's own public code; where a rule is used, its source
//! stands beside it. MSG is `pagopa/io-messages`, SRV `pagopa/io-functions-services`, FC
//! `@pagopa/io-functions-commons`, TC `@pagopa/ts-commons`.

pub mod address;
pub mod base_url;
pub mod client;
pub mod clock;
pub mod simulator;
pub mod wire;

pub use base_url::{BaseUrl, BaseUrlError, UrlPolicy};
pub use client::answer::{IoState, ProfileAnswer, Reply, SendAnswer, StatusAnswer, WireFacts};
pub use client::{ClientError, ClientOptions, Connection, IoClient};
pub use clock::{Clock, ManualClock, SystemClock};
pub use simulator::fate::Fate;
pub use simulator::faults::{Faults, FaultsError};
pub use simulator::{Simulator, SimulatorOptions};
