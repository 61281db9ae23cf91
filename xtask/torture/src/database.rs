//! A database of its own on a PostgreSQL server, removed afterwards.

use anyhow::{Context as _, Result, bail};
use std::process::{Command, Stdio};

pub(crate) struct Database {
    server: String,
    name: String,
}

impl Database {
    pub(crate) fn create(server: &str) -> Result<Self> {
        // The database that it may name is the server's own.
        let host = server.find("://").map_or(0, |at| at + 3);
        let server = server[host..].find('/').map_or(server, |at| &server[..host + at]).to_owned();
        let name = format!("staffetta_torture_{}", std::process::id());
        let database = Self { server, name };
        database.order("create database")?;
        Ok(database)
    }

    pub(crate) fn url(&self) -> String {
        format!("{}/{}", self.server, self.name)
    }

    fn order(&self, order: &str) -> Result<()> {
        let order = format!("{order} {}", self.name);
        let mut command = Command::new("psql");
        command.args([&format!("{}/postgres", self.server), "--quiet", "--command", &order]);
        let status = command.stdin(Stdio::null()).status().context("psql does not start")?;
        if !status.success() {
            bail!("{order}: {status}");
        }
        Ok(())
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // Whoever is still connected was killed.
        let _ = self.order("drop database");
    }
}
