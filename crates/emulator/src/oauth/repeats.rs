//! Parameters that come more than once. RFC 6749 §3.1 and §3.2 forbid them; what LinkedIn does is not documented, and the
//! assumption is that the first counts.

use crate::gateway::Fields;
use crate::linkedin::LinkedIn;

/// Extensions that may come several times (RFC 8693 §2.1, RFC 8707 §2). Nothing here looks at them.
const MAY_REPEAT: [&str; 2] = ["audience", "resource"];

/// Whether a request is to be refused because of a parameter that is repeated.
pub(super) fn any(linkedin: &LinkedIn, fields: &Fields) -> bool {
    fields.iter().any(|(name, _)| of(linkedin, fields, name))
}

/// Likewise, because of this one. Without a value it counts as absent.
pub(super) fn of(linkedin: &LinkedIn, fields: &Fields, name: &str) -> bool {
    let came = |(known, value): &(&str, &str)| *known == name && !value.is_empty();
    !linkedin.quirks.errors_of_its_own
        && !MAY_REPEAT.contains(&name)
        && fields.iter().filter(came).nth(1).is_some()
}
