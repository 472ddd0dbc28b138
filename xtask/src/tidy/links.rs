//! Links between the documents lead somewhere, and each page of the book is in its summary.

use anyhow::Result;

use super::{Files, Finding};
use crate::root;

pub fn check(files: &Files) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    let summary = std::fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap_or_default();
    for file in files.with(".md") {
        let (path, text) = file?;
        let place = path.display().to_string();
        let folder = root().join(path.parent().unwrap_or(path));
        for target in targets(&text) {
            let file = target.split('#').next().unwrap_or_default();
            if !file.is_empty() && !file.contains("://") && !folder.join(file).exists() {
                found.push(Finding::new(&place, format!("links to {target}, which is not there")));
            }
        }
        if let Some(page) = place.strip_prefix("docs/").filter(|it| *it != "SUMMARY.md")
            && !summary.contains(&format!("({page})"))
        {
            found.push(Finding::new(&place, "is not in docs/SUMMARY.md"));
        }
    }
    Ok(found)
}

/// What stands in `](…)`.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|it| !it.contains(char::is_whitespace))
}
