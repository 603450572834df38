//! What a journey leaves out in an engine, by name and with the reason: never silently.

use std::fs::OpenOptions;
use std::io::Write;

use crate::environment::variable;
use crate::mishap::Mishap;

/// Tells whoever reads the test's output; and in the file that `END2END_OMISSIONS` names, a line for each, whoever sums up.
pub(crate) fn tell(journey: &str, omission: &Mishap) {
    let line = format!("{journey}: {omission}");
    eprintln!("left out: {line}");
    let Some(file) = variable("END2END_OMISSIONS") else {
        return;
    };
    // In one piece: other journeys write too.
    let told = OpenOptions::new()
        .append(true)
        .create(true)
        .open(&file)
        .and_then(|mut file| file.write_all(format!("{line}\n").as_bytes()));
    if let Err(cause) = told {
        eprintln!("{} cannot be written: {cause}", file.display());
    }
}
