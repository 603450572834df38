//! What holds for the session whatever happens in whatever order.

use std::time::Duration;

use lapel::{
    Cookies, Effect, Failure, Kind, LocalPath, Member, Moment, News, Reach, Renewal, Revocation,
    Session, SessionView, SignOutFailure, SignOutReport, SignedOutReason, Step, Surroundings,
};
use lapel_wire as wire;
use proptest::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    AnsweredAda,
    AnsweredBob,
    AnsweredNobody,
    CouldNotAsk,
    SignInStarted,
    SignInStalled,
    SignOutStarted,
    SignOutFinished,
    SignOutRefused,
    SignOutUnanswered,
    OtherTabSignedIn,
    OtherTabSignedOut,
    PageLeft,
    PageRestored,
    PageVisibleAgain,
    NetworkReturned,
    PageHeldUp,
    LongAfter,
    MemberTriesAgain,
    NoticeDismissed,
    EndPutAway,
    SessionExpired,
    LastDays,
    RenewalRecalled,
    CookiesBlocked,
    NetworkLost,
}

const EVENTS: [Event; 26] = [
    Event::AnsweredAda,
    Event::AnsweredBob,
    Event::AnsweredNobody,
    Event::CouldNotAsk,
    Event::SignInStarted,
    Event::SignInStalled,
    Event::SignOutStarted,
    Event::SignOutFinished,
    Event::SignOutRefused,
    Event::SignOutUnanswered,
    Event::OtherTabSignedIn,
    Event::OtherTabSignedOut,
    Event::PageLeft,
    Event::PageRestored,
    Event::PageVisibleAgain,
    Event::NetworkReturned,
    Event::PageHeldUp,
    Event::LongAfter,
    Event::MemberTriesAgain,
    Event::NoticeDismissed,
    Event::EndPutAway,
    Event::SessionExpired,
    Event::LastDays,
    Event::RenewalRecalled,
    Event::CookiesBlocked,
    Event::NetworkLost,
];

fn view(id: &str) -> SessionView {
    let (id, name) = (id.to_owned(), id.to_owned());
    let member = Member {
        id,
        name,
        picture: None,
        email: None,
    };
    SessionView::SignedIn(wire::SignedIn {
        member,
        permissions: Vec::new(),
        expires_in: 60,
        ends_at: None,
    })
}

fn happen(session: Session, event: Event) -> Step {
    let failure = Failure::unrecorded(Kind::Timeout);
    let now = Moment::default();
    let around = Surroundings {
        now,
        chance: 0,
        seen: true,
        online: true,
    };
    match event {
        Event::AnsweredAda => session.answered(view("ada"), now),
        Event::AnsweredBob => session.answered(view("bob"), now),
        Event::AnsweredNobody => {
            let reason = SignedOutReason::NoSession;
            let nobody = wire::SignedOut {
                reason,
                asks: Vec::new(),
            };
            session.answered(SessionView::SignedOut(nobody), now)
        }
        Event::CouldNotAsk => session.could_not_ask(failure, around),
        Event::SignInStarted => session.sign_in_started(LocalPath::home()),
        Event::SignInStalled => session.sign_in_stalled(),
        Event::SignOutStarted => session.sign_out_started(),
        Event::SignOutFinished => {
            let revocation = Revocation::Confirmed;
            let reach = Reach::default();
            session.sign_out_finished(SignOutReport { revocation, reach })
        }
        Event::SignOutRefused => session.sign_out_failed(SignOutFailure::StillSignedIn(failure)),
        Event::SignOutUnanswered => session.sign_out_failed(SignOutFailure::Unconfirmed(failure)),
        Event::OtherTabSignedIn => session.other_tab_signed_in("bob"),
        Event::OtherTabSignedOut => session.other_tab_signed_out(),
        Event::PageLeft => session.page_left(),
        Event::PageRestored => session.page_restored(None),
        Event::PageVisibleAgain => session.page_visible_again(around),
        Event::NetworkReturned => session.network_returned(around),
        Event::PageHeldUp => session.page_held_up(Surroundings {
            seen: false,
            ..around
        }),
        Event::LongAfter => session.time_passed(Moment::after(Duration::from_secs(50))),
        Event::MemberTriesAgain => session.member_tries_again(),
        Event::NoticeDismissed => session.notice_dismissed(),
        Event::EndPutAway => session.end_put_away(),
        Event::SessionExpired => {
            let reason = SignedOutReason::Expired;
            let asks = Vec::new();
            session.answered(
                SessionView::SignedOut(wire::SignedOut { reason, asks }),
                now,
            )
        }
        Event::LastDays => session.last_days_looked_for(now),
        Event::RenewalRecalled => session.renewal_recalled(Renewal::Offered),
        Event::CookiesBlocked => session.cookies_looked_for(Cookies {
            kept: false,
            unknown_in_a_row: 0,
        }),
        Event::NetworkLost => session.network_lost(Surroundings {
            online: false,
            ..around
        }),
    }
}

