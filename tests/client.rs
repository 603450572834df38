//! The page's client of the BFF: what an answer means, and what is none.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on ends here"
)]

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use lapel::{
    Answering, ApiError, BffClient, Call, Kind, Member, Method, Problem, Reach, Reply, Retry,
    Revocation, SessionView, SignOutFailure, SignOutReport, SignedOutReason, Transport,
    TransportError, Unreadable,
};
use lapel_wire as wire;
use lapel_wire::{InputError, SupportLinks, SupportRecord};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Answers everything with the same, and keeps what was asked.
#[derive(Clone)]
struct Canned {
    answer: Result<Reply, TransportError>,
    calls: Arc<Mutex<Vec<Call>>>,
}

impl Canned {
    fn new(answer: Result<Reply, TransportError>) -> Self {
        Self {
            answer,
            calls: Arc::default(),
        }
    }

    fn reply(status: u16, media_type: &str, body: &str) -> Self {
        let (media_type, body) = (media_type.to_owned(), body.to_owned());
        Self::new(Ok(Reply {
            status,
            media_type,
            made: None,
            body,
        }))
    }
}

impl Transport for Canned {
    fn send(&self, call: Call) -> Answering {
        self.calls.lock().unwrap().push(call);
        let answer = self.answer.clone();
        Box::pin(async move { answer })
    }
}

/// The doubles answer at once, so one look is enough.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the double answers at once"),
    }
}

fn session_of(transport: Canned) -> Result<SessionView, ApiError> {
    now(BffClient::new(transport).session())
}

const OUT: &str = r#"{"state":"signed_out","reason":"no_session","asks":["openid"]}"#;
const PROBLEM: &str = r#"{"type":"urn:lapel:problem:linkedin_down","title":"down","status":502,
    "reference":"7f3a00c1d2e4","kind":"linkedin_down","retry":{"advice":"by_hand"}}"#;

#[test]
fn each_endpoint_is_called_as_the_contract_says() {
    let transport = Canned::reply(200, "application/json", OUT);
    let client = BffClient::new(transport.clone());
    now(client.session()).unwrap();
    now(client.sign_out()).unwrap_err();
    assert_eq!(
        *transport.calls.lock().unwrap(),
        [
            Call {
                method: Method::Get,
                path: "/bff/session",
                body: None,
            },
            Call {
                method: Method::Post,
                path: "/bff/logout",
                body: None,
            },
        ]
    );
}

#[test]
fn an_answer_is_read_whatever_parameters_its_type_has() {
    for media_type in [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON",
    ] {
        assert!(
            session_of(Canned::reply(200, media_type, OUT)).is_ok(),
            "{media_type}"
        );
    }
}

#[test]
fn a_report_says_what_became_of_the_tokens_and_who_knows_of_the_end() {
    for revocation in Revocation::ALL {
        for reach in Reach::ALL {
            let report = SignOutReport { revocation, reach };
            let body = serde_json::to_string(&report).unwrap();
            assert_eq!(report_of(&body), Ok(report));
        }
    }
}

