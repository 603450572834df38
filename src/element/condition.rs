//! Something that holds or does not.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Changing, changing};

/// Whether something holds, for views to follow: a `bool`, a signal of one, or a closure that reads signals.
///
/// ```
/// use lapel::Button;
/// use leptos::prelude::*;
///
/// #[component]
/// fn Save(saving: ReadSignal<bool>, complete: RwSignal<bool>) -> impl IntoView {
///     view! {
///         <Button on_press=|()| leptos::logging::log!("saving") busy=saving>"Save"</Button>
///         <Button
///             on_press=|()| leptos::logging::log!("sending")
///             busy=move || saving.get() || !complete.get()
///         >
///             "Send"
///         </Button>
///     }
/// }
/// ```
#[derive(Clone)]
pub struct Condition(Arc<dyn Fn() -> bool + Send + Sync>);

impl Condition {
    /// Whether it holds now. A view or an effect that asks follows the signals behind it.
    #[must_use]
    pub fn holds(&self) -> bool {
        (self.0)()
    }

    /// One word while it holds, another while it does not.
    pub(crate) fn either(&self, holds: &'static str, not: &'static str) -> Changing {
        let condition = self.clone();
        changing(move || if condition.holds() { holds } else { not })
    }

    pub(super) fn mark(&self) -> Changing {
        let condition = self.clone();
        Changing::new(move || condition.holds().then(|| "true".into()))
    }
}

/// Never.
impl Default for Condition {
    fn default() -> Self {
        false.into()
    }
}

impl<F: Fn() -> bool + Send + Sync + 'static> From<F> for Condition {
    fn from(holds: F) -> Self {
        Self(Arc::new(holds))
    }
}

impl From<bool> for Condition {
    fn from(holds: bool) -> Self {
        Self::from(move || holds)
    }
}

impl From<Signal<bool>> for Condition {
    fn from(holds: Signal<bool>) -> Self {
        Self::from(move || holds.get())
    }
}

impl From<ReadSignal<bool>> for Condition {
    fn from(holds: ReadSignal<bool>) -> Self {
        Self::from(move || holds.get())
    }
}

impl From<RwSignal<bool>> for Condition {
    fn from(holds: RwSignal<bool>) -> Self {
        Self::from(move || holds.get())
    }
}

impl From<Memo<bool>> for Condition {
    fn from(holds: Memo<bool>) -> Self {
        Self::from(move || holds.get())
    }
}
