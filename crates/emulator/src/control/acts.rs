//! What can be done to a running emulator, for the JSON interface and the page alike.

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::json;

use super::input::Order;
use super::issued::{self, TokenView, Which};
use super::length::Length;
use super::problem::Problem;
use crate::endpoint::Endpoint;
use crate::faults::{ActiveFault, Fault, FaultId, When};
use crate::grants::{EndedBy, Owner};
use crate::linkedin::LinkedIn;
use crate::members::Member;
use crate::settings::is_slug;

/// Tokens named to whoever asks for one that is not there: the newest.
const MOST_NAMED: usize = 100;

/// Puts a fault into force. One that could never strike is refused.
pub(super) fn inject(linkedin: &LinkedIn, fault: Fault) -> Result<ActiveFault, Problem> {
    check_fault(&fault)?;
    if let Some(slug) = &fault.member {
        member(linkedin, slug).map_err(Problem::within_body)?;
    }
    if let Some(id) = &fault.client {
        check_client(linkedin, id).map_err(Problem::within_body)?;
    }
    let id = linkedin.faults.inject(fault.clone());
    Ok(ActiveFault {
        id,
        fault,
        calls: 0,
        struck: 0,
    })
}

/// What is wrong with a fault, whoever the members and applications are.
pub(super) fn check_fault(fault: &Fault) -> Result<(), Problem> {
    match fault.when {
        When::NextCalls(0) => {
            let problem = Problem::unfit("`next_calls` must be at least 1");
            return Err(problem.accepting(Fault::accepted()));
        }
        When::Share { percent, .. } if !(1..=100).contains(&percent) => {
            let problem = Problem::unfit("`percent` must be from 1 to 100");
            return Err(problem.accepting(Fault::accepted()));
        }
        When::NextCalls(_) | When::Share { .. } | When::UntilRemoved => {}
    }
    let shows = |endpoint: &Endpoint| fault.defect.concerns(*endpoint);
    match fault.endpoint {
        Some(endpoint) if !shows(&endpoint) => {
            let fit: Vec<Endpoint> = Endpoint::ALL.into_iter().filter(shows).collect();
            let reason = format!("{} cannot show itself at {endpoint}", fault.defect);
            Err(Problem::unfit(reason).accepting(json!({ "endpoint": fit })))
        }
        Some(_) | None => Ok(()),
    }
}

pub(super) fn fault(linkedin: &LinkedIn, number: u64) -> Result<FaultId, Problem> {
    let active = linkedin.faults.active();
    let found = active.iter().find(|fault| fault.id.number() == number);
    found.map(|fault| fault.id).ok_or_else(|| {
        let known = fault_numbers(linkedin);
        Problem::unknown("fault in force with the number", &number.to_string(), known)
    })
}

/// What a fault in force can be called by.
pub(super) fn fault_numbers(linkedin: &LinkedIn) -> Vec<String> {
    let active = linkedin.faults.active().into_iter();
    active.map(|fault| fault.id.number().to_string()).collect()
}

pub(super) fn member(linkedin: &LinkedIn, slug: &str) -> Result<Member, Problem> {
    linkedin.members.get(slug).ok_or_else(|| {
        let known = linkedin.members.all().into_iter();
        Problem::unknown("member", slug, known.map(|member| member.slug))
    })
}

pub(super) fn check_client(linkedin: &LinkedIn, id: &str) -> Result<(), Problem> {
    let clients = linkedin.clients();
    if clients.iter().any(|client| client.id == id) {
        return Ok(());
    }
    let known = clients.into_iter().map(|client| client.id);
    Err(Problem::unknown("application", id, known))
}

/// What is wrong with a member, whoever the others are.
pub(super) fn check_member(member: &Member) -> Result<(), Problem> {
    if !is_slug(&member.slug) {
        let problem = Problem::unfit(format!(
            "the slug {:?} must be made of lower-case letters, digits and hyphens",
            member.slug
        ));
        let accepted = json!({ "slug": "lower-case letters, digits and hyphens; at least one" });
        return Err(problem.accepting(accepted));
    }
    if member.given_name.trim().is_empty() {
        let problem = Problem::unfit("`given_name` must not be empty");
        return Err(problem.accepting(json!({ "given_name": "text that is more than spaces" })));
    }
    Ok(())
}

/// Adds a member, or replaces the one with the same slug; says which by a status.
pub(super) fn put_member(linkedin: &LinkedIn, member: Member) -> Result<StatusCode, Problem> {
    check_member(&member)?;
    let status = match linkedin.members.get(&member.slug) {
        Some(_) => StatusCode::OK,
        None => StatusCode::CREATED,
    };
    linkedin.members.put(member);
    Ok(status)
}

pub(super) fn advance(linkedin: &LinkedIn, by: Length) -> Timestamp {
    linkedin.clock.advance(by.0);
    linkedin.clock.now()
}

/// The member removes the application on LinkedIn's page of permitted services.
pub(super) fn remove_app(linkedin: &LinkedIn, slug: &str, client: &str) -> Result<(), Problem> {
    member(linkedin, slug)?;
    check_client(linkedin, client)?;
    let owner = Owner {
        client: client.to_owned(),
        member: slug.to_owned(),
    };
    linkedin.grants.end_owner(&owner, EndedBy::Member);
    Ok(())
}

/// What becomes of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It ends by itself, now.
    Expired,
    /// LinkedIn revokes it; a refresh token takes its access tokens along.
    Revoked,
}

/// Ends the tokens with a fingerprint (one, unless chance made two alike) and returns them.
pub(super) fn end_token(
    linkedin: &LinkedIn,
    fingerprint: &str,
    end: End,
) -> Result<Vec<TokenView>, Problem> {
    let values = linkedin.grants.with_fingerprint(fingerprint);
    if values.is_empty() {
        let (newest, _) = issued::tokens(linkedin, &Which::default(), MOST_NAMED);
        let known = newest.into_iter().map(|token| token.fingerprint);
        return Err(Problem::unknown(
            "token with the fingerprint",
            fingerprint,
            known,
        ));
    }
    let now = linkedin.clock.now();
    for value in &values {
        match end {
            End::Expired => linkedin.grants.expire(value, now),
            End::Revoked => linkedin.grants.end_token(value, EndedBy::LinkedIn),
        }
    }
    Ok(linkedin.grants.survey(|tokens| {
        let ended = tokens.filter(|token| values.iter().any(|value| value == token.value()));
        ended.map(|token| TokenView::of(token, now)).collect()
    }))
}
