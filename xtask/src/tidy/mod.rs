//! The house rules that a machine can check. Also run as a test.

mod dead;
mod dependencies;
mod layers;
mod links;
pub mod operations;
mod sizes;
mod words;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::root;

/// Something to mend: where, and what.
pub struct Finding {
    pub place: String,
    pub what: String,
}

impl Finding {
    pub fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            what: what.into(),
        }
    }
}

/// Finds nothing, or fails with all that was found.
pub fn run() -> Result<()> {
    let found = findings()?;
    for it in &found {
        eprintln!("{}: {}", it.place, it.what);
    }
    operations::print_not_served()?;
    ensure!(found.is_empty(), "{} findings", found.len());
    println!("tidy");
    Ok(())
}

fn findings() -> Result<Vec<Finding>> {
    let files = Files::tracked()?;
    let metadata = dependencies::metadata()?;
    let mut found = layers::check(&metadata, &files)?;
    found.extend(sizes::check(&files)?);
    found.extend(operations::check()?);
    found.extend(operations::reference()?);
    found.extend(dead::check()?);
    found.extend(words::check(&files)?);
    found.extend(links::check(&files)?);
    found.extend(dependencies::check(&metadata)?);
    Ok(found)
}

/// Files of the repository as git knows them, with what is new and not ignored.
pub struct Files(Vec<PathBuf>);

impl Files {
    fn tracked() -> Result<Self> {
        let out = Command::new("git")
            .args(["ls-files", "--cached", "--others", "--exclude-standard"])
            .current_dir(root())
            .output()
            .context("git")?;
        if !out.status.success() {
            bail!("git ls-files: {}", String::from_utf8_lossy(&out.stderr));
        }
        let list = String::from_utf8(out.stdout)?;
        Ok(Self(
            list.lines()
                .map(PathBuf::from)
                .filter(|it| root().join(it).is_file())
                .collect(),
        ))
    }

    /// Those with this ending, each with its text.
    pub fn with(&self, ending: &str) -> impl Iterator<Item = Result<(&Path, String)>> {
        self.0
            .iter()
            .filter(move |it| it.to_string_lossy().ends_with(ending))
            .map(|it| {
                let bytes = std::fs::read(root().join(it)).with_context(|| it.display().to_string())?;
                Ok((it.as_path(), String::from_utf8_lossy(&bytes).into_owned()))
            })
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_repository_is_tidy() {
        let found = super::findings().unwrap();
        let lines: Vec<String> = found.iter().map(|it| format!("{}: {}", it.place, it.what)).collect();
        assert!(lines.is_empty(), "{}", lines.join("\n"));
    }
}
