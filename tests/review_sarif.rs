//! `awaitlings review --format sarif` against what SARIF 2.1.0 (OASIS standard, plus errata 01) requires.

use awaitlings::review::{self, Format, FromProcesses, ReviewArgs, Severity};
use serde_json::Value;

/// What an object of the schema must have, and which values are allowed.
struct Shape {
    /// The section of the standard that defines the object.
    section: &'static str,
    /// Its name there.
    object: &'static str,
    /// Where such objects stand: keys, with `*` for every element of an array.
    places: &'static [&'static str],
    /// The properties that the schema lists as `required` for it.
    required: &'static [&'static str],
    /// Properties with a closed list of values.
    values: &'static [(&'static str, &'static [&'static str])],
    /// Properties that must be integers of at least this.
    least: &'static [(&'static str, i64)],
}

const LEVELS: &[&str] = &["none", "note", "warning", "error"];

const SHAPES: [Shape; 13] = [
    Shape {
        section: "3.13",
        object: "sarifLog",
        places: &[""],
        required: &["version", "runs"],
        values: &[("version", &["2.1.0"])],
        least: &[],
    },
    Shape {
        section: "3.14",
        object: "run",
        places: &["runs.*"],
        required: &["tool"],
        values: &[("columnKind", &["utf16CodeUnits", "unicodeCodePoints"])],
        least: &[],
    },
    Shape { section: "3.18", object: "tool", places: &["runs.*.tool"], required: &["driver"], values: &[], least: &[] },
    Shape {
        section: "3.19",
        object: "toolComponent",
        places: &["runs.*.tool.driver"],
        required: &["name"],
        values: &[],
        least: &[],
    },
    Shape {
        section: "3.49",
        object: "reportingDescriptor",
        places: &["runs.*.tool.driver.rules.*"],
        required: &["id"],
        values: &[],
        least: &[],
    },
    Shape {
        section: "3.50",
        object: "reportingConfiguration",
        places: &["runs.*.tool.driver.rules.*.defaultConfiguration"],
        required: &[],
        values: &[("level", LEVELS)],
        least: &[],
    },
    Shape {
        section: "3.12",
        object: "multiformatMessageString",
        places: &["runs.*.tool.driver.rules.*.shortDescription", "runs.*.tool.driver.rules.*.help"],
        required: &["text"],
        values: &[],
        least: &[],
    },
    Shape {
        section: "3.20",
        object: "invocation",
        places: &["runs.*.invocations.*"],
        required: &["executionSuccessful"],
        values: &[],
        least: &[],
    },
    Shape {
        section: "3.58",
        object: "notification",
        places: &["runs.*.invocations.*.toolExecutionNotifications.*"],
        required: &["message"],
        values: &[("level", LEVELS)],
        least: &[],
    },
    Shape {
        section: "3.27",
        object: "result",
        places: &["runs.*.results.*"],
        required: &["message"],
        values: &[("level", LEVELS)],
        least: &[("ruleIndex", 0)],
    },
    Shape {
        section: "3.11",
        object: "message",
        // The schema wants `text` or `id`; ours have texts.
        places: &["runs.*.results.*.message", "runs.*.invocations.*.toolExecutionNotifications.*.message"],
        required: &["text"],
        values: &[],
        least: &[],
    },
    Shape {
        section: "3.29",
        object: "physicalLocation",
        // The schema wants `address` or `artifactLocation`; ours are files.
        places: &[
            "runs.*.results.*.locations.*.physicalLocation",
            "runs.*.invocations.*.toolExecutionNotifications.*.locations.*.physicalLocation",
        ],
        required: &["artifactLocation"],
        values: &[],
        least: &[],
    },
    Shape {
        section: "3.30",
        object: "region",
        places: &[
            "runs.*.results.*.locations.*.physicalLocation.region",
            "runs.*.invocations.*.toolExecutionNotifications.*.locations.*.physicalLocation.region",
        ],
        // A text region has at least its first line (3.30.2).
        required: &["startLine"],
        values: &[],
        least: &[("startLine", 1), ("startColumn", 1), ("endLine", 1), ("endColumn", 1)],
    },
];

/// The values at a place.
fn at<'v>(value: &'v Value, place: &str) -> Vec<&'v Value> {
    let mut found = vec![value];
    for key in place.split('.').filter(|key| !key.is_empty()) {
        found = found
            .into_iter()
            .flat_map(|value| match (key, value) {
                ("*", Value::Array(all)) => all.iter().collect(),
                (key, Value::Object(all)) => all.get(key).into_iter().collect::<Vec<_>>(),
                _ => Vec::new(),
            })
            .collect();
    }
    found
}

