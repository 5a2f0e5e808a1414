use harness::Api;

pub async fn greet(_api: &Api, id: u32) -> String {
    format!("Hello, person {id}!")
}
