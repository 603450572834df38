use lapel_emulator::{Member, parse_members};
use serde_json::Value;

use crate::world::{World, days};

async fn userinfo_of(world: &World, slug: &str) -> Value {
    let token = world.sign_in(slug).await.access;
    world.userinfo(&token).await.1
}

#[tokio::test]
async fn every_built_in_member_can_sign_in_and_is_who_they_are() {
    let world = World::new().await;
    for member in Member::built_in() {
        let userinfo = userinfo_of(&world, &member.slug).await;
        assert_eq!(userinfo["name"], member.name());
        assert_eq!(userinfo["sub"], member.sub(&world.client().id));
        assert_eq!(userinfo.get("picture").is_some(), member.portrait.is_some());
        assert_eq!(
            userinfo.get("email").and_then(Value::as_str),
            member.email.as_deref()
        );
        assert_eq!(
            userinfo.get("email_verified").is_some(),
            member.email.is_some()
        );
        let family = userinfo.get("family_name").and_then(Value::as_str);
        assert_eq!(family, member.family_name.as_deref());
    }
}

#[test]
fn the_awkward_members_are_awkward() {
    let members = Member::built_in();
    let slugs: Vec<&str> = members.iter().map(|member| member.slug.as_str()).collect();
    assert_eq!(
        slugs,
        [
            "ada",
            "no-portrait",
            "no-email",
            "single-name",
            "long-name",
            "right-to-left",
            "emoji",
            "markup"
        ]
    );
    let find = |slug| members.iter().find(|member| member.slug == slug).unwrap();
    assert!(find("no-portrait").portrait.is_none());
    assert!(find("no-email").email.is_none());
    assert!(find("single-name").family_name.is_none());
    assert_eq!(find("long-name").name().chars().count(), 200);
    assert!(
        find("right-to-left")
            .name()
            .chars()
            .any(|letter| letter > '\u{590}')
    );
    assert!(
        find("emoji")
            .name()
            .chars()
            .any(|letter| letter > '\u{ffff}')
    );
    assert!(find("markup").name().contains("<img"));
}

#[tokio::test]
async fn another_application_sees_another_identifier() {
    let ada = Member::built_in().remove(0);
    assert_ne!(ada.sub("one"), ada.sub("two"));
    assert_eq!(ada.sub("one"), ada.sub("one"));
}

#[tokio::test]
async fn a_portrait_is_a_picture_until_its_address_ends() {
    let world = World::new().await;
    let userinfo = userinfo_of(&world, "ada").await;
    let address = userinfo["picture"].as_str().unwrap();
    assert!(address.contains("shrink_100_100/0/1?e=") && address.contains("&v=beta&t="));
    let answer = world.http.get(address).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "image/png");
    let png = answer.bytes().await.unwrap();
    assert!(png.starts_with(b"\x89PNG"));

    let forged = address.replace("shrink_100_100", "shrink_200_200");
    assert_eq!(world.http.get(forged).send().await.unwrap().status(), 403);
    world.linkedin.clock().advance(days(58));
    assert_eq!(world.http.get(address).send().await.unwrap().status(), 403);
}

#[tokio::test]
async fn portraits_given_out_on_one_day_have_one_address() {
    let world = World::new().await;
    let first = userinfo_of(&world, "ada").await["picture"].clone();
    world
        .linkedin
        .clock()
        .advance(jiff::SignedDuration::from_hours(2));
    assert_eq!(userinfo_of(&world, "ada").await["picture"], first);
}

#[tokio::test]
async fn a_member_can_change_while_the_emulator_runs() {
    let world = World::new().await;
    let token = world.sign_in("ada").await.access;
    let ada = world.linkedin.members().get("ada").unwrap();
    let renamed = Member {
        family_name: Some("Lovelace".to_owned()),
        portrait: None,
        ..ada
    };
    world.linkedin.members().put(renamed);
    let (_, userinfo) = world.userinfo(&token).await;
    assert_eq!(userinfo["name"], "Ada Lovelace");
    assert!(userinfo.get("picture").is_none());
}

#[test]
fn members_come_from_a_file_with_the_built_in_ones_behind_them() {
    let text = r#"
        [[member]]
        slug = "grace"
        given_name = "Grace"
        family_name = "Hopper"
        email = "grace@example.com"
        portrait = "dusk"

        [[member]]
        slug = "ada"
        given_name = "Another Ada"
    "#;
    let members = parse_members(text).unwrap();
    assert_eq!(members.len(), Member::built_in().len() + 1);
    assert_eq!(members[1].name(), "Another Ada");
    assert!(members.iter().filter(|member| member.slug == "ada").count() == 1);
    let alone = parse_members(&format!("built_in = false\n{text}")).unwrap();
    assert_eq!(alone.len(), 2);
}

#[test]
fn an_unknown_setting_in_the_file_is_refused_with_its_line() {
    let text = "[[member]]\nslug = \"x\"\ngiven_name = \"X\"\nshoe_size = 44\n";
    let refusal = parse_members(text).unwrap_err().to_string();
    assert!(
        refusal.contains("line 4") && refusal.contains("shoe_size"),
        "{refusal}"
    );
}

#[test]
fn the_example_file_is_a_good_one() {
    let members = parse_members(include_str!("../../members.example.toml")).unwrap();
    assert_eq!(members[0].name(), "Grace Example");
}
