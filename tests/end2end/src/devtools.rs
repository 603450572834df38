//! chromedriver's way to the browser's developer tools.

use http::Method;
use serde_json::{Value, json};
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::{RequestData, SessionId, WebDriver};

use crate::mishap::Outcome;

/// Gives a command of the developer tools' protocol.
pub(crate) async fn devtools(
    driver: &WebDriver,
    method: &'static str,
    parameters: Value,
) -> Outcome {
    driver.handle().cmd(DevTools { method, parameters }).await?;
    Ok(())
}

#[derive(Debug)]
struct DevTools {
    method: &'static str,
    parameters: Value,
}

impl FormatRequestData for DevTools {
    fn format_request(&self, session_id: &SessionId) -> RequestData {
        RequestData::new(
            Method::POST,
            format!("session/{session_id}/goog/cdp/execute"),
        )
        .add_body(json!({ "cmd": self.method, "params": self.parameters }))
    }
}
