//! What the browser remembers between page loads: who was signed in, so that a reload while the BFF is out of reach
//! still shows them. Never a token, and no e-mail address, which nothing needs for that.

use lapel_wire::Member;
use serde::{Deserialize, Serialize};

use super::Account;

/// Where it is kept. The number changes with the shape; what an older page wrote is then simply not found.
pub(super) const KEY: &str = "lapel.last-known.1";

#[derive(Serialize, Deserialize)]
struct Memory {
    id: String,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    picture: Option<String>,
    permissions: Vec<String>,
}

/// The text to keep.
pub(super) fn write(account: &Account) -> Option<String> {
    let Member {
        id,
        name,
        picture,
        email: _,
    } = account.member.clone();
    let permissions = account.permissions.clone();
    serde_json::to_string(&Memory {
        id,
        name,
        picture,
        permissions,
    })
    .ok()
}

/// Who was signed in, if the text says so; it may have been written by anyone with access to this device.
pub(super) fn read(text: &str) -> Option<Account> {
    let Memory {
        id,
        name,
        picture,
        permissions,
    } = serde_json::from_str(text).ok()?;
    let member = Member {
        id,
        name,
        picture,
        email: None,
    };
    Some(Account {
        member,
        permissions,
        ending: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_has_no_address_and_no_end() {
        let member = Member {
            id: "m".to_owned(),
            name: "Mia".to_owned(),
            picture: Some("https://media.example/m.jpg".to_owned()),
            email: Some("mia@example.org".to_owned()),
        };
        let account = Account {
            member,
            permissions: vec!["email".to_owned()],
            ending: None,
        };

        let kept = write(&account).unwrap();

        assert!(!kept.contains("mia@example.org"));
        let back = read(&kept).unwrap();
        assert_eq!(
            back.member,
            Member {
                email: None,
                ..account.member
            }
        );
        assert_eq!(back.permissions, account.permissions);
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
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
