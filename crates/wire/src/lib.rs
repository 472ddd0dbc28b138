//! AWS protocols without IO.
