//! The end of a session, what comes before it, another member in its place, and browsers that keep none.

use std::time::Duration;

use lapel::{
    Account, Cookies, Effect, Failure, Kind, Moment, Reason, Renewal, Session, Surroundings,
};
use lapel::{SessionView, SignedOutReason};
use lapel_wire as wire;

use super::states::{
    LATER, account_changed, ada, ada_later, announce_in, around, asking_again, bob, cancelled,
    checking, ended, holds, leaving_with, nobody, outage, reading_on, remember, signed_in,
    signed_out, signed_out_unasked, signing_in, signing_out, silent, start_again, stuck, switched,
    unmoved, unreachable, view, with_renewal,
};
use lapel::Attempt;

const DAY: u64 = 24 * 60 * 60;

fn at(seconds: u64) -> Moment {
    Moment::after(Duration::from_secs(seconds))
}

/// Every state but those of a session that has ended.
fn others() -> Vec<Session> {
    vec![
        checking(None, None),
        silent(),
        signing_in(),
        signed_in(ada()),
        signing_out(),
        unreachable(Some(ada())),
    ]
}

#[test]
fn an_end_is_put_away_and_the_page_stays() {
    let event = Session::end_put_away;
    let expired = || ended(SignedOutReason::Expired);
    holds(vec![
        (expired(), event, reading_on(), vec![]),
        (
            leaving_with(expired()),
            event,
            leaving_with(reading_on()),
            vec![],
        ),
    ]);
    holds(unmoved(others(), event));
    assert_eq!(expired().standing(), signed_in(ada()).standing());
    assert_eq!(reading_on().standing(), signed_in(ada()).standing());
}

#[test]
fn after_the_end_only_a_new_session_or_a_sign_out_changes_the_page() {
    let ask = || vec![Effect::Ask];
    for before in [ended(SignedOutReason::Expired), reading_on()] {
        let no = before
            .clone()
            .answered(nobody(SignedOutReason::NoSession), LATER);
        assert_eq!((no.session, no.effects), (before.clone(), vec![]));

        let same = before.clone().answered(view("ada"), LATER);
        assert_eq!(same.session, signed_in(ada_later()));
        let other = before.clone().answered(view("bob"), LATER);
        assert_eq!(other.session, switched(bob()));
        assert!(other.effects.contains(&Effect::ForgetFailures));

        let front = before.clone().page_visible_again(around(LATER));
        assert_eq!((front.session, front.effects), (before.clone(), ask()));
        let hers = before.clone().other_tab_signed_in("ada");
        assert_eq!((hers.session, hers.effects), (before.clone(), ask()));
        let his = before.clone().other_tab_signed_in("bob");
        assert_eq!(his.session, checking(None, Some(account_changed())));
        assert_eq!(his.effects, ask());

        let out = before.clone().other_tab_signed_out();
        assert_eq!(out.session, signed_out_unasked(Reason::Elsewhere));
        assert_eq!(before.page_left().session, checking(None, None));
    }
}

#[test]
fn a_page_that_nobody_was_at_is_told_calmly() {
    let step = checking(Some(ada()), None).answered(nobody(SignedOutReason::Expired), LATER);
    assert_eq!(
        step.session,
        signed_out(Reason::Said(SignedOutReason::Expired))
    );
    // The sign-in that failed has more to say than the session before it.
    let failed = outage(Some(ada()), Attempt::UnderWay, Some(cancelled()));
    let step = failed.answered(nobody(SignedOutReason::Expired), LATER);
    assert_eq!(step.session, signed_out(Reason::Attempt(cancelled())));
}

