//! What went wrong with a call, in the words of the failure model: whose side it is on, and what the member is offered.

use std::fmt::Display;

use http::StatusCode;
use jiff::Timestamp;
use lapel_wire::{InputError, Kind, Retry, SupportLinks, SupportRecord};

use super::body::Watch;
use super::refusal::{Refusal, TokenEnd};
use crate::config::Call;
use crate::linkedin::LinkedIn;
use crate::linkedin::support::{self, Seen, Sent};
use crate::linkedin::transport::{Failure, Unusable};

/// Longest time in seconds after which a failing LinkedIn is tried again.
const LONGEST_WAIT: u64 = 60;

/// Seconds after which a token that LinkedIn does not know yet is tried again.
const UNTIL_KNOWN: u64 = 2;

/// A call that failed, as the page is to hear of it.
#[derive(Clone, Debug)]
pub struct ApiProblem {
    /// What went wrong and whose side it is on.
    pub kind: Kind,
    /// The HTTP status that says the same.
    pub status: StatusCode,
    /// Whether asking again can help.
    pub retry: Retry,
    /// What is particular to this failure: for [`Kind::Rejected`] LinkedIn's own reason, as text.
    pub detail: String,
    /// Permissions that the call needs, for [`Kind::ScopeMissing`].
    pub scopes: Vec<String>,
    /// What of the request LinkedIn refused, for [`Kind::Rejected`].
    pub input_errors: Vec<InputError>,
    /// What LinkedIn's support asks for.
    pub support: Box<SupportRecord>,
    /// Where to turn to, where LinkedIn goes on failing.
    pub links: Option<SupportLinks>,
    /// That LinkedIn does not take the token, and why.
    pub ends: Option<TokenEnd>,
}

impl ApiProblem {
    /// The same call's failure, seen in the light of what happened next.
    #[must_use]
    pub fn instead(self, kind: Kind, status: StatusCode, retry: Retry, detail: &str) -> Self {
        Self {
            kind,
            status,
            retry,
            detail: detail.to_owned(),
            input_errors: Vec::new(),
            ends: None,
            ..self
        }
    }

    /// Whether LinkedIn took the token, and refused what was asked with it.
    #[must_use]
    pub fn proves_the_token(&self) -> bool {
        matches!(self.kind, Kind::Rejected | Kind::ScopeMissing)
    }

    /// Writes the failure into the log; once, when nobody will save the call any more.
    pub fn log(&self) {
        support::log("api", self.kind, &self.support);
    }
}

/// What is known of a call, whatever comes of it.
pub(super) struct Told<'a> {
    pub(super) linkedin: &'a LinkedIn,
    pub(super) call: &'a Call,
    pub(super) host: &'a str,
    pub(super) sent: Sent,
}

/// How a failure is told.
struct Verdict {
    kind: Kind,
    status: StatusCode,
    retry: Retry,
}

impl Verdict {
    const fn never(kind: Kind, status: StatusCode) -> Self {
        Self {
            kind,
            status,
            retry: Retry::Never,
        }
    }

    const fn by_hand(kind: Kind, status: StatusCode) -> Self {
        Self {
            kind,
            status,
            retry: Retry::ByHand,
        }
    }
}

