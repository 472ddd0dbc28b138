//! Real clients, real containers.
