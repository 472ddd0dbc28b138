//! Source files that no module declares.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Finding;
use crate::root;

pub fn check() -> Result<Vec<Finding>> {
    let mut crates = vec![root().join("xtask")];
    for entry in std::fs::read_dir(root().join("crates"))? {
        crates.push(entry?.path());
    }
    let mut found = Vec::new();
    for it in crates {
        let source = it.join("src");
        let mut reached = HashSet::new();
        for start in ["lib.rs", "main.rs"]
            .map(|name| source.join(name))
            .into_iter()
            .filter(|it| it.exists())
        {
            reach(&start, &source, &mut reached)?;
        }
        let mut all = Vec::new();
        list(&source, &mut all)?;
        let dead = all.into_iter().filter(|it| !reached.contains(it));
        found.extend(dead.map(|it| Finding::new(it.display().to_string(), "no module declares this file")));
    }
    Ok(found)
}

/// Follows `mod` declarations from `file`, whose submodules are in `folder`.
fn reach(file: &Path, folder: &Path, reached: &mut HashSet<PathBuf>) -> Result<()> {
    reached.insert(file.to_owned());
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    for item in syn::parse_file(&text)?.items {
        let syn::Item::Mod(module) = item else { continue };
        if module.content.is_some() {
            continue;
        }
        let name = module.ident.to_string();
        let below = folder.join(&name);
        let (flat, nested) = (folder.join(format!("{name}.rs")), below.join("mod.rs"));
        reach(if flat.exists() { &flat } else { &nested }, &below, reached)?;
    }
    Ok(())
}

fn list(folder: &Path, all: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, all)?;
        } else if path.extension().is_some_and(|it| it == "rs") {
            all.push(path);
        }
    }
    Ok(())
}
