//! Journeys: what a person does and sees.

mod cancel;
mod endings;
mod first_paint;
mod harness;
mod member;
mod one_program;
mod outage;
mod sign_in;
mod sign_out;
