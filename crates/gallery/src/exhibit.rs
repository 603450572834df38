//! One component in one state.

use std::sync::Arc;

use lapel::Session;
use lapel::test_kit::{MockSession, MockSessionProvider};
use leptos::prelude::*;

/// One component in one state.
#[derive(Clone)]
pub struct Exhibit {
    /// The component, as its folder or file in the library is called.
    pub component: &'static str,
    /// The state, in a few words.
    pub state: String,
    /// Whether it covers the page, so that it is shown when somebody asks for it.
    pub is_over_the_page: bool,
    view: Arc<dyn Fn() -> AnyView + Send + Sync>,
}

impl Exhibit {
    /// A component that shows what it is given.
    pub(crate) fn new<V: IntoView + Send + 'static>(
        component: &'static str,
        state: impl Into<String>,
        view: impl Fn() -> V + Send + Sync + 'static,
    ) -> Self {
        Self {
            component,
            state: state.into(),
            is_over_the_page: false,
            view: Arc::new(move || view().into_any()),
        }
    }

    /// A component that shows this session.
    pub(crate) fn of_session<V: IntoView + Send + 'static>(
        component: &'static str,
        state: impl Into<String>,
        session: Session,
        view: impl Fn() -> V + Send + Sync + 'static,
    ) -> Self {
        let view = Arc::new(view);
        Self::new(component, state, move || {
            let session = MockSession::new(session.clone());
            let view = Arc::clone(&view);
            view! { <MockSessionProvider session>{view()}</MockSessionProvider> }
        })
    }

    /// The same, where it covers the page.
    pub(crate) fn over_the_page(self) -> Self {
        Self {
            is_over_the_page: true,
            ..self
        }
    }

    /// The component, made anew.
    #[must_use]
    pub fn view(&self) -> AnyView {
        (self.view)()
    }
}
