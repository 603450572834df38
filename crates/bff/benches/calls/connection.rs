//! As much of an HTTP client as a benchmark needs: so little that what is measured is the server.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

/// One open connection.
pub(crate) struct Connection(BufReader<TcpStream>);

impl Connection {
    pub(crate) fn open(server: SocketAddr) -> Self {
        let stream = TcpStream::connect(server).unwrap();
        stream.set_nodelay(true).unwrap();
        Self(BufReader::new(stream))
    }

    /// Asks, and reads the whole answer, which must be 200.
    pub(crate) fn ask(&mut self, request: &str) {
        self.0.get_mut().write_all(request.as_bytes()).unwrap();
        let mut line = String::new();
        self.line(&mut line);
        assert!(line.contains(" 200 "), "{line}");
        let mut length = None;
        while line != "\r\n" {
            self.line(&mut line);
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = Some(value.trim().parse().unwrap());
            }
        }
        match length {
            Some(length) => self.skip(length),
            None => self.skip_chunks(&mut line),
        }
    }

    /// An answer whose length nobody knows at its beginning (RFC 9112 §7.1).
    fn skip_chunks(&mut self, line: &mut String) {
        loop {
            self.line(line);
            let length = usize::from_str_radix(line.trim_end(), 16).unwrap();
            self.skip(length + "\r\n".len());
            if length == 0 {
                return;
            }
        }
    }

    fn line(&mut self, line: &mut String) {
        line.clear();
        self.0.read_line(line).unwrap();
    }

    fn skip(&mut self, length: usize) {
        self.0.read_exact(&mut vec![0; length]).unwrap();
    }
}
