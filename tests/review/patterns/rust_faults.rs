// Guards, forgotten futures, polling and the like.
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, RwLock};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::sleep;

async fn save(_: u32) {}

struct Service {
    state: Arc<Mutex<Vec<u32>>>,
    table: RwLock<u32>,
    limit: Arc<tokio::sync::Semaphore>,
}

impl Service {
    async fn store(&self) {}

    async fn held(&self) {
        let state = self.state.lock().unwrap(); // expect: lock-across-await
        save(state.len() as u32).await;
    }

    async fn held_read(&self) {
        let table = self.table.read().unwrap(); // expect: lock-across-await
        self.store().await;
        println!("{table}");
    }

    async fn temporary(&self) {
        save(self.state.lock().unwrap()[0]).await; // expect: lock-across-await
    }

    async fn in_a_match(&self) {
        match self.state.lock().unwrap().pop() { // expect: lock-across-await
            Some(one) => save(one).await,
            None => {}
        }
        if let Some(one) = self.state.lock().unwrap().pop() { // expect: lock-across-await
            save(one).await;
        }
    }

    async fn in_join(&self) {
        let state = self.state.lock().unwrap(); // expect: lock-across-await
        tokio::join!(save(1), save(2));
        drop(state);
    }

    async fn in_select(&self) {
        let state = self.state.lock().unwrap(); // expect: lock-across-await
        tokio::select! {
            _ = save(1) => {}
            _ = sleep(Duration::from_secs(1)) => {}
        }
        drop(state);
    }

    async fn released_in_one_branch(&self, early: bool) {
        let state = self.state.lock().unwrap(); // expect: lock-across-await
        if early {
            drop(state);
        }
        save(1).await;
    }

    async fn dropped_after_use(&self) {
        let mut state = self.state.lock().unwrap(); // expect: lock-across-await
        state.push(1);
        drop(state);
        save(1).await;
    }

    async fn fine(&self) {
        let length = {
            let state = self.state.lock().unwrap();
            state.len()
        };
        save(length as u32).await;
        let state = self.state.lock().unwrap();
        if state.is_empty() {
            return;
        }
        drop(state);
    }

    async fn permits(&self) {
        let _ = self.limit.acquire().await; // expect: permit-dropped
        let _ = self.limit.clone().acquire_owned().await.unwrap(); // expect: permit-dropped
        let _permit = self.limit.acquire().await;
        save(1).await;
    }

    async fn forgets(&self) {
        self.store(); // expect: forgotten-await
        save(1); // expect: forgotten-await
        let _ = save(2); // expect: forgotten-await
        sleep(Duration::from_secs(1)); // expect: forgotten-await
        let _ = tokio::time::sleep(Duration::from_secs(1)); // expect: forgotten-await
        let later = save(3);
        later.await;
        save(4).await;
    }
}

async fn tokio_guard(count: Arc<tokio::sync::Mutex<u32>>) {
    let mut guard = count.lock().await;
    save(*guard).await;
    *guard += 1;
}

async fn cell(cell: std::rc::Rc<std::cell::RefCell<u32>>) {
    let value = cell.borrow_mut(); // expect: lock-across-await
    save(1).await;
    drop(value);
}

async fn polls(ready: Arc<AtomicBool>, rx: std::sync::mpsc::Receiver<u32>) {
    while !ready.load(Ordering::Acquire) {} // expect: busy-poll
    while !ready.load(Ordering::Acquire) { // expect: busy-poll
        std::hint::spin_loop();
    }
    while !ready.load(Ordering::Acquire) { // expect: busy-poll
        tokio::task::yield_now().await;
    }
    while !ready.load(Ordering::Acquire) { // expect: polling-sleep
        sleep(Duration::from_millis(1)).await;
    }
    loop {
        if let Ok(_value) = rx.try_recv() { // expect: busy-poll
            break;
        }
    }
}

async fn finished(handle: tokio::task::JoinHandle<()>) {
    while !handle.is_finished() { // expect: busy-poll
        std::thread::yield_now();
    }
}

async fn frames(mut stream: tokio::net::TcpStream, mut stop: tokio::sync::mpsc::Receiver<()>) {
    let mut frame = [0u8; 4];
    loop {
        tokio::select! {
            read = stream.read_exact(&mut frame) => { // expect: cancel-unsafe-select
                read.ok();
            }
            _ = stop.recv() => break,
        }
        stream.write_all(&frame).await.ok();
    }
    tokio::select! {
        _ = stream.read_exact(&mut frame) => {}
        _ = stop.recv() => {}
    }
}

async fn one_by_one(ids: Vec<u32>) {
    for id in &ids {
        save(*id).await; // expect: await-in-loop
    }
    for id in ids {
        let _result = tokio::spawn(save(id)).await; // expect: spawn-then-await
    }
}

async fn detached() {
    tokio::spawn(save(1)); // expect: dangling-task
    let handle = tokio::spawn(save(1));
    handle.await.ok();
}
