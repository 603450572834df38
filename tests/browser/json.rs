//! The browser's JSON, as the page reads and writes it. `serde_json` is the judge: it reads the same shapes by their
//! own rules, as the BFF writes them.

use lapel::{ApiError, BffClient, Kind, SessionView, TransportError};
use serde_json::Value;
use wasm_bindgen_test::wasm_bindgen_test;

use super::world::{Bff, MEMORY, Page, member, storage};

async fn session(bff: &Bff) -> Result<SessionView, ApiError> {
    BffClient::new(bff.clone()).session().await
}

#[wasm_bindgen_test]
async fn the_contracts_files_mean_the_same_to_the_page() {
    let bff = Bff::new();
    for golden in ANSWERS {
        bff.says(golden);
        assert_eq!(
            session(&bff).await,
            Ok(serde_json::from_str(golden).unwrap())
        );
    }
    for golden in PROBLEMS {
        bff.refuses(502, golden);
        let refused = ApiError::Refused(serde_json::from_str(golden).unwrap());
        assert_eq!(session(&bff).await, Err(refused));
    }
    bff.answers_a_sign_out_with(REPORT);
    let client = BffClient::new(bff);
    assert_eq!(
        client.sign_out().await,
        Ok(serde_json::from_str(REPORT).unwrap())
    );
}

/// Numbers that are the same from start to start, so that what fails once fails again.
struct Dice(u64);

impl Dice {
    /// From 0 to one less than `sides` (Marsaglia's xorshift).
    fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn one_of<'a>(&mut self, these: &[&'a str]) -> &'a str {
        these[self.throw(these.len())]
    }
}

const KEYS: [&str; 17] = [
    "state",
    "revocation",
    "reach",
    "member",
    "id",
    "name",
    "picture",
    "email",
    "permissions",
    "expires_in",
    "ends_at",
    "reason",
    "asks",
    "added",
    "",
    "__proto__",
    "toString",
];

const LEAVES: [&str; 24] = [
    "null",
    "true",
    "0",
    "1",
    "7200",
    "-1",
    "0.5",
    "1e99",
    "9007199254740991",
    "\"signed_in\"",
    "\"signed_out\"",
    "\"no_session\"",
    "\"expired\"",
    "\"revoked\"",
    "\"bored\"",
    "\"confirmed\"",
    "\"all_sessions\"",
    "\"\"",
    "\"a\"",
    "\"\\u0000\\ud83d\\ude80\"",
    "\"__proto__\"",
    "[]",
    "{}",
    "[\"openid\"]",
];

const ANSWERS: [&str; 3] = [
    include_str!("../../crates/wire/tests/golden/signed_in.json"),
    include_str!("../../crates/wire/tests/golden/signed_in_sparse.json"),
    include_str!("../../crates/wire/tests/golden/signed_out.json"),
];

const REPORT: &str = include_str!("../../crates/wire/tests/golden/sign_out.json");

const PROBLEMS: [&str; 4] = [
    include_str!("../../crates/wire/tests/golden/problem.json"),
    include_str!("../../crates/wire/tests/golden/problem_support.json"),
    include_str!("../../crates/wire/tests/golden/problem_scope_missing.json"),
    include_str!("../../crates/wire/tests/golden/problem_rejected.json"),
];

/// One of them, with a piece of it missing, replaced or added somewhere.
fn nearly(these: &[&str], dice: &mut Dice) -> Value {
    let golden = dice.one_of(these);
    let mut value = serde_json::from_str(golden).unwrap();
    for _ in 0..=dice.throw(2) {
        spoil(&mut value, dice);
    }
    value
}

fn spoil(value: &mut Value, dice: &mut Dice) {
    let new = serde_json::from_str(dice.one_of(&LEAVES)).unwrap();
    match value {
        Value::Object(fields) if dice.throw(4) > 0 => {
            let there: Vec<_> = fields.keys().cloned().collect();
            let Some(key) = there.get(dice.throw(there.len().max(1))) else {
                return;
            };
            match dice.throw(4) {
                0 => drop(fields.remove(key)),
                1 => drop(fields.insert(dice.one_of(&KEYS).to_owned(), new)),
                _ => spoil(&mut fields[key], dice),
            }
        }
        Value::Array(items) if dice.throw(2) == 0 => items.push(new),
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Array(_)
        | Value::Object(_) => *value = new,
    }
}

