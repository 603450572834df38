//! What went wrong, whose side it is on, and the one safe thing to do.

use lapel_wire::Kind;
use leptos::prelude::*;

use crate::texts::use_texts;

/// A failure in plain words. One component for every [`Kind`], so that none can be forgotten; the action comes in as
/// children, since only the caller knows what is safe to repeat.
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
    /// Where the operator finds it in the BFF's log.
    reference: Option<String>,
    /// Whether it takes the focus, for the answer to something that the member did. It does not by default.
    #[prop(optional)]
    takes_focus: bool,
    /// The one action.
    children: Children,
) -> impl IntoView {
    let texts = &use_texts().failures;
    let words = (texts.kind)(kind);
    let element = NodeRef::new();
    if takes_focus {
        element.on_load(super::focus_when_rendered);
    }
    view! {
        <section
            class="ui-failure-panel"
            role="alert"
            tabindex="-1"
            data-kind=kind.as_str()
            node_ref=element
        >
            <h2 class="ui-failure-panel__title">{title}</h2>
            <p class="ui-failure-panel__words">
                {words.explanation} " " {(texts.side)(words.side)}
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
