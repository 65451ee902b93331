//! Accepts and serves connections on its own thread. The only asynchronous code of the program: slow clients delay
//! nobody, and idle ones are closed when room is needed.

use std::convert::Infallible;
use std::fs::File;
use std::future::poll_fn;
use std::io::{self, IoSlice, Read};
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::mpsc::Receiver;
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::{Instant, Interval, Sleep, interval_at, sleep, timeout};

use super::Port;
use super::connections::{Activity, BusyGuard, Connection, make_room};
use super::event_hub::{EventHub, Subscriber};
use super::limits::Limits;
use super::reply::{Content, plain};
use super::respond::respond;

/// Number of ports tried.
const PORTS_TRIED: u16 = 100;

/// Length of the accept queue: a browser opens six connections per tab, and tabs reload at once.
const ACCEPT_BACKLOG: u32 = 1024;

/// Chunk size for sending large files.
const CHUNK_SIZE: u64 = 128 << 10;

/// Maximum number of files read and status queries at once.
const MAX_BLOCKING_THREADS: usize = 8;

/// Maximum size of a request head including the request line, and maximum number of headers.
const MAX_HEAD_BYTES: usize = 16 << 10;
const MAX_HEADERS: usize = 64;

/// Buffer size for input and output.
const BUFFER: usize = 64 << 10;

/// How much is read from a client after the response.
const DRAIN_BYTES: usize = 64 << 10;

/// A bound port that is not served yet.
pub(super) struct Listener {
    runtime: Runtime,
    listener: TcpListener,
}

impl Listener {
    /// Binds a port of the loopback interface.
    pub fn open(port: Port) -> io::Result<Listener> {
        let mut builder = Builder::new_current_thread();
        let runtime =
            builder.enable_io().enable_time().max_blocking_threads(MAX_BLOCKING_THREADS).thread_name("kedang-serve").build()?;
        let listener = {
            let _inside = runtime.enter();
            match port {
                Port::Exactly(port) => listen(port)?,
                Port::From(first) => (first..=first.saturating_add(PORTS_TRIED))
                    .map(listen)
                    .find(|tried| !tried.as_ref().is_err_and(is_taken))
                    .unwrap_or_else(|| Err(io::ErrorKind::AddrInUse.into()))?,
            }
        };
        Ok(Listener { runtime, listener })
    }

    /// Its port.
    pub fn port(&self) -> io::Result<u16> {
        Ok(self.listener.local_addr()?.port())
    }

    /// Serves the port on its own thread.
    pub fn run(self, hub: Arc<EventHub>, limits: Limits) -> io::Result<Server> {
        let Listener { runtime, listener } = self;
        let (stop, stopped) = oneshot::channel();
        let handle = runtime.handle().clone();
        let thread = std::thread::Builder::new().name("kedang-serve".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::spawn(accept_connections(listener, hub, limits));
                // Either a stop signal, or the sender was dropped.
                let _ = stopped.await;
            });
            // Closes all connections without waiting for file reads.
            runtime.shutdown_background();
        })?;
        Ok(Server { stop: Some(stop), thread: Some(thread), handle })
    }
}

/// Whether the port is used by another program or reserved by the system (as Windows does for whole ranges).
fn is_taken(cause: &io::Error) -> bool {
    matches!(cause.kind(), io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied)
}

fn listen(port: u16) -> io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    // On Unix this allows reuse right after a restart; on Windows two programs could share the port.
    if cfg!(unix) {
        socket.set_reuseaddr(true)?;
    }
    socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    socket.listen(ACCEPT_BACKLOG)
}

/// A running server thread; stops when dropped.
pub(super) struct Server {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
    handle: Handle,
}

