// Guards that are not held across an await.
use std::sync::{Arc, Mutex};

async fn work(_: usize) {}

pub struct State {
    list: Arc<Mutex<Vec<usize>>>,
    flag: Mutex<bool>,
}

impl State {
    pub async fn in_blocks(&self) -> usize {
        let first = { self.list.lock().unwrap().first().copied() };
        let Some(last) = self.list.lock().unwrap().pop() else { return 0 };
        work(last).await;
        let taken = std::mem::take(&mut *self.list.lock().unwrap());
        for one in taken {
            work(one).await; // expect: await-in-loop
        }
        let length = match self.list.lock() {
            Ok(list) => list.len(),
            Err(_) => 0,
        };
        work(length + first.unwrap_or_default()).await;
        if self.list.lock().unwrap().is_empty() {
            work(1).await;
        }
        length
    }

    pub async fn in_conditions(&self, mut stop: tokio::sync::mpsc::Receiver<()>) {
        loop {
            tokio::select! {
                _ = stop.recv(), if *self.flag.lock().unwrap() => break,
                _ = work(1) => {}
            }
            match stop.len() {
                0 if *self.flag.lock().unwrap() => work(0).await,
                n => work(n).await,
            }
        }
    }

    pub async fn given_away(&self) {
        let list = self.list.lock().unwrap();
        consume(list);
        work(1).await;
    }

    pub async fn in_another_future(&self) {
        let list = self.list.lock().unwrap();
        let later = async move { work(1).await };
        let count = list.len();
        drop(list);
        let _ = (later, count);
    }

    pub fn waits_with_a_condition(&self) {
        let list = self.list.lock().unwrap();
        let task = async { work(1).await };
        drop((list, task));
    }
}

fn consume(_: std::sync::MutexGuard<'_, Vec<usize>>) {}
