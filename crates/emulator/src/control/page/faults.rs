//! The faults in force, and the form that injects one, made of the catalogue.

use maud::{Markup, html};

use super::forms::Act;
use crate::endpoint::Endpoint;
use crate::faults::{ActiveFault, Defect, Evidence, Fault, When};
use crate::linkedin::LinkedIn;

pub(super) fn section(linkedin: &LinkedIn) -> Markup {
    let active = linkedin.faults.active();
    html! {
        section #faults aria-labelledby="faults-title" {
            h2 #faults-title { "Faults" }
            @if active.is_empty() {
                p.empty { "None in force. LinkedIn has a good day." }
            } @else {
                (in_force(&active))
            }
            (inject(linkedin))
            (catalogue())
        }
    }
}

fn in_force(active: &[ActiveFault]) -> Markup {
    html! {
        div.scroll role="region" aria-labelledby="in-force" tabindex="0" {
            table {
                caption #in-force { "In force, in the order of their injection" }
                thead { tr {
                    th scope="col" { "Fault" }
                    th scope="col" { "Struck" }
                    th scope="col" { span.unseen { "Act" } }
                } }
                tbody { @for one in active { (row(one)) } }
            }
        }
        form method="post" action=(Act::ClearFaults.address()) { button { "Remove all faults" } }
    }
}

fn row(one: &ActiveFault) -> Markup {
    let number = one.id.number();
    html! {
        tr data-key={ "fault-" (number) } {
            th scope="row" {
                code { (one.fault.defect) }
                br;
                span.hint { (in_words(&one.fault)) }
            }
            td.number { (one.struck) " of " (one.calls) }
            td.acts {
                form method="post" action=(Act::RemoveFault.address()) {
                    input type="hidden" name="number" value=(number);
                    button aria-label={ "Remove " (one.fault.defect) " (fault " (number) ")" } { "Remove" }
                }
            }
        }
    }
}

fn in_words(fault: &Fault) -> String {
    let mut words = match fault.when {
        When::NextCalls(1) => "the next call".to_owned(),
        When::NextCalls(number) => format!("the next {number} calls"),
        When::Share { percent, seed } => format!("{percent} of 100 calls (seed {seed})"),
        When::UntilRemoved => "every call".to_owned(),
    };
    let narrowed = [
        fault.endpoint.map(|it| format!(" at {it}")),
        fault.member.as_ref().map(|it| format!(" for {it}")),
        fault.client.as_ref().map(|it| format!(" of {it}")),
    ];
    words.extend(narrowed.into_iter().flatten());
    words
}

fn inject(linkedin: &LinkedIn) -> Markup {
    html! {
        form.inject method="post" action=(Act::Inject.address()) {
            h3 { "Inject a fault" }
            p.field {
                label for="defect" { "Defect" }
                select #defect name="defect" required aria-describedby="defect-hint" {
                    @for defect in Defect::ALL {
                        option value=(defect) { (defect) ": " (defect.meaning()) }
                    }
                }
                // The script shows the whole of what the list may cut off.
                span.hint #defect-hint {}
            }
            (when())
            p.field {
                label for="endpoint" { "Endpoint" }
                select #endpoint name="endpoint" {
                    option value="" { "Wherever it can show itself" }
                    @for endpoint in Endpoint::ALL { option value=(endpoint) { (endpoint) } }
                }
            }
            p.field {
                label for="member" { "Member" }
                select #member name="member" {
                    option value="" { "Everybody" }
                    @for member in linkedin.members.all() {
                        option value=(member.slug) { (member.slug) }
                    }
                }
            }
            p.field {
                label for="client" { "Application" }
                select #client name="client" {
                    option value="" { "Every application" }
                    @for client in linkedin.clients() { option value=(client.id) { (client.name) } }
                }
            }
            button.loud { "Inject" }
        }
    }
}

fn when() -> Markup {
    html! {
        fieldset.when {
            legend { "Strikes" }
            div.choice {
                input #when-next type="radio" name="when" value="next_calls" checked;
                label for="when-next" { "the next" }
                input #calls name="calls" type="number" min="1" max="4294967295" value="1" aria-label="Number of calls";
                span { "calls" }
            }
            div.choice {
                input #when-share type="radio" name="when" value="share";
                label for="when-share" { "a share:" }
                input #percent name="percent" type="number" min="1" max="100" value="30" aria-label="Calls out of a hundred";
                span { "of 100," }
                span.pair {
                    "seed "
                    input #seed name="seed" type="number" min="0" max="9007199254740991" value="1" aria-label="Seed of the share";
                }
            }
            div.choice {
                input #when-always type="radio" name="when" value="until_removed";
                label for="when-always" { "every call, until it is removed" }
            }
        }
    }
}

fn catalogue() -> Markup {
    html! {
        details {
            summary { "The catalogue: " (Defect::ALL.len()) " defects" }
            div.scroll.catalogue role="region" aria-labelledby="catalogue" tabindex="0" {
                table {
                    caption #catalogue { "What each defect does, where, and how it is known of LinkedIn" }
                    thead { tr {
                        th scope="col" { "Defect" }
                        th scope="col" { "What happens" }
                        th scope="col" { "Where" }
                        th scope="col" { "Known" }
                    } }
                    tbody { @for defect in Defect::ALL {
                        tr {
                            th scope="row" { code { (defect) } }
                            td { (defect.meaning()) }
                            td { (places(defect)) }
                            td { (known(defect.evidence())) }
                        }
                    } }
                }
            }
        }
    }
}

const fn known(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Documented => "documented",
        Evidence::Observed => "observed",
        Evidence::Assumed => "assumed",
    }
}

fn places(defect: Defect) -> String {
    let shows: Vec<&str> = Endpoint::ALL
        .into_iter()
        .filter(|endpoint| defect.concerns(*endpoint))
        .map(Endpoint::as_str)
        .collect();
    if shows.len() == Endpoint::ALL.len() {
        "everywhere".to_owned()
    } else {
        shows.join(", ")
    }
}
