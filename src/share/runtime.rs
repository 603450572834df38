//! The composer at work: hears what the member and other tabs do, asks the transition, performs its errands.

use std::mem::{Discriminant, discriminant};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use js_sys::Date;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::StorageEvent;

use super::{Composer, Draft, Errand, Mark, Stage, Turn, Visibility, body, link, turns};
use crate::session::runtime::{SessionHandle, browser, hear, perform_later, storage};
use crate::session::{Account, Doing};
use crate::share::transitions::Readiness;

/// A post that is being written, in the hands of views: what it is, to be followed, and what the member can do about it.
#[derive(Clone)]
pub(crate) struct ShareHandle(Arc<Shared>);

struct Shared {
    session: SessionHandle,
    author: String,
    /// [`SessionHandle::sign_outs`] when it was opened.
    sign_outs: u32,
    composer: Mutex<Composer>,
    /// When the last answer came, on the device's clock: milliseconds since 1970.
    answered_at: Mutex<f64>,
    /// What is written has changed.
    typed: ArcTrigger,
    /// What is happening to it has changed.
    staged: ArcTrigger,
    #[cfg(feature = "test-kit")]
    prompter: Option<Prompter>,
}

/// Stands in a test's place for what a composer begins with, and for everything that it would have done.
#[cfg(feature = "test-kit")]
#[derive(Clone)]
pub(crate) struct Prompter {
    /// What the composer begins with.
    pub(crate) begin: Arc<dyn Fn(&ShareHandle) -> Composer + Send + Sync>,
    /// Hears of each errand.
    pub(crate) hear: Arc<Hear>,
}

#[cfg(feature = "test-kit")]
type Hear = dyn Fn(&Composer, &Errand) + Send + Sync;

/// One of a draft's texts.
pub(crate) type Words = fn(&mut Draft) -> &mut String;

/// Where an application keeps its composer, while what is around it is drawn anew and other pages are shown: a post that is
/// on its way finds its answer here.
#[derive(Clone, Default)]
pub(crate) struct Desk(Arc<Mutex<Option<ShareHandle>>>);

/// What a form is drawn by, but for what is typed into it.
#[derive(PartialEq)]
struct Shape {
    stage: Discriminant<Stage>,
    mark: Mark,
    kept: bool,
    /// Whether there is more to the stage than its name.
    tells: bool,
}

impl Shape {
    fn of(composer: &Composer) -> Self {
        let tells = match composer.stage {
            Stage::Writing(None) | Stage::Claiming | Stage::Sending | Stage::Waiting => false,
            Stage::Writing(Some(_)) | Stage::Unsent(_) | Stage::Unknown(_) | Stage::Posted(_) => {
                true
            }
        };
        Self {
            stage: discriminant(&composer.stage),
            mark: composer.mark,
            kept: composer.kept,
            tells,
        }
    }
}

impl ShareHandle {
    /// The member's composer: the one on the desk, or one with the draft that the browser has kept for them.
    pub(crate) fn on(desk: &Desk, session: SessionHandle, account: &Account) -> Self {
        let mut desk = desk.0.lock().unwrap_or_else(PoisonError::into_inner);
        let author = &account.member.id;
        // What was written before a sign-out is nobody's any more.
        let is_theirs = |it: &Self| it.0.author == *author && it.0.sign_outs == session.sign_outs();
        let handle = match desk.take().filter(is_theirs) {
            Some(handle) => handle,
            None => Self::opened(session, author.clone()),
        };
        *desk = Some(handle.clone());
        #[cfg(feature = "test-kit")]
        if handle.0.prompter.is_some() {
            return handle;
        }
        handle.hear_other_tabs();
        handle.look(Composer::kept_elsewhere);
        handle
    }

