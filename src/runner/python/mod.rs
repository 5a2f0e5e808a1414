//! The Python track: a fork server that has imported pytest and pytest-asyncio, and a fork of it for each test.
//!
//! ```text
//! interpreter    finds a Python
//!  └─ environment    packages, once per machine
//!      └─ library    the harness and the server's own code, once per content
//!          └─ server      one process, for the life of the runner
//!              └─ supervise    a fork for each test
//! ```

mod contents;
pub mod environment;
pub mod hidden;
pub mod interpreter;
pub mod judge;
mod keep;
pub mod library;
pub mod server;
mod supervise;
pub mod written;

pub use interpreter::{Interpreter, PYTHON_VARIABLE};

use super::cache::Cache;
use super::event::Events;
use super::setup::{Doing, SetupError, Step};
use crate::course::{Course, Reach};
use environment::Environment;
use library::Library;
use server::Server;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::Mutex;

/// Holds the fork servers that run. One for the life of a runner; the servers end with it.
#[derive(Debug)]
pub struct Python {
    /// The interpreter to use; without it, the first on PATH that is new enough.
    named: Option<PathBuf>,
    running: Mutex<Option<Running>>,
}

/// What is known of the last course and set that were asked for.
#[derive(Debug)]
struct Running {
    /// The course's digest and the set's name.
    asked: (String, String),
    environment: Environment,
    library: Library,
    /// One for each reach that was asked for.
    servers: BTreeMap<Reach, Arc<Server>>,
}

impl Python {
    /// No server runs yet.
    pub fn new(named: Option<PathBuf>) -> Python {
        Python { named, running: Mutex::default() }
    }

    /// The server for a course, a dependency set and what tests may use, started now if none runs.
    ///
    /// # Errors
    /// When there is no Python, its packages cannot be installed, or the server does not start.
    pub async fn start(
        &self,
        cache: &Cache,
        course: &Course,
        set: &str,
        reach: Reach,
        events: &Events,
    ) -> Result<Arc<Server>, SetupError> {
        let mut kept = self.running.lock().await;
        let running = self.ready(&mut kept, cache, course, set, events).await?;
        if let Some(server) = running.servers.get(&reach).filter(|server| server.is_alive()) {
            return Ok(Arc::clone(server));
        }
        running.servers.remove(&reach);
        let started = match Server::start(&running.environment, &running.library, reach).await {
            // Something may be broken that the marks of what was made do not show: bytecode, or a package's insides.
            Err(SetupError::PythonServer(_)) => {
                running.library.remove().doing(|| Step::PythonHarness)?;
                if running.environment.works().is_err() {
                    running.environment.remove().doing(|| Step::PythonEnvironment)?;
                }
                *kept = None;
                let running = self.ready(&mut kept, cache, course, set, events).await?;
                Server::start(&running.environment, &running.library, reach).await
            }
            started => started,
        };
        let server = Arc::new(started?);
        if let Some(running) = kept.as_mut() {
            running.servers.insert(reach, Arc::clone(&server));
        }
        Ok(server)
    }

    /// The environment for a course and a dependency set, made now if it is not ready.
    ///
    /// # Errors
    /// When there is no Python, or its packages cannot be installed.
    pub async fn environment(
        &self,
        cache: &Cache,
        course: &Course,
        set: &str,
        events: &Events,
    ) -> Result<Environment, SetupError> {
        let mut kept = self.running.lock().await;
        Ok(self.ready(&mut kept, cache, course, set, events).await?.environment.clone())
    }

    /// The key of what runs the tests of a course, without starting anything but what has to be installed.
    ///
    /// # Errors
    /// When there is no Python, or its packages cannot be installed.
    pub async fn key(&self, cache: &Cache, course: &Course, set: &str, events: &Events) -> Result<String, SetupError> {
        let mut kept = self.running.lock().await;
        Ok(self.ready(&mut kept, cache, course, set, events).await?.library.key.clone())
    }

    /// What is kept, if it is for this course and set, else made anew: environment and library.
    async fn ready<'a>(
        &self,
        kept: &'a mut Option<Running>,
        cache: &Cache,
        course: &Course,
        set: &str,
        events: &Events,
    ) -> Result<&'a mut Running, SetupError> {
        let asked = (course.digest.clone(), set.to_owned());
        let running = match kept.take().filter(|running| running.asked == asked) {
            Some(running) => running,
            None => {
                let (environment, library) = self.prepared(cache, course, set, events).await?;
                Running { asked, environment, library, servers: BTreeMap::new() }
            }
        };
        Ok(kept.insert(running))
    }

    /// The environment and the library, made where they are not there.
    async fn prepared(
        &self,
        cache: &Cache,
        course: &Course,
        set: &str,
        events: &Events,
    ) -> Result<(Environment, Library), SetupError> {
        let wanted = course.sets.get(set).ok_or_else(|| SetupError::UnknownSet(set.to_owned()))?;
        let requirements = wanted.requirements.clone().ok_or_else(|| SetupError::NoRequirements(set.to_owned()))?;
        let (cache, harness, events) = (cache.clone(), course.python_harness.clone(), events.clone());
        let named = self.named.clone();
        let preparing = tokio::task::spawn_blocking(move || {
            let environment = environment::ensure(&cache, named.as_deref(), &requirements, &events)?;
            let library = library::ensure(&cache, &environment, &harness)?;
            Ok((environment, library))
        });
        let failed = |error| SetupError::PythonServer(format!("setting up was given up: {error}"));
        preparing.await.map_err(failed)?
    }
}
