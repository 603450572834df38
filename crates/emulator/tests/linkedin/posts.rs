//! LinkedIn reference §9: sharing.

use jiff::SignedDuration;
use lapel_emulator::{ApiVersions, Settings};
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};

use crate::world::{World, days, json};

async fn author() -> (World, String, String) {
    author_at(Settings::default()).await
}

async fn author_at(settings: Settings) -> (World, String, String) {
    let world = World::with(settings).await;
    let (token, urn) = sign_in(&world, "ada").await;
    (world, token, urn)
}

async fn sign_in(world: &World, member: &str) -> (String, String) {
    let page = world.authorization(&[("scope", Some("openid profile w_member_social"))]);
    let token = world.sign_in_with(&page, member).await.access;
    let sub = world
        .linkedin
        .members()
        .get(member)
        .unwrap()
        .sub(&world.client().id);
    (token, format!("urn:li:person:{sub}"))
}

fn post(author: &str, text: &str) -> Value {
    json!({
        "author": author,
        "commentary": text,
        "visibility": "PUBLIC",
        "distribution": {
            "feedDistribution": "MAIN_FEED",
            "targetEntities": [],
            "thirdPartyDistributionChannels": [],
        },
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": false,
    })
}

fn ugc_post(author: &str, text: &str) -> Value {
    json!({
        "author": author,
        "lifecycleState": "PUBLISHED",
        "specificContent": { "com.linkedin.ugc.ShareContent": {
            "shareCommentary": { "text": text },
            "shareMediaCategory": "NONE",
        } },
        "visibility": { "com.linkedin.ugc.MemberNetworkVisibility": "PUBLIC" },
    })
}

fn unversioned(world: &World, token: &str) -> RequestBuilder {
    world.http.post(world.at("/rest/posts")).bearer_auth(token)
}

fn versioned(world: &World, token: &str) -> RequestBuilder {
    unversioned(world, token).header("linkedin-version", "202603")
}

async fn share(world: &World, token: &str, body: &Value) -> Response {
    versioned(world, token).json(body).send().await.unwrap()
}

