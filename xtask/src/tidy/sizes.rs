//! Files and functions that fit a mind.

use anyhow::{Context, Result};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::{Files, Finding};

const MAX_FILE: usize = 500;
const MAX_FUNCTION: usize = 70;
/// Written by codegen, read by nobody.
const GENERATED: &str = "crates/model/src/";

pub fn check(files: &Files) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for file in files.with(".rs") {
        let (path, text) = file?;
        let place = path.display().to_string();
        if place.starts_with(GENERATED) {
            continue;
        }
        let lines = text.lines().count();
        if lines > MAX_FILE {
            found.push(Finding::new(
                &place,
                format!("{lines} lines; find the seam at {MAX_FILE}"),
            ));
        }
        let parsed = syn::parse_file(&text).with_context(|| place.clone())?;
        let mut functions = Functions {
            place,
            found: &mut found,
        };
        functions.visit_file(&parsed);
    }
    Ok(found)
}

struct Functions<'a> {
    place: String,
    found: &'a mut Vec<Finding>,
}

impl Functions<'_> {
    fn measure(&mut self, name: &syn::Ident, whole: &impl Spanned) {
        let (from, to) = (whole.span().start().line, whole.span().end().line);
        let lines = to + 1 - from;
        if lines > MAX_FUNCTION {
            let place = format!("{}:{from}", self.place);
            self.found.push(Finding::new(
                place,
                format!("{name} has {lines} lines, of {MAX_FUNCTION}"),
            ));
        }
    }
}

impl<'ast> Visit<'ast> for Functions<'_> {
    fn visit_item_fn(&mut self, it: &'ast syn::ItemFn) {
        self.measure(&it.sig.ident, it);
        visit::visit_item_fn(self, it);
    }

    fn visit_impl_item_fn(&mut self, it: &'ast syn::ImplItemFn) {
        self.measure(&it.sig.ident, it);
        visit::visit_impl_item_fn(self, it);
    }
}
