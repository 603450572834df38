//! What can be said on the command line.

use clap::{Args, Parser, Subcommand};

use crate::test::steps::Name;

/// Lapel's tasks.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub(crate) struct Flags {
    #[command(subcommand)]
    pub(crate) task: Task,
}

#[derive(Subcommand)]
pub(crate) enum Task {
    /// Run the product: the page, the BFF behind it, and LinkedIn's emulator. Ctrl-C stops everything
    ///
    /// Installs what is missing, rebuilds on change. Variables that begin with `LAPEL_` reach the BFF: with
    /// `LAPEL_LINKEDIN_CLIENT_ID` and `LAPEL_LINKEDIN_CLIENT_SECRET` set it talks to LinkedIn and starts no emulator;
    /// with `LAPEL_OIDC_ISSUER` and its like, to that provider.
    Start(StartFlags),
    /// Run every check: formatting, lints, tests, the page in real browsers, its size
    ///
    /// Installs what is missing. A check that cannot run counts as failed.
    Test(TestFlags),
    /// Make the one program that is handed out: the BFF with the app in it
    ///
    /// Installs what is missing, builds everything for release, and sees to it that the program runs by itself.
    Dist,
    /// Measure what the servers' own work costs, and print it as a table
    ///
    /// Takes some minutes, and means little while the machine does something else.
    Bench,
}

#[derive(Args)]
pub(crate) struct StartFlags {
    /// Where the page is served: the address to open
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,
    /// Where the BFF listens; the page's server passes `/bff` on to it
    #[arg(long, default_value_t = 3000)]
    pub(crate) bff_port: u16,
    /// Where the emulator listens, unless `LAPEL_EMULATOR_LISTEN` says
    #[arg(long, default_value_t = 3001)]
    pub(crate) emulator_port: u16,
    /// Serve the gallery alone: every component in every state. It needs neither BFF nor emulator
    #[arg(long, conflicts_with_all = ["bff_port", "emulator_port"])]
    pub(crate) gallery: bool,
}

#[derive(Args)]
pub(crate) struct TestFlags {
    /// Run this step, and those it needs, instead of all; can be given more than once
    #[arg(long, value_name = "STEP")]
    pub(crate) only: Vec<Name>,
}
