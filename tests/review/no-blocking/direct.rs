// Every kind of blocking call, made directly in async code.
use std::io::{BufRead, Read, Write};
use std::sync::{Arc, Barrier, Condvar, Mutex, mpsc};
use std::{fs, thread, time::Duration};

pub async fn sleeps() {
    thread::sleep(Duration::from_secs(1)); // expect: blocking-sleep
    std::thread::park(); // expect: blocking-sleep
}

pub async fn files(name: &str) -> std::io::Result<String> {
    let mut text = fs::read_to_string(name)?; // expect: blocking-file
    let mut file = fs::File::open(name)?; // expect: blocking-file
    file.read_to_string(&mut text)?; // expect: blocking-file
    let mut out = std::fs::OpenOptions::new().append(true).open(name)?; // expect: blocking-file
    out.write_all(b"x")?; // expect: blocking-file
    for entry in fs::read_dir(".")? { // expect: blocking-file
        drop(entry);
    }
    let reader = std::io::BufReader::new(fs::File::open(name)?); // expect: blocking-file
    for line in reader.lines() { // expect: blocking-file
        text.push_str(&line?);
    }
    Ok(text)
}

pub async fn channel(jobs: mpsc::Receiver<u32>) -> u32 {
    let mut sum = jobs.recv().unwrap(); // expect: blocking-queue
    while let Ok(job) = jobs.recv_timeout(Duration::from_secs(1)) { // expect: blocking-queue
        sum += job;
    }
    for job in jobs { // expect: blocking-queue
        sum += job;
    }
    sum
}

pub async fn made_here() {
    let (sender, receiver) = std::sync::mpsc::sync_channel::<u32>(1);
    sender.send(1).unwrap(); // expect: blocking-queue
    receiver.recv().unwrap(); // expect: blocking-queue
    let (to, from) = flume::bounded::<u32>(1);
    to.send(1).unwrap(); // expect: blocking-queue
    from.recv().unwrap(); // expect: blocking-queue
}

pub async fn waits(pair: Arc<(Mutex<bool>, Condvar)>, barrier: &Barrier) {
    let guard = pair.0.lock().unwrap();
    let _guard = pair.1.wait(guard).unwrap(); // expect: blocking-lock
    barrier.wait(); // expect: blocking-lock
}

pub async fn joins() {
    let handle = thread::spawn(|| 1 + 1);
    handle.join().unwrap(); // expect: blocking-join
    thread::scope(|scope| { // expect: blocking-join
        scope.spawn(|| 1);
    });
}

pub async fn runtimes(handle: tokio::runtime::Handle) {
    futures::executor::block_on(async {}); // expect: blocking-runtime
    handle.block_on(async {}); // expect: blocking-runtime
    tokio::runtime::Runtime::new().unwrap().block_on(async {}); // expect: blocking-runtime
}

pub async fn network(host: &str) -> std::io::Result<()> {
    use std::net::ToSocketAddrs;
    let _addresses = (host, 80).to_socket_addrs()?; // expect: blocking-socket
    let _also = "localhost:80".to_socket_addrs()?; // expect: blocking-socket
    let mut stream = std::net::TcpStream::connect(host)?; // expect: blocking-socket
    stream.write_all(b"x")?; // expect: blocking-socket
    let listener = std::net::TcpListener::bind(host)?;
    let (_peer, _address) = listener.accept()?; // expect: blocking-socket
    Ok(())
}

pub async fn http(url: &str) -> Result<String, reqwest::Error> {
    let client = reqwest::blocking::Client::new(); // expect: blocking-http
    let response = client.get(url).send()?; // expect: blocking-http
    response.text() // expect: blocking-http
}

pub async fn processes() -> std::io::Result<()> {
    std::process::Command::new("ls").arg("-l").output()?; // expect: blocking-process
    let mut child = std::process::Command::new("ls").spawn()?;
    child.wait()?; // expect: blocking-process
    Ok(())
}

pub async fn input() -> std::io::Result<String> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?; // expect: blocking-input
    let stdin = std::io::stdin();
    stdin.lock().read_line(&mut line)?; // expect: blocking-input
    Ok(line)
}

pub async fn tokio_ones(mut from: tokio::sync::mpsc::Receiver<u32>, to: tokio::sync::mpsc::Sender<u32>) {
    from.blocking_recv(); // expect: blocking-queue
    to.blocking_send(1).unwrap(); // expect: blocking-queue
}

pub async fn database() -> rusqlite::Result<()> {
    let connection = rusqlite::Connection::open("a.db")?; // expect: blocking-database
    connection.execute("delete from t", [])?; // expect: blocking-database
    Ok(())
}
