//! Signed calls to an endpoint.