    fn opened(session: SessionHandle, author: String) -> Self {
        let kept = storage::draft(&author);
        let turn = Composer::opened(kept.as_deref());
        let handle = Self(Arc::new(Shared {
            session,
            author,
            sign_outs: session.sign_outs(),
            composer: Mutex::new(Composer::default()),
            answered_at: Mutex::new(Date::now()),
            typed: ArcTrigger::new(),
            staged: ArcTrigger::new(),
            #[cfg(feature = "test-kit")]
            prompter: use_context(),
        }));
        #[cfg(feature = "test-kit")]
        if let Some(prompter) = &handle.0.prompter {
            handle.put((prompter.begin)(&handle));
            return handle;
        }
        let nothing = Shape::of(&Composer::default());
        handle.take(turn, nothing);
        handle
    }

    /// Who may read it.
    pub(crate) fn visibility(&self) -> Visibility {
        self.0.typed.track();
        self.composer().draft.visibility
    }

    /// What is happening to it, to be looked at in [`Self::composer`].
    pub(crate) fn follow_stage(&self) {
        self.0.staged.track();
    }

    /// Whether the browser keeps what is written; none where nothing is.
    pub(crate) fn is_kept(&self) -> Option<bool> {
        self.0.typed.track();
        self.follow_stage();
        let composer = self.composer();
        let Draft { text, link, .. } = &composer.draft;
        (!(text.is_empty() && link.is_empty())).then_some(composer.kept)
    }

    /// Whether it is on its way, through this tab or another.
    pub(crate) fn is_busy(&self) -> bool {
        self.follow_stage();
        match self.composer().stage {
            Stage::Claiming | Stage::Sending | Stage::Waiting => true,
            Stage::Writing(_) | Stage::Unsent(_) | Stage::Unknown(_) | Stage::Posted(_) => false,
        }
    }

    /// The draft's link as browsers write it, where it is one.
    pub(crate) fn link(&self) -> Option<String> {
        link::address(&self.words(|draft| &mut draft.link))
    }

    /// One of the texts that are written.
    pub(crate) fn words(&self, which: Words) -> String {
        self.0.typed.track();
        which(&mut self.composer().draft).clone()
    }

    pub(crate) fn write(&self, which: Words, words: String) {
        self.edit(move |draft| *which(draft) = words);
    }

    pub(crate) fn choose(&self, visibility: Visibility) {
        self.edit(|draft| draft.visibility = visibility);
    }

    pub(crate) fn leave_for_linkedin(&self) {
        self.tell(Composer::left_for_linkedin);
    }

    pub(crate) fn post(&self) {
        self.send_if(Composer::post_wanted);
    }

    pub(crate) fn post_again(&self) {
        self.send_if(Composer::sending_again_wanted);
    }

    #[inline(never)]
    fn send_if(&self, wanted: fn(Composer, Readiness) -> Turn) {
        let typed = self.composer().draft.link.trim().to_owned();
        let ready = Readiness {
            online: browser::is_online(),
            link_is_one: typed.is_empty() || link::address(&typed).is_some(),
        };
        self.advance(|composer| wanted(composer, ready));
    }

    pub(crate) fn say_it_is_there(&self) {
        self.tell(Composer::seen_there);
    }

    pub(crate) fn take_back(&self) {
        self.tell(Composer::taken_back);
    }

    pub(crate) fn begin_anew(&self) {
        self.look(Composer::begun_anew);
    }

    /// Puts it at a stage, whatever it was at.
    #[cfg(feature = "test-kit")]
    pub(crate) fn put(&self, composer: Composer) {
        *self.composer() = composer;
        self.0.typed.notify();
        self.0.staged.notify();
    }

    /// When the last answer came, on the device's clock: milliseconds since 1970. What it says of a wait begins then, however
    /// much later it is read.
    pub(crate) fn answered_at(&self) -> f64 {
        *self.answer_time()
    }

