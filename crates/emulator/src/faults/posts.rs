//! The answer to a new post is not what it should be (LinkedIn reference §9).

use crate::endpoint::Endpoint;

family! {
    /// Defects of the answer to a new post. The post is there.
    pub enum PostsDefect {
        /// 201 without `x-restli-id`, and without the copy in the body.
        IdMissing = "post_id_missing", Assumed, "The post is made, but its answer does not say which it is.";
    }
}

impl PostsDefect {
    pub(super) const fn concerns(self, endpoint: Endpoint) -> bool {
        match self {
            Self::IdMissing => matches!(endpoint, Endpoint::Posts | Endpoint::UgcPosts),
        }
    }
}
