//! What a browser that comes for the first time has to load: on a slow line of a small town hall it must not be much.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use axum::http::{Request, header};
use staffetta_store::testing::TestLedger;
use std::collections::BTreeMap;
use support::{Town, Visitor};

/// Of the sign-in page and the first one after it, in bytes, as they go over the wire with their headers.
const MOST: usize = 200_000;

/// A browser that keeps what it has.
struct Browser<'a> {
    person: &'a Visitor,
    /// Bytes of each address.
    loaded: BTreeMap<String, usize>,
}

impl Browser<'_> {
    /// Loads an address once; gives what it holds, as it is before it is compressed.
    async fn load(&mut self, path: &str) -> String {
        let plain = self.person.get(path).await;
        assert!(plain.status.is_success(), "{path}: {}", plain.status);
        // Every browser knows it; what those know that know more is smaller still.
        let request = Request::get(path).header(header::ACCEPT_ENCODING, "gzip");
        let sent = self.person.whole(request).await;
        let bytes = sent.bytes.len()
            + sent.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum::<usize>();
        self.loaded.insert(path.to_owned(), bytes);
        String::from_utf8_lossy(&plain.bytes).into_owned()
    }

    /// A page with all that it names, and all that its style names.
    async fn open(&mut self, page: &str) {
        let mut wanted = vec![page.to_owned()];
        while let Some(path) = wanted.pop() {
            if !self.loaded.contains_key(&path) {
                let text = self.load(&path).await;
                wanted.extend(named(&text));
            }
        }
    }
}

/// Addresses of files of ours.
fn named(text: &str) -> Vec<String> {
    let after = |mark: &'static str| text.split(mark).skip(1);
    let all = ["href=\"", "src=\"", "url(", "url(\""].into_iter().flat_map(after);
    all.filter_map(|rest| rest.split(['"', ')', '#']).next())
        // The style names its fonts from where it lies itself.
        .map(|name| if name.starts_with("fonts/") { format!("/assets/{name}") } else { name.to_owned() })
        .filter(|name| name.starts_with("/assets/"))
        .collect()
}

#[tokio::test]
async fn it_is_at_most_200_kilobytes() {
    let ledger = TestLedger::sqlite().await;
    let town = Town::open(&ledger).await;
    for _ in 0..60 {
        town.inactive().await;
    }
    let mut nobody = Browser { person: &town.nobody, loaded: BTreeMap::new() };
    nobody.open("/accedi").await;
    let loaded = std::mem::take(&mut nobody.loaded);
    let mut bruno = Browser { person: &town.bruno, loaded };
    bruno.open("/flussi").await;
    let (loaded, total) = (&bruno.loaded, bruno.loaded.values().sum::<usize>());
    for kind in [".css", ".js", ".woff2", ".svg"] {
        assert!(loaded.keys().any(|path| path.contains(kind)), "no {kind}: {loaded:#?}");
    }
    assert!(total <= MOST, "{total} bytes: {loaded:#?}");
    town.store.close().await;
    ledger.remove().await;
}
