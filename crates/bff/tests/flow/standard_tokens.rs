//! Tokens of a strictly conforming provider, as the module sees them that speaks with it: exchanged, refreshed, rotated,
//! introspected and revoked.

use lapel_bff::config::LinkedIn as Provider;
use lapel_bff::embedded;
use lapel_bff::linkedin::{Binding, ExchangeError, LinkedIn, RefreshError, SignInError, Standing};
use lapel_bff::secret::{AccessToken, Code, RefreshToken, State};
use lapel_emulator::Endpoint;
use lapel_wire::Revocation;
use serde_json::{Value, json};

use crate::world::impostor::{self, Answers, Impostor};
use crate::world::provider::{discovered, textbook, value};
use crate::world::{ORIGIN, World};

/// The module that speaks with the provider, without the rest.
fn client(world: &World, provider: Provider) -> LinkedIn {
    let redirect_uri = format!("{ORIGIN}/bff/callback");
    LinkedIn::new(provider, redirect_uri, embedded::clock(&world.emulator)).expect("a client")
}

#[tokio::test]
async fn an_exchange_without_the_verifier_is_refused_by_the_provider() {
    let world = textbook().await;
    let client = client(&world, discovered(&world).await);
    let scopes = client.scopes().to_vec();
    let (state, binding) = (State::random(), client.bind());
    let sent_to = client.authorization_url(&state, &binding, &scopes);
    let back = world
        .emulator
        .allow(&sent_to, "ada")
        .await
        .expect("allowed");
    let code = Code::new(value(&back, "code"));
    let bare = Binding {
        verifier: None,
        ..binding.clone()
    };
    let refused = client.sign_in(&code, &bare, &scopes).await;
    assert!(matches!(
        refused,
        Err(SignInError::Exchange(ExchangeError::CodeRefused(_)))
    ));
    client
        .sign_in(&code, &binding, &scopes)
        .await
        .expect("signed in");
}

/// A grant that was just made, as the provider gave it.
async fn granted(world: &World, client: &LinkedIn) -> (String, AccessToken, RefreshToken) {
    let scopes = client.scopes().to_vec();
    let (state, binding) = (State::random(), client.bind());
    let sent_to = client.authorization_url(&state, &binding, &scopes);
    let back = world
        .emulator
        .allow(&sent_to, "ada")
        .await
        .expect("allowed");
    let code = Code::new(value(&back, "code"));
    let (identity, grant) = client
        .sign_in(&code, &binding, &scopes)
        .await
        .expect("signed in");
    let refresh = grant.refresh_token.expect("a refresh token");
    (identity.member.id, grant.access_token, refresh)
}

#[tokio::test]
async fn each_refresh_takes_the_newest_token_and_an_old_one_ends_the_grant() {
    let world = textbook().await;
    let client = client(&world, discovered(&world).await);
    let (member, _, first) = granted(&world, &client).await;
    let refresh = |token: RefreshToken| {
        let (client, member) = (&client, member.as_str());
        async move { client.refresh(&token, member, client.scopes()).await }
    };
    let second = refresh(first.clone()).await.expect("refreshed");
    let second = second.refresh_token.expect("rotated");
    assert_ne!(second.expose(), first.expose());
    let third = refresh(second).await.expect("refreshed again");
    let third = third.refresh_token.expect("rotated again");

    let reused = refresh(first).await;
    assert!(matches!(reused, Err(RefreshError::Ended(_))), "{reused:?}");
    let whole_family = refresh(third).await;
    assert!(matches!(whole_family, Err(RefreshError::Ended(_))));
}

#[tokio::test]
async fn an_id_token_that_comes_with_a_refresh_speaks_of_the_same_member() {
    let world = textbook().await;
    let provider = discovered(&world).await;
    let told = |issuer: &str, subject: &str| {
        let claims = json!({
            "iss": issuer, "sub": subject, "aud": provider.client_id.clone(), "iat": 1, "exp": 2
        });
        impostor::token_response(Some(impostor::id_token(&claims, |_| {})))
    };
    let issuer = provider.issuers[0].clone();
    for (answer, is_taken) in [
        (told(&issuer, "s"), true),
        (told(&issuer, "t"), false),
        (told("https://evil.example", "s"), false),
        (impostor::token_response(Some("no token".to_owned())), false),
        (impostor::token_response(None), true),
    ] {
        let impostor = Impostor::start(Answers {
            token: answer,
            keys: Value::Null,
            userinfo: Value::Null,
        })
        .await;
        let mut provider = provider.clone();
        provider.endpoints.token = impostor.at("/token");
        let client = client(&world, provider);
        let refreshed = client.refresh(&RefreshToken::new("r"), "s", &[]).await;
        if is_taken {
            assert!(refreshed.is_ok(), "{refreshed:?}");
        } else {
            assert!(matches!(refreshed, Err(RefreshError::NotUnderstood(_))));
        }
    }
}

#[tokio::test]
async fn a_token_that_is_no_bearer_token_is_not_used() {
    let world = textbook().await;
    let mut provider = discovered(&world).await;
    let mut answer = impostor::token_response(None);
    answer["token_type"] = "DPoP".into();
    let impostor = Impostor::start(Answers {
        token: answer,
        keys: Value::Null,
        userinfo: Value::Null,
    })
    .await;
    provider.endpoints.token = impostor.at("/token");
    let client = client(&world, provider);
    let exchanged = client.sign_in(&Code::new("c"), &client.bind(), &[]).await;
    assert!(matches!(
        exchanged,
        Err(SignInError::Exchange(ExchangeError::NotBearer))
    ));
    let refreshed = client.refresh(&RefreshToken::new("r"), "s", &[]).await;
    assert!(matches!(refreshed, Err(RefreshError::NotUnderstood(_))));
}

#[tokio::test]
async fn tokens_are_introspected_and_revoked_by_the_standards() {
    let world = textbook().await;
    let client = client(&world, discovered(&world).await);
    let (_, access, refresh) = granted(&world, &client).await;
    let standing = client.introspect(&access).await.expect("an answer");
    assert_eq!(standing, Standing::Alive);
    let revoked = client.revoke(&access, Some(&refresh)).await;
    assert_eq!(revoked, Revocation::Confirmed);
    let standing = client.introspect(&access).await.expect("an answer");
    assert_eq!(standing, Standing::Revoked);
    for endpoint in [Endpoint::Introspection, Endpoint::Revocation] {
        for entry in world.emulator.ledger().entries_of(endpoint) {
            assert!(entry.header("authorization").is_some(), "{entry:?}");
            assert_eq!(entry.field("client_secret"), None);
        }
    }
}
