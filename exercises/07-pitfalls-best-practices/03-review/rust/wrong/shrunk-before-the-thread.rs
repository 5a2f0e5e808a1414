use futures::stream::{self, StreamExt};
use harness::{Api, ApiError};
use std::thread;
use std::time::Duration;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

/// For how many photos a page may ask the store at the same time.
pub const STORE_TAKES: usize = 4;
/// How long to wait before the store is asked again.
pub const PAUSE: Duration = Duration::from_millis(50);
/// How long the library for pictures works on one.
pub const SHRINKING: Duration = Duration::from_millis(50);
/// The cover where there is no other.
pub const GREY: &str = "grey";

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureError {
    /// The store refused the photo, twice.
    Refused(ApiError),
    /// The photo cannot be read.
    Broken,
}

impl From<ApiError> for PictureError {
    fn from(error: ApiError) -> PictureError {
        PictureError::Refused(error)
    }
}

/// Makes small pictures of photos. Clones are handles to the same service.
#[derive(Clone)]
pub struct Thumbnails {
    photos: Api,
    views: Api,
}

impl Thumbnails {
    /// A service that takes photos from the one store and counts views in the other.
    pub fn new(photos: Api, views: Api) -> Thumbnails {
        Thumbnails { photos, views }
    }

    /// The pictures of a page, in the order of the ids.
    pub async fn page(&self, ids: &[u32]) -> Vec<Result<String, PictureError>> {
        let pictures = ids.iter().map(|id| self.fetch_small(*id));
        stream::iter(pictures).buffered(STORE_TAKES).collect().await
    }

    /// Whether every picture of a page can be had.
    pub async fn is_whole(&self, ids: &[u32]) -> bool {
        self.page(ids).await.iter().all(Result::is_ok)
    }

    /// The picture at the top of a page; a grey one where it cannot be had.
    pub async fn cover(&self, id: u32) -> String {
        self.fetch_small(id).await.unwrap_or(GREY.to_owned())
    }

    /// One picture. Its view is counted before it is handed out.
    async fn fetch_small(&self, id: u32) -> Result<String, PictureError> {
        self.count(id).await;
        let photo = self.photo(id).await?;
        let picture = small(&photo);
        spawn_blocking(move || picture).await.map_err(|_| PictureError::Broken)
    }

    async fn count(&self, id: u32) {
        self.views.fetch(id).await;
    }

    /// A photo; a store that refuses it is asked once more.
    async fn photo(&self, id: u32) -> Result<String, ApiError> {
        if let Ok(photo) = self.photos.try_fetch(id).await {
            return Ok(photo);
        }
        sleep(PAUSE).await;
        self.photos.try_fetch(id).await
    }
}

fn small(photo: &str) -> String {
    format!("small {}", shrink(photo))
}

/// Stands for a library for pictures: it keeps its thread at work, and panics at broken photos. Leave it as it is.
fn shrink(photo: &str) -> &str {
    assert!(photo != "broken", "this is no photo");
    thread::sleep(SHRINKING);
    photo
}

/// A test: panics unless the page of three photos is whole. `photos` is a double of the store.
pub async fn check_whole_page(photos: Api) {
    let service = Thumbnails::new(photos, Api::new());
    assert_whole(&service, &[1, 2, 3]).await;
}

async fn assert_whole(service: &Thumbnails, ids: &[u32]) {
    assert!(service.is_whole(ids).await, "every picture of the page can be had");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn test_whole_page() {
        check_whole_page(Api::new()).await;
    }
}
