//! The files around the exercises: with them plain `cargo check`, rust-analyzer and pyright understand every exercise.

use super::module_name;
use std::fmt::Write;
use std::path::Path;

/// `Cargo.toml`: one library whose modules are the exercises. `dependencies` are lines of TOML, one a crate, as they stand
/// under `[dependencies]`: `tokio = { version = "1", features = ["full"] }`. The harness is added to them.
pub fn cargo_toml(dependencies: &str) -> String {
    let dependencies = dependencies.trim();
    format!(
        r#"# Made by awaitlings, so that your editor and cargo understand the exercises. Edit it as you like.
# awaitlings itself judges each exercise on its own and does not use this file.

[package]
name = "dojo-exercises"
version = "0.0.0"
edition = "2024"
publish = false

[lib]
path = ".awaitlings/exercises.rs"
doctest = false

[dependencies]
{dependencies}
harness = {{ path = ".awaitlings/harness/rust" }}

# An exercise is full of things not used yet. A future that is never awaited is worth a warning all the same.
[lints.rust]
unused = {{ level = "allow", priority = -1 }}
unused_must_use = "warn"

# Never part of a workspace further up.
[workspace]
"#
    )
}

/// `Cargo.toml` of the harness, for `.awaitlings/harness/rust/`; `dependencies` as for [`cargo_toml`].
pub fn harness_cargo_toml(dependencies: &str) -> String {
    format!(
        "[package]\nname = \"harness\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\n{}\n",
        dependencies.trim()
    )
}

/// `pyproject.toml`; `dependencies` are requirement strings: `pytest-asyncio>=0.24`.
pub fn pyproject_toml(dependencies: &[&str]) -> String {
    let dependencies = dependencies.iter().fold(String::new(), |mut lines, dependency| {
        let _ = writeln!(lines, "    {},", toml_edit::Value::from(*dependency));
        lines
    });
    format!(
        r#"# Made by awaitlings, so that your editor understands the exercises. Edit it as you like.
# awaitlings itself judges each exercise on its own and does not use this file.

[project]
name = "dojo-exercises"
version = "0.0.0"
requires-python = ">=3.10"
dependencies = [
{dependencies}]

[tool.uv]
package = false

[tool.pyright]
include = ["exercises"]
extraPaths = [".awaitlings/harness/python"]

[tool.pytest.ini_options]
asyncio_mode = "strict"
asyncio_default_fixture_loop_scope = "function"
filterwarnings = ["error"]
pythonpath = [".awaitlings/harness/python"]
"#
    )
}

/// `.gitignore`: a learner who keeps the folder in git keeps exercises, settings and progress.
pub fn gitignore() -> String {
    "# Made by awaitlings. Your exercises, settings and progress are kept; the rest can be made again.\n\
     /target\n\
     __pycache__/\n\
     .venv/\n\
     .pytest_cache/\n\
     /.awaitlings/*\n\
     !/.awaitlings/progress.toml\n"
        .to_owned()
}

/// `.awaitlings/exercises.rs`: a module for each Rust exercise, from its id and where its file is in the learner's folder.
pub fn exercises_rs<'a>(exercises: impl IntoIterator<Item = (&'a str, &'a Path)>) -> String {
    let mut text = String::from(
        "//! Every Rust exercise as a module, so that cargo and rust-analyzer see them all.\n\
         //! Made by awaitlings and written again when the course changes.\n",
    );
    for (id, path) in exercises {
        let path = syn::LitStr::new(&format!("../{}", path.display()), proc_macro2::Span::call_site());
        let path = path.token().to_string();
        let _ = write!(text, "\n#[path = {path}]\npub mod {};\n", module_name(id));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cargo_manifest_is_toml_and_stands_alone() {
        let text = cargo_toml("tokio = { version = \"1\", features = [\"full\"] }\nfutures = \"0.3\"\n");
        let manifest: toml::Table = text.parse().unwrap();
        assert_eq!(manifest["package"]["name"].as_str(), Some("dojo-exercises"));
        assert_eq!(manifest["package"]["publish"].as_bool(), Some(false));
        assert_eq!(manifest["lib"]["path"].as_str(), Some(".awaitlings/exercises.rs"));
        let dependencies: Vec<_> = manifest["dependencies"].as_table().unwrap().keys().collect();
        assert_eq!(dependencies, ["futures", "harness", "tokio"]);
        assert!(manifest["workspace"].as_table().unwrap().is_empty());
        assert_eq!(manifest["lints"]["rust"]["unused"]["priority"].as_integer(), Some(-1));
        let harness: toml::Table = harness_cargo_toml("tokio = \"1\"").parse().unwrap();
        assert_eq!(harness["dependencies"]["tokio"].as_str(), Some("1"));
    }

    #[test]
    fn the_python_project_is_toml_with_its_requirements() {
        let text = pyproject_toml(&["pytest>=8", "odd; python_version < \"3.11\""]);
        let project: toml::Table = text.parse().unwrap();
        let dependencies = project["project"]["dependencies"].as_array().unwrap();
        assert_eq!(dependencies[1].as_str(), Some("odd; python_version < \"3.11\""));
        assert!(pyproject_toml(&[]).parse::<toml::Table>().is_ok());
    }

    #[test]
    fn each_exercise_is_a_module_at_its_place() {
        let text = exercises_rs([
            ("first-await", Path::new("exercises/01-basic-patterns/01-first-await.rs")),
            ("async", Path::new("exercises/01-a \"b\"/02-async.rs")),
        ]);
        assert!(
            text.contains("#[path = \"../exercises/01-basic-patterns/01-first-await.rs\"]\npub mod first_await;\n")
        );
        let file: syn::File = syn::parse_str(&text).unwrap();
        let modules: Vec<_> = file
            .items
            .iter()
            .map(|item| match item {
                syn::Item::Mod(module) => module.ident.to_string(),
                other => panic!("no module: {other:?}"),
            })
            .collect();
        assert_eq!(modules, ["first_await", "exercise_async"]);
    }
}
