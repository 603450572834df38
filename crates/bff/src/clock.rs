//! Time as a parameter, so that "expires in sixty days" is a test of two lines.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

/// Where the present moment comes from: the system, a test, or the embedded emulator, whose time can be moved.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The machine's own clock.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that may ask the machine for the time"
    )]
    pub fn system() -> Self {
        Self::from_fn(Timestamp::now)
    }

    /// A clock that asks the function each time.
    pub fn from_fn(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }

    /// The present moment in whole seconds since 1970, as OAuth and OpenID Connect count.
    pub fn now_seconds(&self) -> i64 {
        self.now().as_second()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
