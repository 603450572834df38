//! One method per event. Each names every stage, so a new one cannot be forgotten here.

use lapel_wire::{InputError, Kind, little};

use super::{
    Composer, Draft, Errand, Hint, Mark, Posted, Stage, TextTrouble, Trouble, Turn, Witness, kept,
};
use crate::api::ApiError;
use crate::failure::Failure;

/// What is the case when a member wants to post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Readiness {
    /// Whether the device says that it has a network.
    pub online: bool,
    /// Whether the draft's link, where it has one, is an address of the web.
    pub link_is_one: bool,
}

impl Composer {
    /// The member comes to the page. `kept` is what the browser has kept for them.
    pub fn opened(kept: Option<&str>) -> Turn {
        let Some((draft, mark)) = kept.and_then(kept::read) else {
            return Turn::to(Self::default());
        };
        let at = |stage| Self {
            draft,
            mark,
            kept: true,
            stage,
        };
        match mark {
            Mark::Fresh | Mark::Tried => Turn::to(at(Stage::Writing(None))),
            Mark::Wanted => Turn::to(at(Stage::Writing(Some(Hint::Back)))),
            Mark::Sent => Turn::to(at(Stage::Waiting)).then(Errand::Await),
        }
    }

    /// The member writes.
    pub fn edited(self, edit: impl FnOnce(&mut Draft)) -> Turn {
        match self.stage {
            Stage::Writing(_) | Stage::Unsent(_) => {
                let mut draft = self.draft;
                edit(&mut draft);
                let blank = draft.text.is_empty() && draft.link.is_empty();
                let composer = Self {
                    draft,
                    mark: Mark::Fresh,
                    kept: self.kept && !blank,
                    stage: Stage::Writing(None),
                };
                let errand = if blank { Errand::Erase } else { Errand::Keep };
                Turn::to(composer).then(errand)
            }
            Stage::Claiming
            | Stage::Sending
            | Stage::Waiting
            | Stage::Unknown(_)
            | Stage::Posted(_) => Turn::to(self),
        }
    }

    /// The member leaves for LinkedIn, to sign in or to allow posting, and means to come back to this.
    pub fn left_for_linkedin(self) -> Turn {
        match (&self.stage, self.mark) {
            (Stage::Writing(_) | Stage::Unsent(_), Mark::Fresh) if !self.draft.is_blank() => {
                let mark = Mark::Wanted;
                Turn::to(Self { mark, ..self }).then(Errand::Keep)
            }
            _ => Turn::to(self),
        }
    }

    /// The member wants this to be posted.
    pub fn post_wanted(self, ready: Readiness) -> Turn {
        match self.stage {
            Stage::Writing(_) | Stage::Unsent(_) => self.wanted(ready),
            Stage::Claiming
            | Stage::Sending
            | Stage::Waiting
            | Stage::Unknown(_)
            | Stage::Posted(_) => Turn::to(self),
        }
    }

    /// The member was told that nobody knows whether it arrived, and wants it to be sent again.
    pub fn sending_again_wanted(self, ready: Readiness) -> Turn {
        match self.stage {
            Stage::Unknown(_) => self.wanted(ready),
            Stage::Writing(_)
            | Stage::Claiming
            | Stage::Sending
            | Stage::Waiting
            | Stage::Unsent(_)
            | Stage::Posted(_) => Turn::to(self),
        }
    }

    fn wanted(self, ready: Readiness) -> Turn {
        let trouble = Trouble {
            text: if self.draft.is_blank() {
                Some(TextTrouble::Empty)
            } else {
                (little::length(&self.draft.text) > little::LONGEST).then_some(TextTrouble::TooLong)
            },
            link: !ready.link_is_one,
            failure: None,
        };
        if trouble != Trouble::default() {
            return Turn::to(self.unsent(trouble));
        }
        if !ready.online {
            return self.failed(Failure::unrecorded(Kind::Offline));
        }
        let stage = Stage::Claiming;
        Turn::to(Self { stage, ..self }).then(Errand::Send)
    }

    /// Another tab is sending just now.
    pub fn another_tab_sends(self) -> Turn {
        match self.stage {
            Stage::Claiming => {
                let stage = Stage::Waiting;
                Turn::to(Self { stage, ..self }).then(Errand::Await)
            }
            Stage::Writing(_)
            | Stage::Sending
            | Stage::Waiting
            | Stage::Unsent(_)
            | Stage::Unknown(_)
            | Stage::Posted(_) => Turn::to(self),
        }
    }

