use harness::Api;

pub async fn greet(api: &Api, id: u32) -> String {
    let name = "somebody";
    let _name = api.fetch(id);
    format!("Hello, {name}!")
}
