//! First await: ask a slow service once and use what it says.

use harness::Api;

/// Asks `api` for the name of the person with this `id` and returns "Hello, NAME!".
///
/// `api.fetch(id)` is async and gives the name.
pub async fn greet(api: &Api, id: u32) -> String {
    let name = "somebody";
    format!("Hello, {name}!")
}
