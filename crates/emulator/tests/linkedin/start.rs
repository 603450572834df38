use std::net::SocketAddr;

use lapel_emulator::{Client, Emulator, Member, Settings, SettingsFault, StartError};

use crate::world::World;

#[tokio::test]
async fn every_fault_of_the_settings_is_listed_at_once() {
    let twin = Client {
        redirect_uris: vec!["/relative".to_owned()],
        ..Client::default()
    };
    let settings = Settings {
        listen: SocketAddr::from(([0, 0, 0, 0], 0)),
        public_url: Some("http://linkedin.test/".to_owned()),
        clients: vec![Client::default(), twin],
        members: vec![Member {
            slug: "Not a slug".to_owned(),
            ..Member::built_in().remove(0)
        }],
        ..Settings::default()
    };
    let Err(StartError::Settings(faults)) = Emulator::start(settings.clone()).await else {
        panic!("it started");
    };
    assert_eq!(
        faults,
        [
            SettingsFault::NotLoopback(settings.listen),
            SettingsFault::PublicUrl("http://linkedin.test/".to_owned()),
            SettingsFault::DuplicateClient(Client::default().id),
            SettingsFault::Slug("Not a slug".to_owned()),
            SettingsFault::RedirectUri("/relative".to_owned()),
        ]
    );
}

#[tokio::test]
async fn a_taken_address_is_refused() {
    let first = Emulator::start(Settings::default()).await.unwrap();
    let settings = Settings {
        listen: first.address(),
        ..Settings::default()
    };
    assert!(matches!(
        Emulator::start(settings).await,
        Err(StartError::Listen { .. })
    ));
}

#[tokio::test]
async fn a_stopped_emulator_frees_its_address() {
    let first = Emulator::start(Settings::default()).await.unwrap();
    let settings = Settings {
        listen: first.address(),
        ..Settings::default()
    };
    first.stop().await;
    Emulator::start(settings).await.unwrap();
}

#[tokio::test]
async fn a_dropped_emulator_answers_nobody() {
    let world = World::new().await;
    let address = world.at("/");
    drop(world.linkedin);
    tokio::task::yield_now().await;
    assert!(world.http.get(address).send().await.is_err());
}

#[tokio::test]
async fn a_public_address_replaces_the_listening_one_in_everything_that_is_told() {
    let public_url = Some("https://linkedin.test".to_owned());
    let world = World::with(Settings {
        public_url,
        ..Settings::default()
    })
    .await;
    assert_eq!(world.linkedin.url(), "https://linkedin.test");
    let path = "/oauth/.well-known/openid-configuration";
    let address = format!("http://{}{path}", world.linkedin.address());
    let document: serde_json::Value = world
        .http
        .get(address)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(document["issuer"], "https://linkedin.test/oauth");
}
