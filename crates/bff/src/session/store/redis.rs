//! The connection to Redis or Valkey: one, shared, made anew when it breaks, and never waited for long.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, FromRedisValue, Pipeline, RedisError, RedisResult, ScriptInvocation};

use super::StoreDown;

/// How long a connection may take to be made, in the background. Requests do not wait for so long.
const LONGEST_CONNECTING: Duration = Duration::from_secs(5);

/// A store that answers within a bound or counts as down. All that it is asked may be asked twice, so a broken
/// connection costs a second try and no failure.
pub(super) struct Redis {
    client: Client,
    deadline: Duration,
    connection: Arc<Mutex<ConnectionManager>>,
    /// Whether another connection is being made.
    connecting: Arc<AtomicBool>,
    /// Whether the last answer was none: an outage is one line in the log, not one for each request.
    silent: Arc<AtomicBool>,
}

impl Redis {
    /// Begins to connect, and says in the log where that fails: with the first request it would be late.
    pub(super) fn new(client: Client, deadline: Duration) -> Self {
        let redis = Self {
            connection: Arc::new(Mutex::new(manager(&client))),
            connecting: Arc::default(),
            client,
            deadline,
            silent: Arc::default(),
        };
        redis.connect_anew();
        redis
    }

    /// Runs commands in one round trip.
    pub(super) async fn commands<T: FromRedisValue>(
        &self,
        commands: &Pipeline,
    ) -> Result<T, StoreDown> {
        let mut connection = self.connection();
        self.in_time(async {
            match commands.query_async(&mut connection).await {
                Err(broken) if broken.is_io_error() => commands.query_async(&mut connection).await,
                answer => answer,
            }
        })
        .await
    }

    /// Runs a script, which is one step for everybody else.
    pub(super) async fn script<T: FromRedisValue>(
        &self,
        script: &ScriptInvocation<'_>,
    ) -> Result<T, StoreDown> {
        let mut connection = self.connection();
        self.in_time(async {
            match script.invoke_async(&mut connection).await {
                Err(broken) if broken.is_io_error() => script.invoke_async(&mut connection).await,
                answer => answer,
            }
        })
        .await
    }

    async fn in_time<T>(
        &self,
        asked: impl Future<Output = RedisResult<T>>,
    ) -> Result<T, StoreDown> {
        match tokio::time::timeout(self.deadline, asked).await {
            Ok(Ok(answer)) => {
                if self.silent.swap(false, Ordering::Relaxed) {
                    tracing::info!("the store answers again");
                }
                Ok(answer)
            }
            Ok(Err(error)) => Err(down(&self.silent, Some(&error))),
            Err(_) => {
                self.connect_anew();
                Err(down(&self.silent, None))
            }
        }
    }

    fn connection(&self) -> ConnectionManager {
        lock(&self.connection).clone()
    }

    /// Makes another connection on a task of its own, and takes it when it answers. A peer that vanished without a word
    /// looks like a slow one for as long as TCP hopes, which is minutes.
    fn connect_anew(&self) {
        if self.connecting.swap(true, Ordering::Relaxed) {
            return;
        }
        let (connection, connecting) = (Arc::clone(&self.connection), Arc::clone(&self.connecting));
        let silent = Arc::clone(&self.silent);
        let mut fresh = manager(&self.client);
        tokio::spawn(async move {
            match redis::cmd("PING").exec_async(&mut fresh).await {
                Ok(()) => *lock(&connection) = fresh,
                Err(error) => drop(down(&silent, Some(&error))),
            }
            connecting.store(false, Ordering::Relaxed);
        });
    }
}

/// An answer that did not come, in the log once.
fn down(silent: &AtomicBool, error: Option<&RedisError>) -> StoreDown {
    if !silent.swap(true, Ordering::Relaxed) {
        let why = error.map_or_else(|| "no answer in time".to_owned(), ToString::to_string);
        tracing::error!(
            error = why,
            "the store cannot be asked: sessions are answered 503"
        );
    }
    StoreDown
}

fn lock(connection: &Mutex<ConnectionManager>) -> MutexGuard<'_, ConnectionManager> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

fn manager(client: &Client) -> ConnectionManager {
    let config = ConnectionManagerConfig::new()
        // The next request tries again; one that waits through a backoff would only fail later.
        .set_number_of_retries(0)
        .set_connection_timeout(Some(LONGEST_CONNECTING))
        .set_response_timeout(Some(LONGEST_CONNECTING));
    #[expect(
        clippy::expect_used,
        reason = "fails only for subscriptions, of which there are none"
    )]
    ConnectionManager::new_lazy_with_config(client.clone(), config).expect("no subscription")
}
