//! The simulator of IO: the built program on a real socket, and what it counted.

use super::program::{Program, staffetta};
use super::{eventually, spawn};
use serde_json::Value;
use staffetta_io::simulator::http;
use staffetta_io::{Simulator, SimulatorOptions, SystemClock};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;

/// Someone who speaks IO's API.
pub struct Receiver {
    pub base_url: String,
    address: SocketAddr,
    _running: Running,
}

enum Running {
    Program { _program: Program },
    Here(tokio::task::JoinHandle<()>),
}

impl Receiver {
    /// `staffetta simulate` without a quota, on a free port.
    #[track_caller]
    pub fn start(arguments: &[&str]) -> Self {
        Self::start_at("127.0.0.1:0".parse().unwrap(), &[&["--quota", "none"], arguments].concat())
    }

    /// `staffetta simulate` at this address.
    #[track_caller]
    pub fn start_at(address: SocketAddr, arguments: &[&str]) -> Self {
        let mut command = staffetta();
        command.args(["simulate", "--json", "--listen", &address.to_string()]).args(arguments);
        let mut program = Program::start(&mut command, "");
        let told: Value = eventually("the simulator listens", || {
            assert!(program.is_running(), "{}", program.stderr());
            program.stdout().lines().next().map(|line| serde_json::from_str(line).unwrap())
        });
        let base_url = told["base_url"].as_str().unwrap().to_owned();
        let address = base_url.strip_prefix("http://").unwrap().strip_suffix("/api/v1").unwrap();
        Self { address: address.parse().unwrap(), base_url, _running: Running::Program { _program: program } }
    }

    /// The simulator in this process, which knows one key only: the program takes every key.
    pub fn with_key(key: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        listener.set_nonblocking(true).unwrap();
        let options =
            SimulatorOptions { quota: "none".parse().unwrap(), reach: 1.0, ..SimulatorOptions::default() };
        let simulator = Simulator::open(options, Arc::new(SystemClock)).unwrap();
        simulator.register_service("Servizio", key);
        let serving = spawn(async move {
            http::serve(tokio::net::TcpListener::from_std(listener).unwrap(), Arc::new(simulator)).await;
        });
        Self { base_url: format!("http://{address}/api/v1"), address, _running: Running::Here(serving) }
    }

    /// What it counted.
    pub fn stats(&self) -> Value {
        let body = self.get("/_simulator/stats?citizens=1");
        serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {body}"))
    }

    /// Messages that it took.
    pub fn messages(&self) -> u64 {
        self.stats()["messages"].as_u64().unwrap()
    }

    /// Messages that it took twice.
    pub fn twice(&self) -> u64 {
        self.stats()["twice"].as_u64().unwrap()
    }

    /// A page.
    pub fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200 "), "{path}: {head}");
        body.to_owned()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Self::Here(serving) = self {
            serving.abort();
        }
    }
}

/// An address of this machine where nobody listens.
pub fn nobody() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}