#[test]
fn another_member_is_said_by_the_address_unless_the_browser_knows_better() {
    let event = |state: Session| state.answered(view("ada"), LATER);
    let kept = || remember(ada_later());
    holds(vec![
        (
            checking(None, Some(account_changed())),
            event,
            switched(ada_later()),
            vec![kept(), announce_in("ada")],
        ),
        (
            outage(None, Attempt::UnderWay, Some(account_changed())),
            event,
            switched(ada_later()),
            vec![kept(), announce_in("ada")],
        ),
        // Anyone can write an address.
        (
            checking(Some(ada()), Some(account_changed())),
            event,
            signed_in(ada_later()),
            vec![kept()],
        ),
        // In two tabs where nobody was signed in, two members: the BFF knows of no change, the page sees one.
        (
            signed_in(bob()),
            event,
            switched(ada_later()),
            vec![kept(), Effect::ForgetFailures],
        ),
        (
            asking_again(Some(bob())),
            event,
            switched(ada_later()),
            vec![kept(), Effect::ForgetFailures, announce_in("ada")],
        ),
        // It is said until it is read.
        (switched(ada()), event, switched(ada_later()), vec![kept()]),
    ]);
}

/// A session that lasts so many days from the start.
fn lasting(days: u64) -> Session {
    let view = SessionView::SignedIn(wire::SignedIn {
        member: ada().member,
        permissions: ada().permissions,
        expires_in: days * DAY,
        ends_at: None,
    });
    checking(None, None)
        .answered(view, Moment::default())
        .session
}

fn renewal(session: &Session) -> Renewal {
    match session {
        Session::SignedIn(signed_in) => signed_in.renewal,
        Session::Checking(_)
        | Session::SignedOut(_)
        | Session::SigningIn(_)
        | Session::Ended(_)
        | Session::SigningOut(_)
        | Session::Unreachable(_) => Renewal::Unknown,
    }
}

#[test]
fn a_renewal_is_offered_in_the_last_seven_days() {
    let before = lasting(60).last_days_looked_for(Moment::default());
    assert_eq!(renewal(&before.session), Renewal::Ahead);
    assert_eq!(before.effects, [Effect::KeepRenewal(Renewal::Ahead)]);

    let not_yet = before
        .session
        .clone()
        .last_days_looked_for(at(53 * DAY - 1));
    assert_eq!(
        (renewal(&not_yet.session), not_yet.effects.len()),
        (Renewal::Ahead, 0)
    );
    let now = before.session.last_days_looked_for(at(53 * DAY));
    assert_eq!(
        (renewal(&now.session), now.effects.len()),
        (Renewal::Offered, 0)
    );

    // Renewed: what was said of the old session is over.
    let SessionView::SignedIn(view) = view("ada") else {
        return;
    };
    let long = Account::answered(
        wire::SignedIn {
            expires_in: 60 * DAY,
            ..view
        },
        at(53 * DAY),
    );
    for before in [Renewal::Offered, Renewal::PutAway, Renewal::NotOffered] {
        let Session::SignedIn(session) = with_renewal(before) else {
            return;
        };
        let account = long.clone();
        let renewed = Session::SignedIn(lapel::SignedIn { account, ..session });
        let step = renewed.last_days_looked_for(at(53 * DAY));
        assert_eq!(renewal(&step.session), Renewal::Ahead);
        assert_eq!(step.effects, [Effect::KeepRenewal(Renewal::Ahead)]);
    }
}

#[test]
fn a_page_that_loads_in_the_last_days_asks_what_the_browser_remembers() {
    let look = |state: Session| state.last_days_looked_for(LATER);
    let recalled = |state: Session| state.renewal_recalled(Renewal::PutAway);
    holds(vec![
        (
            signed_in(ada()),
            look,
            signed_in(ada()),
            vec![Effect::RecallRenewal],
        ),
        (
            signed_in(ada()),
            recalled,
            with_renewal(Renewal::PutAway),
            vec![],
        ),
        // Too late to change what is known.
        (
            with_renewal(Renewal::Offered),
            recalled,
            with_renewal(Renewal::Offered),
            vec![],
        ),
    ]);
    let known = vec![
        with_renewal(Renewal::Offered),
        with_renewal(Renewal::PutAway),
        with_renewal(Renewal::NotOffered),
    ];
    holds(unmoved(known, look));
    let nobody_here = || {
        let mut states = others();
        states.retain(|state| !matches!(state, Session::SignedIn(_)));
        states.push(reading_on());
        states
    };
    holds(unmoved(nobody_here(), look));
    holds(unmoved(nobody_here(), recalled));
}