    fn answer_time(&self) -> MutexGuard<'_, f64> {
        let time = self.0.answered_at.lock();
        time.unwrap_or_else(PoisonError::into_inner)
    }

    /// Not followed.
    pub(crate) fn composer(&self) -> MutexGuard<'_, Composer> {
        let composer = self.0.composer.lock();
        composer.unwrap_or_else(PoisonError::into_inner)
    }

    fn edit(&self, edit: impl FnOnce(&mut Draft)) {
        self.advance(|composer| composer.edited(edit));
    }

    /// An event that has nothing with it.
    #[inline(never)]
    fn tell(&self, event: fn(Composer) -> Turn) {
        self.advance(event);
    }

    /// An event that looks at what the browser keeps.
    #[inline(never)]
    fn look(&self, event: fn(Composer, Option<&str>) -> Turn) {
        let kept = storage::draft(&self.0.author);
        self.advance(|composer| event(composer, kept.as_deref()));
    }

    fn advance(&self, event: impl FnOnce(Composer) -> Turn) {
        let before = std::mem::take(&mut *self.composer());
        let shape = Shape::of(&before);
        self.take(event(before), shape);
    }

    #[inline(never)]
    fn take(&self, turn: Turn, before: Shape) {
        let Turn { composer, errands } = turn;
        let shape = Shape::of(&composer);
        *self.composer() = composer;
        self.0.typed.notify();
        // What is typed does not draw the form anew.
        if shape != before || shape.tells {
            self.0.staged.notify();
        }
        for errand in errands {
            self.perform(errand);
        }
    }

    fn perform(&self, errand: Errand) {
        #[cfg(feature = "test-kit")]
        if let Some(prompter) = &self.0.prompter {
            return (prompter.hear)(&self.composer(), &errand);
        }
        match errand {
            Errand::Keep => self.keep(),
            Errand::Erase if self.is_left_behind() => {}
            Errand::Erase => storage::erase_draft(&self.0.author),
            Errand::Send => self.send(),
            Errand::Await => self.wait(),
            Errand::AskSession => self.0.session.look_again(),
            Errand::Record(failure) if self.is_theirs() => {
                self.0.session.record(Doing::Posting, &failure);
            }
            Errand::Record(_) => {}
        }
    }

    fn is_theirs(&self) -> bool {
        !self.is_left_behind() && self.0.session.is_about(&self.0.author)
    }

    /// Whether its writer is signed out since, and may be back by now: what the browser keeps for them may be another draft.
    fn is_left_behind(&self) -> bool {
        self.0.session.sign_outs() != self.0.sign_outs
    }

    fn keep(&self) {
        if self.is_theirs() {
            let kept = storage::keep_draft(&self.0.author, &self.composer().written());
            self.note(kept);
        }
    }

    fn note(&self, kept: bool) {
        let before = std::mem::replace(&mut self.composer().kept, kept);
        if before != kept {
            self.0.staged.notify();
        }
    }

    fn send(&self) {
        let this = self.clone();
        perform_later(async move {
            let Some(_turn) = turns::take(false).await else {
                this.tell(Composer::another_tab_sends);
                return;
            };
            this.look(Composer::claimed);
            let Some((client, body)) = this.0.session.client().zip(this.body()) else {
                return;
            };
            let sent = this.composer().written();
            let answer = client.post(body).await;
            *this.answer_time() = Date::now();
            let arrived = answer.is_ok();
            this.advance(|composer| composer.answered(answer));
            // A session that ended without a sign-out erased nothing, and nobody is to be asked whether this arrived.
            if arrived && this.is_left_behind() && storage::draft(&this.0.author) == Some(sent) {
                storage::erase_draft(&this.0.author);
            }
        });
    }

    /// What is to be sent, where it still is.
    fn body(&self) -> Option<String> {
        let composer = self.composer();
        if composer.stage != Stage::Sending {
            return None;
        }
        let link = link::address(&composer.draft.link);
        Some(body::body(&self.0.author, &composer.draft, link.as_deref()))
    }

    fn wait(&self) {
        let this = self.clone();
        perform_later(async move {
            let _turn = turns::take(true).await;
            this.look(Composer::awaited);
        });
    }

    /// Browsers tell a tab what another one has changed.
    fn hear_other_tabs(&self) {
        let this = self.clone();
        let heard = hear("storage", move |event| {
            let event: StorageEvent = event.unchecked_into();
            // Everything was erased at once where no name is said.
            let is_ours = event
                .key()
                .is_none_or(|name| storage::is_draft(&name, &this.0.author));
            if is_ours {
                this.look(Composer::kept_elsewhere);
            }
        });
        on_cleanup(move || heard.remove());
    }
}
