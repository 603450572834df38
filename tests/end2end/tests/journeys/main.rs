//! Journeys: what a person does and sees.

mod cancel;
mod device;
mod endings;
mod example;
mod first_paint;
mod gallery;
mod harness;
mod keyboard;
mod member;
mod one_program;
mod outage;
mod share;
mod share_once;
mod share_refused;
mod sign_in;
mod sign_out;
