//! What the browser keeps of a draft, so that a reload, a crash, the end of a session or a sign-in loses nothing. It lies
//! under the member's own name, so that nobody else is shown it; posting and signing out erase it.

use super::{Draft, Mark, Visibility};
use crate::json::{Json, Misread, quoted};

impl Mark {
    const ALL: [Self; 4] = [Self::Fresh, Self::Wanted, Self::Sent, Self::Tried];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Wanted => "wanted",
            Self::Sent => "sent",
            Self::Tried => "tried",
        }
    }
}

/// The text to keep. The same draft makes the same text.
pub(super) fn write(draft: &Draft, mark: Mark) -> String {
    let Draft {
        text,
        link,
        visibility,
    } = draft;
    [
        r#"{"text":"#,
        &quoted(text),
        r#","link":"#,
        &quoted(link),
        r#","visibility":""#,
        visibility.as_str(),
        r#"","mark":""#,
        mark.as_str(),
        r#""}"#,
    ]
    .concat()
}

/// The draft that a text tells; it may have been written by anyone with access to this device.
pub(super) fn read(text: &str) -> Option<(Draft, Mark)> {
    kept(text).ok()
}

fn kept(text: &str) -> Result<(Draft, Mark), Misread> {
    let kept = Json::parse(text)?;
    let named = |name: &str| kept.field(name).text();
    let (visibility, mark) = (named("visibility")?, named("mark")?);
    let draft = Draft {
        text: named("text")?,
        link: named("link")?,
        visibility: Visibility::ALL
            .into_iter()
            .find(|it| it.as_str() == visibility)
            .ok_or(Misread)?,
    };
    let mark = Mark::ALL.into_iter().find(|it| it.as_str() == mark);
    Ok((draft, mark.ok_or(Misread)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_kept_to_the_letter() {
        for mark in Mark::ALL {
            for visibility in Visibility::ALL {
                let draft = Draft {
                    text: "\"Hello\" \\ {world}\n\t</script> \u{2028} محمد 👩🏽‍🚀".to_owned(),
                    link: "https://example.org/?a=\"b\"".to_owned(),
                    visibility,
                };
                let text = write(&draft, mark);
                assert_eq!(read(&text), Some((draft, mark)), "{text}");
            }
        }
    }

    #[test]
    fn anything_else_is_no_draft() {
        let draft = write(&Draft::default(), Mark::Fresh);
        for text in [
            "",
            "null",
            "{}",
            "[]",
            "<html>",
            &draft.replace("fresh", "stale"),
            &draft.replace("PUBLIC", "EVERYBODY"),
            &draft.replace("\"text\":\"\"", "\"text\":1"),
            &draft.replace("\"link\":\"\"", "\"text\":\"\""),
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
