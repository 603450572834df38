//! What went wrong, whose side it is on, and the one safe thing to do.

mod countdown;

use std::sync::atomic::{AtomicU32, Ordering};

use lapel_wire::SupportLinks;
use leptos::prelude::*;

pub use countdown::Countdown;
pub(crate) use countdown::time_of_day;

use crate::element::{Condition, Element, Words, element, hand_focus_on};
use crate::failure::{Failure, Reference};
use crate::texts::{FailureWords, Failures, use_texts};
use crate::ui::{ButtonLook, button, permission_list, record};

/// Tells several panels on one page apart.
static PANELS: AtomicU32 = AtomicU32::new(0);

/// A failure in plain words. One component for every [`Kind`](crate::Kind), so that none can be forgotten; what to do
/// comes in, since only the caller knows what is safe to repeat. Its title is no heading: a panel comes and goes above
/// the page's own.
///
/// What is known of the failure beyond its kind stands behind "Details", to be copied or saved.
///
/// ```
/// use std::time::Duration;
///
/// use lapel::{FailurePanel, Kind, NextTry};
/// use leptos::prelude::*;
///
/// #[component]
/// fn Weather(seconds: ReadSignal<u64>) -> impl IntoView {
///     view! {
///         <FailurePanel
///             title="There is no forecast"
///             failure=Kind::Timeout
///             countdown=move || NextTry::In(Duration::from_secs(seconds.get()))
///             on_retry=|()| leptos::logging::log!("asking again")
///         />
///     }
/// }
/// ```
#[component]
pub fn FailurePanel(
    /// What it means for the member: "The sign-in did not finish".
    #[prop(into)]
    title: String,
    /// What went wrong: a [`Failure`], or only its kind.
    #[prop(into)]
    failure: Failure,
    /// What else there is to say first. Nothing by default.
    #[prop(optional_no_strip)]
    lead: Option<&'static str>,
    /// Whether it takes the focus, for the answer to something that the member did. It does not by default, and then it
    /// is announced as an alert; both would be read out twice.
    #[prop(optional)]
    takes_focus: bool,
    /// Makes the call again, where that is safe. Without it there is no button.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
    /// When the call is made again without anyone's doing. Never by default.
    #[prop(optional, into)]
    countdown: Countdown,
    /// What else there is to do.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let panel = Panel {
        title: title.into(),
        lead,
        instead: None,
        failure,
        takes_focus,
        again: on_retry.map(|on_retry| Again::new(countdown, move || on_retry.run(()))),
    };
    panel.with(children.map(|children| children()))
}

/// What a panel says. See [`FailurePanel`].
pub(crate) struct Panel {
    pub(crate) title: Words,
    pub(crate) lead: Option<&'static str>,
    /// What to say in the place of what the kind of failure says for all applications, where more is known.
    pub(crate) instead: Option<FailureWords>,
    pub(crate) failure: Failure,
    pub(crate) takes_focus: bool,
    pub(crate) again: Option<Again>,
}

/// When a call is made again, and how.
pub(crate) struct Again {
    countdown: Countdown,
    on_press: Box<dyn Fn() + Send>,
}

impl Again {
    pub(crate) fn new(
        countdown: impl Into<Countdown>,
        on_press: impl Fn() + Send + 'static,
    ) -> Self {
        Self {
            countdown: countdown.into(),
            on_press: Box::new(on_press),
        }
    }

    fn view(self, texts: &'static Failures) -> (Element, Element) {
        let Self {
            countdown,
            on_press,
        } = self;
        let busy = Condition::from({
            let countdown = countdown.clone();
            move || countdown.is_under_way()
        });
        let button = button(countdown.action(texts), ButtonLook::Solid, busy, on_press);
        (countdown.timer(), button)
    }
}

impl Panel {
    /// The panel, with what else there is to do.
    pub(crate) fn with(self, more: impl IntoIterator<Item = AnyView>) -> AnyView {
        let Self {
            title,
            lead,
            instead,
            failure,
            takes_focus,
            again,
        } = self;
        let Failure {
            kind,
            reference,
            retry: _,
            reason: _,
            scopes,
            record: known,
            links,
        } = failure;
        hand_focus_on(".ui-failure-panel");
        let texts = &use_texts().failures;
        let words = instead.unwrap_or_else(|| (texts.kind)(kind));
        let id = PANELS.fetch_add(1, Ordering::Relaxed).to_string();
        let (title_id, words_id) = (
            ["lapel-failure-", &id].concat(),
            ["lapel-failure-words-", &id].concat(),
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
        // Only this is announced, and it stays the same while the call is made again and again.
        let said = element("div")
            .class("ui-failure-panel__said")
            .attr("role", (!takes_focus).then_some("alert"))
            .child(title)
            .child(explanation);
        let reference = reference.as_ref().map(Reference::as_str).map(|reference| {
            element("p")
                .class("ui-failure-panel__reference")
                .child(texts.reference)
                .child(": ")
                .child(element("code").child(reference.to_owned()))
        });
        let (timer, button) = again.map(|again| again.view(texts)).unzip();
        let actions = element("div")
            .class("ui-failure-panel__action")
            .child(button);
        element("section")
            .class("ui-failure-panel")
            .attr("role", "group")
            .attr("aria-labelledby", title_id)
            .attr("aria-describedby", words_id)
            .attr("tabindex", "-1")
            .attr("data-kind", kind.as_str())
            .takes_focus(takes_focus)
            .child(said)
            .child((!scopes.is_empty()).then(|| permission_list(scopes)))
            .child(timer)
            .child(more.into_iter().fold(actions, Element::child))
            .child(links.map(|links| support(*links, texts)))
            .child(reference)
            .child((known.entries().next().is_some()).then(|| record(&known)))
            .view()
    }
}

/// Where to turn to. The BFF names LinkedIn's own addresses; what is no web address is not linked all the same.
fn support(links: SupportLinks, texts: &'static Failures) -> Element {
    let SupportLinks { support, status } = links;
    [(status, texts.status_page), (support, texts.support_page)]
        .into_iter()
        .filter(|(address, _)| address.starts_with("https://"))
        .map(|(address, words)| {
            element("a")
                .attr("href", address)
                .attr("rel", "noreferrer")
                .child(words)
        })
        .fold(
            element("p")
                .class("ui-failure-panel__links")
                .child(texts.goes_on),
            |links, link| links.child(" ").child(link),
        )
}
