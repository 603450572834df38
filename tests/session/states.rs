//! The states and answers that the tables are made of.

use std::time::Duration;

use lapel::{
    Account, Arrival, Attempt, Checking, Doing, Effect, Ended, Failure, Hold, Kind, LeavingFrom,
    LocalPath, Member, Moment, News, Outage, Reason, Reference, Renewal, Session, SessionView,
    SignInOutcome, SignOutFailure, SignedIn, SignedOut, SignedOutReason, SigningIn, Step,
    Surroundings,
};
use lapel_wire as wire;

/// A state, an event, the state it leads to, and what is to be done.
pub(crate) type Row = (Session, fn(Session) -> Step, Session, Vec<Effect>);

pub(crate) fn holds(rows: Vec<Row>) {
    for (number, (before, event, after, effects)) in rows.into_iter().enumerate() {
        let step = event(before.clone());
        assert_eq!(step.session, after, "row {number}, from {before:?}");
        assert_eq!(step.effects, effects, "row {number}, from {before:?}");
    }
}

pub(crate) const HOUR: u64 = 3_600;
pub(crate) const LOADED: Moment = Moment::after(Duration::from_secs(1));
pub(crate) const LATER: Moment = Moment::after(Duration::from_secs(61));

pub(crate) fn member(id: &str) -> Member {
    let (name, email) = (format!("Name of {id}"), Some(format!("{id}@example.org")));
    Member {
        id: id.to_owned(),
        name,
        picture: None,
        email,
    }
}

pub(crate) fn view(id: &str) -> SessionView {
    let permissions = vec!["openid".to_owned()];
    SessionView::SignedIn(wire::SignedIn {
        member: member(id),
        permissions,
        expires_in: HOUR,
        ends_at: None,
    })
}

pub(crate) fn nobody(reason: SignedOutReason) -> SessionView {
    SessionView::SignedOut(wire::SignedOut {
        reason,
        asks: asks(),
    })
}

pub(crate) fn asks() -> Vec<String> {
    vec!["openid".to_owned(), "profile".to_owned()]
}

pub(crate) fn account(id: &str, at: Moment) -> Account {
    let permissions = vec!["openid".to_owned()];
    Account::answered(
        wire::SignedIn {
            member: member(id),
            permissions,
            expires_in: HOUR,
            ends_at: None,
        },
        at,
    )
}

pub(crate) fn ada() -> Account {
    account("ada", LOADED)
}

/// Ada, as a later answer tells of her.
pub(crate) fn ada_later() -> Account {
    account("ada", LATER)
}

pub(crate) fn bob() -> Account {
    account("bob", LATER)
}

pub(crate) fn timeout() -> Failure {
    Failure::unrecorded(Kind::Timeout)
}

/// What is the case around the page: it is seen, there is a network, and chance adds nothing.
pub(crate) fn around(now: Moment) -> Surroundings {
    Surroundings {
        now,
        chance: 0,
        seen: true,
        online: true,
    }
}

/// What the first failure waits for, where chance adds nothing: half of five seconds.
pub(crate) fn waiting(hold: Hold) -> Attempt {
    Attempt::Waiting {
        until: Moment::after(Duration::from_millis(63_500)),
        hold,
    }
}

pub(crate) fn record(doing: Doing) -> Effect {
    Effect::Record(doing, timeout())
}

pub(crate) fn cancelled() -> Arrival {
    Arrival {
        outcome: SignInOutcome::Cancelled,
        reference: None,
    }
}

pub(crate) fn here() -> LocalPath {
    LocalPath::parse("/account").unwrap()
}

pub(crate) fn checking(remembered: Option<Account>, arrival: Option<Arrival>) -> Session {
    Session::Checking(Checking {
        remembered,
        arrival,
    })
}

pub(crate) fn signed_out(reason: Reason) -> Session {
    Session::SignedOut(SignedOut {
        reason,
        asks: asks(),
    })
}

pub(crate) fn signed_out_unasked(reason: Reason) -> Session {
    Session::SignedOut(SignedOut {
        reason,
        asks: Vec::new(),
    })
}

pub(crate) fn silent() -> Session {
    signed_out(Reason::Said(SignedOutReason::NoSession))
}

pub(crate) fn signing_in() -> Session {
    let reason = Reason::Said(SignedOutReason::NoSession);
    leaving_from(LeavingFrom::SignedOut(SignedOut {
        reason,
        asks: asks(),
    }))
}

