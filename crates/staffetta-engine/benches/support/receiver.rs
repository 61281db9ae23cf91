//! The receiver: IO's simulator without quota, latency or books.

use staffetta_io::simulator::{Simulator, SimulatorOptions, http};
use staffetta_io::{Faults, SystemClock};
use std::sync::Arc;

/// Serves until killed; prints the port first.
pub fn run() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let options = SimulatorOptions {
            reach: 1.0,
            quota: staffetta_domain::Quota::NONE,
            keep_bodies: false,
            faults: Faults::none(),
            ..SimulatorOptions::default()
        };
        let simulator = Simulator::open(options, Arc::new(SystemClock)).expect("a simulator");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        println!("{}", listener.local_addr().expect("its own address").port());
        http::serve(listener, Arc::new(simulator)).await;
    });
}
