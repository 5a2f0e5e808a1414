use tokio::sync::watch;

pub struct Door {
    is_open: watch::Sender<bool>,
}

impl Door {
    pub fn new() -> Door {
        Door { is_open: watch::Sender::new(false) }
    }

    pub fn open(&self) {
        self.is_open.send(true).ok();
    }

    pub fn close(&self) {
        self.is_open.send(false).ok();
    }

    pub async fn enter(&self) {
        let mut state = self.is_open.subscribe();
        state.wait_for(|is_open| *is_open).await.expect("the sender lives as long as the door");
    }
}
