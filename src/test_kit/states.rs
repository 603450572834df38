//! The states that a test most often wants.

use std::time::Duration;

use lapel_wire::{Feature, Kind, LocalPath, Member, SignInOutcome, SignedOutReason};

use crate::failure::{Failure, Reference};
use crate::session::{
    Account, Arrival, Attempt, Checking, Ended, LeavingFrom, Moment, Outage, Reason, Renewal,
    Session, SignOutFailure, SignedIn, SignedOut, SigningIn,
};
use crate::share::{Composer, Draft, Stage};

/// Permissions that a sign-in asks for by default, in LinkedIn's names.
const ASKED_FOR: [&str; 3] = ["openid", "profile", "email"];

/// How long a made-up session lasts: LinkedIn's 60 days.
const LIFE: u64 = 60 * 24 * 60 * 60;

/// What is left of one whose renewal is offered: four days.
const LAST_DAYS: u64 = 4 * 24 * 60 * 60;

/// A member of this name: without a portrait, with an e-mail address, and with an identifier of their own.
#[must_use]
pub fn member(name: impl Into<String>) -> Member {
    let name = name.into();
    Member {
        id: format!("member-{name}"),
        name,
        picture: None,
        email: Some("member@example.org".to_owned()),
    }
}

impl From<&str> for TestMember {
    fn from(name: &str) -> Self {
        Self(member(name))
    }
}

impl From<Member> for TestMember {
    fn from(member: Member) -> Self {
        Self(member)
    }
}

/// Who a state is about: a [`Member`], or a name, which [`member`] makes one of.
#[derive(Clone, Debug)]
pub struct TestMember(Member);

/// The account of a member for 60 days, with the permissions that a sign-in asks for.
#[must_use]
pub fn account(member: impl Into<TestMember>) -> Account {
    Account::answered(view_of(member), Moment::after(Duration::ZERO))
}

fn view_of(member: impl Into<TestMember>) -> lapel_wire::SignedIn {
    lapel_wire::SignedIn {
        member: member.into().0,
        permissions: ASKED_FOR.map(str::to_owned).to_vec(),
        expires_in: LIFE,
        ends_at: None,
    }
}

/// The first answer is on its way.
#[must_use]
pub fn checking() -> Session {
    Session::Checking(Checking::default())
}

/// A member is signed in.
#[must_use]
pub fn signed_in(member: impl Into<TestMember>) -> Session {
    Session::SignedIn(SignedIn::quiet(account(member)))
}

/// A member went to LinkedIn for a permission or a renewal, and came back without: cancelled, or because it failed.
#[must_use]
pub fn came_back_without(member: impl Into<TestMember>, outcome: SignInOutcome) -> Session {
    let arrival = Arrival {
        outcome,
        reference: None,
    };
    Session::SignedIn(SignedIn {
        arrival: Some(arrival),
        ..SignedIn::quiet(account(member))
    })
}

/// A member is signed in and has allowed posting.
#[must_use]
pub fn may_post(member: impl Into<TestMember>) -> Session {
    let mut account = account(member);
    let more = Feature::Share
        .scopes()
        .iter()
        .map(|&scope| scope.to_owned());
    account.permissions.extend(more);
    Session::SignedIn(SignedIn::quiet(account))
}

/// A draft of these words that the browser keeps, at this stage.
#[must_use]
pub fn composer(text: impl Into<String>, stage: Stage) -> Composer {
    let draft = Draft {
        text: text.into(),
        ..Draft::default()
    };
    Composer {
        draft,
        stage,
        kept: true,
        ..Composer::default()
    }
}

/// The same, as another member than a moment ago.
#[must_use]
pub fn switched(member: impl Into<TestMember>) -> Session {
    Session::SignedIn(SignedIn {
        switched: true,
        ..SignedIn::quiet(account(member))
    })
}

