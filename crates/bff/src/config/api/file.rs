//! The allowlist as a TOML file. Every fault is told with its line, not only the first.

use std::fmt;
use std::time::Duration;

use http::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use super::{Call, is_idempotent};
use crate::linkedin::PathTemplate;

/// Methods that can be opened. `HEAD`, `OPTIONS`, `TRACE` and `CONNECT` are never passed on.
const METHODS: [Method; 5] = [
    Method::GET,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
];

/// Largest request body that an entry may allow, in bytes: it is held in memory.
const MOST_REQUEST: usize = 8 * 1024 * 1024;

/// Largest answer that an entry may allow, in bytes.
const MOST_ANSWER: u64 = 256 * 1024 * 1024;

/// Longest deadline of an entry. Somebody waits.
const LONGEST_TIMEOUT: Duration = Duration::from_mins(2);

/// What is wrong with the file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileFault {
    /// Counted from 1.
    line: usize,
    message: String,
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

/// An entry as it stands in the file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Entry {
    method: Option<Spanned<String>>,
    path: Option<Spanned<String>>,
    scopes: Option<Spanned<Vec<String>>>,
    query: Option<Spanned<Vec<String>>>,
    restli_methods: Option<Spanned<Vec<String>>>,
    request_limit: Option<Spanned<usize>>,
    answer_limit: Option<Spanned<u64>>,
    timeout: Option<Spanned<String>>,
    idempotent: Option<Spanned<bool>>,
}

/// Reads the calls that a file allows.
///
/// # Errors
/// Everything that is wrong with it, in the order of the file.
pub(super) fn parse(text: &str) -> Result<Vec<Call>, Vec<FileFault>> {
    let mut reading = Reading {
        text,
        faults: Vec::new(),
    };
    let (document, broken) = DeTable::parse_recoverable(text);
    for error in &broken {
        reading.error(error);
    }
    if !broken.is_empty() {
        return Err(reading.in_order());
    }
    let mut calls: Vec<Call> = Vec::new();
    for (key, value) in document.into_inner() {
        let at = key.span().start;
        if key.get_ref() != "call" {
            reading.fault(
                at,
                format!("unknown field `{}`, expected `[[call]]`", key.get_ref()),
            );
            continue;
        }
        let DeValue::Array(entries) = value.into_inner() else {
            reading.fault(at, "`call` must be a list of tables: `[[call]]`");
            continue;
        };
        for entry in entries {
            let at = entry.span().start;
            let DeValue::Table(table) = entry.into_inner() else {
                reading.fault(at, "`call` must be a list of tables: `[[call]]`");
                continue;
            };
            let Some(call) = reading
                .entry(at, table)
                .and_then(|entry| reading.call(at, entry))
            else {
                continue;
            };
            let twice =
                |known: &Call| known.method == call.method && known.path.is_same_as(&call.path);
            if calls.iter().any(twice) {
                reading.fault(at, format!("{} {} is there twice", call.method, call.path));
            }
            calls.push(call);
        }
    }
    if reading.faults.is_empty() {
        Ok(calls)
    } else {
        Err(reading.in_order())
    }
}

/// A file that is being read, and what is wrong with it so far.
struct Reading<'t> {
    text: &'t str,
    faults: Vec<FileFault>,
}