    /// It is this tab's turn to send. Where the browser has something else by now than what this tab last knew, another tab
    /// was faster, and nothing is sent.
    pub fn claimed(self, kept: Option<&str>) -> Turn {
        match self.stage {
            Stage::Claiming if !self.kept || kept == Some(&*self.written()) => {
                let stage = Stage::Sending;
                Turn::to(Self { stage, ..self }).then(Errand::Keep)
            }
            Stage::Claiming => self.adopted(kept),
            Stage::Writing(_)
            | Stage::Sending
            | Stage::Waiting
            | Stage::Unsent(_)
            | Stage::Unknown(_)
            | Stage::Posted(_) => Turn::to(self),
        }
    }

    /// No tab is sending any more. A draft that is still there as one that was sent never got its answer.
    pub fn awaited(self, kept: Option<&str>) -> Turn {
        match self.stage {
            Stage::Waiting => match kept.and_then(kept::read) {
                Some((draft, mark @ Mark::Sent)) => Turn::to(Self {
                    draft,
                    mark,
                    kept: true,
                    stage: Stage::Unknown(None),
                }),
                Some(_) | None => self.adopted(kept),
            },
            Stage::Writing(_)
            | Stage::Claiming
            | Stage::Sending
            | Stage::Unsent(_)
            | Stage::Unknown(_)
            | Stage::Posted(_) => Turn::to(self),
        }
    }

    /// Another tab has changed what the browser keeps. Where it keeps nothing, no tab knows of another.
    pub fn kept_elsewhere(self, kept: Option<&str>) -> Turn {
        if kept.is_none() && !self.kept {
            return Turn::to(self);
        }
        match self.stage {
            Stage::Writing(_) | Stage::Unsent(_) | Stage::Unknown(_)
                if kept != Some(&*self.written()) =>
            {
                self.adopted(kept)
            }
            // Those who send or wait look when their turn has come.
            Stage::Writing(_)
            | Stage::Unsent(_)
            | Stage::Unknown(_)
            | Stage::Claiming
            | Stage::Sending
            | Stage::Waiting
            | Stage::Posted(_) => Turn::to(self),
        }
    }

    /// LinkedIn's answer came, or it is known that none will.
    pub fn answered(self, answer: Result<Option<String>, ApiError>) -> Turn {
        match self.stage {
            Stage::Sending => {}
            Stage::Writing(_)
            | Stage::Claiming
            | Stage::Waiting
            | Stage::Unsent(_)
            | Stage::Unknown(_)
            | Stage::Posted(_) => return Turn::to(self),
        }
        let error = match answer {
            Ok(urn) => return Self::posted(urn, Witness::Answer),
            Err(error) => error,
        };
        let failure = failure_of_write(&error);
        let errors = match &error {
            ApiError::Refused(problem) => &*problem.input_errors,
            ApiError::Unanswered(_) | ApiError::Unreadable(_) => &[],
        };
        let tried = matches!(self.mark, Mark::Sent | Mark::Tried);
        for error in errors {
            let text = match error {
                InputError::Duplicate { of } if tried => {
                    return Self::posted(of.clone(), Witness::Duplicate);
                }
                InputError::Duplicate { of } => TextTrouble::Duplicate { of: of.clone() },
                InputError::TooLong { .. } => TextTrouble::TooLong,
                InputError::Other => continue,
            };
            let record = Errand::Record(failure.into());
            let text = Some(text);
            let trouble = Trouble {
                text,
                ..Trouble::default()
            };
            return Turn::to(self.unsent(trouble))
                .then(Errand::Keep)
                .then(record);
        }
        match failure.kind {
            Kind::OutcomeUnknown => {
                let record = Errand::Record(failure.clone().into());
                let stage = Stage::Unknown(Some(failure.into()));
                let mark = Mark::Sent;
                Turn::to(Self {
                    mark,
                    stage,
                    ..self
                })
                .then(Errand::Keep)
                .then(record)
            }
            // What is known of the session is old.
            Kind::SignInNeeded => {
                let mark = if tried { self.mark } else { Mark::Wanted };
                Self { mark, ..self }
                    .failed(failure)
                    .then(Errand::AskSession)
            }
            Kind::ScopeMissing => self.failed(failure).then(Errand::AskSession),
            Kind::Offline
            | Kind::Unreachable
            | Kind::Timeout
            | Kind::LinkedinDown
            | Kind::RateLimited
            | Kind::Rejected
            | Kind::NotConfigured
            | Kind::Contract => self.failed(failure),
        }
    }

