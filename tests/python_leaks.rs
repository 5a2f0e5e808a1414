//! A runner that judges all day holds no more at its end than at its start. Alone in its program, so that nothing else
//! opens descriptors meanwhile.

mod python;

use python::{Place, Server, after, answering, soon};

fn own_descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}

#[test]
fn fifty_runs_in_a_row_leak_no_process_descriptor_or_memory() {
    let place = Place::new();
    let run = |number: u32| {
        let source = if number.is_multiple_of(2) { after("") } else { answering("return 41") };
        let verdict = place.judge(&format!("# {number}\n{source}"));
        assert_eq!(verdict.passed(), number.is_multiple_of(2), "{verdict:#?}");
    };
    // Whatever is set up once is there after a few.
    (0..5).for_each(run);
    let server = Server::of_this_test();
    let (descriptors, memory, own) = (server.descriptors(), server.memory(), own_descriptors());
    (5..55).for_each(run);
    assert_eq!(Server::of_this_test(), server, "one server judged them all");
    soon(|| server.descriptors() <= descriptors, || format!("{descriptors} became {}", server.descriptors()));
    assert!(server.memory() <= memory + 2_048, "{memory} kB became {} kB", server.memory());
    soon(|| own_descriptors() <= own, || format!("{own} descriptors became {}", own_descriptors()));
}