impl Server {
    /// Drops a large value on another thread.
    pub fn discard(&self, old: impl Send + 'static) {
        drop(self.handle.spawn_blocking(move || drop(old)));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn accept_connections(listener: TcpListener, hub: Arc<EventHub>, limits: Limits) {
    let mut connections: Vec<Connection> = Vec::new();
    loop {
        while connections.len() >= limits.connections && !make_room(&mut connections, limits.quiet) {
            // New connections wait in the system's queue.
            sleep(Duration::from_millis(20)).await;
        }
        match listener.accept().await {
            Ok((stream, _)) => {
                let heartbeat = Activity::new();
                let task = tokio::spawn(attend(stream, hub.clone(), heartbeat.clone(), limits)).abort_handle();
                connections.push(Connection { heartbeat, task });
            }
            // The client disconnected before it was accepted.
            Err(cause) if matches!(cause.kind(), io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset) => {}
            // Probably out of descriptors; an idle connection has one.
            Err(_) => {
                make_room(&mut connections, limits.quiet);
                sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

async fn attend(stream: TcpStream, hub: Arc<EventHub>, heartbeat: Arc<Activity>, limits: Limits) {
    // Small responses must not be delayed.
    let _ = stream.set_nodelay(true);
    let mut wire = LimitedStream { stream, heartbeat: heartbeat.clone(), patience: limits.write, stalled: None };
    let respond = service_fn(|request| serve_request(hub.clone(), heartbeat.clone(), limits, request));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head);
    http.max_header_size(MAX_HEAD_BYTES).max_headers(MAX_HEADERS).max_buf_size(BUFFER);
    // A broken connection is not an error.
    let _ = http.serve_connection(TokioIo::new(&mut wire), respond).await;
    let _ = timeout(limits.parting, part(&mut wire)).await;
}

/// Closes the sending side and reads a little of what the client still sends. Otherwise the system may reset the
/// connection and the client loses the response.
async fn part(wire: &mut LimitedStream) -> io::Result<()> {
    let mut left = DRAIN_BYTES;
    poll_fn(|context| Pin::new(&mut *wire).poll_shutdown(context)).await?;
    while left > 0 {
        let mut bytes = [0; 4096];
        let mut read = ReadBuf::new(&mut bytes);
        poll_fn(|context| Pin::new(&mut *wire).poll_read(context, &mut read)).await?;
        match read.filled().len() {
            0 => break,
            some => left = left.saturating_sub(some),
        }
    }
    Ok(())
}

async fn serve_request(
    hub: Arc<EventHub>,
    heartbeat: Arc<Activity>,
    limits: Limits,
    request: Request<Incoming>,
) -> Result<Response<BodyStream>, Infallible> {
    let busy = BusyGuard::new(&heartbeat);
    // Request bodies are not read.
    let (asked, _) = request.into_parts();
    let answered = spawn_blocking(move || respond(&hub, &asked)).await;
    let response = answered.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, ""));
    Ok(response.map(|content| match content {
        Content::Whole(bytes) => BodyStream::Whole(Some(bytes).filter(|bytes| !bytes.is_empty())),
        Content::File(file, left) => BodyStream::File { left, reading: FileRead::Still(file) },
        Content::Events(Subscriber { first, diagnostics }) => {
            let ping = interval_at(Instant::now() + limits.ping, limits.ping);
            BodyStream::Events { first, diagnostics, ping, _busy: busy }
        }
    }))
}

/// A response body being sent.
enum BodyStream {
    /// In memory.
    Whole(Option<Bytes>),
    /// A file, chunk by chunk.
    File {
        /// Remaining bytes.
        left: u64,
        reading: FileRead,
    },
    /// Updates as they come, and keep-alive messages.
    Events { first: Option<Bytes>, diagnostics: Receiver<Bytes>, ping: Interval, _busy: BusyGuard },
}

/// A file being read chunk by chunk.
enum FileRead {
    Still(File),
    Busy(JoinHandle<io::Result<(File, Bytes)>>),
    Over,
}

impl Body for BodyStream {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match self.get_mut() {
            BodyStream::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            BodyStream::File { left, reading } => reading.poll_piece(left, context).map_ok(Frame::data),
            BodyStream::Events { first, diagnostics, ping, _busy } => {
                if let Some(first) = first.take() {
                    return Poll::Ready(Some(Ok(Frame::data(first))));
                }
                if let Poll::Ready(event) = diagnostics.poll_recv(context) {
                    return Poll::Ready(event.map(|event| Ok(Frame::data(event))));
                }
                ready!(ping.poll_tick(context));
                Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b":\n\n")))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            BodyStream::Whole(bytes) => bytes.is_none(),
            BodyStream::File { left, .. } => *left == 0,
            BodyStream::Events { .. } => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            BodyStream::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
            BodyStream::File { left, .. } => SizeHint::with_exact(*left),
            BodyStream::Events { .. } => SizeHint::default(),
        }
    }
}

impl FileRead {
    /// The next chunk of a file with `left` bytes remaining.
    fn poll_piece(&mut self, left: &mut u64, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            match std::mem::replace(self, FileRead::Over) {
                FileRead::Still(file) if *left > 0 => {
                    let size = CHUNK_SIZE.min(*left);
                    *self = FileRead::Busy(spawn_blocking(move || piece(file, size)));
                }
                FileRead::Busy(mut task) => match Pin::new(&mut task).poll(context) {
                    Poll::Pending => {
                        *self = FileRead::Busy(task);
                        return Poll::Pending;
                    }
                    Poll::Ready(read) => {
                        let read = read.unwrap_or_else(|cause| Err(io::Error::other(cause)));
                        return Poll::Ready(Some(read.map(|(file, piece)| {
                            *left -= piece.len() as u64;
                            *self = FileRead::Still(file);
                            piece
                        })));
                    }
                },
                FileRead::Still(_) | FileRead::Over => return Poll::Ready(None),
            }
        }
    }
}

fn piece(mut file: File, size: u64) -> io::Result<(File, Bytes)> {
    let mut bytes = vec![0; usize::try_from(size).map_err(io::Error::other)?];
    file.read_exact(&mut bytes)?;
    Ok((file, bytes.into()))
}

/// A connection that records activity and fails if the client does not accept data in time.
struct LimitedStream {
    stream: TcpStream,
    heartbeat: Arc<Activity>,
    patience: Duration,
    stalled: Option<Pin<Box<Sleep>>>,
}

impl LimitedStream {
    /// The result of a write, or a timeout.
    fn check_timeout<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            self.heartbeat.touch();
            return written;
        }
        let patience = self.patience;
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep(patience)));
        ready!(stalled.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for LimitedStream {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let wire = self.get_mut();
        let read = Pin::new(&mut wire.stream).poll_read(context, into);
        if read.is_ready() {
            wire.heartbeat.touch();
        }
        read
    }
}

impl AsyncWrite for LimitedStream {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let wire = self.get_mut();
        let written = Pin::new(&mut wire.stream).poll_write(context, bytes);
        wire.check_timeout(context, written)
    }

    fn poll_write_vectored(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let wire = self.get_mut();
        let written = Pin::new(&mut wire.stream).poll_write_vectored(context, bytes);
        wire.check_timeout(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}
