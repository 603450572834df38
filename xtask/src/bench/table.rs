//! Results as a table that reads well in a terminal and in Markdown.

use super::measured::Measured;

/// One table for each group. Its first row is what the others are compared with.
pub(super) fn lines(measured: &[Measured]) -> Vec<String> {
    let mut lines = Vec::new();
    for group in measured.chunk_by(|one, next| one.group == next.group) {
        let Some(first) = group.first() else { continue };
        let has_rate = group.iter().any(|row| row.has_rate);
        let wide = group.iter().map(|row| row.name.chars().count()).max();
        let wide = wide.unwrap_or(0).max(first.group.chars().count());
        let mut row = |name: &str, time: &str, sure: &str, ratio: &str, rate: &str| {
            let rate = if has_rate {
                format!(" {rate:>8} |")
            } else {
                String::new()
            };
            lines.push(format!(
                "| {name:wide$} | {time:>8} | {sure:>5} | {ratio:>7} |{rate}"
            ));
        };
        row(&first.group, "median", "±", "ratio", "a second");
        row(
            &"-".repeat(wide),
            "-------:",
            "----:",
            "------:",
            "-------:",
        );
        for result in group {
            row(
                &result.name,
                &time(result.nanoseconds),
                &per_cent(result.uncertainty),
                &three_digits(result.nanoseconds / first.nanoseconds),
                &format!("{:.0}", 1e9 / result.nanoseconds),
            );
        }
        lines.push(String::new());
    }
    lines
}

/// How sure a median is; criterion does not claim to know it exactly.
fn per_cent(part: f64) -> String {
    let rounded = format!("{:.0} %", part * 100.0);
    if rounded == "0 %" {
        "<1 %".to_owned()
    } else {
        rounded
    }
}

/// `7.5 ns`, `12.3 µs`, `1.20 ms`.
fn time(nanoseconds: f64) -> String {
    const UNITS: [&str; 3] = ["ns", "µs", "ms"];
    let mut value = nanoseconds;
    let mut units = UNITS.into_iter();
    for unit in units.by_ref() {
        // What would be written as 1000 of a unit is one of the next.
        if value < 999.5 {
            return format!("{} {unit}", three_digits(value));
        }
        value /= 1000.0;
    }
    format!("{} s", three_digits(value))
}

/// As many digits as mean something: the machine is not more exact.
fn three_digits(value: f64) -> String {
    let decimals = match value {
        small if small < 9.995 => 2,
        middle if middle < 99.95 => 1,
        _ => 0,
    };
    format!("{value:.decimals$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(group: &str, name: &str, nanoseconds: f64, has_rate: bool) -> Measured {
        Measured {
            group: group.to_owned(),
            name: name.to_owned(),
            nanoseconds,
            uncertainty: if has_rate { 0.014 } else { 0.001 },
            has_rate,
        }
    }

    #[test]
    fn rows_are_compared_with_the_first_of_their_group() {
        let measured = [
            row("read", "nothing", 20_000.0, true),
            row("read", "a session", 25_000.0, true),
            row("seal", "x", 7.0, false),
        ];
        assert_eq!(
            lines(&measured),
            [
                "| read      |   median |     ± |   ratio | a second |",
                "| --------- | -------: | ----: | ------: | -------: |",
                "| nothing   |  20.0 µs |   1 % |    1.00 |    50000 |",
                "| a session |  25.0 µs |   1 % |    1.25 |    40000 |",
                "",
                "| seal |   median |     ± |   ratio |",
                "| ---- | -------: | ----: | ------: |",
                "| x    |  7.00 ns |  <1 % |    1.00 |",
                "",
            ]
        );
    }

    #[test]
    fn a_time_has_three_digits_and_the_unit_that_fits() {
        assert_eq!(time(999.4), "999 ns");
        assert_eq!(time(999.6), "1.00 µs");
        assert_eq!(time(12_345_678.0), "12.3 ms");
        assert_eq!(time(2e9), "2.00 s");
    }
}
