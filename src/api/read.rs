//! The BFF's shapes, read. What is missing or of another kind makes the whole unreadable; what is added is left alone,
//! since the BFF may be newer than the page.

use lapel_wire::{
    InputError, Kind, Member, Problem, Reach, Retry, Revocation, SessionView, SignOutReport,
    SignedIn, SignedOut, SignedOutReason, SupportLinks, SupportRecord,
};

use crate::json::{Json, Misread};

pub(super) fn session(view: &Json) -> Result<SessionView, Misread> {
    match view.field("state").text()?.as_str() {
        "signed_in" => Ok(SessionView::SignedIn(SignedIn {
            member: member(&view.field("member"))?,
            permissions: view.field("permissions").texts()?,
            expires_in: view.field("expires_in").whole()?,
            ends_at: view.field("ends_at").if_any(Json::whole)?,
        })),
        "signed_out" => Ok(SessionView::SignedOut(SignedOut {
            reason: one_of(
                SignedOutReason::ALL,
                SignedOutReason::as_str,
                &view.field("reason"),
            )?,
            asks: view.field("asks").texts()?,
        })),
        _ => Err(Misread),
    }
}

fn member(member: &Json) -> Result<Member, Misread> {
    Ok(Member {
        id: member.field("id").text()?,
        name: member.field("name").text()?,
        picture: member.field("picture").if_any(Json::text)?,
        email: member.field("email").if_any(Json::text)?,
    })
}

pub(super) fn sign_out(report: &Json) -> Result<SignOutReport, Misread> {
    let revocation = one_of(
        Revocation::ALL,
        Revocation::as_str,
        &report.field("revocation"),
    )?;
    // A BFF from before there were stores says nothing of it.
    let reach = report.field("reach").if_any(reach)?.unwrap_or_default();
    Ok(SignOutReport { revocation, reach })
}

fn reach(said: &Json) -> Result<Reach, Misread> {
    one_of(Reach::ALL, Reach::as_str, said)
}

pub(super) fn problem(problem: &Json) -> Result<Problem, Misread> {
    Ok(Problem {
        type_uri: problem.field("type").text()?,
        title: problem.field("title").text()?,
        status: problem.field("status").small()?,
        detail: problem.field("detail").if_any(Json::text)?,
        reference: problem.field("reference").text()?,
        kind: one_of(Kind::ALL, Kind::as_str, &problem.field("kind"))?,
        retry: retry(&problem.field("retry"))?,
        scopes: problem
            .field("scopes")
            .if_any(Json::texts)?
            .unwrap_or_default(),
        input_errors: problem
            .field("input_errors")
            .if_any(input_errors)?
            .unwrap_or_default(),
        support: problem.field("support").if_any(support)?.map(Box::new),
        links: problem.field("links").if_any(links)?.map(Box::new),
    })
}

fn input_errors(errors: &Json) -> Result<Vec<InputError>, Misread> {
    let mut read = Vec::new();
    for error in errors.list()? {
        read.push(input_error(&error)?);
    }
    Ok(read)
}

fn input_error(error: &Json) -> Result<InputError, Misread> {
    Ok(match error.field("code").text()?.as_str() {
        "too_long" => InputError::TooLong {
            most: error.field("most").if_any(Json::whole)?,
        },
        "duplicate" => InputError::Duplicate {
            of: error.field("of").if_any(Json::text)?,
        },
        _ => InputError::Other,
    })
}

fn retry(retry: &Json) -> Result<Retry, Misread> {
    match retry.field("advice").text()?.as_str() {
        "never" => Ok(Retry::Never),
        "by_hand" => Ok(Retry::ByHand),
        "after" => Ok(Retry::After {
            seconds: retry.field("seconds").whole()?,
        }),
        _ => Err(Misread),
    }
}

/// Names and texts, and nothing else.
fn support(record: &Json) -> Result<SupportRecord, Misread> {
    let mut read = SupportRecord::default();
    for (name, text) in record.entries()? {
        read = read.with(&name, Some(text.text()?));
    }
    Ok(read)
}

fn links(links: &Json) -> Result<SupportLinks, Misread> {
    Ok(SupportLinks {
        support: links.field("support").text()?,
        status: links.field("status").text()?,
    })
}

/// A name of a closed list.
fn one_of<T: Copy, const N: usize>(
    all: [T; N],
    name: fn(T) -> &'static str,
    said: &Json,
) -> Result<T, Misread> {
    let said = said.text()?;
    all.into_iter().find(|it| name(*it) == said).ok_or(Misread)
}
