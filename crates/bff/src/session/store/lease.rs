//! The right to ask LinkedIn for a session's next token, which one instance has at a time.

use redis::{Script, pipe};

use super::{Store, StoreDown, milliseconds, scripts};
use crate::secret::random_text;

/// Held until it is released, or not renewed in time because its holder died or was stopped.
pub(in crate::session) struct Lease {
    store: Store,
    key: String,
    /// Random, so that nobody renews or releases what has become somebody else's.
    owner: String,
}

impl Store {
    /// The lease for a session's refresh; nothing while another instance has it.
    pub(in crate::session) async fn lease(&self, id: &str) -> Result<Option<Lease>, StoreDown> {
        let lease = Lease {
            store: self.clone(),
            key: format!("{}lease:{id}", super::PREFIX),
            owner: random_text::<12>(),
        };
        let mut set = pipe();
        set.cmd("SET")
            .arg(&lease.key)
            .arg(&lease.owner)
            .arg("NX")
            .arg("PX")
            .arg(milliseconds(self.0.lease));
        let (taken,): (Option<String>,) = self.0.redis.commands(&set).await?;
        Ok(taken.map(|_| lease))
    }
}

impl Lease {
    /// Does the work and renews the lease meanwhile. A lease that was lost does not stop the work: what LinkedIn has
    /// been asked it has been asked, and a newer version of the session wins by its number.
    pub(in crate::session) async fn while_doing<T>(&self, work: impl Future<Output = T>) -> T {
        let term = self.store.0.lease;
        let mut work = std::pin::pin!(work);
        loop {
            if let Ok(done) = tokio::time::timeout(term / 3, &mut work).await {
                return done;
            }
            let renewed = self.run(scripts::RENEW, Some(milliseconds(term))).await;
            if !matches!(renewed, Ok(1)) {
                tracing::warn!("a refresh takes longer than its lease could be kept");
            }
        }
    }

    /// Gives it back.
    pub(in crate::session) async fn release(self) {
        // One that cannot be given back ends by itself.
        let _ = self.run(scripts::RELEASE, None).await;
    }

    async fn run(&self, script: &str, term: Option<u64>) -> Result<u8, StoreDown> {
        let script = Script::new(script);
        let mut script = script.key(&self.key);
        script.arg(&self.owner);
        if let Some(term) = term {
            script.arg(term);
        }
        self.store.0.redis.script(&script).await
    }
}
