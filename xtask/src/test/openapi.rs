//! The step that lints the OpenAPI document. That it says what the code does is for the BFF's own tests.

use crate::console::say;
use crate::run::quietly;
use crate::tools;
use crate::trouble::Trouble;
use crate::workspace::Workspace;

pub(super) fn openapi(workspace: &Workspace) -> Result<Option<String>, Trouble> {
    tools::redocly(workspace)?;
    let mut lint = workspace.command("redocly");
    lint.args(["lint", "docs/openapi.json"])
        .args(["--config", "docs/redocly.yaml", "--format", "stylish"])
        // It would tell its maker that it was run, and ask there for a newer version.
        .env("REDOCLY_TELEMETRY", "off")
        .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
    match quietly(workspace, "linting docs/openapi.json", "openapi", lint)? {
        Ok(()) => Ok(None),
        Err(failed) => {
            failed.said.iter().for_each(say);
            Err(
                Trouble::new("The OpenAPI document has faults (above). It is made by the code.")
                    .run("cargo run -p lapel-bff -- openapi > docs/openapi.json")
                    .logged_in(&failed.log),
            )
        }
    }
}
