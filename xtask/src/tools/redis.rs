//! Redis, for the tests of the shared store. The tests start it themselves, on ports of their own.

use super::debian::{self, Packages};
use crate::trouble::Trouble;
use crate::workspace::Workspace;

const REDIS: Packages = Packages {
    are: "Redis and its tools",
    names: &["redis-server"],
};

const SERVER: &str = "redis-server";

/// Finds `redis-server`, or installs it.
pub(crate) fn redis(workspace: &Workspace) -> Result<(), Trouble> {
    if which::which(SERVER).is_ok() {
        return Ok(());
    }
    if !debian::is_here() {
        return Err(Trouble::new(
            "The tests need redis-server on PATH: please install Redis.",
        ));
    }
    REDIS.install(workspace)?;
    which::which(SERVER)
        .map(drop)
        .map_err(|_| Trouble::new("Redis was installed and is not there.").run(REDIS.by_hand()))
}