impl Reading<'_> {
    /// Each field by itself, since serde stops at the first that it cannot read.
    fn entry(&mut self, at: usize, table: DeTable<'_>) -> Option<Entry> {
        for name in ["method", "path", "scopes"] {
            if !table.keys().any(|key| key.get_ref() == name) {
                self.fault(at, format!("`{name}` is missing"));
            }
        }
        let mut good = DeTable::new();
        for (key, value) in table {
            let mut alone = DeTable::new();
            alone.insert(key.clone(), value.clone());
            match read::<Entry>(alone) {
                Ok(_) => {
                    good.insert(key, value);
                }
                Err(error) => self.error(&error),
            }
        }
        read(good).ok()
    }

    fn call(&mut self, at: usize, entry: Entry) -> Option<Call> {
        let method = entry.method.and_then(|method| self.method(&method));
        let path = entry.path.and_then(|path| self.path(&path));
        let scopes = entry
            .scopes
            .map(|scopes| self.words(scopes, "scopes", is_scope));
        let query = entry
            .query
            .map(|query| self.words(query, "query", is_token));
        let restli = entry
            .restli_methods
            .map(|it| self.words(it, "restli_methods", is_restli_method));
        let request_limit = entry.request_limit.map_or(Call::REQUEST_LIMIT, |limit| {
            self.within(&limit, "request_limit", MOST_REQUEST)
        });
        let answer_limit = entry.answer_limit.map_or(Call::ANSWER_LIMIT, |limit| {
            self.within(&limit, "answer_limit", MOST_ANSWER)
        });
        let timeout = entry
            .timeout
            .map_or(Call::TIMEOUT, |timeout| self.timeout(&timeout));
        let (method, path, scopes) = (method?, path?, scopes?);
        let idempotent = match entry.idempotent.map(Spanned::into_inner) {
            Some(true) if !is_idempotent(&method) => {
                self.fault(
                    at,
                    format!("`idempotent`: a {method} is never repeated by itself"),
                );
                false
            }
            said => said.unwrap_or_else(|| is_idempotent(&method)),
        };
        Some(Call {
            method,
            path,
            scopes,
            query: query.unwrap_or_default(),
            restli_methods: restli.unwrap_or_default(),
            request_limit,
            answer_limit,
            timeout,
            idempotent,
        })
    }

    fn method(&mut self, said: &Spanned<String>) -> Option<Method> {
        let method = METHODS
            .into_iter()
            .find(|method| method.as_str() == said.get_ref());
        if method.is_none() {
            let known = METHODS.each_ref().map(Method::as_str).join(", ");
            self.fault(
                said.span().start,
                format!("`method` must be one of {known}"),
            );
        }
        method
    }

    fn path(&mut self, said: &Spanned<String>) -> Option<PathTemplate> {
        said.get_ref()
            .parse()
            .map_err(|error| self.fault(said.span().start, format!("`path`: {error}")))
            .ok()
    }

    fn words(
        &mut self,
        said: Spanned<Vec<String>>,
        name: &str,
        is_good: fn(&str) -> bool,
    ) -> Vec<String> {
        let at = said.span().start;
        for word in said.get_ref().iter().filter(|word| !is_good(word)) {
            self.fault(at, format!("`{name}`: {word:?} cannot stand there"));
        }
        said.into_inner()
    }

    fn within<T: Copy + PartialOrd + fmt::Display>(
        &mut self,
        said: &Spanned<T>,
        name: &str,
        most: T,
    ) -> T {
        if *said.get_ref() > most {
            self.fault(
                said.span().start,
                format!("`{name}` must be at most {most} bytes"),
            );
        }
        *said.get_ref()
    }

    fn timeout(&mut self, said: &Spanned<String>) -> Duration {
        let at = said.span().start;
        match humantime::parse_duration(said.get_ref()) {
            Ok(timeout) if (Duration::from_millis(100)..=LONGEST_TIMEOUT).contains(&timeout) => {
                timeout
            }
            Ok(_) => {
                self.fault(at, "`timeout` must be between `100ms` and `2min`");
                Call::TIMEOUT
            }
            Err(error) => {
                self.fault(at, format!("`timeout`: {error}; such as `10s`"));
                Call::TIMEOUT
            }
        }
    }

    fn error(&mut self, error: &toml::de::Error) {
        let at = error.span().map_or(0, |span| span.start);
        self.fault(at, error.message().to_owned());
    }

    fn fault(&mut self, at: usize, message: impl Into<String>) {
        let before = self.text.get(..at).unwrap_or_default();
        self.faults.push(FileFault {
            line: before.matches('\n').count() + 1,
            message: message.into(),
        });
    }

    fn in_order(mut self) -> Vec<FileFault> {
        self.faults.sort_by_key(|fault| fault.line);
        self.faults
    }
}

fn read<T: DeserializeOwned>(table: DeTable<'_>) -> Result<T, toml::de::Error> {
    T::deserialize(Deserializer::from(Spanned::new(0..0, table)))
}

/// RFC 6749 §3.3.
fn is_scope(word: &str) -> bool {
    !word.is_empty()
        && word
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"\"\\".contains(&byte))
}

/// The name of a query parameter; what LinkedIn's have, and `fields[0]` never.
fn is_token(word: &str) -> bool {
    !word.is_empty()
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

/// As `PARTIAL_UPDATE`.
fn is_restli_method(word: &str) -> bool {
    !word.is_empty()
        && word
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}
