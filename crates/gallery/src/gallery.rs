//! The page: its switches, a list of the components, and the exhibits of each.

use std::time::Duration;

use lapel::{Button, ButtonLook, Texts};
use leptos::prelude::*;

use crate::exhibit::Exhibit;
use crate::exhibits::exhibits;
use crate::settings::{Settings, Switch};

/// When every exhibit has taken the focus that wants it.
const SETTLED: Duration = Duration::from_millis(100);

/// All exhibits, shown as the address says.
#[component]
pub fn Gallery() -> impl IntoView {
    let search = window().location().search().unwrap_or_default();
    let settings = Settings::read(search.trim_start_matches('?'));
    if let Some(scheme) = settings.scheme {
        scheme.apply();
    }
    if let Some(root) = document().document_element() {
        // Refused only for names that are none.
        drop(root.set_attribute("lang", settings.texts.language));
        drop(root.set_attribute("dir", settings.dir()));
    }
    provide_context::<&'static Texts>(settings.texts);
    set_timeout(begin_at_the_top, SETTLED);
    let mut all = exhibits();
    let mut components = Vec::new();
    while let Some(first) = all.first() {
        let name = first.component;
        let (of_it, others): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|it| it.component == name);
        components.push((name, of_it));
        all = others;
    }
    let names: Vec<_> = components.iter().map(|(name, _)| *name).collect();
    view! {
        <header class="gallery-head" lang="en" dir="ltr">
            <h1>"Gallery"</h1>
            <div class="gallery-switches">{settings.switches().map(switch).collect_view()}</div>
            <nav class="gallery-names" aria-label="Components">
                {names
                    .into_iter()
                    .map(|name| view! { <a href=format!("#{name}")>{words(name)}</a> })
                    .collect_view()}
            </nav>
        </header>
        <main class="gallery">
            {components
                .into_iter()
                .map(|(name, exhibits)| component_section(name, exhibits))
                .collect_view()}
        </main>
    }
}

fn switch(switch: Switch) -> impl IntoView {
    let Switch { name, positions } = switch;
    view! {
        <nav class="gallery-switch" aria-label=name>
            <span aria-hidden="true">{name}</span>
            {positions
                .into_iter()
                .map(|it| {
                    let current = it.is_on.then_some("true");
                    view! { <a href=it.address aria-current=current>{it.name}</a> }
                })
                .collect_view()}
        </nav>
    }
}

fn component_section(name: &'static str, exhibits: Vec<Exhibit>) -> impl IntoView {
    view! {
        <section class="gallery-component" id=name data-component=name>
            <h2 lang="en" dir="ltr">{words(name)}</h2>
            <div class="gallery-exhibits">
                {exhibits
                    .into_iter()
                    .map(|exhibit| {
                        view! {
                            <div class="gallery-exhibit" data-exhibit=exhibit.state.clone()>
                                <h3 lang="en" dir="ltr">{exhibit.state.clone()}</h3>
                                <div class="gallery-stage">{stage(exhibit.clone())}</div>
                            </div>
                        }
                    })
                    .collect_view()}
            </div>
        </section>
    }
}

fn stage(exhibit: Exhibit) -> AnyView {
    if !exhibit.is_over_the_page {
        return exhibit.view();
    }
    // Made anew each time: what was closed has gone.
    let opened = RwSignal::new(0_u32);
    view! {
        <Button on_press=move |()| opened.update(|times| *times = times.wrapping_add(1)) look=ButtonLook::Quiet>
            "Show"
        </Button>
        {move || (opened.get() > 0).then(|| exhibit.view())}
    }
    .into_any()
}

/// `member_badge` is the member badge.
fn words(name: &str) -> String {
    name.replace('_', " ")
}

/// Notices and panels take the focus when they appear, as they should; here they all appear at once. Who comes to the
/// gallery comes to its top, or to the component that the address names.
fn begin_at_the_top() {
    let location = window().location();
    let named = location
        .hash()
        .ok()
        .and_then(|hash| document().get_element_by_id(hash.trim_start_matches('#')));
    match named {
        Some(component) => component.scroll_into_view(),
        None => window().scroll_to_with_x_and_y(0.0, 0.0),
    }
}
