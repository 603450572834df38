//! Whose turn it is to ask LinkedIn for a session's next token, where instances share a store. Without a store and a clock
//! of its own, so that every order of events can be tried.

use super::Session;
use super::rotation::Outcome;
use super::store::StoreDown;

/// One instance among those that share a store. In production its sessions and the store; in tests somebody whose steps
/// come when the test says.
pub(super) trait Instance: Sync {
    /// The right to ask, which one instance has at a time.
    type Lease: Send + Sync;

    /// The lease for a session's refresh; nothing while another instance has it.
    fn lease(
        &self,
        session: &Session,
    ) -> impl Future<Output = Result<Option<Self::Lease>, StoreDown>> + Send;

    /// Gives a lease back.
    fn release(&self, lease: Self::Lease) -> impl Future<Output = ()> + Send;

    /// What another instance was told by LinkedIn since this version of the session.
    fn heard(
        &self,
        session: &Session,
    ) -> impl Future<Output = Result<Option<Outcome>, StoreDown>> + Send;

    /// Asks LinkedIn, and shows the others what came of it before anybody else may ask.
    fn ask_and_tell(
        &self,
        lease: &Self::Lease,
        session: &Session,
    ) -> impl Future<Output = Outcome> + Send;

    /// Lets a moment pass before the next look.
    fn pause(&self) -> impl Future<Output = ()> + Send;
}

/// What waiting for the right to ask ended with.
pub(super) enum Turn<Lease> {
    /// This instance asks.
    Ours(Lease),
    /// Another one asked, and this is what came of it.
    Theirs(Outcome),
}

/// Waits for the right to ask, or for what another instance was told.
pub(super) async fn turn<I: Instance>(
    instance: &I,
    session: &Session,
) -> Result<Turn<I::Lease>, StoreDown> {
    loop {
        let lease = instance.lease(session).await?;
        // Also with the lease: whoever had it before may be done.
        match (instance.heard(session).await?, lease) {
            (Some(outcome), lease) => {
                if let Some(lease) = lease {
                    instance.release(lease).await;
                }
                return Ok(Turn::Theirs(outcome));
            }
            (None, Some(lease)) => return Ok(Turn::Ours(lease)),
            (None, None) => instance.pause().await,
        }
    }
}

impl<Lease> Turn<Lease> {
    /// What came of it, whoever asked.
    pub(super) async fn taken<I: Instance<Lease = Lease>>(
        self,
        instance: &I,
        session: &Session,
    ) -> Outcome {
        match self {
            Self::Theirs(outcome) => outcome,
            Self::Ours(lease) => {
                let outcome = instance.ask_and_tell(&lease, session).await;
                instance.release(lease).await;
                outcome
            }
        }
    }
}

/// What a version of the session that another instance has shown means to who wants to ask about this one: an answer,
/// unless it is newer for its profile alone.
pub(super) fn told(newest: Option<Session>, asked: &Session) -> Option<Outcome> {
    let tokens = |session: &Session| session.tokens.access.expose().to_owned();
    newest
        .filter(|it| it.generation > asked.generation && tokens(it) != tokens(asked))
        .map(|newest| Outcome::Renewed(Box::new(newest)))
}
