//! Defects that are events rather than answers: they change something at LinkedIn before the call is handled, and it stays
//! changed.

use std::sync::Arc;

use super::{
    AccessDefect, Call, Defect, IdTokenDefect, KeysDefect, RefreshDefect, Strikes, Throttle,
};
use crate::grants::EndedBy;
use crate::linkedin::LinkedIn;

impl Strikes {
    /// Lets the events among the defects happen.
    pub(crate) async fn happen(&self, linkedin: &Arc<LinkedIn>, call: &Call) {
        let now = linkedin.clock.now();
        if let Some(token) = &call.token {
            if self.has(AccessDefect::Revoked) {
                linkedin.grants.end_token(token, EndedBy::LinkedIn);
            }
            if self.has(AccessDefect::Expired) {
                linkedin.grants.expire(token, now);
            }
        }
        if let Some(token) = &call.refresh_token
            && self.has(RefreshDefect::Refused)
        {
            linkedin.grants.end_token(token, EndedBy::LinkedIn);
        }
        if let Some(client) = &call.caller.client
            && self.has(Throttle::QuotaSpent)
        {
            linkedin.quotas.exhaust(client, now);
        }
        if self.has(KeysDefect::Rotated) {
            linkedin.rotate_key(linkedin.entropy.uuid()).await;
        }
        if self.has(KeysDefect::RotatedUnderOneName) {
            linkedin
                .rotate_key(linkedin.keys.current().kid.clone())
                .await;
        }
        if self.has(IdTokenDefect::WrongKey) {
            linkedin.prepare_stranger().await;
        }
    }

    /// Whether a defect strikes this call.
    pub(crate) fn has(&self, defect: impl Into<Defect>) -> bool {
        self.defects().contains(&defect.into())
    }
}
