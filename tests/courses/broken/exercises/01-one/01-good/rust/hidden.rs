mod patterns {
    #[test]
    fn a() {}
}
