//! Interleaved rounds, and what is told of a series.

use anyhow::{Context, Result};
use std::time::Duration;

/// Takes one measurement; the number is different every time, so that no two sources are equal.
pub type Measure<'a> = Box<dyn FnMut(usize) -> Result<Duration> + 'a>;

/// What a measure came to, one time for each round.
#[derive(Debug, Default)]
pub struct Series {
    wall: Vec<f64>,
    /// Processor time of the programs that were started, all rounds together, in milliseconds.
    processor: f64,
}

impl Series {
    /// The median, in milliseconds.
    pub fn median(&self) -> f64 {
        self.part(0.5)
    }

    /// The value below which `share` of all lie, in milliseconds.
    pub fn part(&self, share: f64) -> f64 {
        let mut sorted = self.wall.clone();
        sorted.sort_by(f64::total_cmp);
        let place = share * (sorted.len().saturating_sub(1)) as f64;
        sorted.get(place.round() as usize).copied().unwrap_or(f64::NAN)
    }

    /// Mean processor time of one, in milliseconds.
    pub fn processor(&self) -> f64 {
        self.processor / self.wall.len() as f64
    }
}

/// The series of all measures, in the order given.
#[derive(Debug)]
pub struct Rounds {
    /// How many rounds were taken.
    pub count: usize,
    series: Vec<(String, Series)>,
}

impl Rounds {
    /// Takes every measure once a round, after two rounds that only warm up.
    pub fn take(count: usize, mut measures: Vec<(&str, Measure<'_>)>) -> Result<Rounds> {
        let mut series: Vec<(String, Series)> =
            measures.iter().map(|(name, _)| ((*name).to_owned(), Series::default())).collect();
        for round in 0..count + WARMING {
            eprint!("\rround {} of {}   ", round + 1, count + WARMING);
            for ((name, measure), (_, series)) in measures.iter_mut().zip(&mut series) {
                let before = children_milliseconds();
                let took = measure(1_000 + round).with_context(|| format!("measuring `{name}`"))?;
                if round >= WARMING {
                    series.wall.push(took.as_secs_f64() * 1_000.0);
                    series.processor += children_milliseconds() - before;
                }
            }
        }
        eprintln!();
        Ok(Rounds { count, series })
    }

    /// The series of a measure.
    pub fn of(&self, name: &str) -> Option<&Series> {
        self.series.iter().find(|(known, _)| known == name).map(|(_, series)| series)
    }

    /// All series with their names.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Series)> {
        self.series.iter().map(|(name, series)| (name.as_str(), series))
    }
}

/// Rounds that do not count.
const WARMING: usize = 2;

/// Processor time of children that have ended, where the system tells (proc_pid_stat(5), fields 16 and 17).
fn children_milliseconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: f64 = after_name.split_whitespace().skip(13).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    ticks * 1_000.0 / rustix::param::clock_ticks_per_second() as f64
}
