//! What is known of one session beyond what its browser carries: the newest tokens, whether LinkedIn is being asked for
//! newer ones, and whether the grant has ended. Pure, so that every order of events can be tried.
//!
//! The rules: one question at a time; an answer is kept whoever still waits for it; of two versions the one with the
//! higher generation is newer; "no" ends the grant, "could not ask" keeps it and waits before the next try.

use lapel_wire::{Kind, SignedOutReason};

use super::Session;
use crate::linkedin::{Grant, Identity};

/// A refresh is made so many seconds before the access token's end, so that no call begins with a token that ends on its
/// way to LinkedIn. A token that lives shorter is used for half its life.
const MARGIN_SECONDS: i64 = 60;

/// Pause after a refresh to which no answer came, in seconds; doubled with each, up to [`LONGEST_PAUSE`].
const SHORTEST_PAUSE: i64 = 2;

/// Longest pause between two refreshes to which no answer comes, in seconds.
const LONGEST_PAUSE: i64 = 300;

/// What a request needs.
#[derive(Clone, Debug)]
pub(crate) struct Need {
    /// The session that its browser carries.
    pub(crate) carried: Session,
    /// Whether LinkedIn has refused the access token that it carries although its time is not over.
    pub(crate) refused: bool,
}

/// What a request is to do.
#[derive(Debug)]
pub(crate) enum Step {
    /// Go on with this session.
    Use(Box<Session>),
    /// Ask LinkedIn to refresh this session.
    Ask(Box<Session>),
    /// Somebody is asking; what they hear counts for all.
    Wait,
    /// LinkedIn could not be asked a moment ago; not again for so many seconds.
    Pause(Unanswered),
    /// The grant has ended: only a sign-in helps.
    Ended(SignedOutReason),
}

/// A refresh that brought neither tokens nor a "no".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unanswered {
    /// Whose side it is on.
    pub(crate) kind: Kind,
    /// Seconds until it may be tried again.
    pub(crate) seconds: u64,
}

/// What came of asking.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// New tokens.
    Granted(Grant),
    /// A newer version of the session, which other instances see too; or their own.
    Renewed(Box<Session>),
    /// "No."
    Refused,
    /// Could not ask.
    Unanswered(Kind),
}

/// What is known of one session.
#[derive(Debug, Default)]
pub(crate) struct Rotation {
    newest: Option<Box<Session>>,
    asking: bool,
    failed: Option<Failed>,
    ended: Option<SignedOutReason>,
    used_at: i64,
}

#[derive(Clone, Copy, Debug)]
struct Failed {
    kind: Kind,
    at: i64,
    pause: i64,
}

/// Whether a session's access token is to be used as it is: its time is not over, nor so nearly over that it is better
/// refreshed.
pub(crate) fn is_good(session: &Session, now: i64) -> bool {
    let tokens = &session.tokens;
    let margin = if tokens.refresh_at(now).is_some() {
        let life = tokens.access_ends_at.saturating_sub(tokens.issued_at);
        MARGIN_SECONDS.min(life / 2)
    } else {
        0
    };
    tokens.access_lasts(now, margin)
}

impl Rotation {
    /// The newest version of a session: what is known here, or what the browser carries.
    pub(crate) fn newest<'a>(&'a self, carried: &'a Session) -> &'a Session {
        self.newest
            .as_deref()
            .filter(|known| known.generation > carried.generation)
            .unwrap_or(carried)
    }

    /// The newest version of a session, with the last use that any request knows of.
    pub(crate) fn current(&self, carried: &Session) -> Session {
        let newest = self.newest(carried);
        Session {
            used_at: newest.used_at.max(carried.used_at).max(self.used_at),
            ..newest.clone()
        }
    }

    /// Notes that the member did something.
    pub(crate) fn used(&mut self, at: i64) {
        self.used_at = self.used_at.max(at);
    }

    /// Why the session has ended, if it has.
    pub(crate) fn ended(&self) -> Option<SignedOutReason> {
        self.ended
    }

