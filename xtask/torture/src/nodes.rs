//! The nodes: started, killed, started again.

use crate::program::Program;
use crate::town::Town;
use anyhow::{Result, bail};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde_json::Value;
use std::process::{Child, Command};
use std::time::Duration;

/// How long all may take to be settled once nobody is killed any more, in seconds.
const PATIENCE_S: u64 = 900;

pub(crate) struct Nodes(Vec<Child>);

impl Nodes {
    pub(crate) fn start(program: &Program, count: usize) -> Result<Self> {
        (0..count).map(|number| program.work(number)).collect::<Result<_>>().map(Self)
    }

    /// Kills one every few seconds, and starts it again at once; gives how often.
    pub(crate) fn torture(
        &mut self,
        program: &Program,
        seconds: u64,
        every: u64,
        chance: &mut ChaCha8Rng,
    ) -> Result<u64> {
        let kills = seconds / every.max(1);
        for _ in 0..kills {
            // Not always at the same moment of what a node does.
            let late_ms = chance.random_range(0..1_000);
            crate::pause(Duration::from_millis(every * 1_000 - 500 + late_ms));
            let number = chance.random_range(0..self.0.len());
            let node = &mut self.0[number];
            if let Some(status) = node.try_wait()? {
                bail!("node {number} ended by itself: {status}");
            }
            node.kill()?;
            node.wait()?;
            *node = program.work(number)?;
        }
        Ok(kills)
    }

    /// Waits until nothing waits and nothing is in flight; gives how many seconds.
    pub(crate) fn wait(&self, program: &Program, town: &Town) -> Result<u64> {
        for waited in (0..PATIENCE_S).step_by(5) {
            if is_settled(program, town)? {
                return Ok(waited);
            }
            crate::pause(Duration::from_secs(5));
        }
        // What is still open is counted as lost.
        Ok(PATIENCE_S)
    }

    /// Asks each to stop in order, and waits for it.
    pub(crate) fn stop(mut self) -> Result<()> {
        for node in &mut self.0 {
            Command::new("kill").args(["-TERM", &node.id().to_string()]).status()?;
        }
        for node in &mut self.0 {
            let status = node.wait()?;
            if !status.success() {
                bail!("a node that was asked to stop ended with {status}");
            }
        }
        Ok(())
    }
}

impl Drop for Nodes {
    fn drop(&mut self) {
        for node in &mut self.0 {
            let _ = node.kill();
            let _ = node.wait();
        }
    }
}

fn is_settled(program: &Program, town: &Town) -> Result<bool> {
    for number in 0..town.organizations {
        let flows = program.ask(&Town::organization(number), &["flow", "show", &(number + 1).to_string()])?;
        let open = |tally: &Value| tally["queued"] != 0 || tally["in_flight"] != 0;
        if flows.iter().any(|flow| open(&flow["tally"])) {
            return Ok(false);
        }
    }
    Ok(true)
}
