//! What LinkedIn refuses, and how the page is told.

use axum::http::{Method, StatusCode};
use lapel_bff::config::Call;
use lapel_emulator::ApiVersions;
use lapel_wire::{InputError, Kind, Retry};

use super::{POSTS, answered, post, post_by, who};
use crate::world::counterpart::{Counterpart, json};
use crate::world::{Plan, World};

#[tokio::test]
async fn what_linkedin_refuses_is_told_in_linkedins_words() {
    let world = World::with(|linkedin| {
        let path = "/v2/nothing".parse().expect("a template");
        linkedin.api.calls.push(Call::new(Method::GET, path, &[]));
    })
    .await;
    let mut browser = world.sharing("ada").await;
    post(&mut browser, "Hello").await;
    let again = post(&mut browser, "Hello").await;
    let long = post(&mut browser, &"x".repeat(3001)).await;
    let empty = browser.calls_linkedin(Method::POST, POSTS, &[], "{}").await;
    let broken = browser.calls_linkedin(Method::POST, POSTS, &[], "{").await;
    let absent = browser
        .calls_linkedin(Method::GET, "/v2/nothing", &[], "")
        .await;
    for (answer, status, words) in [
        (
            again,
            StatusCode::UNPROCESSABLE_ENTITY,
            "Content is a duplicate of urn:li:share:",
        ),
        (
            long,
            StatusCode::BAD_REQUEST,
            "exceeded the maximum allowed (3000 characters)",
        ),
        (
            empty,
            StatusCode::UNPROCESSABLE_ENTITY,
            "/author :: field is required",
        ),
        (
            broken,
            StatusCode::BAD_REQUEST,
            "Request body could not be converted",
        ),
        (
            absent,
            StatusCode::NOT_FOUND,
            "Resource nothing does not exist",
        ),
    ] {
        assert_eq!(answer.status, status, "{}", answer.body);
        let problem = answer.problem();
        assert_eq!(
            (problem.kind, problem.retry),
            (Kind::Rejected, Retry::Never)
        );
        assert!(
            problem
                .detail
                .as_deref()
                .is_some_and(|detail| detail.contains(words)),
            "{problem:?}"
        );
        assert_eq!(answered(&problem), status.as_str());
        assert!(problem.links.is_none(), "LinkedIn works");
    }
}

#[tokio::test]
async fn what_linkedin_has_codes_for_is_told_by_name_too() {
    let world = World::new().await;
    let mut browser = world.sharing("ada").await;
    post(&mut browser, "Hello").await;
    let original = world.emulator.posts().of("ada")[0].urn.clone();
    let again = post(&mut browser, "Hello").await.problem();
    let of = Some(original);
    assert_eq!(again.input_errors, [InputError::Duplicate { of }]);
    let long = post(&mut browser, &"x".repeat(3001)).await.problem();
    let most = Some(3000);
    assert_eq!(long.input_errors, [InputError::TooLong { most }]);
    let other = browser.calls_linkedin(Method::POST, POSTS, &[], "{}").await;
    assert_eq!(other.problem().input_errors, []);
}

#[tokio::test]
async fn linkedins_words_are_bounded_and_carry_no_control_characters() {
    let message = format!("\\u001b[31m<script>\\u0000\\nline two {}", "x".repeat(5000));
    let linkedin = Counterpart::saying(json(
        "400 Bad Request",
        &format!("{{\"message\":\"{message}\"}}"),
    ))
    .await;
    let world = World::with(|settings| linkedin.replaces(settings)).await;
    let problem = who(&mut world.signed_in("ada").await).await.problem();
    let detail = problem.detail.expect("a reason");
    assert!(
        detail.starts_with("[31m<script>") && detail.contains("\nline two"),
        "{detail:?}"
    );
    assert!(detail.chars().count() <= 1000);
    assert!(!detail.contains(['\u{1b}', '\0']));
}

#[tokio::test]
async fn posting_in_anothers_name_is_a_missing_permission() {
    let world = World::new().await;
    let zoe = world.sharing("emoji").await.member().await.member.id;
    let mut browser = world.sharing("ada").await;
    let answer = browser
        .calls_linkedin(Method::POST, POSTS, &[], post_by(&zoe, "Hello"))
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let problem = answer.problem();
    assert_eq!(problem.kind, Kind::ScopeMissing);
    assert_eq!(problem.scopes, ["w_member_social"]);
    assert!(
        problem
            .detail
            .expect("a reason")
            .contains("Not enough permissions")
    );
}

#[tokio::test]
async fn a_version_that_linkedin_no_longer_has_is_the_operators_to_set() {
    let mut plan = Plan::default();
    plan.emulator.api_versions = ApiVersions::Between {
        oldest: 202_701,
        newest: 202_712,
    };
    let world = World::planned(plan, |_| {}).await;
    let problem = post(&mut world.sharing("ada").await, "Hello")
        .await
        .problem();
    assert_eq!(
        (problem.kind, problem.retry),
        (Kind::NotConfigured, Retry::Never)
    );
    let detail = problem.detail.expect("a hint");
    assert!(
        detail.contains("202610") && detail.contains("LAPEL_LINKEDIN_VERSION"),
        "{detail}"
    );
}

#[tokio::test]
async fn each_refusal_is_told_by_whose_side_it_is_on() {
    let version_missing =
        r#"{"status":400,"code":"VERSION_MISSING","message":"A version must be present."}"#;
    for (status, body, kind, shown) in [
        ("400 Bad Request", version_missing, Kind::NotConfigured, 502),
        ("426 Upgrade Required", "{}", Kind::NotConfigured, 502),
        (
            "403 Forbidden",
            r#"{"serviceErrorCode":100}"#,
            Kind::ScopeMissing,
            403,
        ),
        (
            "403 Forbidden",
            r#"{"code":"ACCESS_DENIED"}"#,
            Kind::ScopeMissing,
            403,
        ),
        (
            "403 Forbidden",
            r#"{"serviceErrorCode":7}"#,
            Kind::Rejected,
            403,
        ),
        ("403 Forbidden", "", Kind::Rejected, 403),
        ("404 Not Found", "{}", Kind::Rejected, 404),
        ("409 Conflict", "{}", Kind::Rejected, 409),
        (
            "422 Unprocessable Entity",
            r#"["not","an","object"]"#,
            Kind::Rejected,
            422,
        ),
        ("405 Method Not Allowed", "{}", Kind::Contract, 502),
        ("418 I'm a teapot", "{}", Kind::Contract, 502),
        ("401 Unauthorized", "", Kind::Contract, 502),
        (
            "401 Unauthorized",
            r#"{"serviceErrorCode":65604}"#,
            Kind::Contract,
            502,
        ),
        ("304 Not Modified", "", Kind::Contract, 502),
    ] {
        let linkedin = Counterpart::saying(json(status, body)).await;
        let world = World::with(|settings| linkedin.replaces(settings)).await;
        let mut browser = world.signed_in("ada").await;
        let answer = who(&mut browser).await;
        assert_eq!(answer.status.as_u16(), shown, "{status} {body}");
        let problem = answer.problem();
        assert_eq!(problem.kind, kind, "{status} {body}");
        assert!(!problem.detail.unwrap_or_default().is_empty());
        assert_eq!(
            linkedin.heard().len(),
            1,
            "{status} {body}: not asked again"
        );
        assert_eq!(
            browser.member().await.member.name,
            "Ada Example",
            "{status}: still signed in"
        );
    }
}
