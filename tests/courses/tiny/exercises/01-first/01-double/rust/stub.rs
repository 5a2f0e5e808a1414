/// Returns twice the number.
pub async fn double(number: u32) -> u32 {
    number
}