/// A member's session is in its last days, and its renewal is offered.
#[must_use]
pub fn renewal_offered(member: impl Into<TestMember>) -> Session {
    let view = lapel_wire::SignedIn {
        expires_in: LAST_DAYS,
        ..view_of(member)
    };
    Session::SignedIn(SignedIn {
        renewal: Renewal::Offered,
        ..SignedIn::quiet(Account::answered(view, Moment::after(Duration::ZERO)))
    })
}

/// The session ended while its member was at the page, for this reason.
#[must_use]
pub fn ended(member: impl Into<TestMember>, reason: SignedOutReason) -> Session {
    Session::Ended(Ended {
        account: account(member),
        reason,
        put_away: false,
    })
}

/// The same, after the member has read that and reads on.
#[must_use]
pub fn reading_on(member: impl Into<TestMember>, reason: SignedOutReason) -> Session {
    Session::Ended(Ended {
        account: account(member),
        reason,
        put_away: true,
    })
}

/// Nobody is signed in, for this reason.
#[must_use]
pub fn signed_out(reason: Reason) -> Session {
    Session::SignedOut(asking(reason))
}

/// A sign-in has come back with this outcome, and no session.
#[must_use]
pub fn sign_in_ended(outcome: SignInOutcome) -> Session {
    signed_out(Reason::Attempt(Arrival {
        outcome,
        reference: reference(),
    }))
}

/// A visitor has followed a sign-in link, and the browser is about to leave.
#[must_use]
pub fn signing_in() -> Session {
    let silent = SignedOut::silent().reason;
    Session::SigningIn(SigningIn {
        return_to: LocalPath::home(),
        from: LeavingFrom::SignedOut(asking(silent)),
    })
}

/// A member has asked to be signed out, and the answer is on its way.
#[must_use]
pub fn signing_out(member: impl Into<TestMember>) -> Session {
    Session::SigningOut(account(member))
}

/// The sign-out was refused, for a reason of this kind.
#[must_use]
pub fn sign_out_refused(member: impl Into<TestMember>, kind: Kind) -> Session {
    sign_out_failed(member, SignOutFailure::StillSignedIn(failure(kind)))
}

/// The answer to the sign-out got lost, for a reason of this kind.
#[must_use]
pub fn sign_out_unconfirmed(member: impl Into<TestMember>, kind: Kind) -> Session {
    sign_out_failed(member, SignOutFailure::Unconfirmed(failure(kind)))
}

/// The BFF could not be asked, for a reason of this kind, and nobody was known.
#[must_use]
pub fn out_of_reach(kind: Kind) -> Session {
    outage(None, kind, Attempt::ByHand)
}

/// The same, with a member who was signed in when it last could be.
#[must_use]
pub fn out_of_reach_with(member: impl Into<TestMember>, kind: Kind) -> Session {
    outage(Some(account(member)), kind, Attempt::ByHand)
}

/// The same, while the BFF is being asked again.
#[must_use]
pub fn asking_again(member: impl Into<TestMember>, kind: Kind) -> Session {
    outage(Some(account(member)), kind, Attempt::UnderWay)
}

fn asking(reason: Reason) -> SignedOut {
    SignedOut {
        reason,
        asks: ASKED_FOR.map(str::to_owned).to_vec(),
    }
}

fn sign_out_failed(member: impl Into<TestMember>, failure: SignOutFailure) -> Session {
    Session::SignedIn(SignedIn {
        sign_out_failure: Some(failure),
        ..SignedIn::quiet(account(member))
    })
}

fn outage(account: Option<Account>, kind: Kind, attempt: Attempt) -> Session {
    Session::Unreachable(Outage {
        account,
        failure: failure(kind),
        attempt,
        failures: 1,
        arrival: None,
    })
}

fn failure(kind: Kind) -> Failure {
    Failure {
        reference: reference(),
        ..Failure::unrecorded(kind)
    }
}

fn reference() -> Option<Reference> {
    Reference::parse("7f3a00c1d2e4")
}
