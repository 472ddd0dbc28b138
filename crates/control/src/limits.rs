//! What a peer may cost. Everything that is reachable from the network is hostile until it has proven itself.

use std::time::Duration;

/// Largest body of an API call. The largest task definition is a sixteenth of it.
pub const MAX_BODY: usize = 1 << 20;
/// Largest head of a request.
pub const MAX_HEAD: usize = 32 << 10;
pub const MAX_HEADERS: usize = 100;
/// Connections at once, where as many files can be open. More wait to be accepted.
pub const MAX_CONNECTIONS: usize = 20_000;
/// After a connection that could not be accepted.
pub const ACCEPT_RETRY: Duration = Duration::from_millis(100);
/// Streams of one HTTP/2 connection at once.
pub const MAX_H2_STREAMS: u32 = 100;
/// From a connection's start, or its last answer, to the end of a request's head: one that idles costs some 20 KiB. Over HTTP/2 the peer is
/// asked after that whether it is there, and has as long to answer.
pub const HEAD_TIME: Duration = Duration::from_secs(20);
/// From the head to the end of the body.
pub const BODY_TIME: Duration = Duration::from_secs(15);
pub const TLS_HANDSHAKE_TIME: Duration = Duration::from_secs(10);
/// Largest message of an agent, and largest piece of a log stream.
pub const MAX_FRAME: usize = 1 << 20;
/// What a websocket reads at once. Each connection holds so much from its start to its end, and there are two for each host. More is taken
/// for a message that is longer.
pub const READ_BUFFER: usize = 2 << 10;
/// Pieces of a log stream held for a slow reader. Past these the agent waits.
pub const STREAM_PIECES: usize = 16;
/// From the request for logs to the agent's call back.
pub const DIAL_TIME: Duration = Duration::from_secs(10);
/// Log streams being set up at once.
pub const MAX_PENDING_STREAMS: usize = 1000;
/// How often one operation is run again because what it rests on has changed.
pub const MAX_ATTEMPTS: usize = 200;
/// Calls of one host at once, and for each second. One that works makes a few for each task that it starts or ends.
pub const HOST_CALLS: u32 = 1000;
pub const HOST_CALLS_PER_S: u32 = 100;
/// Hosts whose calls are counted at once.
pub const MAX_COUNTED_HOSTS: usize = 20_000;
/// Derived signing keys kept.
pub const MAX_CACHED_KEYS: usize = 10_000;
/// What an agent has been asked and not yet been sent.
pub const AGENT_QUEUE: usize = 64;
/// Sessions of agents that open or end in the store at once. More wait in order, so that 5,000 that come back together leave room for calls.
pub const MAX_ADMISSIONS: usize = 256;
/// An agent that was heard so lately is there; else it is asked, and has so long to answer.
pub const FRESH_S: i64 = 2;
pub const PROBE_TIME: Duration = Duration::from_secs(5);
/// From a message to its place in the peer's socket.
pub const SEND_TIME: Duration = Duration::from_secs(10);
/// Open connections have this long to finish when the server ends.
pub const SHUTDOWN_TIME: Duration = Duration::from_secs(5);
