//! What criterion wrote down of a run.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde_json::Value;

/// One benchmark's result.
#[derive(Debug, PartialEq)]
pub(super) struct Measured {
    pub(super) group: String,
    pub(super) name: String,
    /// The median of one pass, in nanoseconds: a machine that does something else for a moment does not move it.
    pub(super) nanoseconds: f64,
    /// How far the median may be off with a confidence of 95 %, as a part of it.
    pub(super) uncertainty: f64,
    /// Whether passes went on side by side, so that the number of them in a second means something.
    pub(super) has_rate: bool,
}

/// All results in a folder, in the order in which they were taken.
pub(super) fn read(folder: &Path) -> io::Result<Vec<Measured>> {
    let mut found = Vec::new();
    collect(folder, &mut found)?;
    found.sort_by_key(|(taken, _)| *taken);
    found
        .into_iter()
        .map(|(_, folder)| {
            let read = |name: &str| fs::read_to_string(folder.join(name));
            measured(&read("benchmark.json")?, &read("estimates.json")?)
                .ok_or_else(|| io::Error::other(format!("{} is not criterion's", folder.display())))
        })
        .collect()
}

/// Every folder of a latest result, with the time at which it was written.
fn collect(folder: &Path, found: &mut Vec<(SystemTime, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if !path.is_dir() {
            continue;
        }
        if path.file_name().is_some_and(|name| name == "new") {
            let written = fs::metadata(path.join("estimates.json"))?.modified()?;
            found.push((written, path));
        } else {
            collect(&path, found)?;
        }
    }
    Ok(())
}

fn measured(benchmark: &str, estimates: &str) -> Option<Measured> {
    let benchmark: Value = serde_json::from_str(benchmark).ok()?;
    let estimates: Value = serde_json::from_str(estimates).ok()?;
    let median = &estimates["median"];
    let bounds = &median["confidence_interval"];
    let nanoseconds = median["point_estimate"].as_f64()?;
    let wide = bounds["upper_bound"].as_f64()? - bounds["lower_bound"].as_f64()?;
    Some(Measured {
        group: benchmark["group_id"].as_str()?.to_owned(),
        name: benchmark["function_id"].as_str()?.to_owned(),
        nanoseconds,
        uncertainty: wide / 2.0 / nanoseconds,
        has_rate: benchmark["throughput"].is_object(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ESTIMATES: &str = r#"{"mean": {"point_estimate": 9.0}, "median": {"point_estimate": 100.0,
        "confidence_interval": {"lower_bound": 90.0, "upper_bound": 110.0}}}"#;

    #[test]
    fn the_median_and_how_sure_it_is_are_read() {
        let benchmark = r#"{"group_id": "g", "function_id": "f", "throughput": {"Elements": 1}}"#;
        assert_eq!(
            measured(benchmark, ESTIMATES),
            Some(Measured {
                group: "g".to_owned(),
                name: "f".to_owned(),
                nanoseconds: 100.0,
                uncertainty: 0.1,
                has_rate: true,
            })
        );
    }

    #[test]
    fn what_is_not_criterions_is_no_result() {
        assert_eq!(measured("{}", ESTIMATES), None);
        assert_eq!(measured("", ""), None);
    }
}