impl Told<'_> {
    /// LinkedIn refused the call.
    pub(super) fn refusal(self, attempts: u32, refusal: &Refusal, is_fresh: bool) -> ApiProblem {
        let answered = format!("LinkedIn answered {}", refusal.status);
        let end = refusal.token_end();
        if is_fresh && end == Some(TokenEnd::Revoked) {
            let detail = "LinkedIn does not know the new token yet; nothing happened";
            return self.problem(self.not_yet(), detail, attempts, &answered, &refusal.seen);
        }
        let verdict = match refusal.status {
            status if end.is_some() => Verdict::never(Kind::SignInNeeded, status),
            _ if refusal.is_about_version() => {
                let version = &self.linkedin.settings.api.version;
                let detail = format!(
                    "LinkedIn does not have the API's version {version}; set LAPEL_LINKEDIN_VERSION to one that it has"
                );
                let verdict = Verdict::never(Kind::NotConfigured, StatusCode::BAD_GATEWAY);
                // The operator finds it in the log and on the page of failures, where the failure stands and not the detail.
                return self.problem(verdict, &detail, attempts, &detail, &refusal.seen);
            }
            status if refusal.is_for_want_of_permission() => {
                Verdict::never(Kind::ScopeMissing, status)
            }
            status if is_about_the_request(status) => Verdict::never(Kind::Rejected, status),
            _ => Verdict::by_hand(Kind::Contract, StatusCode::BAD_GATEWAY),
        };
        let reason = Some(refusal.reason()).filter(|reason| !reason.is_empty());
        let detail = reason.unwrap_or_else(|| answered.clone());
        let input_errors = if verdict.kind == Kind::Rejected {
            refusal.input_errors()
        } else {
            Vec::new()
        };
        let problem = self.problem(verdict, &detail, attempts, &answered, &refusal.seen);
        ApiProblem {
            ends: end,
            input_errors,
            ..problem
        }
    }

    /// LinkedIn answered 429, or did a moment ago.
    pub(super) fn throttled(self, attempts: u32, seconds: u64, seen: &Seen) -> ApiProblem {
        let verdict = Verdict {
            kind: Kind::RateLimited,
            status: StatusCode::TOO_MANY_REQUESTS,
            retry: Retry::After { seconds },
        };
        let failure = Failure::RateLimited;
        self.problem(verdict, &failure, attempts, &failure, seen)
    }

    /// LinkedIn gave no answer.
    pub(super) fn failure(self, attempts: u32, unusable: Unusable) -> ApiProblem {
        let Unusable { failure, seen } = unusable;
        let verdict = if !self.call.idempotent && may_have_happened(&failure) {
            Verdict::by_hand(Kind::OutcomeUnknown, StatusCode::BAD_GATEWAY)
        } else if failure.kind() == Kind::LinkedinDown {
            self.down(&failure)
        } else {
            Verdict::by_hand(failure.kind(), StatusCode::BAD_GATEWAY)
        };
        self.problem(verdict, &failure, attempts, &failure, &seen)
    }

    /// What is needed to tell the log of an answer that breaks off later.
    pub(super) fn watch(self, attempts: u32) -> Watch {
        Watch {
            sent: self.sent,
            client_id: self.linkedin.settings.client_id.clone(),
            attempts,
        }
    }

    fn down(&self, failure: &Failure) -> Verdict {
        let failures = self.linkedin.api.circuits.failures(self.host);
        let (status, seconds) = match failure {
            Failure::Paused { seconds } => (StatusCode::SERVICE_UNAVAILABLE, *seconds),
            Failure::TimedOut => (StatusCode::GATEWAY_TIMEOUT, wait_after(failures)),
            Failure::Unreachable(_)
            | Failure::TooLarge
            | Failure::Redirected(_)
            | Failure::ServerError(_)
            | Failure::RateLimited
            | Failure::NotJson(_)
            | Failure::Encoded(_) => (StatusCode::BAD_GATEWAY, wait_after(failures)),
        };
        let kind = Kind::LinkedinDown;
        if self.call.idempotent {
            let retry = Retry::After { seconds };
            Verdict {
                kind,
                status,
                retry,
            }
        } else {
            // Nobody writes twice without the member's asking for it.
            Verdict::by_hand(kind, status)
        }
    }

    fn not_yet(&self) -> Verdict {
        let kind = Kind::LinkedinDown;
        let status = StatusCode::SERVICE_UNAVAILABLE;
        if self.call.idempotent {
            let retry = Retry::After {
                seconds: UNTIL_KNOWN,
            };
            Verdict {
                kind,
                status,
                retry,
            }
        } else {
            Verdict::by_hand(kind, status)
        }
    }

    fn problem(
        &self,
        Verdict {
            kind,
            status,
            retry,
        }: Verdict,
        detail: &(impl Display + ?Sized),
        attempts: u32,
        failure: &dyn Display,
        seen: &Seen,
    ) -> ApiProblem {
        let client_id = &self.linkedin.settings.client_id;
        let failures = self.linkedin.api.circuits.failures(self.host);
        let is_linkedins = matches!(kind, Kind::LinkedinDown | Kind::OutcomeUnknown);
        ApiProblem {
            kind,
            status,
            retry,
            detail: detail.to_string(),
            scopes: if kind == Kind::ScopeMissing {
                self.call.scopes.clone()
            } else {
                Vec::new()
            },
            input_errors: Vec::new(),
            support: Box::new(self.sent.record(client_id, attempts, failure, seen)),
            links: support::links(failures).filter(|_| is_linkedins),
            ends: None,
        }
    }
}

/// Statuses that speak of what was asked, and not of how.
fn is_about_the_request(status: StatusCode) -> bool {
    [400, 403, 404, 409, 412, 413, 414, 422].contains(&status.as_u16())
}

/// Whether a write that failed like this may have happened: it was sent, and nobody said that it was not done. 500 and 503
/// are LinkedIn's own words; 502 and 504 are a gateway's that lost sight of it.
fn may_have_happened(failure: &Failure) -> bool {
    match failure {
        Failure::Unreachable(error) => !error.is_connect(),
        Failure::TimedOut | Failure::TooLarge => true,
        Failure::ServerError(status) => [502, 504].contains(&status.as_u16()),
        Failure::NotJson(status) | Failure::Encoded(status) => status.is_success(),
        Failure::Paused { .. } | Failure::Redirected(_) | Failure::RateLimited => false,
    }
}

/// Seconds after which a LinkedIn that has failed so often in a row is worth another try.
fn wait_after(failures: u32) -> u64 {
    2_u64.saturating_pow(failures.max(1)).min(LONGEST_WAIT)
}

/// Seconds until LinkedIn wants to be asked again, where it says so (RFC 9110 §10.2.3).
pub(super) fn retry_after(seen: &Seen, now: Timestamp) -> Option<i64> {
    let value = seen.retry_after.as_ref()?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(seconds);
    }
    let date = jiff::fmt::rfc2822::DateTimeParser::new()
        .parse_timestamp(value)
        .ok()?;
    Some(date.duration_since(now).as_secs())
}
