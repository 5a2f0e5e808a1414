//! Blocking calls reached from async code, directly or through sync functions of the same crates.

use super::super::index::{FnId, Index};
use super::super::tables;
use super::super::walk::{Call, Place};
use crate::review::finding::Severity;
use crate::review::tables::CallTable;

/// Why calling something blocks.
#[derive(Debug, Clone)]
pub struct Witness {
    pub rule: &'static str,
    pub severity: Severity,
    /// From the function called to the call that blocks.
    pub path: Vec<String>,
}

#[derive(Clone)]
enum State {
    New,
    Busy,
    Known(Option<Witness>),
}

/// What the functions block on, each found once.
pub struct Blocking<'w> {
    table: &'w CallTable,
    calls: &'w [Vec<Call>],
    states: Vec<State>,
}

impl<'w> Blocking<'w> {
    pub fn new(table: &'w CallTable, calls: &'w [Vec<Call>]) -> Self {
        Blocking { table, calls, states: vec![State::New; calls.len()] }
    }

    /// Why this call blocks, if it does. A call that is awaited never does.
    pub fn of(&mut self, index: &Index, call: &Call) -> Option<Witness> {
        if call.awaited {
            return None;
        }
        if let Some(local) = call.local {
            return self.enter(index, local);
        }
        if let Some(asks) = call.path.strip_prefix(super::polling::SPINS) {
            // A lock that spins for a moment looks the same.
            let (rule, severity) = ("busy-poll", Severity::Warning);
            return Some(Witness { rule, severity, path: vec![asks.to_owned()] });
        }
        let blocks = tables::blocks(self.table, &call.path)?;
        let shown = call.path.trim_start_matches("(method)::").trim_start_matches("(tuple)::").to_owned();
        Some(Witness { rule: blocks.rule, severity: blocks.severity, path: vec![shown] })
    }

    fn enter(&mut self, index: &Index, id: FnId) -> Option<Witness> {
        let func = &index.fns[id];
        if func.sig.asyncness.is_some() || id >= self.calls.len() {
            return None;
        }
        match &self.states[id] {
            State::Known(witness) => return witness.clone(),
            State::Busy => return None,
            State::New => {}
        }
        self.states[id] = State::Busy;
        let calls = self.calls;
        let mut best: Option<Witness> = None;
        for call in calls[id].iter().filter(|call| call.context.place == Place::Sync) {
            if let Some(found) = self.of(index, call)
                && best.as_ref().is_none_or(|best| found.severity > best.severity)
            {
                best = Some(found);
            }
        }
        let witness = best.map(|mut witness| {
            witness.path.insert(0, func.name.clone());
            witness
        });
        self.states[id] = State::Known(witness.clone());
        witness
    }
}