fn is_signed_out(session: &Session) -> bool {
    matches!(session, Session::SignedOut(_))
}

proptest! {
    #[test]
    fn whatever_happens(events in prop::collection::vec(prop::sample::select(&EVENTS[..]), 0..40)) {
        let mut session = Session::app_started(None, None).session;
        for event in events {
            let before = session.clone();
            let step = happen(session, event);

            // "Could not ask" is no "no".
            if matches!(event, Event::CouldNotAsk | Event::NetworkLost | Event::SignOutRefused | Event::SignOutUnanswered) {
                prop_assert_eq!(before.account(), step.session.account());
                prop_assert!(is_signed_out(&before) || !is_signed_out(&step.session));
            }
            // Nor is following a link to sign in, or coming back from it.
            if matches!(event, Event::SignInStarted | Event::SignInStalled) {
                prop_assert_eq!(before.account(), step.session.account());
            }
            // Only the BFF's word signs anyone out, heard here or in another tab.
            if before.signed_out().is_none() && is_signed_out(&step.session) {
                let words = [
                    Event::AnsweredNobody,
                    Event::SessionExpired,
                    Event::SignOutFinished,
                    Event::OtherTabSignedOut,
                ];
                prop_assert!(words.contains(&event));
            }
            // Whoever is signed out is forgotten in the same step.
            if before.account().is_some() && is_signed_out(&step.session) {
                prop_assert!(step.effects.contains(&Effect::Forget));
            }
            // A session that ended leaves the page as it was, and is forgotten; nothing but its end or a new one hides it.
            if before.ended().is_none() && step.session.ended().is_some() {
                prop_assert!(matches!(event, Event::AnsweredNobody | Event::SessionExpired));
                prop_assert_eq!(before.standing(), step.session.standing());
                prop_assert!(step.effects.contains(&Effect::Forget));
            }
            // Only the BFF's own word is remembered.
            if step.effects.iter().any(|effect| matches!(effect, Effect::Remember(_))) {
                prop_assert!(matches!(event, Event::AnsweredAda | Event::AnsweredBob));
            }
            // No tab answers news with news.
            if matches!(event, Event::OtherTabSignedIn | Event::OtherTabSignedOut) {
                prop_assert!(!step.effects.iter().any(|it| matches!(it, Effect::Announce(_))));
                if let Some(account) = step.session.account() {
                    prop_assert!(matches!(step.session, Session::SigningOut(_)) || account.member.id == "bob");
                }
            }
            // A sign-out is heard everywhere, whatever this tab became meanwhile.
            if matches!(event, Event::SignOutFinished) {
                prop_assert!(step.effects.contains(&Effect::Announce(News::SignedOut)));
                prop_assert!(step.effects.contains(&Effect::ForgetFailures));
                prop_assert!(step.effects.contains(&Effect::ForgetDrafts));
                prop_assert_eq!(step.session.account(), None);
            }
            // What failed is noted, and a sign-out erases that.
            if matches!(event, Event::SignOutRefused | Event::SignOutUnanswered) {
                prop_assert!(step.effects.iter().any(|it| matches!(it, Effect::Record(..))));
            }
            // Time alone never ends a session or a sign-out, and never sends anything but a question.
            if matches!(event, Event::LongAfter | Event::PageHeldUp) {
                prop_assert_eq!(before.account(), step.session.account());
                prop_assert!(step.effects.iter().all(|it| *it == Effect::Ask));
            }
            if matches!(event, Event::PageHeldUp) {
                prop_assert!(step.effects.is_empty());
            }
            // A frozen page shows nobody.
            if matches!(event, Event::PageLeft) {
                prop_assert_eq!(step.session.account(), None);
            }
            // "Checking" never lasts: something has been asked, or the page is gone.
            if matches!(step.session, Session::Checking(_)) && !matches!(before, Session::Checking(_)) {
                prop_assert!(step.effects.contains(&Effect::Ask) || matches!(event, Event::PageLeft));
            }
            session = step.session;
        }
    }
}
