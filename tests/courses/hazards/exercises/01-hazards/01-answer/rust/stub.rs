/// The answer.
pub async fn answer() -> u32 {
    0
}
