//! First await: ask a slow service once and use what it says.

use harness::Api;

/// Asks `api` for the name of the person with this `id` and returns "Hello, NAME!".
pub async fn greet(api: &Api, id: u32) -> String {
    let name = api.fetch(id).await;
    format!("Hello, {name}!")
}
