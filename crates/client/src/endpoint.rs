//! Where a server is, and whom to trust there.

use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::connect::Connection;

#[derive(Debug, thiserror::Error)]
pub enum EndpointError {
    #[error("{0:?} is not a URL like http://127.0.0.1:4566 or https://longshore.example:4566")]
    Url(String),
    #[error("https:// needs the authority that signed the server's certificate: give it with --ca-cert")]
    NoAuthority,
    #[error("{path}: {1}", path = .0.display())]
    Authority(PathBuf, String),
}

#[derive(Clone)]
pub struct Endpoint {
    url: String,
    authority: String,
    tls: Option<(TlsConnector, ServerName<'static>)>,
}

impl Endpoint {
    /// `ca` is the PEM file of the authority that signed the server's certificate.
    pub fn parse(url: &str, ca: Option<&Path>) -> Result<Self, EndpointError> {
        let invalid = || EndpointError::Url(url.to_owned());
        let trimmed = url.trim_end_matches('/');
        let (scheme, authority) = trimmed.split_once("://").ok_or_else(invalid)?;
        if authority.is_empty() || authority.contains(['/', '?', '@']) || !authority.is_ascii() {
            return Err(invalid());
        }
        let (port, secure) = match scheme {
            "http" => ("80", false),
            "https" => ("443", true),
            _ => return Err(invalid()),
        };
        let host = authority
            .rsplit_once(':')
            .filter(|(_, p)| p.bytes().all(|b| b.is_ascii_digit()))
            .map_or(authority, |(host, _)| host);
        let tls = if secure { Some(connector(host, ca)?) } else { None };
        let authority = if host.len() == authority.len() {
            format!("{authority}:{port}")
        } else {
            authority.to_owned()
        };
        Ok(Self {
            url: trimmed.to_owned(),
            authority,
            tls,
        })
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Host and port.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    pub(crate) async fn connect(&self) -> std::io::Result<Connection> {
        let stream = TcpStream::connect(&self.authority).await?;
        stream.set_nodelay(true)?;
        match &self.tls {
            None => Ok(Connection::Plain(stream)),
            Some((connector, name)) => Ok(Connection::Tls(Box::new(
                connector.connect(name.clone(), stream).await?,
            ))),
        }
    }
}

fn connector(host: &str, ca: Option<&Path>) -> Result<(TlsConnector, ServerName<'static>), EndpointError> {
    let ca = ca.ok_or(EndpointError::NoAuthority)?;
    let fail = |cause: String| EndpointError::Authority(ca.to_owned(), cause);
    let file = std::fs::File::open(ca).map_err(|e| fail(e.to_string()))?;
    let mut roots = RootCertStore::empty();
    for certificate in rustls_pemfile::certs(&mut BufReader::new(file)) {
        roots
            .add(certificate.map_err(|e| fail(e.to_string()))?)
            .map_err(|e| fail(e.to_string()))?;
    }
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| fail(e.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned()).map_err(|e| fail(e.to_string()))?;
    Ok((TlsConnector::from(Arc::new(config)), name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_has_a_scheme_a_host_and_perhaps_a_port() {
        let authority = |url: &str| Endpoint::parse(url, None).map(|it| it.authority().to_owned());
        assert_eq!(
            authority("http://127.0.0.1:4566/").ok().as_deref(),
            Some("127.0.0.1:4566")
        );
        assert_eq!(authority("http://host").ok().as_deref(), Some("host:80"));
        assert_eq!(authority("http://[::1]:80").ok().as_deref(), Some("[::1]:80"));
        for bad in ["host:4566", "ftp://host", "http://", "http://a/b", "http://u@h"] {
            assert!(matches!(authority(bad), Err(EndpointError::Url(_))), "{bad}");
        }
        assert!(matches!(authority("https://host"), Err(EndpointError::NoAuthority)));
    }
}
