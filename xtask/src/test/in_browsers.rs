//! The steps that need a browser, or build what a browser loads.

use std::fs;
use std::path::Path;

use crate::dist;
use crate::run::openly;
use crate::tools;
use crate::trouble::Trouble;
use crate::workspace::Workspace;

type Checked = Result<Option<String>, Trouble>;

/// wasm-bindgen's tests of the page, in headless Chromium.
pub(super) fn components(workspace: &Workspace) -> Checked {
    let browser = tools::browser(workspace)?;
    let settings = workspace.logs().join("webdriver.json");
    fs::write(&settings, browser.capabilities().to_string())
        .map_err(|cause| Trouble::io(format_args!("write {}", settings.display()), cause))?;
    let mut test = workspace.cargo();
    test.args([
        "test",
        "--package",
        "lapel",
        "--package",
        "lapel-gallery",
        "--target",
        "wasm32-unknown-unknown",
    ])
    // Examples in the documentation are run natively; one browser for each would take minutes.
    .args(["--lib", "--tests", "--no-fail-fast"])
    .env("CHROMEDRIVER", &browser.driver)
    .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &settings)
    .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    openly(workspace, &mut test).map(|()| None)
}

/// The release page, which the journeys are made on and the size is taken of.
pub(crate) fn page(workspace: &Workspace) -> Checked {
    build(workspace, "index.html", &workspace.page())
}

/// Every component in every state; and the example of an application of one's own.
pub(super) fn gallery(workspace: &Workspace) -> Checked {
    build(workspace, "gallery.html", &workspace.gallery())?;
    build(workspace, "examples/notes/index.html", &workspace.example())
}

fn build(workspace: &Workspace, document: &str, into: &Path) -> Checked {
    let mut trunk = workspace.command("trunk");
    trunk
        .args(["build", document, "--release", "--dist"])
        .arg(into)
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        .env_remove("NO_COLOR");
    openly(workspace, &mut trunk).map(|()| None)
}

pub(super) fn journeys(workspace: &Workspace) -> Checked {
    let browser = tools::browser(workspace)?;
    let mut test = workspace.cargo();
    // The workspace, so that features and with them the builds are those of the native tests.
    test.args([
        "test",
        "--workspace",
        "--test",
        "journeys",
        "--no-fail-fast",
    ])
    .env("END2END_PAGE", workspace.page())
    .env("END2END_GALLERY", workspace.gallery())
    .env("END2END_EXAMPLE", workspace.example())
    .env("END2END_AXE", tools::axe(workspace)?)
    .env("END2END_PROGRAM", dist::checked(workspace))
    .env("CHROMEDRIVER", &browser.driver);
    if let Some(program) = &browser.program {
        test.env("CHROMIUM", program);
    }
    openly(workspace, &mut test).map(|()| None)
}
