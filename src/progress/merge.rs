//! Merging two records of what was done into one that has all of it.
//!
//! What was done stays done: the earliest pass and evidence, the most hints, the newest attempts of both. Merging is
//! commutative, associative and idempotent, so it does not matter in which order, or how often, records meet. That is why the
//! number of attempts is the larger one and no sum; attempts that are counted exactly are added by the store, one by one, to
//! what is on disk.

use super::record::{Progress, RECENT, TrackProgress};
use std::collections::BTreeMap;

impl Progress {
    /// Everything that either has.
    #[must_use]
    pub fn merge(mut self, other: Progress) -> Progress {
        for (exercise, tracks) in other.exercises {
            merge_maps(self.exercises.entry(exercise).or_default(), tracks, TrackProgress::merge);
        }
        self
    }
}

impl TrackProgress {
    fn merge(self, other: TrackProgress) -> TrackProgress {
        let mut evidence = self.evidence;
        merge_maps(&mut evidence, other.evidence, Ord::min);
        let mut recent = [self.recent, other.recent].concat();
        recent.sort();
        recent.dedup();
        recent.drain(..recent.len().saturating_sub(RECENT));
        TrackProgress {
            attempts: self.attempts.max(other.attempts).max(recent.len() as u64),
            hints_seen: self.hints_seen.max(other.hints_seen),
            first_passed: self.first_passed.into_iter().chain(other.first_passed).min(),
            last_attempt: self.last_attempt.max(other.last_attempt),
            evidence,
            recent,
        }
    }
}

fn merge_maps<K: Ord, V>(into: &mut BTreeMap<K, V>, from: BTreeMap<K, V>, merge: impl Fn(V, V) -> V) {
    for (key, value) in from {
        let merged = match into.remove(&key) {
            Some(known) => merge(known, value),
            None => value,
        };
        into.insert(key, merged);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::Track;
    use crate::progress::attempt::tests::an_attempt;
    use crate::progress::record::Change;
    use crate::progress::{Outcome, State};
    use proptest::prelude::*;

    fn a_change() -> impl Strategy<Value = Change> {
        let exercise = prop::sample::select(vec!["fan-out", "gate"]);
        let track = prop::sample::select(Track::ALL.to_vec());
        let outcome = prop::sample::select(vec![Outcome::Passed, Outcome::Failed]);
        let criteria = prop::collection::btree_map("[ab]", prop::collection::vec("[xy]", 0..2), 0..2);
        let attempt = (exercise.clone(), track.clone(), 0i64..30, outcome, criteria).prop_map(
            |(exercise, track, second, outcome, criteria)| {
                Change::Attempt(crate::progress::Attempt { track, criteria, ..an_attempt(exercise, second, outcome) })
            },
        );
        let hint = (exercise, track, 0u32..4).prop_map(|(exercise, track, number)| Change::Hint {
            exercise: exercise.to_owned(),
            track,
            number,
        });
        prop_oneof![4 => attempt, 1 => hint]
    }

    fn a_progress() -> impl Strategy<Value = Progress> {
        prop::collection::vec(a_change(), 0..40).prop_map(|changes| {
            let mut progress = Progress::default();
            changes.iter().for_each(|change| progress.apply(change));
            progress
        })
    }

    proptest! {
        #[test]
        fn the_order_and_number_of_merges_does_not_matter(a in a_progress(), b in a_progress(), c in a_progress()) {
            prop_assert_eq!(a.clone().merge(a.clone()), a.clone());
            prop_assert_eq!(a.clone().merge(b.clone()), b.clone().merge(a.clone()));
            prop_assert_eq!(a.clone().merge(b.clone()).merge(c.clone()), a.merge(b.merge(c)));
        }

        #[test]
        fn nothing_done_is_lost(a in a_progress(), b in a_progress()) {
            let merged = a.clone().merge(b.clone());
            for (exercise, tracks) in a.exercises.iter().chain(&b.exercises) {
                for (track, done) in tracks {
                    let all = merged.of(exercise, *track).unwrap();
                    prop_assert!(all.attempts >= done.attempts && all.hints_seen >= done.hints_seen);
                    prop_assert!(all.last_attempt >= done.last_attempt);
                    prop_assert!(done.state() != State::Passed || all.state() == State::Passed);
                    prop_assert!(done.evidence.keys().all(|criterion| all.evidence.contains_key(criterion)));
                    prop_assert_eq!(all.recent.last().map(|attempt| attempt.when), all.last_attempt);
                }
            }
        }
    }
}
