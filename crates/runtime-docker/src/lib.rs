//! Containers by the Docker Engine.
