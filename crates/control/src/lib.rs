//! The server's shell.