    /// What a request is to do now.
    pub(crate) fn step(&self, need: &Need, now: i64) -> Step {
        if let Some(reason) = self.ended {
            return Step::Ended(reason);
        }
        let session = self.newest(&need.carried);
        let carried = need.carried.tokens.access.expose();
        let refused = need.refused && session.tokens.access.expose() == carried;
        let refreshable = session.tokens.refresh_at(now).is_some();
        if !refused && is_good(session, now) {
            return Step::Use(Box::new(self.current(&need.carried)));
        }
        if !refreshable {
            return Step::Ended(if refused {
                SignedOutReason::Revoked
            } else {
                SignedOutReason::Expired
            });
        }
        let usable = || !refused && session.tokens.access_lasts(now, 0);
        match self.failed.and_then(|failed| failed.pause_at(now)) {
            // The last minute of a token is as good as the first while no other can be had.
            Some(_) if usable() => Step::Use(Box::new(self.current(&need.carried))),
            Some(unanswered) => Step::Pause(unanswered),
            None if self.asking && usable() => Step::Use(Box::new(self.current(&need.carried))),
            None if self.asking => Step::Wait,
            None => Step::Ask(Box::new(session.clone())),
        }
    }

    /// Notes that LinkedIn is being asked.
    pub(crate) fn asking(&mut self) {
        self.asking = true;
    }

    /// Notes what LinkedIn said to this session's refresh token, asked at the first of two moments. Tokens that nobody may use any more come back: the
    /// session was ended meanwhile, and they are to be given back to LinkedIn.
    pub(crate) fn answered(
        &mut self,
        asked: &Session,
        outcome: Outcome,
        asked_at: i64,
        now: i64,
    ) -> Option<Box<Session>> {
        self.asking = false;
        let newer = match outcome {
            // What else became newer meanwhile, the profile, is kept.
            Outcome::Granted(grant) => Box::new(self.newest(asked).refreshed(grant, asked_at)),
            Outcome::Renewed(newer) => newer,
            Outcome::Refused => {
                self.ended.get_or_insert(SignedOutReason::Revoked);
                return None;
            }
            Outcome::Unanswered(kind) => {
                self.failed(kind, now);
                return None;
            }
        };
        if self.ended.is_some() {
            return Some(newer);
        }
        self.failed = None;
        let newer = self.above(asked, newer);
        self.learn(newer);
        None
    }

    /// New tokens, made without what became known of the session while they were on their way: where nothing else has
    /// replaced the tokens that were asked about, they go on top of it, or they would be lost as something older.
    fn above(&self, asked: &Session, newer: Box<Session>) -> Box<Session> {
        match &self.newest {
            Some(known)
                if known.generation >= newer.generation
                    && known.tokens.access.expose() == asked.tokens.access.expose() =>
            {
                Box::new(known.with_tokens_of(*newer))
            }
            Some(_) | None => newer,
        }
    }

    /// Notes a version of the session; an older one than is known is nothing new.
    pub(crate) fn learn(&mut self, version: Box<Session>) {
        if self
            .newest
            .as_ref()
            .is_none_or(|known| known.generation < version.generation)
        {
            self.newest = Some(version);
        }
    }

    /// Notes that answers come which help nobody.
    pub(crate) fn gave_up(&mut self, now: i64) {
        self.asking = false;
        self.failed(Kind::Contract, now);
    }

    fn failed(&mut self, kind: Kind, now: i64) {
        let pause = self.failed.map_or(SHORTEST_PAUSE, |failed| {
            failed.pause.saturating_mul(2).min(LONGEST_PAUSE)
        });
        self.failed = Some(Failed {
            kind,
            at: now,
            pause,
        });
    }

    /// Notes what userinfo says of the session's member.
    pub(crate) fn identified(&mut self, carried: &Session, identity: Identity) {
        self.newest = Some(Box::new(self.newest(carried).identified(identity)));
    }

    /// Ends the session. What was said first stays: a sign-out is no revocation by LinkedIn.
    pub(crate) fn end(&mut self, reason: SignedOutReason) {
        self.ended.get_or_insert(reason);
    }
}

impl Failed {
    fn pause_at(self, now: i64) -> Option<Unanswered> {
        let gone = now.saturating_sub(self.at);
        // A clock that went back ends the pause, rather than stretching it by as much.
        let left = (0..self.pause)
            .contains(&gone)
            .then(|| self.pause.saturating_sub(gone))?;
        let seconds = u64::try_from(left).ok()?;
        Some(Unanswered {
            kind: self.kind,
            seconds,
        })
    }
}
