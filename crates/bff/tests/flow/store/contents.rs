//! What can be read in the store.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lapel_bff::session::Found;

use super::{Shared, everywhere, found, report};

#[tokio::test]
async fn no_token_and_no_member_can_be_read_in_the_store() {
    let mut shared = Shared::tired(|_, _| {}).await;
    shared.browser.member().await;
    let session = found(&shared.sessions(), &shared.browser).await;
    let mut other = shared.world.signed_in("single-name").await;
    report(&everywhere(&mut other).await);
    let refresh = session.tokens.refresh.as_ref().expect("one");
    let secrets = [
        session.tokens.access.expose(),
        refresh.expose(),
        &session.identity.member.id,
        &session.identity.member.name,
    ];
    let known = shared.redis.everything();
    assert!(known.iter().any(|(key, _)| key.contains("newest")));
    assert!(known.iter().any(|(key, _)| key.contains("ended")));
    assert!(known.iter().any(|(key, _)| key.contains("member")));
    for (key, value) in known {
        let envelope = value.rsplit('.').next().unwrap_or_default();
        let opened = URL_SAFE_NO_PAD.decode(envelope).unwrap_or_default();
        for secret in secrets {
            assert!(!key.contains(secret) && !value.contains(secret), "{key}");
            let bytes = secret.as_bytes();
            assert!(
                !opened.windows(bytes.len()).any(|part| part == bytes),
                "{key}"
            );
        }
        // A copy of it in a browser's cookie opens nothing.
        let sessions = shared.sessions();
        assert!(matches!(
            sessions.find(envelope).await,
            Ok(Found::Unreadable(_))
        ));
    }
}

#[tokio::test]
async fn another_sessions_version_in_its_place_is_not_taken_for_its_own() {
    let shared = Shared::tired(|_, _| {}).await;
    let mut browser = shared.browser.clone();
    browser.member().await;
    let versions = shared.redis.everything();
    let (_, version) = versions
        .iter()
        .find(|(key, _)| key.contains("newest"))
        .expect("a version");
    let other = shared.world.signed_in("single-name").await;
    let sessions = shared.sessions();
    let own = found(&sessions, &other).await;
    // Who can write there cannot seal, but can put things where they do not belong.
    shared
        .redis
        .puts(&format!("lapel:1:newest:{}", own.id), version);
    let shown = found(&shared.sessions(), &other).await;
    assert_eq!(shown.identity.member.id, own.identity.member.id);
    assert_eq!(shown.tokens.access.expose(), own.tokens.access.expose());
}
