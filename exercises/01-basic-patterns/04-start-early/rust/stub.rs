//! Start early: background work that overlaps the main work.

use harness::Api;

/// Makes a backup of the page and renders it; returns the rendered page once both are done.
pub async fn publish(storage: &Api, renderer: &Api, page: u32) -> String {
    let rendered = renderer.fetch(page).await;
    storage.fetch(page).await;
    rendered
}
