//! The steps that need a browser, or build what a browser loads.

use std::fs;
use std::path::Path;
use std::process::Command;

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
    journeys_in(workspace, "chromium", workspace.cargo(), |test| {
        test.env("CHROMEDRIVER", &browser.driver);
        if let Some(program) = &browser.program {
            test.env("CHROMIUM", program);
        }
    })
}

pub(super) fn journeys_in_firefox(workspace: &Workspace) -> Checked {
    let firefox = tools::firefox(workspace)?;
    journeys_in(workspace, "firefox", workspace.cargo(), |test| {
        if let Some(program) = &firefox.program {
            test.env("FIREFOX", program);
        }
    })
}

pub(super) fn journeys_in_webkit(workspace: &Workspace) -> Checked {
    let Some(webkit) = tools::webkit(workspace)? else {
        return Ok(Some(
            "left out: WebKitGTK and its driver are Linux's".to_owned(),
        ));
    };
    // It wants a display. This one nobody sees.
    let mut test = workspace.command(&webkit.display);
    test.args(["--auto-servernum", "--server-args=-screen 0 1600x1200x24"])
        .arg(workspace.cargo().get_program())
        .env_remove("CARGO_BUILD_TARGET");
    journeys_in(workspace, "webkit", test, |test| {
        test.env("WEBKITDRIVER", &webkit.driver);
    })
}

/// The journeys in one engine. What its driver cannot do is counted, and told in a file.
fn journeys_in(
    workspace: &Workspace,
    engine: &str,
    mut test: Command,
    engines: impl FnOnce(&mut Command),
) -> Checked {
    let omissions = workspace.logs().join(format!("journeys-{engine}.txt"));
    fs::write(&omissions, "")
        .map_err(|cause| Trouble::io(format_args!("write {}", omissions.display()), cause))?;
    // The workspace, so that features and with them the builds are those of the native tests.
    test.args([
        "test",
        "--workspace",
        "--test",
        "journeys",
        "--no-fail-fast",
    ])
    .env("END2END_ENGINE", engine)
    .env("END2END_OMISSIONS", &omissions)
    .env("END2END_PAGE", workspace.page())
    .env("END2END_GALLERY", workspace.gallery())
    .env("END2END_EXAMPLE", workspace.example())
    .env("END2END_AXE", tools::axe(workspace)?)
    .env("END2END_PROGRAM", dist::checked(workspace));
    engines(&mut test);
    openly(workspace, &mut test)?;
    let told = fs::read_to_string(&omissions)
        .map_err(|cause| Trouble::io(format_args!("read {}", omissions.display()), cause))?;
    let left_out = told.lines().count();
    Ok((left_out > 0).then(|| {
        format!(
            "{left_out} things left out that its driver cannot do: {}",
            omissions.display()
        )
    }))
}
