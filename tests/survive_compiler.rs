//! Whatever a solution does to the compiler, the compiler is ended in time, and its answer is a verdict.

mod survive;

use awaitlings::runner::Kind;
use awaitlings::runner::rust::diagnostics::{MOST, Severity};
use awaitlings::runner::verdict::Part;
use survive::Seen::{CompilerHangs, CompilerIsEnded, DoesNotCompile, Passes};
use survive::{ANSWER, Case, Place, answering, case};

/// A solution that does not compile, with a diagnostic that contains `says`.
fn rejected(what: &'static str, items: impl std::fmt::Display, says: &'static str) -> Case {
    case(what, format!("{items}\n{}", answering("42")), [DoesNotCompile(Part::Solution, says)])
}

#[test]
fn macros_that_grow_without_end() {
    Place::new("macros").judge_all(
        ANSWER,
        [
            rejected(
                "in depth",
                "macro_rules! deep { ($($t:tt)*) => { deep! { $($t)* x } } } deep! {}",
                "recursion limit",
            ),
            case(
                "in breadth",
                format!(
                    "macro_rules! wide {{ ($($t:tt)*) => {{ wide! {{ {} }} }} }} wide! {{ x }}",
                    "$($t)* ".repeat(64)
                ),
                [CompilerIsEnded],
            ),
        ],
    );
}

#[test]
fn constants_that_are_never_known() {
    let endless = "pub const N: usize = { let mut n = 0; while n < usize::MAX { n += 1 } n };";
    Place::new("constants").judge_all(
        ANSWER,
        [
            rejected("endless", endless, "constant evaluation is taking a long time"),
            rejected("in depth", "pub const fn f(n: u64) -> u64 { f(n + 1) + 1 } pub const N: u64 = f(0);", "E0080"),
            rejected("of a panic", "pub const N: () = panic!(\"\\u{1b}]0;title\\u{7}\");", "E0080"),
            case(
                "endless, and told not to ask",
                format!("#![allow(long_running_const_eval)]\n{endless}\n{}", answering("42")),
                [CompilerHangs],
            ),
        ],
    );
}

#[test]
fn types_that_grow_without_end() {
    let generic = "pub fn grow<T>(n: u32, t: T) -> u32 { if n == 0 { 0 } else { grow(n - 1, (t, 0_u8)) } }
        pub fn start() -> u32 { grow(3, 0_u8) }";
    let wide = "trait Twice { type Out; } impl<T> Twice for T { type Out = (T, T); }
        type T1 = <u8 as Twice>::Out; ";
    let doubling: String =
        (1..40).map(|n| format!("type T{} = <T{n} as Twice>::Out;\n", n + 1)).chain([wide.to_owned()]).collect();
    let future = "pub async fn deep(n: u32) -> u32 { if n == 0 { 0 } else { deep(n - 1).await } }";
    Place::new("types").judge_all(
        ANSWER,
        [
            rejected("by recursion", generic, "recursion limit"),
            case("by doubling", format!("{doubling} pub const SIZE: usize = size_of::<T40>();"), [CompilerIsEnded]),
            rejected("as futures", future, "E0733"),
            rejected("as structures", "pub struct S { s: S }", "E0072"),
        ],
    );
}

#[test]
fn statics_that_nothing_can_hold() {
    Place::new("statics").judge_all(
        ANSWER,
        [
            rejected("2^60", "pub static S: [u8; 1 << 60] = [0; 1 << 60];", "error"),
            rejected("2^40", "pub static S: [u8; 1 << 40] = [0; 1 << 40];", "error"),
            rejected("2^32, not zero", "pub static S: [u8; 1 << 32] = [1; 1 << 32];", "error"),
        ],
    );
}

#[test]
fn code_that_is_nested_too_deeply() {
    let nested = |open: &str, inner: &str, close: &str| {
        format!("pub fn f() -> u32 {{ {}{inner}{} }}", open.repeat(50_000), close.repeat(50_000))
    };
    Place::new("nested").judge_all(
        ANSWER,
        [
            rejected("parentheses", nested("(", "1", ")"), "error"),
            rejected("blocks", nested("{", "1", "}"), "error"),
            rejected("negations", nested("!", "1", ""), "error"),
            rejected("unclosed", "{".repeat(100_000), "error"),
            rejected("types", format!("pub type T = {}u8{};", "Box<".repeat(20_000), ">".repeat(20_000)), "error"),
            rejected("sums", format!("pub const N: u64 = 1{};", " + 1".repeat(100_000)), "error"),
        ],
    );
}

#[test]
fn diagnostics_by_the_megabyte() {
    let mut place = Place::new("megabytes");
    let errors: String = (0..20_000).map(|n| format!("pub fn f{n}() -> u32 {{ \"x\" }}\n")).collect();
    let verdict = place.judge(ANSWER, &format!("{errors}{}", answering("42")));
    assert_eq!(verdict.kind, Kind::DidNotCompile { part: Part::Solution });
    assert!(verdict.diagnostics.iter().any(|one| one.code.as_deref() == Some("E0308")));
    assert!(verdict.diagnostics.len() <= MOST + 1);
    // One message may be long, too.
    let wide = format!("pub fn f() -> u32 {{ {:?} }}", "x".repeat(900_000));
    let verdict = place.judge(ANSWER, &format!("{wide}\n{}", answering("42")));
    assert_eq!(verdict.kind, Kind::DidNotCompile { part: Part::Solution });
    assert!(verdict.diagnostics.iter().all(|one| one.rendered.len() < 100_000 && one.message.len() < 100_000));
    // Warnings, however many, keep nobody from passing.
    let warnings: String = (0..3_000).map(|n| format!("fn unused{n}() {{}}\n")).collect();
    let verdict = place.judge(ANSWER, &format!("{warnings}{}", answering("42")));
    assert!(verdict.passed());
    assert!(verdict.diagnostics.iter().all(|one| one.severity == Severity::Warning));
    assert_eq!(verdict.diagnostics.len(), MOST);
}

#[test]
fn text_that_is_hardly_rust() {
    Place::new("text").judge_all(
        ANSWER,
        [
            rejected("zeros", "\0\0\0", "unknown start of token"),
            rejected("a mark that turns text", "pub const S: &str = \"\u{202e}\";", "text_direction_codepoint"),
            rejected("the same in a comment", "// \u{2066}\n", "text_direction_codepoint"),
            rejected("an escape sequence", "\u{1b}]0;title\u{7}", "unknown start of token"),
            rejected("a wide name", "pub fn 变量🦀() {}", "identifiers cannot contain emoji"),
            case("wide text", format!("/// 等待\npub fn 等() {{}}\n{}", answering("42")), [Passes]),
            case("a byte order mark", format!("\u{feff}{}", answering("42")), [Passes]),
            case("line ends of Windows", answering("42").replace('\n', "\r\n"), [Passes]),
            case("no line end", "pub async fn answer() -> u32 { 42 }", [Passes]),
        ],
    );
}