fn sarif(files: &[(&str, &str)]) -> Value {
    let folder = tempfile::TempDir::new().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let args = ReviewArgs { paths: vec![folder.path().into()], format: Format::Sarif, ..ReviewArgs::default() };
    let mut out = Vec::new();
    review::run(&args, FromProcesses::default(), &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

const FILES: [(&str, &str); 4] = [
    ("a b.py", "import time\n\nasync def handler():\n    time.sleep(1)\n"),
    (
        "路.rs",
        "async fn save() {}\nasync fn all() {\n    save();\n    let text = \"等\"; std::thread::sleep(d); drop(text);\n}\n",
    ),
    ("broken.py", "def f(:\n"),
    (
        "notes.py",
        "import asyncio\n\nasync def wait(done):\n    while not done.is_set():\n        await asyncio.sleep(1)\n",
    ),
];

#[test]
fn everything_that_the_schema_requires_is_there() {
    let sarif = sarif(&FILES);
    let mut wrong = Vec::new();
    for Shape { section, object, places, required, values, least } in SHAPES {
        for place in places {
            let all = at(&sarif, place);
            assert!(!all.is_empty(), "no {object} ({section}) at {place:?}");
            for one in all {
                let tell = |what: String| format!("{object} ({section}) at {place}: {what}: {one}");
                let missing = required.iter().filter(|name| one.get(**name).is_none_or(Value::is_null));
                wrong.extend(missing.map(|name| tell(format!("{name} is missing"))));
                for (name, allowed) in values {
                    let known = one[name].as_str().is_some_and(|value| allowed.contains(&value));
                    wrong.extend((!known).then(|| tell(format!("{name} is none of {allowed:?}"))));
                }
                for (name, least) in least {
                    let fits = one[name].is_null() || one[name].as_i64().is_some_and(|value| value >= *least);
                    wrong.extend((!fits).then(|| tell(format!("{name} is under {least}"))));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_in_it_that_the_schema_does_not_know() {
    // The schema's objects take no additional properties, but for property bags (3.8).
    let known: [(&str, &[&str]); 6] = [
        ("", &["$schema", "version", "runs"]),
        ("runs.*", &["tool", "columnKind", "invocations", "results"]),
        ("runs.*.tool.driver", &["name", "version", "rules"]),
        ("runs.*.tool.driver.rules.*", &["id", "shortDescription", "help", "defaultConfiguration", "properties"]),
        ("runs.*.results.*", &["ruleId", "ruleIndex", "level", "message", "locations"]),
        ("runs.*.invocations.*.toolExecutionNotifications.*", &["level", "message", "locations"]),
    ];
    let sarif = sarif(&FILES);
    for (place, names) in known {
        for one in at(&sarif, place) {
            let unknown: Vec<&String> =
                one.as_object().unwrap().keys().filter(|key| !names.contains(&key.as_str())).collect();
            assert!(unknown.is_empty(), "{place}: {unknown:?}");
        }
    }
}

#[test]
fn results_name_their_rules_and_places() {
    let sarif = sarif(&FILES);
    let rules = at(&sarif, "runs.*.tool.driver.rules.*");
    assert_eq!(rules.len(), review::table().rules().len());
    let results = at(&sarif, "runs.*.results.*");
    assert!(results.len() >= 4, "{results:#?}");
    for result in &results {
        // 3.27.7: the index leads to the descriptor with the same id.
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let rule = review::table().find(result["ruleId"].as_str().unwrap()).unwrap();
        let level = result["level"].as_str().unwrap();
        assert!(rule.severity > Severity::Note || level == "note", "{result}");
    }
    // 3.4.3: a URI reference, percent-encoded.
    let uris: Vec<&str> = at(&sarif, "runs.*.results.*.locations.*.physicalLocation.artifactLocation.uri")
        .into_iter()
        .map(|uri| uri.as_str().unwrap())
        .collect();
    assert!(uris.iter().any(|uri| uri.ends_with("/a%20b.py")) && uris.iter().any(|uri| uri.ends_with("/%E8%B7%AF.rs")));
    // Columns count code points, as `columnKind` says: one for the Chinese letter.
    let sleep = results.iter().find(|result| {
        result["ruleId"] == "blocking-sleep"
            && result["locations"][0]["physicalLocation"]["region"]["startLine"] == 4
            && result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap().ends_with(".rs")
    });
    assert_eq!(sleep.unwrap()["locations"][0]["physicalLocation"]["region"]["startColumn"], 21);
    let told = at(&sarif, "runs.*.invocations.*.toolExecutionNotifications.*");
    assert_eq!(told.len(), 1);
}
