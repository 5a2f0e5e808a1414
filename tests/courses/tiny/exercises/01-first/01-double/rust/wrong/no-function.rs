pub async fn twice(number: u32) -> u32 {
    number * 2
}
