//! A post as LinkedIn wants it (LinkedIn reference §9.2).

use lapel_wire::little;

use super::Draft;
use crate::json::quoted;

/// The request's body. `link` is the draft's address as browsers write it: an article, whose title is its address (LinkedIn
/// reference §9.4).
pub(super) fn body(author: &str, draft: &Draft, link: Option<&str>) -> String {
    let content = link.map(|link| {
        let title = link.split_once(':').map_or(link, |(_, rest)| rest);
        let title = title.strip_prefix("//").unwrap_or(title);
        let title = title.strip_suffix('/').unwrap_or(title);
        [
            r#","content":{"article":{"source":"#,
            &quoted(link),
            r#","title":"#,
            &quoted(title),
            "}}",
        ]
        .concat()
    });
    [
        r#"{"author":"#,
        &quoted(&["urn:li:person:", author].concat()),
        r#","commentary":"#,
        &quoted(&little::escaped(&draft.text)),
        r#","visibility":""#,
        draft.visibility.as_str(),
        r#"","distribution":{"feedDistribution":"MAIN_FEED","targetEntities":[],"thirdPartyDistributionChannels":[]},"#,
        r#""lifecycleState":"PUBLISHED","isReshareDisabledByAuthor":false"#,
        content.as_deref().unwrap_or_default(),
        "}",
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::share::Visibility;

    fn written(draft: &Draft, link: Option<&str>) -> Value {
        serde_json::from_str(&body("aB3dE5fG7h", draft, link)).unwrap()
    }

    #[test]
    fn a_post_is_as_linkedin_wants_it() {
        let draft = Draft {
            text: "\"Hello\" (world)\n#1 \\ 🎉".to_owned(),
            visibility: Visibility::Connections,
            link: String::new(),
        };
        assert_eq!(
            written(&draft, None),
            json!({
                "author": "urn:li:person:aB3dE5fG7h",
                "commentary": "\"Hello\" \\(world\\)\n\\#1 \\\\ 🎉",
                "visibility": "CONNECTIONS",
                "distribution": {
                    "feedDistribution": "MAIN_FEED",
                    "targetEntities": [],
                    "thirdPartyDistributionChannels": [],
                },
                "lifecycleState": "PUBLISHED",
                "isReshareDisabledByAuthor": false,
            })
        );
    }

    #[test]
    fn a_link_is_an_article_under_its_own_address() {
        for (link, title) in [
            (
                "https://example.org/a_(b)?c=\"d\"",
                "example.org/a_(b)?c=\"d\"",
            ),
            ("https://example.org/", "example.org"),
        ] {
            let written = written(&Draft::default(), Some(link));
            let article = json!({ "article": { "source": link, "title": title } });
            assert_eq!(written["content"], article);
        }
    }
}