#[test]
fn a_report_of_a_bff_that_knows_no_reach_is_this_instances() {
    let report = SignOutReport {
        revocation: Revocation::Confirmed,
        reach: Reach::ThisInstance,
    };
    assert_eq!(report_of(r#"{"revocation":"confirmed"}"#), Ok(report));
    for reach in ["\"the_moon\"", "\"\"", "1", "{}"] {
        let body = format!(r#"{{"revocation":"confirmed","reach":{reach}}}"#);
        assert_eq!(report_of(&body).unwrap_err().kind(), Kind::Contract);
    }
}

fn report_of(body: &str) -> Result<SignOutReport, ApiError> {
    let client = BffClient::new(Canned::reply(200, "application/json", body));
    now(client.sign_out())
}

#[test]
fn a_number_that_readers_do_not_agree_on_is_not_understood() {
    let answer = |seconds: &str| {
        let body = format!(
            r#"{{"state":"signed_in","member":{{"id":"a","name":"b"}},"permissions":[],
                "expires_in":{seconds}}}"#
        );
        session_of(Canned::reply(200, "application/json", &body))
    };
    for seconds in ["0", "7200", "7200.0", "9007199254740991"] {
        assert!(answer(seconds).is_ok(), "{seconds}");
    }
    for seconds in ["-1", "0.5", "9007199254740992", "1e99", "\"1\"", "null"] {
        assert_eq!(answer(seconds).unwrap_err().kind(), Kind::Contract);
    }
}

#[test]
fn a_refusal_carries_its_problem() {
    let error = session_of(Canned::reply(502, "application/problem+json", PROBLEM)).unwrap_err();
    let ApiError::Refused(problem) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(problem.retry, Retry::ByHand);
    assert_eq!(error.kind(), Kind::LinkedinDown);
    let failure = error.failure();
    assert_eq!(failure.reference.unwrap().as_str(), "7f3a00c1d2e4");
}

#[test]
fn what_is_no_answer_of_the_bff_is_told_apart() {
    let html = "<html>Welcome to the hotel's network</html>";
    let rows = [
        // A captive portal: 200, and not a word of it is ours.
        (Canned::reply(200, "text/html", html), Kind::Unreachable),
        (Canned::reply(200, "", OUT), Kind::Unreachable),
        (
            Canned::reply(502, "text/html; charset=utf-8", html),
            Kind::Unreachable,
        ),
        (
            Canned::reply(503, "application/json", OUT),
            Kind::Unreachable,
        ),
        (Canned::reply(204, "", ""), Kind::Unreachable),
        (Canned::reply(200, "application/json", html), Kind::Contract),
        (
            Canned::reply(200, "application/json", "{\"state\":\"asleep\"}"),
            Kind::Contract,
        ),
        (
            Canned::reply(500, "application/problem+json", "{}"),
            Kind::Contract,
        ),
        (Canned::new(Err(TransportError::Offline)), Kind::Offline),
        (
            Canned::new(Err(TransportError::Unreachable)),
            Kind::Unreachable,
        ),
        (Canned::new(Err(TransportError::Timeout)), Kind::Timeout),
    ];
    for (transport, kind) in rows {
        let what = format!("{:?}", transport.answer);
        assert_eq!(session_of(transport).unwrap_err().kind(), kind, "{what}");
    }
}

#[test]
fn only_a_refusal_means_that_a_sign_out_did_not_happen() {
    let sign_out = |transport| {
        let error = now(BffClient::new(transport).sign_out()).unwrap_err();
        SignOutFailure::from(&error)
    };
    let problem = |body: &str| Canned::reply(502, "application/problem+json", body);
    let refused = sign_out(problem(PROBLEM));
    assert!(
        matches!(refused, SignOutFailure::StillSignedIn(_)),
        "{refused:?}"
    );
    assert_eq!(refused.failure().kind, Kind::LinkedinDown);
    for transport in [
        // The BFF itself cannot tell.
        problem(&PROBLEM.replace("linkedin_down", "outcome_unknown")),
        problem("{}"),
        Canned::reply(502, "text/html", "<html>"),
        Canned::reply(200, "application/json", "{}"),
        Canned::new(Err(TransportError::Offline)),
        Canned::new(Err(TransportError::Unreachable)),
        Canned::new(Err(TransportError::Timeout)),
    ] {
        let failure = sign_out(transport);
        assert!(
            matches!(failure, SignOutFailure::Unconfirmed(_)),
            "{failure:?}"
        );
    }
}

#[test]
fn a_reference_that_is_none_is_not_shown() {
    let problem = PROBLEM.replace("7f3a00c1d2e4", "please call 555");
    let error = session_of(Canned::reply(502, "application/problem+json", &problem)).unwrap_err();
    assert_eq!(error.failure().reference, None);
}

#[test]
fn every_error_says_what_it_is() {
    let status = 502;
    for error in [
        ApiError::Unanswered(TransportError::Offline),
        ApiError::Unanswered(TransportError::Unreachable),
        ApiError::Unanswered(TransportError::Timeout),
        ApiError::Unreadable(Unreadable::NotOurs { status }),
        ApiError::Unreadable(Unreadable::NotUnderstood { status }),
    ] {
        assert!(!error.to_string().is_empty());
    }
}

/// JSON of any shape, with the contract's own words among the keys and values, so that it comes close to being right.
fn any_json() -> impl Strategy<Value = String> {
    let word = select(vec![
        "state",
        "signed_in",
        "signed_out",
        "member",
        "id",
        "name",
        "picture",
        "email",
        "reason",
        "permissions",
        "expires_in",
        "ends_at",
        "no_session",
        "expired",
        "asks",
        "openid",
        "",
    ]);
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|it| it.to_string()),
        any::<i64>().prop_map(|it| it.to_string()),
        any::<f64>().prop_map(|it| format!("{it:e}")),
        word.clone().prop_map(|it| format!("{it:?}")),
        "\\PC{0,12}".prop_map(|it| serde_json::to_string(&it).unwrap()),
    ];
    leaf.prop_recursive(4, 48, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(|it| format!("[{}]", it.join(","))),
            prop::collection::vec((word.clone(), inner), 0..6).prop_map(|pairs| {
                let pairs: Vec<_> = pairs
                    .iter()
                    .map(|(key, it)| format!("{key:?}:{it}"))
                    .collect();
                format!("{{{}}}", pairs.join(","))
            }),
        ]
    })
}

