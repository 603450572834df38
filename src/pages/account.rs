//! Who is signed in, with what, until when, and out.

use leptos::prelude::*;

use crate::parts::RequireMember;
use crate::session::runtime::use_session;
use crate::session::{Account, Motion};
use crate::texts::{Texts, use_texts};
use crate::ui::{Avatar, AvatarSize, Button, ButtonLook, PermissionList, text, word};

/// The account page, for members only.
#[component]
pub fn AccountPage() -> impl IntoView {
    let texts = use_texts();
    view! {
        <section class="page-account">
            <h1 tabindex="-1">{texts.account.heading}</h1>
            <RequireMember
                prompt=texts.account.sign_in_to_see
                content=move |account: Account| account_card(account, texts)
            />
        </section>
    }
}

fn account_card(account: Account, texts: &'static Texts) -> AnyView {
    let words = &texts.account;
    let Account {
        member,
        permissions,
        ending: _,
    } = account;
    view! {
        <div class="page-account__card">
            <div class="page-account__who">
                <Avatar
                    name=member.name.clone()
                    seed=member.id
                    picture=member.picture
                    size=AvatarSize::Large
                />
                <dl class="page-account__facts">
                    <dt>{words.name}</dt>
                    <dd data-fact="name"><bdi>{member.name}</bdi></dd>
                    <dt>{words.email}</dt>
                    <dd data-fact="email">
                        <bdi>{member.email.unwrap_or_else(|| words.no_email.to_owned())}</bdi>
                    </dd>
                    <dt>{words.ends}</dt>
                    <dd data-fact="ends"><SessionEnd /></dd>
                </dl>
            </div>
            <h2>{words.permissions}</h2>
            {if permissions.is_empty() {
                view! { <p>{words.no_permissions}</p> }.into_any()
            } else {
                view! { <PermissionList scopes=permissions /> }.into_any()
            }}
            <div class="page-account__out">
                <SignOut />
                <p>{words.sign_out_lead}</p>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn SessionEnd() -> impl IntoView {
    let texts = use_texts();
    use_session().ok().map(|handle| {
        text(move || {
            let account = handle.session().account().cloned();
            account.and_then(|account| account.ending).map_or_else(
                || texts.account.ends_unknown.to_owned(),
                |end| (texts.account.ends_in)(&(texts.duration)(end.left(handle.now()))),
            )
        })
    })
}

#[component]
fn SignOut() -> impl IntoView {
    let texts = &use_texts().badge;
    use_session().ok().map(|handle| {
        let busy = Signal::derive(move || handle.motion() == Motion::SigningOut);
        let label = word(move || {
            if busy.get() {
                texts.signing_out
            } else {
                texts.sign_out
            }
        });
        view! {
            <Button look=ButtonLook::Quiet on_press=move |()| handle.sign_out() busy>
                {label}
            </Button>
        }
    })
}
