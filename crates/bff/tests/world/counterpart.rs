//! Somebody who answers in the place of LinkedIn's API, byte for byte as the test wants, also what no server would send.

use std::sync::{Arc, Mutex};

use lapel_bff::config::LinkedIn;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, mpsc};
use tokio::task::AbortHandle;

/// What is said to a request.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// These bytes, and then the end of the connection.
    Bytes(Vec<u8>),
    /// Nothing, until the other side leaves.
    Silence,
    /// These bytes, once the test says so.
    Held(Arc<Notify>, Vec<u8>),
}

/// Where it listens; it stops when this is dropped.
pub(crate) struct Counterpart {
    address: String,
    heard: Arc<Mutex<Vec<String>>>,
    asked: mpsc::UnboundedReceiver<()>,
    left: mpsc::UnboundedReceiver<()>,
    serving: AbortHandle,
}

impl Counterpart {
    /// Says the same to everybody.
    pub(crate) async fn saying(reply: Reply) -> Self {
        Self::saying_in_turn(vec![reply]).await
    }

    /// Says these one after the other, and then from the first again.
    pub(crate) async fn saying_in_turn(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (asks, asked) = mpsc::unbounded_channel();
        let (leaves, left) = mpsc::unbounded_channel();
        let listening = Arc::clone(&heard);
        let serving = tokio::spawn(async move {
            for reply in replies.into_iter().cycle() {
                let Ok((stream, _)) = listener.accept().await else {
                    return;
                };
                let heard = Arc::clone(&listening);
                let (asks, leaves) = (asks.clone(), leaves.clone());
                tokio::spawn(async move {
                    let Some(mut stream) = read(stream, &heard).await else {
                        return;
                    };
                    let _ = asks.send(());
                    say(&mut stream, reply).await;
                    let _ = leaves.send(());
                });
            }
        });
        Self {
            address,
            heard,
            asked,
            left,
            serving: serving.abort_handle(),
        }
    }

    /// Takes the place of LinkedIn's API, for what the page asks and nothing else.
    pub(crate) fn replaces(&self, linkedin: &mut LinkedIn) {
        linkedin.api.base = self.address();
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> url::Url {
        self.address.parse().expect("an address")
    }

    /// The requests so far, as they came.
    pub(crate) fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("unpoisoned").clone()
    }

    /// Waits until somebody has asked.
    pub(crate) async fn is_asked(&mut self) {
        self.asked.recv().await.expect("it serves");
    }

    /// Waits until somebody who was answered, or got silence, has left.
    pub(crate) async fn is_left(&mut self) {
        self.left.recv().await.expect("it serves");
    }
}

impl Drop for Counterpart {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// An answer with this status line, these header lines and this body.
pub(crate) fn answering(status: &str, headers: &[&str], body: &str) -> Reply {
    Reply::Bytes(bytes(status, headers, body))
}

/// An answer as it is written.
pub(crate) fn bytes(status: &str, headers: &[&str], body: &str) -> Vec<u8> {
    let headers = headers
        .iter()
        .fold(String::new(), |text, line| text + line + "\r\n");
    let length = body.len();
    let text = format!(
        "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n{body}"
    );
    text.into_bytes()
}

/// JSON with this status.
pub(crate) fn json(status: &str, body: &str) -> Reply {
    answering(status, &["content-type: application/json"], body)
}

async fn read(mut stream: TcpStream, heard: &Mutex<Vec<String>>) -> Option<TcpStream> {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !is_whole(&request) {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return None,
            Ok(read) => request.extend_from_slice(&buffer[..read]),
        }
    }
    let text = String::from_utf8_lossy(&request).into_owned();
    heard.lock().expect("unpoisoned").push(text);
    Some(stream)
}

async fn say(stream: &mut TcpStream, reply: Reply) {
    let bytes = match reply {
        Reply::Bytes(bytes) => bytes,
        Reply::Held(until, bytes) => {
            until.notified().await;
            bytes
        }
        Reply::Silence => {
            let mut buffer = [0; 64];
            while !matches!(stream.read(&mut buffer).await, Ok(0) | Err(_)) {}
            return;
        }
    };
    // Whoever was spoken to may have left.
    let _ = stream.write_all(&bytes).await;
    let _ = stream.shutdown().await;
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_ascii_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    body.len() >= length.unwrap_or(0)
}
