//! Pages of a list. A token names the last item given, sealed together with the filters, so a list may change between pages and no
//! token fits another question.

use wire::ApiError;

use crate::cx::Cx;

/// A list's next stretch, and the token for the one after.
pub struct Page<T> {
    pub items: Vec<T>,
    pub next_token: Option<String>,
}

/// What is asked of one page.
pub struct Paging<'a> {
    /// Operation and filters, as they were in the call.
    pub question: &'a str,
    pub max_results: Option<i32>,
    /// Where the service allows no more; also the default.
    pub most: usize,
    pub next_token: Option<&'a str>,
}

impl Paging<'_> {
    /// Name of the last item of the page before, or None at the beginning.
    pub fn after(&self, cx: &Cx<'_>) -> Result<Option<String>, ApiError> {
        match self.next_token {
            None | Some("") => Ok(None),
            Some(token) => match cx.secrets.open(self.question, token) {
                Some(after) => Ok(Some(after)),
                None => Err(ApiError::new(
                    "InvalidParameterException",
                    "Invalid token. The nextToken is not one that this list gave.",
                )),
            },
        }
    }

    /// Cuts a page from `items`, which begin after the last one given. `name` is what `after` will return for an item.
    pub fn cut<T>(
        &self,
        cx: &Cx<'_>,
        items: impl Iterator<Item = T>,
        name: impl Fn(&T) -> String,
    ) -> Result<Page<T>, ApiError> {
        let size = match self.max_results {
            None => self.most,
            Some(n) => usize::try_from(n)
                .ok()
                .filter(|n| (1..=self.most).contains(n))
                .ok_or_else(|| {
                    ApiError::new(
                        "InvalidParameterException",
                        format!("maxResults must be between 1 and {}.", self.most),
                    )
                })?,
        };
        let mut items: Vec<T> = items.take(size + 1).collect();
        let more = items.len() > size;
        items.truncate(size);
        let next_token = items
            .last()
            .filter(|_| more)
            .map(|last| cx.secrets.seal(self.question, &name(last)));
        Ok(Page { items, next_token })
    }
}
