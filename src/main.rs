//! The `awaitlings` binary; everything it does lives in the library.

fn main() -> std::process::ExitCode {
    awaitlings::cli::main()
}
