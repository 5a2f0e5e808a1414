use harness::Api;
use thiserror::Error;
use tokio::task::JoinSet;

#[derive(Debug, Error, PartialEq)]
pub enum ShopError {
    #[error("shop {0}: sold out")]
    SoldOut(u32),
    #[error("shop {0}: fire")]
    Fire(u32),
}

pub async fn visit_all(api: &Api, shops: &[u32]) -> Result<Vec<u32>, Vec<ShopError>> {
    let mut visits = JoinSet::new();
    for shop in shops {
        visits.spawn(visit(api.clone(), *shop));
    }
    let mut errors = Vec::new();
    while let Some(ended) = visits.join_next().await {
        errors.extend(ended.expect("no visit panics").err());
    }
    let mut sold_out = Vec::new();
    for error in &errors {
        match error {
            ShopError::SoldOut(shop) => sold_out.push(*shop),
            ShopError::Fire(_) => return Err(errors),
        }
    }
    Ok(sold_out)
}

async fn visit(api: Api, shop: u32) -> Result<(), ShopError> {
    match api.try_fetch(shop).await {
        Ok(_) => Ok(()),
        Err(error) if error.text == "sold out" => Err(ShopError::SoldOut(shop)),
        Err(_) => Err(ShopError::Fire(shop)),
    }
}