#[test]
fn an_offer_that_is_put_away_is_kept_as_such_and_a_weightier_notice_goes_first() {
    let event = Session::notice_dismissed;
    let keep = || vec![Effect::KeepRenewal(Renewal::PutAway)];
    let away = || with_renewal(Renewal::PutAway);
    holds(vec![
        (with_renewal(Renewal::Offered), event, away(), keep()),
        (away(), event, away(), vec![]),
    ]);
    let Session::SignedIn(offered) = with_renewal(Renewal::Offered) else {
        return;
    };
    let both = Session::SignedIn(lapel::SignedIn {
        switched: true,
        ..offered
    });
    let step = both.notice_dismissed();
    assert_eq!(step.session, with_renewal(Renewal::Offered));
    assert_eq!(step.effects, []);
}

#[test]
fn what_is_known_is_asked_again_every_five_minutes_while_somebody_looks() {
    // The answer came after one second.
    let early = |state: Session| state.time_passed(at(300));
    let late = |state: Session| state.time_passed(at(301));
    holds(unmoved(vec![signed_in(ada()), reading_on()], early));
    holds(vec![(
        signed_in(ada()),
        late,
        signed_in(ada()),
        vec![Effect::Ask],
    )]);
    let mut rest = others();
    // A lost contact has a clock of its own.
    rest.retain(|state| !matches!(state, Session::SignedIn(_) | Session::Unreachable(_)));
    holds(unmoved(rest, late));
    holds(unmoved(vec![reading_on()], late));
}

#[test]
fn a_network_that_is_lost_is_noticed_and_signs_nobody_out() {
    let event = |session: Session| {
        session.network_lost(Surroundings {
            online: false,
            ..around(LATER)
        })
    };
    let step = event(signed_in(ada()));
    let Session::Unreachable(outage) = step.session else {
        unreachable!("the page knows")
    };
    assert_eq!(outage.account, Some(ada()));
    assert_eq!(outage.failure, Failure::unrecorded(Kind::Offline));
    let mut rest = others();
    rest.retain(|state| !matches!(state, Session::SignedIn(_)));
    holds(unmoved(rest, event));
    holds(unmoved(vec![stuck(ada()), reading_on()], event));
}

#[test]
fn cookies_are_blamed_where_the_browser_says_so_or_sign_ins_come_back_unknown_twice() {
    let blocked = || signed_out(Reason::CookiesBlocked);
    let unknown = || signed_out(Reason::Attempt(start_again()));
    let said = |kept, unknown_in_a_row| Cookies {
        kept,
        unknown_in_a_row,
    };
    for (before, cookies, after) in [
        (silent(), said(true, 0), silent()),
        (silent(), said(true, 9), silent()),
        (silent(), said(false, 0), blocked()),
        (unknown(), said(true, 1), unknown()),
        (unknown(), said(true, 2), blocked()),
        (unknown(), said(false, 1), blocked()),
        (blocked(), said(true, 0), blocked()),
    ] {
        let step = before.clone().cookies_looked_for(cookies);
        assert_eq!(step.session, after, "{before:?}, {cookies:?}");
        assert_eq!(step.effects, []);
    }
    let lasting = [
        Reason::Attempt(cancelled()),
        Reason::Elsewhere,
        Reason::Here(None),
        Reason::Said(SignedOutReason::Expired),
    ];
    for reason in lasting {
        let step = signed_out(reason.clone()).cookies_looked_for(said(false, 2));
        assert_eq!(step.session, signed_out(reason));
    }
    let event = |state: Session| {
        state.cookies_looked_for(Cookies {
            kept: false,
            unknown_in_a_row: 2,
        })
    };
    let mut rest = others();
    rest.retain(|state| !matches!(state, Session::SignedOut(_)));
    holds(unmoved(rest, event));
}
