//! What the browser remembers between page loads: who was signed in, so that a reload while the BFF is out of reach
//! still shows them. Never a token, and no e-mail address, which nothing needs for that.
//!
//! The session's end is in it too, by the device's clock. That clock may be wrong by years, so the end decides one thing
//! only: when to forget. Nobody is signed in or out by it, and no member is shown it.

use std::time::Duration;

use lapel_wire::Member;

use super::{Account, Moment};
use crate::json::{Json, Misread, quoted};

/// Where it is kept. What stands there and cannot be read is erased.
pub(super) const KEY: &str = "lapel.last-known.1";

const DAY: u64 = 24 * 60 * 60;

/// How long past its end a session is still remembered: a clock that is a little off must not cost a member anything.
const GRACE: u64 = DAY;

/// No session lives longer than LinkedIn's longest-lived token, a year. An end further off comes from another clock.
const LONGEST: u64 = 366 * DAY;

/// The text to keep, given the page's clock and the device's, as time since 1970. None for an account whose end is not
/// known: it would never be forgotten.
pub(super) fn write(account: &Account, now: Moment, device: Duration) -> Option<String> {
    let Account {
        member,
        permissions,
        ending,
    } = account;
    let ends = device.saturating_add((*ending)?.left(now)).as_secs();
    let picture = member.picture.as_deref().map(quoted);
    let permissions: Vec<_> = permissions.iter().map(|it| quoted(it)).collect();
    Some(format!(
        r#"{{"id":{},"name":{},"picture":{},"permissions":[{}],"ends":{ends}}}"#,
        quoted(&member.id),
        quoted(&member.name),
        picture.as_deref().unwrap_or("null"),
        permissions.join(","),
    ))
}

/// Who was signed in, if the text says so; it may have been written by anyone with access to this device.
pub(super) fn read(text: &str, device: Duration) -> Option<Account> {
    let (account, ends) = kept(text).ok()?;
    let device = device.as_secs();
    let over = ends.saturating_add(GRACE) < device || ends > device.saturating_add(LONGEST);
    (!over).then_some(account)
}

/// Who is meant by a text, and when the session ends, in seconds since 1970.
fn kept(text: &str) -> Result<(Account, u64), Misread> {
    let kept = Json::parse(text)?;
    let member = Member {
        id: kept.field("id").text()?,
        name: kept.field("name").text()?,
        picture: kept.field("picture").if_any(Json::text)?,
        email: None,
    };
    let account = Account {
        member,
        permissions: kept.field("permissions").texts()?,
        ending: None,
    };
    Ok((account, kept.field("ends").whole()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: u64 = 60 * 60;
    const NOW: Moment = Moment::after(Duration::from_secs(5));
    const DEVICE: Duration = Duration::from_hours(500_000);

    fn mia(expires_in: u64) -> Account {
        let member = Member {
            id: "m".to_owned(),
            name: "Mia".to_owned(),
            picture: Some("https://media.example/m.jpg".to_owned()),
            email: Some("mia@example.org".to_owned()),
        };
        let view = lapel_wire::SignedIn {
            member,
            permissions: vec!["email".to_owned()],
            expires_in,
            ends_at: None,
        };
        Account::answered(view, NOW)
    }

    #[test]
    fn what_is_kept_has_no_address_and_shows_no_end() {
        let account = mia(HOUR);

        let kept = write(&account, NOW, DEVICE).unwrap();

        assert!(!kept.contains("mia@example.org"));
        let back = read(&kept, DEVICE).unwrap();
        assert_eq!(
            back.member,
            Member {
                email: None,
                ..account.member
            }
        );
        assert_eq!(back.permissions, account.permissions);
        assert_eq!(back.ending, None);
    }

    #[test]
    fn what_is_long_over_is_nobody() {
        let kept = write(&mia(HOUR), NOW, DEVICE).unwrap();
        let seen = |device| read(&kept, device).is_some();
        let after = |seconds| DEVICE.saturating_add(Duration::from_secs(seconds));
        assert!(seen(after(HOUR)) && seen(after(HOUR + DAY)));
        assert!(!seen(after(HOUR + DAY + 1)) && !seen(Duration::MAX));
    }

    #[test]
    fn a_clock_that_is_wrong_costs_a_memory_and_nothing_else() {
        // Wrong all the time: the same as right.
        for device in [Duration::ZERO, Duration::from_secs(u64::from(u32::MAX))] {
            let kept = write(&mia(HOUR), NOW, device).unwrap();
            assert!(read(&kept, device).is_some());
        }
        // Set back by two years since: the end is further off than any session's.
        let kept = write(&mia(HOUR), NOW, DEVICE).unwrap();
        let earlier = DEVICE.saturating_sub(Duration::from_secs(2 * 366 * DAY));
        assert_eq!(read(&kept, earlier), None);
    }

    #[test]
    fn an_end_that_is_absurd_or_unknown_is_not_remembered() {
        let kept = write(&mia(u64::MAX), NOW, DEVICE).unwrap();
        assert_eq!(read(&kept, DEVICE), None);
        let endless = Account {
            ending: None,
            ..mia(HOUR)
        };
        assert_eq!(write(&endless, NOW, DEVICE), None);
    }

    #[test]
    fn anything_else_is_nobody() {
        for text in [
            "",
            "null",
            "{}",
            "[]",
            "{\"id\":1}",
            "<html>",
            "{\"id\":\"a\",\"name\":\"b\"}",
            "{\"id\":\"a\",\"name\":\"b\",\"permissions\":[]}",
        ] {
            assert_eq!(read(text, DEVICE), None, "{text}");
        }
    }
}
