//! Style, scripts, fonts and icons, from inside the binary.
//!
//! Their addresses carry a hash of what they are: browsers keep them, and a new version has another address.

#![expect(unused_qualifications, reason = "in what the library generates")]

use axum::Router;
use memory_serve::{Manifest, MemoryServe};
use std::sync::LazyLock;

static MANIFEST: LazyLock<Manifest> = LazyLock::new(|| files().manifest());

fn files() -> MemoryServe {
    // A debug build compresses too, so that tests see what a browser gets; only it does so at each request.
    memory_serve::load!().index_file(None).enable_hashed_routes(true).enable_gzip(true)
}

/// The files, below where they are mounted.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    files().into_router()
}

/// The address of a file.
pub(crate) fn address(file: &str) -> String {
    let route = format!("/{file}");
    format!("/assets{}", MANIFEST.get(&route).unwrap_or(&route))
}
