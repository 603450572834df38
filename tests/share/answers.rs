//! What LinkedIn's answers, and their absence, make of a post.

use std::sync::Mutex;

use lapel::{
    Answering, ApiError, BffClient, Call, Composer, Errand, InputError, Kind, Mark, Method, Posted,
    Reply, Stage, TextTrouble, Transport, Trouble, Unreadable, Witness,
};

use super::stages::{at, concerns_only, lost, refused, sending};

const URN: &str = "urn:li:share:7000000000000000000";

const fn is_sending(stage: &Stage) -> bool {
    matches!(stage, Stage::Sending)
}

const fn is_unknown(stage: &Stage) -> bool {
    matches!(stage, Stage::Unknown(_))
}

fn posted(urn: Option<&str>, witness: Witness) -> Composer {
    let urn = urn.map(str::to_owned);
    Composer {
        stage: Stage::Posted(Posted { urn, witness }),
        ..Composer::default()
    }
}

fn duplicate() -> ApiError {
    let of = Some(URN.to_owned());
    refused(Kind::Rejected, vec![InputError::Duplicate { of }])
}

#[test]
fn a_post_that_was_made_is_erased_here() {
    for urn in [Some(URN), None] {
        let turn = sending().answered(Ok(urn.map(str::to_owned)));
        assert_eq!(turn.composer, posted(urn, Witness::Answer));
        assert_eq!(turn.errands, [Errand::Erase]);
    }
    concerns_only(is_sending, |it| it.answered(Ok(None)));
    concerns_only(is_sending, |it| it.answered(Err(duplicate())));
}

#[test]
fn an_answer_that_got_lost_is_not_known_and_the_draft_stays() {
    for error in lost() {
        let turn = sending().answered(Err(error.clone()));
        let Stage::Unknown(Some(failure)) = &turn.composer.stage else {
            panic!("{error:?}: {:?}", turn.composer)
        };
        assert_eq!(failure.kind, Kind::OutcomeUnknown, "{error:?}");
        assert_eq!(turn.composer.draft, sending().draft);
        assert_eq!(turn.composer.mark, Mark::Sent);
        assert_eq!(
            turn.errands,
            [Errand::Keep, Errand::Record(failure.clone())]
        );
        // What the browser keeps says the same.
        let kept = Composer::opened(Some(&turn.composer.written())).composer;
        assert_eq!(kept.mark, Mark::Sent);
    }
}

#[test]
fn the_member_decides_what_becomes_of_it() {
    let unknown = || at(Stage::Unknown(None), Mark::Sent);
    let turn = unknown().seen_there();
    assert_eq!(turn.composer, posted(None, Witness::Member));
    assert_eq!(turn.errands, [Errand::Erase]);
    concerns_only(is_unknown, Composer::seen_there);

    let turn = unknown().taken_back();
    assert_eq!(turn.composer, at(Stage::Writing(None), Mark::Tried));
    assert_eq!(turn.errands, [Errand::Keep]);
    concerns_only(is_unknown, Composer::taken_back);
}

#[test]
fn a_duplicate_proves_an_earlier_try_and_is_explained_where_there_was_none() {
    for mark in [Mark::Sent, Mark::Tried] {
        let turn = at(Stage::Sending, mark).answered(Err(duplicate()));
        assert_eq!(turn.composer, posted(Some(URN), Witness::Duplicate));
        assert_eq!(turn.errands, [Errand::Erase]);
    }
    let turn = sending().answered(Err(duplicate()));
    let of = Some(URN.to_owned());
    let trouble = Trouble {
        text: Some(TextTrouble::Duplicate { of }),
        ..Trouble::default()
    };
    assert_eq!(turn.composer, at(Stage::Unsent(trouble), Mark::Fresh));
    assert!(matches!(&*turn.errands, [Errand::Keep, Errand::Record(_)]));
}

#[test]
fn a_text_that_linkedin_finds_too_long_is_told_at_the_text() {
    let most = Some(3000);
    let errors = vec![InputError::Other, InputError::TooLong { most }];
    let turn = sending().answered(Err(refused(Kind::Rejected, errors)));
    let trouble = Trouble {
        text: Some(TextTrouble::TooLong),
        ..Trouble::default()
    };
    assert_eq!(turn.composer, at(Stage::Unsent(trouble), Mark::Fresh));
}

