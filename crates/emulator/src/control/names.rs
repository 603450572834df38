//! The names by which files and requests call defects, endpoints and switches; always those of the catalogue.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::endpoint::Endpoint;
use crate::faults::Defect;
use crate::switches::Switch;

/// Reads and writes a closed list by the names of its items.
macro_rules! by_name {
    ($($what:literal $type:ty),+ $(,)?) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let name = String::deserialize(deserializer)?;
                let found = Self::ALL.into_iter().find(|item| item.as_str() == name);
                found.ok_or_else(|| D::Error::custom(unknown($what, &name, &Self::ALL.map(Self::as_str))))
            }
        }
    )+};
}
by_name!("defect" Defect, "endpoint" Endpoint, "switch" Switch);

fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    format!(
        "there is no {what} {name:?}; there are {}",
        known.join(", ")
    )
}