/// Seconds, as large as every reader of JSON understands them alike (RFC 7493 §2.2).
fn seconds() -> impl Strategy<Value = u64> {
    0..=9_007_199_254_740_991_u64
}

fn any_view() -> impl Strategy<Value = SessionView> {
    let words = || prop::collection::vec("\\PC{0,9}", 0..4);
    let member = ("\\PC*", "\\PC*", option::of("\\PC*"), option::of("\\PC*"));
    let seconds = (seconds(), option::of(seconds()));
    let signed_in = (member, words(), seconds).prop_map(|(member, permissions, seconds)| {
        let (expires_in, ends_at) = seconds;
        let (id, name, picture, email) = member;
        SessionView::SignedIn(wire::SignedIn {
            member: Member {
                id,
                name,
                picture,
                email,
            },
            permissions,
            expires_in,
            ends_at,
        })
    });
    let reason = select(SignedOutReason::ALL.to_vec());
    let signed_out = (reason, words())
        .prop_map(|(reason, asks)| SessionView::SignedOut(wire::SignedOut { reason, asks }));
    prop_oneof![signed_in, signed_out]
}

fn any_problem() -> impl Strategy<Value = Problem> {
    let retry = prop_oneof![
        Just(Retry::Never),
        Just(Retry::ByHand),
        seconds().prop_map(|seconds| Retry::After { seconds }),
    ];
    let words = ("\\PC*", "\\PC*", option::of("\\PC*"), "\\PC*");
    let kind = select(Kind::ALL.to_vec());
    let scopes = prop::collection::vec("\\PC{0,9}", 0..3);
    let links = ("\\PC*", "\\PC*").prop_map(|(support, status)| SupportLinks { support, status });
    let support = (
        scopes,
        any_input_errors(),
        option::of(any_record()),
        option::of(links),
    );
    (words, any::<u16>(), kind, retry, support).prop_map(|(words, status, kind, retry, support)| {
        let (type_uri, title, detail, reference) = words;
        let (scopes, input_errors, record, links) = support;
        Problem {
            type_uri,
            title,
            status,
            detail,
            reference,
            kind,
            retry,
            scopes,
            input_errors,
            support: record.map(Box::new),
            links: links.map(Box::new),
        }
    })
}

fn any_input_errors() -> impl Strategy<Value = Vec<InputError>> {
    let error = prop_oneof![
        option::of(seconds()).prop_map(|most| InputError::TooLong { most }),
        option::of("\\PC*").prop_map(|of| InputError::Duplicate { of }),
        Just(InputError::Other),
    ];
    prop::collection::vec(error, 0..3)
}

/// With its names in order, for the native reader has them so.
fn any_record() -> impl Strategy<Value = SupportRecord> {
    prop::collection::btree_map("\\PC{0,9}", "\\PC{0,9}", 0..6).prop_map(|entries| {
        let with =
            |record: SupportRecord, (name, text): (String, String)| record.with(&name, Some(text));
        entries.into_iter().fold(SupportRecord::default(), with)
    })
}

proptest! {
    #[test]
    fn whatever_the_bff_writes_is_read_as_it_was_meant(view in any_view(), problem in any_problem()) {
        let body = serde_json::to_string(&view).unwrap();
        prop_assert_eq!(session_of(Canned::reply(200, "application/json", &body)), Ok(view));
        let body = serde_json::to_string(&problem).unwrap();
        let read = session_of(Canned::reply(500, "application/problem+json", &body));
        prop_assert_eq!(read, Err(ApiError::Refused(problem.into())));
    }

    #[test]
    fn any_json_at_all_is_an_answer_or_an_error(body in any_json()) {
        drop(session_of(Canned::reply(200, "application/json", &body)));
        drop(session_of(Canned::reply(500, "application/problem+json", &body)));
    }

    #[test]
    fn any_bytes_at_all_are_an_answer_or_an_error(body in "\\PC*", status in 100_u16..600, media in "\\PC*") {
        drop(session_of(Canned::reply(status, &media, &body)));
        drop(session_of(Canned::reply(status, "application/json", &body)));
    }
}
