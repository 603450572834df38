//! The session in a test's hands: transitions are real, and their effects are kept instead of performed.

use std::rc::Rc;

use super::{BffClient, Effect, Session, SessionHandle};

/// Hears of every effect, with the session that it is of.
pub(super) type Recorder = Rc<dyn Fn(&Session, &Effect)>;

/// A session that asks nobody, hears nothing of the browser, and goes on only when a view or a test says so.
pub(crate) fn provide_recorded(
    session: Session,
    record: impl Fn(&Session, &Effect) + 'static,
) -> SessionHandle {
    let handle = SessionHandle::new(session, BffClient::default());
    handle.change(|state| state.recorder = Some(Rc::new(record)));
    handle
}

impl SessionHandle {
    /// Puts the session into a state, whatever it was.
    pub(crate) fn put(self, session: Session) {
        self.become_known(session);
    }

    /// The effect, where it is to be performed.
    pub(super) fn unless_recorded(self, effect: Effect) -> Option<Effect> {
        let recorder = self.change(|state| state.recorder.clone()).flatten();
        let Some(record) = recorder else {
            return Some(effect);
        };
        record(&self.current()?, &effect);
        None
    }
}
