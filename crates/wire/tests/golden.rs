//! The JSON that is the contract between page and BFF. Changing a file under `tests/golden` is a deliberate act: a page
//! that was loaded yesterday talks to the BFF of today.

#![expect(
    clippy::expect_used,
    reason = "a test that cannot read its file must fail"
)]

use std::fmt::Debug;

use lapel_wire::{
    InputError, Kind, Member, Problem, Reach, Retry, Revocation, SessionView, SignInOutcome,
    SignOutReport, SignedIn, SignedOut, SignedOutReason, SupportLinks, SupportRecord,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

fn holds<T: Serialize + DeserializeOwned + PartialEq + Debug>(golden: &str, value: &T) {
    let text: Value = serde_json::from_str(golden).expect("the file is JSON");
    assert_eq!(serde_json::to_value(value).expect("written"), text);
    assert_eq!(&serde_json::from_str::<T>(golden).expect("read"), value);
}

#[test]
fn a_signed_in_member() {
    holds(
        include_str!("golden/signed_in.json"),
        &SessionView::SignedIn(SignedIn {
            member: Member {
                id: "aB3dE5fG7h".into(),
                name: "Ada Example".into(),
                picture: Some("https://media.licdn.com/dms/image/1?e=1765000000".into()),
                email: Some("ada@example.com".into()),
            },
            permissions: vec!["openid".into(), "profile".into(), "email".into()],
            expires_in: 5_184_000,
            ends_at: Some(1_770_184_000),
        }),
    );
}

#[test]
fn a_member_without_picture_and_email() {
    holds(
        include_str!("golden/signed_in_sparse.json"),
        &SessionView::SignedIn(SignedIn {
            member: Member {
                id: "s".into(),
                name: "Cher".into(),
                picture: None,
                email: None,
            },
            permissions: vec![],
            expires_in: 0,
            ends_at: None,
        }),
    );
}

#[test]
fn nobody_signed_in() {
    holds(
        include_str!("golden/signed_out.json"),
        &SessionView::SignedOut(SignedOut {
            reason: SignedOutReason::Expired,
            asks: vec!["openid".into(), "profile".into()],
        }),
    );
}

#[test]
fn a_problem() {
    holds(
        include_str!("golden/problem.json"),
        &Problem {
            type_uri: "urn:lapel:problem:linkedin_down".into(),
            title: "LinkedIn did not answer".into(),
            status: 502,
            detail: Some("LinkedIn answered 503".into()),
            reference: "a1b2c3d4e5f6".into(),
            kind: Kind::LinkedinDown,
            retry: Retry::After { seconds: 4 },
            scopes: vec![],
            input_errors: vec![],
            support: None,
            links: None,
        },
    );
}

#[test]
fn a_problem_that_names_the_permission_that_is_missing() {
    holds(
        include_str!("golden/problem_scope_missing.json"),
        &Problem {
            type_uri: "urn:lapel:problem:scope_missing".into(),
            title: "Forbidden".into(),
            status: 403,
            detail: None,
            reference: "a1b2c3d4e5f6".into(),
            kind: Kind::ScopeMissing,
            retry: Retry::Never,
            scopes: vec!["w_member_social".into()],
            input_errors: vec![],
            support: None,
            links: None,
        },
    );
}

#[test]
fn a_problem_with_what_was_asked() {
    let problem = Problem {
        type_uri: "urn:lapel:problem:rejected".into(),
        title: "Unprocessable Content".into(),
        status: 422,
        detail: Some("Content is a duplicate of urn:li:share:7000000000000000000".into()),
        reference: "a1b2c3d4e5f6".into(),
        kind: Kind::Rejected,
        retry: Retry::Never,
        scopes: vec![],
        input_errors: vec![
            InputError::Duplicate {
                of: Some("urn:li:share:7000000000000000000".into()),
            },
            InputError::TooLong { most: Some(3000) },
            InputError::TooLong { most: None },
            InputError::Other,
        ],
        support: None,
        links: None,
    };
    let golden = include_str!("golden/problem_rejected.json");
    holds(golden, &problem);
    let newer = golden.replace("\"other\"", "\"added_by_a_newer_bff\"");
    assert_ne!(newer, golden);
    assert_eq!(
        serde_json::from_str::<Problem>(&newer).expect("read"),
        problem
    );
}

#[test]
fn a_problem_of_linkedins_that_persists() {
    holds(
        include_str!("golden/problem_support.json"),
        &Problem {
            type_uri: "urn:lapel:problem:linkedin_down".into(),
            title: "Bad Gateway".into(),
            status: 502,
            detail: Some("LinkedIn answered 500 Internal Server Error".into()),
            reference: "a1b2c3d4e5f6".into(),
            kind: Kind::LinkedinDown,
            retry: Retry::ByHand,
            scopes: vec![],
            input_errors: vec![],
            support: Some(Box::new(
                SupportRecord::default()
                    .with(SupportRecord::REFERENCE, Some("a1b2c3d4e5f6"))
                    .with(SupportRecord::MOMENT, Some("2026-11-23T09:00:00.25Z"))
                    .with(SupportRecord::CLIENT_ID, Some("78lapelclient0"))
                    .with(
                        SupportRecord::FAILURE,
                        Some("LinkedIn answered 500 Internal Server Error"),
                    )
                    .with(SupportRecord::DURATION_MS, Some("412"))
                    .with(SupportRecord::ATTEMPTS, Some("1"))
                    .with(SupportRecord::METHOD, Some("POST"))
                    .with(
                        SupportRecord::URL,
                        Some("https://api.linkedin.com/rest/posts"),
                    )
                    .with(
                        SupportRecord::REQUEST_HEADERS,
                        Some(
                            "authorization: Bearer sha256:1f2e3d4c\ncontent-type: application/json",
                        ),
                    )
                    .with(
                        SupportRecord::REQUEST_BODY,
                        Some("{\"commentary\":\"Hello\"}"),
                    )
                    .with(SupportRecord::STATUS, Some("500"))
                    .with(SupportRecord::X_LI_UUID, Some("AAYMxxxxxxxxxxxxxxxxxx=="))
                    .with(SupportRecord::X_LI_FABRIC, Some("prod-ltx1"))
                    .with(SupportRecord::X_LI_REQUEST_ID, Some("0123"))
                    .with(SupportRecord::RESPONSE_BODY, Some("{\"status\":500}")),
            )),
            links: Some(Box::new(SupportLinks {
                support: "https://developer.linkedin.com/support".into(),
                status: "https://www.linkedin-apistatus.com/".into(),
            })),
        },
    );
}

#[test]
fn a_support_record_of_a_call_that_got_no_answer_names_none() {
    holds(
        include_str!("golden/support_unanswered.json"),
        &SupportRecord::default()
            .with(SupportRecord::REFERENCE, Some("a1b2c3d4e5f6"))
            .with(SupportRecord::ATTEMPTS, Some("3"))
            .with(SupportRecord::STATUS, None::<String>)
            .with(
                SupportRecord::URL,
                Some("https://api.linkedin.com/v2/userinfo"),
            ),
    );
}

#[test]
fn a_support_record_is_read_and_copied_in_its_own_order() {
    let text = r#"{"z":"1","added by a newer BFF":"2","a":"line\nline"}"#;
    let record: SupportRecord = serde_json::from_str(text).expect("read");
    assert_eq!(serde_json::to_string(&record).expect("written"), text);
    assert_eq!(record.get("a"), Some("line\nline"));
    assert_eq!(record.get("b"), None);
    assert_eq!(
        record.to_string(),
        "z: 1\nadded by a newer BFF: 2\na: line\nline\n"
    );
}

#[test]
fn a_finished_sign_out() {
    holds(
        include_str!("golden/sign_out.json"),
        &SignOutReport {
            revocation: Revocation::NotConfirmed,
            reach: Reach::EveryInstance,
        },
    );
}

#[test]
fn a_newer_bff_may_add_fields() {
    let text = include_str!("golden/signed_out.json").replacen('{', "{\"added\": 1,", 1);
    assert!(serde_json::from_str::<SessionView>(&text).is_ok());
}

#[test]
fn every_outcome_of_a_sign_in_survives_the_address_bar() {
    let failures = Kind::ALL.into_iter().map(SignInOutcome::Failed);
    for outcome in [
        SignInOutcome::Cancelled,
        SignInOutcome::StartAgain,
        SignInOutcome::AccountChanged,
    ]
    .into_iter()
    .chain(failures)
    {
        assert_eq!(outcome.to_string().parse(), Ok(outcome));
    }
    assert!("<script>".parse::<SignInOutcome>().is_err());
    assert!("".parse::<SignInOutcome>().is_err());
}

#[test]
fn what_is_on_a_closed_list_has_one_name_everywhere() {
    for kind in Kind::ALL {
        assert_eq!(serde_json::to_value(kind).expect("written"), kind.as_str());
    }
    for reason in SignedOutReason::ALL {
        assert_eq!(
            serde_json::to_value(reason).expect("written"),
            reason.as_str()
        );
    }
    for revocation in Revocation::ALL {
        assert_eq!(
            serde_json::to_value(revocation).expect("written"),
            revocation.as_str()
        );
    }
}
