//! Which of the things there are a call means: ids, filters and pages, alike for every operation.

use model::ec2::Filter;
use wire::ApiError;

use crate::cx::Cx;
use crate::page::{Page, Paging};

/// Most items of one page.
const MOST: usize = 1000;

pub fn invalid(message: impl Into<String>) -> ApiError {
    ApiError::new("InvalidParameterValue", message)
}

/// Ends a call that only asks whether it would be allowed.
pub fn not_dry(dry_run: Option<bool>) -> Result<(), ApiError> {
    match dry_run {
        Some(true) => Err(ApiError::new(
            "DryRunOperation",
            "Request would have succeeded, but DryRun flag is set.",
        )
        .with_status(412)),
        _ => Ok(()),
    }
}

/// What a call asks for.
pub struct Selection<'a> {
    /// The ids that must exist, if any are named.
    pub ids: Option<Vec<String>>,
    /// The code and the text for an id that does not.
    pub missing: (&'static str, fn(&str) -> String),
    pub filters: Option<Vec<Filter>>,
    /// Names that filters may have, besides `tag:KEY`.
    pub known: &'a [&'static str],
}

/// What was asked for, and what there is of it, in order of id.
pub struct Found<T> {
    asked: String,
    pub items: Vec<(String, T)>,
}

impl Selection<'_> {
    /// The things that are meant. `describe` gives a thing's id and its properties; one may come more than once.
    pub fn of<T>(
        self,
        things: impl Iterator<Item = T>,
        describe: impl Fn(&T) -> (String, Vec<(String, String)>),
    ) -> Result<Found<T>, ApiError> {
        let asked = format!("{:?} {:?}", self.ids, self.filters);
        let filters = self.filters.unwrap_or_default();
        for filter in &filters {
            let name = filter.name.as_deref().unwrap_or_default();
            if !self.known.contains(&name) && !name.starts_with("tag:") {
                return Err(invalid(format!("The filter '{name}' is invalid")));
            }
        }
        let mut found: Vec<_> = things
            .map(|it| {
                let (id, properties) = describe(&it);
                (id, properties, it)
            })
            .collect();
        found.sort_by(|a, b| a.0.cmp(&b.0));
        if let Some(ids) = &self.ids {
            let absent = ids.iter().find(|id| !found.iter().any(|(known, ..)| known == *id));
            if let Some(id) = absent {
                return Err(ApiError::new(self.missing.0, (self.missing.1)(id)));
            }
            found.retain(|(id, ..)| ids.contains(id));
        }
        found.retain(|(_, properties, _)| filters.iter().all(|filter| admits(filter, properties)));
        Ok(Found {
            asked,
            items: found.into_iter().map(|(id, _, it)| (id, it)).collect(),
        })
    }
}

fn admits(filter: &Filter, properties: &[(String, String)]) -> bool {
    let name = filter.name.as_deref().unwrap_or_default();
    let has = properties.iter().filter(|(key, _)| key == name).map(|(_, value)| value);
    let wanted = filter.values.as_deref().unwrap_or_default();
    has.into_iter()
        .any(|has| wanted.iter().any(|pattern| matches(pattern, has)))
}

/// `*` stands for any text, `?` for any character.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    // Where to go on if what follows the last star does not fit.
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                retry = Some((p, t));
                p += 1;
            }
            Some(c) if *c == '?' || *c == text[t] => (p, t) = (p + 1, t + 1),
            _ => match retry {
                Some((star, from)) => {
                    retry = Some((star, from + 1));
                    (p, t) = (star + 1, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

/// Cuts a page from what was selected.
pub fn page<T>(
    cx: &Cx<'_>,
    operation: &str,
    max_results: Option<i32>,
    next_token: Option<&str>,
    found: Found<T>,
) -> Result<Page<T>, ApiError> {
    let paging = Paging {
        question: &format!("{operation} {}", found.asked),
        max_results,
        most: MOST,
        next_token,
    };
    let in_ec2s_words = |error: ApiError| invalid(error.message);
    let after = paging.after(cx).map_err(in_ec2s_words)?;
    let rest = found
        .items
        .into_iter()
        .filter(|(id, _)| after.as_ref().is_none_or(|last| id > last));
    let page = paging.cut(cx, rest, |(id, _)| id.clone()).map_err(in_ec2s_words)?;
    Ok(Page {
        items: page.items.into_iter().map(|(_, it)| it).collect(),
        next_token: page.next_token,
    })
}

/// `tag:KEY`, `tag-key` and `tag-value` of tags.
pub fn of_tags(tags: &[domain::tags::Tag]) -> Vec<(String, String)> {
    let each = tags.iter().flat_map(|tag| {
        [
            (format!("tag:{}", tag.key), tag.value.clone()),
            ("tag-key".to_owned(), tag.key.clone()),
            ("tag-value".to_owned(), tag.value.clone()),
        ]
    });
    each.collect()
}

/// Properties from names and values.
pub fn properties<const N: usize>(pairs: [(&'static str, String); N]) -> Vec<(String, String)> {
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_and_question_marks_stand_for_others() {
        for (pattern, text) in [
            ("", ""),
            ("*", ""),
            ("*", "abc"),
            ("a*c", "abbc"),
            ("a?c", "abc"),
            ("*a*b", "xaxxb"),
            ("a**", "a"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("", "a"), ("a", ""), ("a?", "a"), ("a*c", "ab"), ("*b", "ba")] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
        assert!(!matches(&"*a".repeat(40), &"a".repeat(39)), "and no input takes long");
    }
}
