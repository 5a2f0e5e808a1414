//! Groups: several failures at once, one kind handled, the others passed on.

use harness::Api;
use thiserror::Error;
use tokio::task::JoinSet;

/// Why a visit failed, and in which shop.
#[derive(Debug, Error, PartialEq)]
pub enum ShopError {
    #[error("shop {0}: sold out")]
    SoldOut(u32),
    #[error("shop {0}: fire")]
    Fire(u32),
}

/// Visits all shops at once. Returns those that are sold out; or all other errors, if there are any.
pub async fn visit_all(api: &Api, shops: &[u32]) -> Result<Vec<u32>, Vec<ShopError>> {
    let mut visits = JoinSet::new();
    for shop in shops {
        visits.spawn(visit(api.clone(), *shop));
    }
    while let Some(ended) = visits.join_next().await {
        let visited = ended.expect("no visit panics");
        visited.map_err(|error| vec![error])?;
    }
    Ok(Vec::new())
}

async fn visit(api: Api, shop: u32) -> Result<(), ShopError> {
    match api.try_fetch(shop).await {
        Ok(_) => Ok(()),
        Err(error) if error.text == "sold out" => Err(ShopError::SoldOut(shop)),
        Err(_) => Err(ShopError::Fire(shop)),
    }
}
