//! What went wrong, whose side it is on, and the one safe thing to do.

use std::sync::atomic::{AtomicU32, Ordering};

use lapel_wire::Kind;
use leptos::prelude::*;

use crate::texts::use_texts;

/// Tells several panels on one page apart.
static PANELS: AtomicU32 = AtomicU32::new(0);

/// A failure in plain words. One component for every [`Kind`], so that none can be forgotten; the action comes in as
/// children, since only the caller knows what is safe to repeat. Its title is no heading: a panel comes and goes above
/// the page's own.
///
/// ```
/// use lapel::{Button, FailurePanel, Kind};
/// use leptos::prelude::*;
///
/// #[component]
/// fn Weather() -> impl IntoView {
///     view! {
///         <FailurePanel title="There is no forecast" kind=Kind::Timeout reference=None>
///             <Button on_press=|()| leptos::logging::log!("asking again")>"Try again"</Button>
///         </FailurePanel>
///     }
/// }
/// ```
#[component]
pub fn FailurePanel(
    /// What it means for the member: "The sign-in did not finish".
    #[prop(into)]
    title: String,
    /// What went wrong.
    kind: Kind,
    /// What else there is to say first. Nothing by default.
    #[prop(optional_no_strip)]
    lead: Option<&'static str>,
    /// Where the operator finds it in the BFF's log.
    reference: Option<String>,
    /// Whether it takes the focus, for the answer to something that the member did. It does not by default, and then it
    /// is announced as an alert; both would be read out twice.
    #[prop(optional)]
    takes_focus: bool,
    /// The one action.
    children: Children,
) -> impl IntoView {
    let texts = &use_texts().failures;
    let words = (texts.kind)(kind);
    let id = PANELS.fetch_add(1, Ordering::Relaxed);
    let (title_id, words_id) = (
        format!("lapel-failure-{id}"),
        format!("lapel-failure-words-{id}"),
    );
    let element = NodeRef::new();
    let role = if takes_focus {
        element.on_load(super::focus_when_rendered);
        "group"
    } else {
        "alert"
    };
    view! {
        <section
            class="ui-failure-panel"
            role=role
            aria-labelledby=title_id
            aria-describedby=words_id
            tabindex="-1"
            data-kind=kind.as_str()
            node_ref=element
        >
            <p id=title_id.clone() class="ui-failure-panel__title">
                {title}
            </p>
            <p id=words_id.clone() class="ui-failure-panel__words">
                {lead} {lead.map(|_| " ")} {words.explanation} " " {(texts.side)(words.side)}
            </p>
            {reference
                .map(|reference| {
                    view! {
                        <p class="ui-failure-panel__reference">
                            {texts.reference} ": " <code>{reference}</code>
                        </p>
                    }
                })}
            <div class="ui-failure-panel__action">{children()}</div>
        </section>
    }
}
