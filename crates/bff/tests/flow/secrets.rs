//! Nothing secret reaches the log, whatever happens.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lapel_emulator::{Defect, Endpoint, Fault};
use tracing_subscriber::fmt::MakeWriter;

use crate::world::World;

/// A log that can be read.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("unpoisoned").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn no_token_code_state_name_or_address_reaches_the_log() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    // This test's runtime has one thread, so everything that it does is heard.
    let _listening = tracing::subscriber::set_default(subscriber);

    let mut secrets = vec![
        "AQX".to_owned(),
        "AQT".to_owned(),
        "eyJ".to_owned(),
        "WPL_AP1".to_owned(),
    ];
    secrets.extend(["Ada Example", "ada@example.com"].map(str::to_owned));
    for defect in std::iter::once(None).chain(Defect::ALL.map(Some)) {
        let world = World::with(|linkedin| {
            // Some defects keep LinkedIn from ever answering whole.
            if defect.is_some() {
                linkedin.deadlines.answer = Duration::from_millis(500);
            }
        })
        .await;
        let mut browser = world.browser();
        let callback = world.allowed(&mut browser, "/bff/login", "ada").await;
        let state = callback.split("state=").nth(1).expect("a state");
        secrets.push(state.split('&').next().unwrap_or_default().to_owned());
        secrets.extend(browser.cookies.values().cloned());
        if let Some(defect) = defect {
            for endpoint in [Endpoint::Token, Endpoint::Keys, Endpoint::Userinfo] {
                world.breaks(Fault::next(defect).at(endpoint));
            }
        }
        browser.is_sent_to(&callback).await;
        secrets.extend(browser.cookies.values().cloned());
        browser.session().await;
        browser
            .visit("/bff/callback?code=AQTx&state=s&error=%1b[31m&error_description=AQTx")
            .await;
        browser.sign_out().await;
    }

    let log = String::from_utf8(log.0.lock().expect("unpoisoned").clone()).expect("text");
    let lines: Vec<&str> = log.lines().collect();
    assert!(
        lines.iter().any(|line| line.contains("signed_in")),
        "the log was read"
    );
    assert!(
        lines.iter().any(|line| line.contains("linkedin_down")),
        "failures too"
    );
    for line in lines {
        for secret in &secrets {
            assert!(!line.contains(secret.as_str()), "{secret} in {line}");
        }
        assert!(
            !line.contains("\u{1b}[31m"),
            "control characters are escaped: {line:?}"
        );
    }
}
