//! Switches, scenarios, and starting over.

use maud::{Markup, html};

use super::forms::Act;
use crate::control::api;
use crate::control::shelf::{Kept, Shelf};
use crate::linkedin::LinkedIn;

pub(super) fn switches(linkedin: &LinkedIn) -> Markup {
    html! {
        section #switches aria-labelledby="switches-title" {
            h2 #switches-title { "Switches" }
            ul.switches { @for view in api::switch_views(linkedin) {
                li data-key={ "switch-" (view.switch) } {
                    form method="post" action=(Act::Switch.address()) {
                        input type="hidden" name="switch" value=(view.switch);
                        input type="hidden" name="on" value=(!view.on);
                        button.switch type="submit" role="switch" aria-checked=(view.on) aria-describedby={ "about-" (view.switch) } {
                            (view.switch)
                        }
                    }
                    p.hint id={ "about-" (view.switch) } { (view.meaning) }
                }
            } }
            p.hint { "LinkedIn’s quirks are decided at the start, by the settings file." }
        }
    }
}

pub(super) fn scenarios(linkedin: &LinkedIn) -> Markup {
    let kept = Shelf::of(linkedin).and_then(|shelf| shelf.list());
    html! {
        section #scenarios aria-labelledby="scenarios-title" {
            h2 #scenarios-title { "Scenarios" }
            p.hint { "Clock, switches, faults and members, in files." }
            @match kept {
                Err(problem) => p.empty { "None can be saved: " (problem.detail) "." },
                Ok(kept) => {
                    @if kept.is_empty() { p.empty { "None saved yet." } }
                    @else { ul.plain { @for one in &kept { (scenario(one)) } } }
                    form.inject method="post" action=(Act::Save.address()) {
                        p.field {
                            label for="scenario" { "Save the present set-up as" }
                            input #scenario name="scenario" required pattern="[a-z0-9\\-]{1,64}" placeholder="bad-day" autocomplete="off" aria-describedby="scenario-hint";
                            span.hint #scenario-hint { "Lower-case letters, digits and hyphens; one that exists is replaced." }
                        }
                        p.field {
                            label for="description" { "What is rehearsed" }
                            input #description name="description" autocomplete="off";
                        }
                        button { "Save" }
                    }
                },
            }
        }
    }
}

fn scenario(one: &Kept) -> Markup {
    html! {
        li data-key={ "scenario-" (one.name) } {
            div {
                code { (one.name) }
                @if !one.description.is_empty() { p.hint { (one.description) } }
                @if let Some(trouble) = &one.trouble { pre { (trouble) } }
            }
            @if one.trouble.is_none() {
                form method="post" action=(Act::Replay.address()) {
                    input type="hidden" name="scenario" value=(one.name);
                    button aria-label={ "Replay " (one.name) } { "Replay" }
                }
            }
        }
    }
}

/// Behind a second step, since nothing brings back what it forgets.
pub(super) fn reset() -> Markup {
    html! {
        section #reset aria-labelledby="reset-title" {
            h2 #reset-title { "Reset" }
            details {
                summary { "Start over" }
                p { "Everybody is signed out; faults and requests are forgotten; members, switches and the clock are as at the start." }
                form method="post" action=(Act::Reset.address()) { button.danger { "Reset everything" } }
            }
        }
    }
}
