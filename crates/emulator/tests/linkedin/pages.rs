use crate::world::World;

#[tokio::test]
async fn pages_say_that_they_are_not_linkedin_and_run_no_script() {
    let world = World::new().await;
    for address in [
        world.authorization(&[]),
        world.at("/"),
        world.at("/nowhere"),
    ] {
        let answer = world.http.get(address).send().await.unwrap();
        let policy = answer.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .to_owned();
        assert!(policy.contains("default-src 'none'"));
        let page = answer.text().await.unwrap();
        assert!(page.contains("This is not LinkedIn"), "{page}");
        assert!(!page.contains("<script"));
    }
    let style = world
        .http
        .get(world.at("/emulator/style.css"))
        .send()
        .await
        .unwrap();
    assert_eq!(style.headers()["content-type"], "text/css; charset=utf-8");
}

#[tokio::test]
async fn names_with_markup_are_shown_as_text() {
    let world = World::new().await;
    let page = world
        .http
        .get(world.authorization(&[]))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(
        page.contains("&lt;b&gt;Mark&lt;/b&gt; &quot;&gt;&lt;img src=x"),
        "{page}"
    );
    assert!(!page.contains("<img src=x"));
}

#[tokio::test]
async fn the_emulators_own_pages_are_not_in_the_ledger() {
    let world = World::new().await;
    world
        .http
        .get(world.at("/emulator/style.css"))
        .send()
        .await
        .unwrap();
    assert_eq!(world.linkedin.ledger().entries(), []);
}
