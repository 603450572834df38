//! What the application is, what a sign-in asks for, what is kept, and how to leave.

use lapel_wire::Member;
use leptos::prelude::*;

use crate::parts::SignInButton;
use crate::route::Route;
use crate::session::Standing;
use crate::session::runtime::use_session;
use crate::texts::{Texts, use_texts};
use crate::ui::{Avatar, AvatarSize, Busy, PermissionList, live};

/// LinkedIn's page where a member takes an application's access back.
const PERMITTED_SERVICES: &str = "https://www.linkedin.com/psettings/permitted-services";

/// The start page.
#[component]
pub fn HomePage() -> impl IntoView {
    let texts = use_texts();
    use_session().ok().map(|handle| {
        live(move || match handle.standing() {
            Standing::Waiting => {
                view! { <div class="page-home__waiting"><Busy label=texts.badge.checking /></div> }
                    .into_any()
            }
            Standing::Visitor { asks } => visitor(asks, true, texts),
            // Signing in would not work now; the failure panel has what does.
            Standing::Unknown => visitor(Vec::new(), false, texts),
            Standing::Member { member, .. } => welcome(member, texts),
        })
    })
}

fn visitor(asks: Vec<String>, can_sign_in: bool, texts: &'static Texts) -> AnyView {
    let words = &texts.home;
    let caption = if can_sign_in {
        words.empty_caption
    } else {
        words.unknown_caption
    };
    let asked = if asks.is_empty() {
        view! { <p>{words.asked_unknown}</p> }.into_any()
    } else {
        view! {
            <p>{words.asked_lead}</p>
            <PermissionList scopes=asks />
        }
        .into_any()
    };
    view! {
        <section class="page-home">
            <div class="page-home__hero">
                <div class="page-home__words">
                    <h1 tabindex="-1">{words.heading}</h1>
                    <p class="page-home__lead">{words.lead}</p>
                    {can_sign_in.then(|| view! { <SignInButton /> })}
                </div>
                {lapel_with(empty_badge(caption, texts))}
            </div>
            <div class="page-home__facts">
                <section>
                    <h2>{words.asked}</h2>
                    {asked}
                </section>
                <section>
                    <h2>{words.kept}</h2>
                    {points(words.kept_points)}
                </section>
                <section>
                    <h2>{words.leaving}</h2>
                    {points(words.leaving_points)}
                    <p>
                        <a href=PERMITTED_SERVICES rel="noreferrer">
                            {words.permitted_services}
                        </a>
                    </p>
                </section>
            </div>
        </section>
    }
    .into_any()
}

fn welcome(member: Member, texts: &'static Texts) -> AnyView {
    let words = &texts.home;
    view! {
        <section class="page-home">
            <div class="page-home__hero">
                <div class="page-home__words">
                    <h1 tabindex="-1">
                        {words.welcome} " " <bdi class="page-home__name">{member.name.clone()}</bdi>
                    </h1>
                    <p class="page-home__lead">{words.welcome_lead}</p>
                    <p>
                        <a href=Route::Account.path()>{words.to_account}</a>
                    </p>
                </div>
                {lapel_with(worn_badge(member, texts))}
            </div>
        </section>
    }
    .into_any()
}

/// The picture: a lapel, and the badge on it. It says nothing that the words beside it do not.
fn lapel_with(badge: AnyView) -> AnyView {
    view! {
        <div class="page-home__lapel" aria-hidden="true">
            <div class="page-home__cloth" data-side="far"></div>
            <div class="page-home__cloth" data-side="near"></div>
            {badge}
        </div>
    }
    .into_any()
}

fn empty_badge(caption: &'static str, texts: &'static Texts) -> AnyView {
    view! {
        <div class="page-home__badge" data-state="empty">
            <span class="page-home__slot"></span>
            <span class="page-home__badge-name">{texts.home.nobody}</span>
            <span class="page-home__badge-caption">{caption}</span>
        </div>
    }
    .into_any()
}

fn worn_badge(member: Member, texts: &'static Texts) -> AnyView {
    let Member {
        id,
        name,
        picture,
        email: _,
    } = member;
    view! {
        <div class="page-home__badge" data-state="worn">
            <Avatar name=name.clone() seed=id picture size=AvatarSize::Large />
            <bdi class="page-home__badge-name">{name}</bdi>
            <span class="page-home__badge-caption">{texts.home.badge_caption}</span>
        </div>
    }
    .into_any()
}

fn points(sentences: &'static [&'static str]) -> AnyView {
    let items: Vec<_> = sentences
        .iter()
        .map(|it| view! { <li>{*it}</li> })
        .collect();
    view! { <ul class="page-home__points">{items}</ul> }.into_any()
}
