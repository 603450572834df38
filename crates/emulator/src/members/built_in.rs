//! The members every emulator starts with.

use super::{Locale, Member, Portrait};

pub(super) fn members() -> Vec<Member> {
    vec![
        Member {
            family_name: Some("Example".to_owned()),
            headline: "Writes programs for engines that do not exist yet".to_owned(),
            email: Some("ada@example.com".to_owned()),
            portrait: Some(Portrait::Sea),
            ..named("ada", "Ada")
        },
        Member {
            family_name: Some("Faceless".to_owned()),
            headline: "Has no portrait".to_owned(),
            email: Some("noor@example.com".to_owned()),
            ..named("no-portrait", "Noor")
        },
        Member {
            family_name: Some("Unlisted".to_owned()),
            headline: "Has no e-mail address".to_owned(),
            portrait: Some(Portrait::Dusk),
            ..named("no-email", "Nils")
        },
        Member {
            headline: "Has one name only".to_owned(),
            email: Some("sukarno@example.com".to_owned()),
            locale: locale("id", "ID"),
            portrait: Some(Portrait::Ember),
            ..named("single-name", "Sukarno")
        },
        long_name(),
        Member {
            family_name: Some("حمدان".to_owned()),
            headline: "Is written from right to left".to_owned(),
            email: Some("layla@example.com".to_owned()),
            locale: locale("ar", "AE"),
            portrait: Some(Portrait::Plum),
            ..named("right-to-left", "ليلى")
        },
        Member {
            family_name: Some("🧑‍🚀🏳️‍🌈 Ünïcødé".to_owned()),
            headline: "Has a name outside of the basic plane".to_owned(),
            email: Some("zoe@example.com".to_owned()),
            locale: locale("de", "CH"),
            portrait: Some(Portrait::Moss),
            ..named("emoji", "Zoë")
        },
        Member {
            family_name: Some(r#""><img src=x onerror=alert(1)> O'Neil & Sons"#.to_owned()),
            headline: "Has a name that pages must escape".to_owned(),
            email: Some("mark.up+tag@example.com".to_owned()),
            portrait: Some(Portrait::Sand),
            ..named("markup", "<b>Mark</b>")
        },
    ]
}

fn named(slug: &str, given_name: &str) -> Member {
    Member {
        slug: slug.to_owned(),
        given_name: given_name.to_owned(),
        family_name: None,
        headline: String::new(),
        email: None,
        email_verified: true,
        locale: Locale::default(),
        portrait: None,
    }
}

fn locale(language: &str, country: &str) -> Locale {
    Locale {
        language: language.to_owned(),
        country: country.to_owned(),
    }
}

/// Two hundred characters together with the space, with one part that no line can break.
fn long_name() -> Member {
    let given = "Wilhelmina Maximiliane Theodora Konstantia Friederike";
    let family = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschaferswessenschafewaren\
                  wohlgepflegeundsorgfaltigkeitbeschutzen von Hohenau II";
    Member {
        family_name: Some(family.to_owned()),
        headline: "Has a name of two hundred characters".to_owned(),
        email: Some(
            "wilhelmina.maximiliane.theodora.konstantia.friederike.wolfeschle@mail.example.com"
                .to_owned(),
        ),
        locale: locale("de", "DE"),
        portrait: Some(Portrait::Sea),
        ..named("long-name", given)
    }
}
