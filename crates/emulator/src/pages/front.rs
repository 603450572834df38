//! `GET /`: what runs here, for whoever opens it in a browser.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

use super::{layout, person};
use crate::endpoint::path;
use crate::linkedin::Shared;

pub(crate) async fn show(State(linkedin): State<Shared>) -> Response {
    let addresses = [
        ("Issuer", linkedin.issuer()),
        ("Discovery", format!("{}{}", linkedin.url, path::DISCOVERY)),
        (
            "Authorization",
            format!("{}{}", linkedin.url, path::AUTHORIZATION),
        ),
        ("Token", format!("{}{}", linkedin.url, path::TOKEN)),
        ("Userinfo", format!("{}{}", linkedin.url, path::USERINFO)),
    ];
    let page = layout(
        "Overview",
        html! {
            h1 { "LinkedIn on loopback" }
            p {
                "Point an application at these addresses in place of LinkedIn’s. "
                a href=(path::CONTROL) { "Control the emulator" }
                ": its faults, its clock, its tokens."
            }
            dl.addresses {
                @for (name, address) in addresses {
                    dt { (name) }
                    dd { code { (address) } }
                }
            }
            h2 { "Applications" }
            @for client in linkedin.clients() {
                section {
                    h3 { bdi { (client.name) } }
                    dl.addresses {
                        dt { "Client id" }
                        dd { code { (client.id) } }
                        dt { "Permissions" }
                        dd { (client.scopes.join(", ")) }
                        dt { "Redirect addresses" }
                        @for uri in &client.redirect_uris { dd { code { (uri) } } }
                    }
                }
            }
            h2 { "Members" }
            ul.members {
                @for member in linkedin.members.all() {
                    li.member {
                        (person::face(&linkedin, &member))
                        span.who {
                            bdi.name { (member.name()) }
                            span.headline { (member.headline) " · " code { (member.slug) } }
                        }
                    }
                }
            }
        },
    );
    super::html(StatusCode::OK, page)
}