#[test]
fn what_was_refused_was_not_posted_and_the_draft_stays() {
    for kind in Kind::ALL {
        let turn = sending().answered(Err(refused(kind, vec![InputError::Other])));
        if kind == Kind::OutcomeUnknown {
            continue;
        }
        let Stage::Unsent(Trouble {
            text: None,
            link: false,
            failure: Some(failure),
        }) = &turn.composer.stage
        else {
            panic!("{kind:?}: {:?}", turn.composer)
        };
        assert_eq!(failure.kind, kind);
        assert_eq!(turn.composer.draft, sending().draft);
        let reason = (kind == Kind::Rejected).then_some("LinkedIn's words");
        assert_eq!(failure.reason.as_deref(), reason);
        let mut errands = vec![Errand::Keep, Errand::Record(failure.clone())];
        let wanted = if kind == Kind::SignInNeeded {
            Mark::Wanted
        } else {
            Mark::Fresh
        };
        assert_eq!(turn.composer.mark, wanted);
        if [Kind::SignInNeeded, Kind::ScopeMissing].contains(&kind) {
            errands.push(Errand::AskSession);
        }
        assert_eq!(turn.errands, errands);
    }
}

#[test]
fn a_try_that_is_refused_does_not_answer_the_one_before() {
    for kind in [Kind::LinkedinDown, Kind::RateLimited, Kind::SignInNeeded] {
        let turn = at(Stage::Sending, Mark::Sent).answered(Err(refused(kind, Vec::new())));
        assert_eq!(turn.composer.mark, Mark::Tried, "{kind:?}");
    }
}

#[test]
fn a_posts_address_is_made_of_nothing_but_a_name() {
    let address = |urn: &str| {
        let posted = Posted {
            urn: Some(urn.to_owned()),
            witness: Witness::Answer,
        };
        posted.address()
    };
    let at = |urn| format!("https://www.linkedin.com/feed/update/{urn}/");
    assert_eq!(address(URN), Some(at(URN)));
    assert_eq!(address("urn:li:ugcPost:7"), Some(at("urn:li:ugcPost:7")));
    for odd in [
        "",
        "7",
        "urn:li:share:7/../../evil",
        "urn:li:share:7?x",
        "urn:li:share:7#x",
        "urn:li:share:%2f",
        "urn:li:share:\u{e9}",
        "javascript:alert(1)",
    ] {
        assert_eq!(address(odd), None, "{odd}");
    }
}

/// Answers everything with the same, and keeps what was asked.
struct Canned(Reply, std::sync::Arc<Mutex<Vec<Call>>>);

impl Transport for Canned {
    fn send(&self, call: Call) -> Answering {
        self.1.lock().unwrap().push(call);
        let answer = Ok(self.0.clone());
        Box::pin(async move { answer })
    }
}

fn asked(status: u16, media_type: &str, made: Option<&str>) -> Result<Option<String>, ApiError> {
    let reply = Reply {
        status,
        media_type: media_type.to_owned(),
        made: made.map(str::to_owned),
        body: r#"{"any":"thing"}"#.to_owned(),
    };
    let calls = std::sync::Arc::default();
    let client = BffClient::new(Canned(reply, std::sync::Arc::clone(&calls)));
    let mut asking = std::pin::pin!(client.post("{}".to_owned()));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(answer) = asking.as_mut().poll(&mut context) else {
        panic!("the double answers at once")
    };
    let call = Call {
        method: Method::Post,
        path: "/bff/linkedin/rest/posts",
        body: Some("{}".to_owned()),
    };
    assert_eq!(*calls.lock().unwrap(), [call]);
    answer
}

#[test]
fn only_created_means_that_a_post_was_made() {
    assert_eq!(asked(201, "", Some(URN)), Ok(Some(URN.to_owned())));
    assert_eq!(asked(201, "", None), Ok(None));
    // A captive portal's welcome, a gateway's page, and an answer that makes no sense.
    let not_ours = |status| Err(ApiError::Unreadable(Unreadable::NotOurs { status }));
    assert_eq!(asked(200, "text/html", None), not_ours(200));
    assert_eq!(asked(204, "", Some(URN)), not_ours(204));
    assert_eq!(asked(502, "text/html", None), not_ours(502));
    let status = 200;
    let odd = ApiError::Unreadable(Unreadable::NotUnderstood { status });
    assert_eq!(asked(status, "application/json", Some(URN)), Err(odd));
}