    /// The member has seen on LinkedIn that it is there.
    pub fn seen_there(self) -> Turn {
        match self.stage {
            Stage::Unknown(_) => Self::posted(None, Witness::Member),
            Stage::Writing(_)
            | Stage::Claiming
            | Stage::Sending
            | Stage::Waiting
            | Stage::Unsent(_)
            | Stage::Posted(_) => Turn::to(self),
        }
    }

    /// The member wants the draft back of which nobody knows whether it arrived.
    pub fn taken_back(self) -> Turn {
        match self.stage {
            Stage::Unknown(_) => Turn::to(Self {
                mark: Mark::Tried,
                stage: Stage::Writing(None),
                ..self
            })
            .then(Errand::Keep),
            Stage::Writing(_)
            | Stage::Claiming
            | Stage::Sending
            | Stage::Waiting
            | Stage::Unsent(_)
            | Stage::Posted(_) => Turn::to(self),
        }
    }

    /// The member wants to write another post. In another tab they may have begun one.
    pub fn begun_anew(self, kept: Option<&str>) -> Turn {
        match self.stage {
            Stage::Posted(_) => Self::opened(kept),
            Stage::Writing(_)
            | Stage::Claiming
            | Stage::Sending
            | Stage::Waiting
            | Stage::Unsent(_)
            | Stage::Unknown(_) => Turn::to(self),
        }
    }

    /// The text under which the browser keeps the draft as it is now. One that is on its way is kept as one of which nobody
    /// knows: whoever finds it after a crash knows no more.
    #[must_use]
    pub fn written(&self) -> String {
        let mark = match self.stage {
            Stage::Sending | Stage::Unknown(_) => Mark::Sent,
            Stage::Writing(_)
            | Stage::Claiming
            | Stage::Waiting
            | Stage::Unsent(_)
            | Stage::Posted(_) => self.mark,
        };
        kept::write(&self.draft, mark)
    }

    /// What another tab has left there.
    fn adopted(self, kept: Option<&str>) -> Turn {
        match kept.and_then(kept::read) {
            // Where that tab is going is its own business.
            Some((draft, mark @ Mark::Wanted)) => Turn::to(Self {
                draft,
                mark,
                kept: true,
                stage: Stage::Writing(None),
            }),
            Some(_) => Self::opened(kept),
            None if self.kept => Turn::to(Self {
                stage: Stage::Writing(Some(Hint::Gone)),
                ..Self::default()
            }),
            None => {
                let stage = Stage::Writing(None);
                Turn::to(Self { stage, ..self })
            }
        }
    }

    fn posted(urn: Option<String>, witness: Witness) -> Turn {
        let stage = Stage::Posted(Posted { urn, witness });
        Turn::to(Self {
            stage,
            ..Self::default()
        })
        .then(Errand::Erase)
    }

    fn unsent(self, trouble: Trouble) -> Self {
        // What was sent once and has no answer yet is not forgotten over the next try.
        let mark = if self.mark == Mark::Sent {
            Mark::Tried
        } else {
            self.mark
        };
        let stage = Stage::Unsent(trouble);
        Self {
            mark,
            stage,
            ..self
        }
    }

    fn failed(self, failure: Failure) -> Turn {
        let record = Errand::Record(failure.clone().into());
        let trouble = Trouble {
            failure: Some(failure.into()),
            ..Trouble::default()
        };
        Turn::to(self.unsent(trouble))
            .then(Errand::Keep)
            .then(record)
    }
}

impl Draft {
    /// Whether there is nothing to post. LinkedIn posts no link without a word either.
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// A write that nobody refused may have happened, whatever became of its answer.
fn failure_of_write(error: &ApiError) -> Failure {
    let failure = error.failure();
    match error {
        ApiError::Refused(_) => failure,
        ApiError::Unanswered(_) | ApiError::Unreadable(_) => Failure {
            kind: Kind::OutcomeUnknown,
            ..failure
        },
    }
}
