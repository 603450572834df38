//! The stages that the tables are made of.

use lapel::{
    ApiError, Composer, Draft, Failure, Hint, InputError, Kind, Mark, Problem, Readiness, Retry,
    Stage, TransportError, Trouble, Turn, Unreadable, Visibility,
};

pub(crate) const READY: Readiness = Readiness {
    online: true,
    link_is_one: true,
};

pub(crate) fn draft(text: &str) -> Draft {
    Draft {
        text: text.to_owned(),
        link: "https://example.org/a".to_owned(),
        visibility: Visibility::Connections,
    }
}

/// A draft that the browser keeps, at this stage.
pub(crate) fn at(stage: Stage, mark: Mark) -> Composer {
    Composer {
        draft: draft("Hello"),
        mark,
        kept: true,
        stage,
    }
}

pub(crate) fn writing() -> Composer {
    at(Stage::Writing(None), Mark::Fresh)
}

pub(crate) fn sending() -> Composer {
    at(Stage::Sending, Mark::Fresh)
}

pub(crate) fn unsent(kind: Kind) -> Stage {
    Stage::Unsent(Trouble {
        failure: Some(Box::new(Failure::from(kind))),
        ..Trouble::default()
    })
}

/// Every stage that a composer can be at.
pub(crate) fn every_stage() -> Vec<Composer> {
    vec![
        Composer::default(),
        writing(),
        at(Stage::Writing(Some(Hint::Back)), Mark::Wanted),
        at(Stage::Writing(None), Mark::Tried),
        at(Stage::Claiming, Mark::Fresh),
        sending(),
        at(Stage::Waiting, Mark::Sent),
        at(unsent(Kind::LinkedinDown), Mark::Fresh),
        at(Stage::Unknown(None), Mark::Sent),
        Composer {
            stage: Stage::Posted(lapel::Posted {
                urn: None,
                witness: lapel::Witness::Answer,
            }),
            ..Composer::default()
        },
    ]
}

/// Where it is not one of these stages, an event changes nothing and asks for nothing.
pub(crate) fn concerns_only(is_one: fn(&Stage) -> bool, event: impl Fn(Composer) -> Turn) {
    for composer in every_stage() {
        if !is_one(&composer.stage) {
            let turn = event(composer.clone());
            assert_eq!(turn.composer, composer);
            assert_eq!(turn.errands, [], "{composer:?}");
        }
    }
}

/// The BFF's refusal of this kind.
pub(crate) fn refused(kind: Kind, input_errors: Vec<InputError>) -> ApiError {
    ApiError::Refused(Box::new(Problem {
        type_uri: format!("urn:lapel:problem:{}", kind.as_str()),
        title: "Refused".to_owned(),
        status: 422,
        detail: Some("LinkedIn's words".to_owned()),
        reference: "7f3a00c1d2e4".to_owned(),
        kind,
        retry: Retry::Never,
        scopes: Vec::new(),
        input_errors,
        support: None,
        links: None,
    }))
}

/// Answers that leave open whether the post was made.
pub(crate) fn lost() -> Vec<ApiError> {
    vec![
        ApiError::Unanswered(TransportError::Offline),
        ApiError::Unanswered(TransportError::Unreachable),
        ApiError::Unanswered(TransportError::Timeout),
        ApiError::Unreadable(Unreadable::NotOurs { status: 502 }),
        ApiError::Unreadable(Unreadable::NotUnderstood { status: 200 }),
        refused(Kind::OutcomeUnknown, Vec::new()),
    ]
}
