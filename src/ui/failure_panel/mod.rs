//! What went wrong, whose side it is on, and the one safe thing to do.

use std::sync::atomic::{AtomicU32, Ordering};

use lapel_wire::Kind;
use leptos::prelude::*;

use crate::element::{Element, Words, element};
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
    let panel = Panel {
        title: title.into(),
        lead,
        kind,
        reference,
        takes_focus,
    };
    panel.with(actions().child(children()))
}

/// What a panel says. See [`FailurePanel`].
pub(crate) struct Panel {
    pub(crate) title: Words,
    pub(crate) lead: Option<&'static str>,
    pub(crate) kind: Kind,
    pub(crate) reference: Option<String>,
    pub(crate) takes_focus: bool,
}

/// Where a panel's action goes.
pub(crate) fn actions() -> Element {
    element("div").class("ui-failure-panel__action")
}

impl Panel {
    pub(crate) fn with(self, actions: Element) -> AnyView {
        let Self {
            title,
            lead,
            kind,
            reference,
            takes_focus,
        } = self;
        let texts = &use_texts().failures;
        let words = (texts.kind)(kind);
        let id = PANELS.fetch_add(1, Ordering::Relaxed);
        let (title_id, words_id) = (
            format!("lapel-failure-{id}"),
            format!("lapel-failure-words-{id}"),
        );
        let title = element("p")
            .attr("id", title_id.clone())
            .class("ui-failure-panel__title")
            .child(title);
        let explanation = element("p")
            .attr("id", words_id.clone())
            .class("ui-failure-panel__words")
            .child(lead)
            .child(lead.map(|_| " "))
            .child(words.explanation)
            .child(" ")
            .child((texts.side)(words.side));
        let reference = reference.map(|reference| {
            element("p")
                .class("ui-failure-panel__reference")
                .child(texts.reference)
                .child(": ")
                .child(element("code").child(reference))
        });
        element("section")
            .class("ui-failure-panel")
            .attr("role", if takes_focus { "group" } else { "alert" })
            .attr("aria-labelledby", title_id)
            .attr("aria-describedby", words_id)
            .attr("tabindex", "-1")
            .attr("data-kind", kind.as_str())
            .takes_focus(takes_focus)
            .child(title)
            .child(explanation)
            .child(reference)
            .child(actions)
            .view()
    }
}