fn urn(answer: &Response) -> String {
    answer.headers()["x-restli-id"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_post_is_named_in_a_header_of_an_empty_answer() {
    let (world, token, author) = author().await;
    let answer = share(&world, &token, &post(&author, "Hello")).await;
    assert_eq!(answer.status(), 201);
    let urn = urn(&answer);
    let number = urn.strip_prefix("urn:li:share:").unwrap();
    assert!(number.len() == 19 && number.starts_with('7'), "{urn}");
    assert_eq!(answer.headers()["x-restli-protocol-version"], "2.0.0");
    assert_eq!(answer.text().await.unwrap(), "");
    let posts = world.linkedin.posts().of("ada");
    assert_eq!(posts.len(), 1);
    assert_eq!(
        (&*posts[0].urn, &*posts[0].text, &*posts[0].visibility),
        (&*urn, "Hello", "PUBLIC")
    );
}

#[tokio::test]
async fn the_older_way_copies_the_name_into_the_body() {
    let (world, token, author) = author().await;
    let call = world
        .http
        .post(world.at("/v2/ugcPosts"))
        .bearer_auth(&token);
    let answer = call
        .json(&ugc_post(&author, "Hello (plain)"))
        .send()
        .await
        .unwrap();
    let urn = urn(&answer);
    assert_eq!(json(answer).await, (201, json!({ "id": urn })));
    assert_eq!(world.linkedin.posts().of("ada")[0].text, "Hello (plain)");
}

#[tokio::test]
async fn a_version_is_needed_and_must_be_active() {
    let (world, token, author) = author().await;
    let body = post(&author, "Hello");
    let (status, refusal) = json(
        unversioned(&world, &token)
            .json(&body)
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!((status, &refusal["code"]), (400, &json!("VERSION_MISSING")));
    assert_eq!(
        refusal["message"],
        "A version must be present. Please specify a version by adding the LinkedIn-Version header."
    );
    for (version, named) in [
        ("202411", "20241101"),
        ("202502", "20250201"),
        ("202604", "20260401"),
        ("202513", "20251301"),
        ("latest", "latest"),
    ] {
        let call = unversioned(&world, &token).header("linkedin-version", version);
        let (status, refusal) = json(call.json(&body).send().await.unwrap()).await;
        assert_eq!(
            (status, &refusal["code"]),
            (426, &json!("NONEXISTENT_VERSION")),
            "{version}"
        );
        assert_eq!(
            refusal["message"],
            format!("Requested version {named} is not active")
        );
    }
    for version in ["202503", "202603"] {
        let call = unversioned(&world, &token).header("linkedin-version", version);
        let answer = call.json(&post(&author, version)).send().await.unwrap();
        assert_eq!(answer.status(), 201, "{version}");
    }
    // A version ends as the months go by.
    world.linkedin.clock().advance(days(31));
    let call = unversioned(&world, &token).header("linkedin-version", "202503");
    assert_eq!(call.json(&body).send().await.unwrap().status(), 426);
}

#[tokio::test]
async fn the_active_versions_can_be_set() {
    let api_versions = ApiVersions::Between {
        oldest: 202_001,
        newest: 202_002,
    };
    let (world, token, author) = author_at(Settings {
        api_versions,
        ..Settings::default()
    })
    .await;
    for (version, status) in [("201912", 426), ("202001", 201), ("202003", 426)] {
        let call = unversioned(&world, &token).header("linkedin-version", version);
        let answer = call.json(&post(&author, version)).send().await.unwrap();
        assert_eq!(answer.status(), status, "{version}");
    }
}

#[tokio::test]
async fn a_member_posts_as_themselves_and_with_the_permission_only() {
    let (world, token, _) = author().await;
    let (_, another) = sign_in(&world, "emoji").await;
    let (status, refusal) = json(share(&world, &token, &post(&another, "Hi")).await).await;
    assert_eq!((status, &refusal["serviceErrorCode"]), (403, &json!(100)));
    assert_eq!(
        refusal["message"],
        "Not enough permissions to access: partnerApiPostsExternal.CREATE.20260301"
    );
    let call = world
        .http
        .post(world.at("/v2/ugcPosts"))
        .bearer_auth(&token);
    let refused = call.json(&ugc_post(&another, "Hi")).send().await.unwrap();
    assert_eq!(
        json(refused).await,
        (
            403,
            json!({
                "status": 403,
                "serviceErrorCode": 100,
                "message": "Not enough permissions to access: POST /ugcPosts",
            })
        )
    );
    let unpermitted = world.sign_in("no-email").await.access;
    let sub = world
        .linkedin
        .members()
        .get("no-email")
        .unwrap()
        .sub(&world.client().id);
    let own = post(&format!("urn:li:person:{sub}"), "Hi");
    assert_eq!(share(&world, &unpermitted, &own).await.status(), 403);
    assert_eq!(world.linkedin.posts().all(), []);
}

#[tokio::test]
async fn three_thousand_characters_are_enough() {
    let (world, token, author) = author().await;
    let fits = share(&world, &token, &post(&author, &"x".repeat(3000))).await;
    assert_eq!(fits.status(), 201);
    let (status, refusal) =
        json(share(&world, &token, &post(&author, &"x".repeat(3500))).await).await;
    assert_eq!((status, &refusal["status"]), (400, &json!(400)));
    let text = "ShareCommentary text length (3500 characters) exceeded the maximum allowed (3000 characters)";
    assert!(refusal["message"].as_str().unwrap().ends_with(text));
    let error = &refusal["errorDetails"]["inputErrors"][0];
    assert_eq!(
        (&error["code"], &error["maxLength"]),
        (&json!("FIELD_ARRAY_SIZE_TOO_HIGH"), &json!(3000))
    );
}

#[tokio::test]
async fn the_same_text_is_a_duplicate_for_more_than_a_day_even_after_deletion() {
    let (world, token, author) = author().await;
    let body = post(&author, "Hello");
    let first = urn(&share(&world, &token, &body).await);
    let delete = world
        .http
        .delete(world.at(&format!("/rest/posts/{}", first.replace(':', "%3A"))))
        .bearer_auth(&token)
        .header("linkedin-version", "202603")
        .header("x-restli-protocol-version", "2.0.0");
    assert_eq!(delete.send().await.unwrap().status(), 204);
    assert_eq!(world.linkedin.posts().of("ada"), []);
    assert!(world.linkedin.posts().all()[0].deleted_at.is_some());

    let (status, refusal) = json(share(&world, &token, &body).await).await;
    assert_eq!(status, 422);
    let text = format!("Content is a duplicate of {first}");
    assert!(refusal["message"].as_str().unwrap().ends_with(&text));
    assert_eq!(
        refusal["errorDetailType"],
        "com.linkedin.common.error.BadRequest"
    );
    assert_eq!(
        refusal["errorDetails"]["inputErrors"][0],
        json!({ "description": "Duplicate post is detected", "input": {}, "code": "DUPLICATE_POST" })
    );
    let (other, _) = sign_in(&world, "emoji").await;
    let sub = world
        .linkedin
        .members()
        .get("emoji")
        .unwrap()
        .sub(&world.client().id);
    let same_words = post(&format!("urn:li:person:{sub}"), "Hello");
    assert_eq!(share(&world, &other, &same_words).await.status(), 201);

    world
        .linkedin
        .clock()
        .advance(SignedDuration::from_hours(24));
    assert_eq!(share(&world, &token, &body).await.status(), 422);
    world
        .linkedin
        .clock()
        .advance(SignedDuration::from_hours(24));
    assert_eq!(share(&world, &token, &body).await.status(), 201);
}

#[tokio::test]
async fn a_post_is_deleted_by_its_author_and_named_in_encoded_form() {
    let (world, token, author) = author().await;
    let (other, _) = sign_in(&world, "emoji").await;
    let urn = urn(&share(&world, &token, &post(&author, "Hello")).await);
    let delete = |token: &str, urn: &str| {
        let call = world.http.delete(world.at(&format!("/rest/posts/{urn}")));
        let call = call.header("x-restli-protocol-version", "2.0.0");
        call.bearer_auth(token)
            .header("linkedin-version", "202603")
            .send()
    };
    let encoded = urn.replace(':', "%3A");
    assert_eq!(delete(&token, &urn).await.unwrap().status(), 400);
    assert_eq!(delete(&other, &encoded).await.unwrap().status(), 403);
    assert_eq!(
        delete(&token, "urn%3Ali%3Ashare%3A7")
            .await
            .unwrap()
            .status(),
        404
    );
    assert_eq!(delete(&token, &encoded).await.unwrap().status(), 204);
    assert_eq!(delete(&token, &encoded).await.unwrap().status(), 204);
    let read = world.http.get(world.at(&format!("/rest/posts/{encoded}")));
    let read = read
        .bearer_auth(&token)
        .header("linkedin-version", "202603");
    assert_eq!(read.send().await.unwrap().status(), 403);
}

#[tokio::test]
async fn every_fault_of_the_body_is_told_in_one_text() {
    let (world, token, author) = author().await;
    let mut body = post(&author, "Hello");
    let members = body.as_object_mut().unwrap();
    members.remove("author");
    members.insert("visibility".to_owned(), json!("EVERYBODY"));
    members.insert("colour".to_owned(), json!("blue"));
    members.insert("commentary".to_owned(), json!(7));
    let (status, refusal) = json(share(&world, &token, &body).await).await;
    assert_eq!((status, &refusal["status"]), (422, &json!(422)));
    assert_eq!(
        refusal["message"],
        "ERROR :: /author :: field is required but not found and has no default value\n\
         ERROR :: /commentary :: 7 is not backed by a String\n\
         ERROR :: /visibility :: \"EVERYBODY\" is not an enum symbol\n\
         ERROR :: /colour :: unrecognized field found but not allowed\n"
    );
    for garbage in ["", "[]", "{", "Hello"] {
        let call = versioned(&world, &token).header("content-length", garbage.len());
        let (status, refusal) = json(call.body(garbage).send().await.unwrap()).await;
        assert_eq!(
            (status, &refusal["code"]),
            (400, &json!("ILLEGAL_ARGUMENT"))
        );
        assert_eq!(
            refusal["message"],
            "Request body could not be converted to data map"
        );
    }
}

#[tokio::test]
async fn reserved_characters_cut_a_text_silently() {
    let (world, token, author) = author().await;
    for (sent, shown) in [
        ("Rust (and more)", "Rust "),
        (r"Rust \(and more\)", "Rust (and more)"),
        (
            r"By @[Ada Example](urn:li:person:x) {hashtag|\#|rust}",
            "By Ada Example #rust",
        ),
    ] {
        assert_eq!(
            share(&world, &token, &post(&author, sent)).await.status(),
            201
        );
        let made = world.linkedin.posts().of("ada").pop().unwrap();
        assert_eq!((&*made.text, &*made.sent), (shown, sent));
    }
}

#[tokio::test]
async fn a_picture_is_registered_and_uploaded_before_it_is_shared() {
    let (world, token, author) = author().await;
    let register = world
        .http
        .post(world.at("/v2/assets?action=registerUpload"))
        .bearer_auth(&token);
    let (status, told) = json(
        register
            .json(&json!({ "registerUploadRequest": {
                "recipes": ["urn:li:digitalmediaRecipe:feedshare-image"],
                "owner": author,
                "serviceRelationships": [{
                    "relationshipType": "OWNER",
                    "identifier": "urn:li:userGeneratedContent",
                }],
            } }))
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(status, 200);
    let asset = told["value"]["asset"].as_str().unwrap();
    let mechanism = "com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest";
    let address = told["value"]["uploadMechanism"][mechanism]["uploadUrl"]
        .as_str()
        .unwrap();
    let mut body = ugc_post(&author, "Look");
    let content = &mut body["specificContent"]["com.linkedin.ugc.ShareContent"];
    content["shareMediaCategory"] = json!("IMAGE");
    content["media"] = json!([{ "status": "READY", "media": asset }]);
    let share = || {
        world
            .http
            .post(world.at("/v2/ugcPosts"))
            .bearer_auth(&token)
            .json(&body)
            .send()
    };
    assert_eq!(share().await.unwrap().status(), 400);
    let upload = world.http.put(address).bearer_auth(&token).body("picture");
    assert_eq!(upload.send().await.unwrap().status(), 201);
    assert_eq!(share().await.unwrap().status(), 201);
}
