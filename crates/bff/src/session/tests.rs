use super::*;

const DAY: i64 = 24 * 60 * 60;

pub(super) fn grant(
    refresh: Option<&str>,
    expires_in: i64,
    refresh_expires_in: Option<i64>,
) -> Grant {
    Grant {
        access_token: AccessToken::new("AQXcanary"),
        refresh_token: refresh.map(RefreshToken::new),
        expires_in,
        refresh_expires_in,
        scopes: vec!["openid".into(), "profile".into()],
    }
}

pub(super) fn begun(grant: Grant) -> Session {
    let member = Member {
        id: "s".into(),
        name: "Ada".into(),
        picture: None,
        email: None,
    };
    let identity = Identity {
        member,
        complete: true,
    };
    Session::begin(identity, grant, 1000)
}

fn session(expires_in: i64) -> Session {
    begun(grant(None, expires_in, None))
}

fn remaining(session: &Session, now: i64) -> u64 {
    Lifetimes::default().remaining(session, now)
}

#[test]
fn a_session_without_a_refresh_token_ends_with_its_access_token_on_the_second() {
    assert_eq!(remaining(&session(60), 1059), 1);
    assert_eq!(remaining(&session(60), 1060), 0);
    assert_eq!(remaining(&session(60), 2000), 0);
}

#[test]
fn a_session_with_a_refresh_token_outlives_its_access_token_and_ends_with_the_refresh_token() {
    let session = begun(grant(Some("AQT"), 60, Some(600)));
    assert_eq!(remaining(&session, 1599), 1);
    assert_eq!(remaining(&session, 1600), 0);
}

#[test]
fn a_refresh_never_extends_a_refresh_token_that_stays_the_same() {
    let session = begun(grant(Some("AQT"), 60, Some(365 * DAY)));
    let assumed = session.refreshed(grant(Some("AQT"), 60, Some(400 * DAY)), 2000);
    assert_eq!(assumed.tokens.refresh_ends_at, Some(1000 + 365 * DAY));
    let silent = session.refreshed(grant(None, 60, None), 2000);
    assert_eq!(silent.tokens.refresh_ends_at, Some(1000 + 365 * DAY));
    assert_eq!(silent.tokens.refresh.expect("kept").expose(), "AQT");
    let shorter = session.refreshed(grant(Some("AQT"), 60, Some(50)), 2000);
    assert_eq!(shorter.tokens.refresh_ends_at, Some(2050));
}

#[test]
fn a_rotated_refresh_token_has_a_life_of_its_own() {
    let session = begun(grant(Some("one"), 60, Some(100)));
    let rotated = session.refreshed(grant(Some("two"), 60, Some(100)), 1090);
    assert_eq!(rotated.tokens.refresh_ends_at, Some(1190));
    assert_eq!(rotated.tokens.refresh.expect("new").expose(), "two");
    assert_eq!(rotated.generation, 1);
    assert_eq!(rotated.id, session.id);
}

#[test]
fn a_sealed_session_shows_no_token_and_gives_everything_back() {
    let keys = KeyRing::random();
    let session = begun(grant(Some("AQTcanary"), 60, Some(600)));
    let sealed = session.seal(&keys);
    assert!(!sealed.contains("canary"));
    let opened = Session::unseal(&sealed, &keys).expect("opens");
    assert_eq!(opened.seal(&keys).len(), sealed.len());
    assert_eq!(opened.tokens.access.expose(), "AQXcanary");
    assert_eq!(opened.tokens.refresh.expect("kept").expose(), "AQTcanary");
    assert_eq!(opened.tokens.refresh_ends_at, Some(1600));
    assert_eq!((opened.opened_at, opened.used_at), (1000, 1000));
    assert!(!format!("{session:?}").contains("canary"));
}

#[test]
fn two_sign_ins_never_share_an_id() {
    assert_ne!(session(60).id, session(60).id);
}

#[test]
fn a_session_covers_what_was_granted_and_no_more() {
    assert!(session(60).covers(&["profile".to_owned()]));
    assert!(!session(60).covers(&["profile".to_owned(), "w_member_social".to_owned()]));
}

#[test]
fn permissions_that_shrink_at_a_refresh_are_fewer_afterwards() {
    let session = begun(grant(Some("AQT"), 60, None));
    let mut fewer = grant(Some("AQT"), 60, None);
    fewer.scopes = vec!["openid".into()];
    let refreshed = session.refreshed(fewer, 2000);
    assert!(!refreshed.covers(&["profile".to_owned()]));
    assert!(refreshed.covers(&["openid".to_owned()]));
}