pub(crate) fn leaving_from(from: LeavingFrom) -> Session {
    Session::SigningIn(SigningIn {
        return_to: here(),
        from,
    })
}

/// A sign-in link was followed before the first answer came.
pub(crate) fn leaving_while_checking(remembered: Option<Account>) -> Session {
    leaving_from(LeavingFrom::Checking(Checking {
        remembered,
        arrival: None,
    }))
}

/// A sign-in link was followed where the BFF could not be asked.
pub(crate) fn leaving_while_unreachable(account: Option<Account>) -> Session {
    leaving_from(LeavingFrom::Unreachable(Outage {
        account,
        failure: timeout(),
        attempt: waiting(Hold::Free),
        failures: 1,
        arrival: None,
    }))
}

pub(crate) fn signed_in(account: Account) -> Session {
    Session::SignedIn(SignedIn::quiet(account))
}

/// A sign-out that did not happen.
pub(crate) fn stuck(account: Account) -> Session {
    Session::SignedIn(SignedIn {
        sign_out_failure: Some(SignOutFailure::StillSignedIn(timeout())),
        ..SignedIn::quiet(account)
    })
}

/// A sign-out of which nobody knows whether it happened.
pub(crate) fn unconfirmed(account: Account) -> Session {
    Session::SignedIn(SignedIn {
        sign_out_failure: Some(SignOutFailure::Unconfirmed(timeout())),
        ..SignedIn::quiet(account)
    })
}

/// Somebody else was signed in here before.
pub(crate) fn switched(account: Account) -> Session {
    Session::SignedIn(SignedIn {
        switched: true,
        ..SignedIn::quiet(account)
    })
}

/// The session's last days, as far as the page has come with them.
pub(crate) fn with_renewal(renewal: Renewal) -> Session {
    Session::SignedIn(SignedIn {
        renewal,
        ..SignedIn::quiet(ada())
    })
}

/// The session ended while Ada was at the page.
pub(crate) fn ended(reason: SignedOutReason) -> Session {
    Session::Ended(Ended {
        account: ada(),
        reason,
        put_away: false,
    })
}

pub(crate) fn reading_on() -> Session {
    Session::Ended(Ended {
        account: ada(),
        reason: SignedOutReason::Expired,
        put_away: true,
    })
}

/// A link was followed by a member who is signed in, or was.
pub(crate) fn leaving_with(session: Session) -> Session {
    match session {
        Session::SignedIn(signed_in) => leaving_from(LeavingFrom::SignedIn(signed_in)),
        Session::Ended(ended) => leaving_from(LeavingFrom::Ended(ended)),
        same @ (Session::Checking(_)
        | Session::SignedOut(_)
        | Session::SigningIn(_)
        | Session::SigningOut(_)
        | Session::Unreachable(_)) => same,
    }
}

pub(crate) fn account_changed() -> Arrival {
    Arrival {
        outcome: SignInOutcome::AccountChanged,
        reference: None,
    }
}

/// LinkedIn did not answer in time.
pub(crate) fn failed() -> Arrival {
    Arrival {
        outcome: SignInOutcome::Failed(Kind::Timeout),
        reference: Reference::parse("7f3a00c1d2e4"),
    }
}

pub(crate) fn start_again() -> Arrival {
    Arrival {
        outcome: SignInOutcome::StartAgain,
        reference: None,
    }
}

pub(crate) fn signing_out() -> Session {
    Session::SigningOut(ada())
}

pub(crate) fn unreachable(account: Option<Account>) -> Session {
    outage(account, waiting(Hold::Free), None)
}

pub(crate) fn asking_again(account: Option<Account>) -> Session {
    outage(account, Attempt::UnderWay, None)
}

pub(crate) fn outage(
    account: Option<Account>,
    attempt: Attempt,
    arrival: Option<Arrival>,
) -> Session {
    Session::Unreachable(Outage {
        account,
        failure: timeout(),
        attempt,
        failures: 1,
        arrival,
    })
}

pub(crate) fn remember(account: Account) -> Effect {
    Effect::Remember(account)
}

pub(crate) fn announce_in(id: &str) -> Effect {
    Effect::Announce(News::SignedIn { id: id.to_owned() })
}

pub(crate) fn announce_out() -> Effect {
    Effect::Announce(News::SignedOut)
}

/// The same state, and nothing to do.
pub(crate) fn unmoved(states: Vec<Session>, event: fn(Session) -> Step) -> Vec<Row> {
    states
        .into_iter()
        .map(|state| (state.clone(), event, state, vec![]))
        .collect()
}