#[wasm_bindgen_test]
async fn what_is_no_answer_is_none_and_what_is_one_is_read() {
    let bff = Bff::new();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut understood = 0;
    for _ in 0..3_000 {
        let body = nearly(&ANSWERS, &mut dice).to_string();
        bff.says(&body);
        let read = session(&bff).await;
        match serde_json::from_str::<SessionView>(&body) {
            Ok(view) => {
                assert_eq!(read, Ok(view), "{body}");
                understood += 1;
            }
            Err(_) => assert_eq!(read.unwrap_err().kind(), Kind::Contract, "{body}"),
        }
    }
    // It is a test of both.
    assert!((300..2_700).contains(&understood), "{understood}");
}

#[wasm_bindgen_test]
async fn a_report_is_read_or_not_understood_whatever_it_is_made_of() {
    let bff = Bff::new();
    let client = BffClient::new(bff.clone());
    let mut dice = Dice(0x6a09_e667_f3bc_c908);
    let mut understood = 0;
    for _ in 0..1_000 {
        let body = nearly(&[REPORT], &mut dice).to_string();
        bff.answers_a_sign_out_with(&body);
        let read = client.sign_out().await;
        match serde_json::from_str(&body) {
            Ok(report) => {
                assert_eq!(read, Ok(report), "{body}");
                understood += 1;
            }
            // A reach that is null is none to the page, which serde's rules do not say.
            Err(_) if body.contains("\"reach\":null") => {}
            Err(_) => assert_eq!(read.unwrap_err().kind(), Kind::Contract, "{body}"),
        }
    }
    assert!((50..950).contains(&understood), "{understood}");
}

#[wasm_bindgen_test]
async fn a_refusal_is_read_or_not_understood_whatever_it_is_made_of() {
    let bff = Bff::new();
    let mut dice = Dice(0xd1b5_4a32_d192_ed03);
    for _ in 0..1_000 {
        let body = nearly(&PROBLEMS, &mut dice).to_string();
        bff.refuses(502, &body);
        let read = session(&bff).await.unwrap_err();
        match serde_json::from_str(&body) {
            Ok(problem) => assert_eq!(read, ApiError::Refused(problem), "{body}"),
            // Lists that are null are none to the page, which serde's rules do not say.
            Err(_)
                if ["scopes", "input_errors"]
                    .iter()
                    .any(|it| body.contains(&format!("\"{it}\":null"))) => {}
            Err(_) => assert_eq!(read.kind(), Kind::Contract, "{body}"),
        }
    }
}

#[wasm_bindgen_test]
async fn text_that_is_hardly_json_is_no_answer() {
    let bff = Bff::new();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for _ in 0..1_000 {
        let mut text = nearly(&ANSWERS, &mut dice).to_string();
        let places: Vec<_> = text.char_indices().map(|(at, _)| at).collect();
        let at = places[dice.throw(places.len())];
        match dice.throw(3) {
            0 => text.truncate(at),
            1 => drop(text.remove(at)),
            _ => text.insert_str(
                at,
                dice.one_of(&["\"", "{", "]", ",", ":", "\\", "\u{feff}", "e"]),
            ),
        }
        bff.says(&text);
        let read = session(&bff).await;
        match serde_json::from_str::<SessionView>(&text) {
            Ok(view) => assert_eq!(read, Ok(view), "{text}"),
            // JSON by RFC 8259 §6, and infinite to a browser, which matters in no field that nobody reads.
            Err(error) if error.to_string().starts_with("number out of range") => {}
            Err(_) => assert_eq!(read.unwrap_err().kind(), Kind::Contract, "{text}"),
        }
    }
}

#[wasm_bindgen_test]
async fn a_name_is_remembered_to_the_letter() {
    for name in ["\"Ada\" \\ {Lovelace}", "</script>\u{2028}\n\t", "محمد 👩🏽‍🚀"] {
        let bff = Bff::with_member(name);
        drop(Page::open(&bff).await);
        let kept = storage().get_item(MEMORY).unwrap().unwrap();
        let kept: Value = serde_json::from_str(&kept).unwrap();
        assert_eq!(kept["name"], name);
        assert_eq!(kept["permissions"][1], "r_unheard_of");
        assert!(!kept.to_string().contains("m@example.org"));
        assert!(member(name).contains("m@example.org"), "it was there");

        bff.fails(TransportError::Unreachable);
        let page = Page::reload(&bff).await;
        let shown = page.find(".ui-member-badge__name");
        assert_eq!(shown.text_content().unwrap(), name);
    }
}
