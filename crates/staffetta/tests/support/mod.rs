//! What the tests of the command line share: a house with its database, programs started from it, a receiver.

pub mod house;
pub mod people;
pub mod program;
pub mod receiver;
pub mod sheet;

pub use house::House;
pub use program::{Answer, Program};
pub use receiver::Receiver;

use staffetta_io::{Clock, SystemClock};
use std::sync::LazyLock;
use tokio::runtime::{Builder, Runtime};

/// Nothing here takes a quarter of it: who waits so long is stuck.
pub const STUCK_MS: i64 = 60_000;
/// Between two looks.
const LOOK_MS: i64 = 25;

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap());

/// The tests drive programs and wait for them: what is asynchronous below is run to its end.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    RUNTIME.block_on(future)
}

/// Goes on in the background while the test lives.
pub fn spawn(future: impl Future<Output = ()> + Send + 'static) -> tokio::task::JoinHandle<()> {
    RUNTIME.spawn(future)
}

/// A moment between two looks.
pub fn pause() {
    block_on(SystemClock.sleep(LOOK_MS));
}

/// Looks until it is found. The time only says that it will never be: no test depends on how long it takes.
#[track_caller]
pub fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let until = SystemClock.monotonic_ms() + STUCK_MS;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(SystemClock.monotonic_ms() < until, "still waiting: {what}");
        pause();
    }
}
