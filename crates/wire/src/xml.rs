//! The answers of Query services.

use crate::error::ApiError;
use crate::shape::{Encode, Sink};
use crate::time::Time;

/// The whole answer to `action`: result and request id in AWS's two wrappers.
pub fn response(action: &str, namespace: &str, output: &dyn Encode, request_id: &str) -> String {
    let mut writer = Writer::default();
    output.encode_to(&mut writer);
    format!(
        "<{action}Response xmlns=\"{namespace}\"><{action}Result>{}</{action}Result>\
         <ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata></{action}Response>",
        writer.out
    )
}

/// The same as EC2 has it: no wrapper around the result, and items that are called so.
pub fn ec2_response(action: &str, namespace: &str, output: &dyn Encode, request_id: &str) -> String {
    let mut writer = Writer {
        item: "item",
        ..Writer::default()
    };
    output.encode_to(&mut writer);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{action}Response xmlns=\"{namespace}/\"><requestId>{request_id}</requestId>{}</{action}Response>",
        writer.out
    )
}

pub fn ec2_error(error: &ApiError, request_id: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Errors><Error><Code>{}</Code><Message>{}</Message></Error></Errors><RequestID>{request_id}</RequestID></Response>",
        escape(&error.code),
        escape(&error.message)
    )
}

/// The whole answer to a call that was refused.
pub fn error(error: &ApiError, namespace: &str, request_id: &str) -> String {
    let fault = if error.status >= 500 { "Receiver" } else { "Sender" };
    format!(
        "<ErrorResponse xmlns=\"{namespace}\"><Error><Type>{fault}</Type><Code>{}</Code><Message>{}</Message></Error>\
         <RequestId>{request_id}</RequestId></ErrorResponse>",
        escape(&error.code),
        escape(&error.message)
    )
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML 1.0 has no way to write the other control characters.
            c if c.is_control() && !matches!(c, '\t' | '\n' | '\r') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Writes elements. Each value closes the element that its name opened.
struct Writer {
    out: String,
    /// What an item of a list is called.
    item: &'static str,
    /// Elements that are open, innermost last.
    open: Vec<Element>,
}

enum Element {
    Structure,
    List,
    Map,
    Named(&'static str),
    MapValue,
}

impl Default for Writer {
    fn default() -> Self {
        Self {
            out: String::new(),
            item: "member",
            open: Vec::new(),
        }
    }
}

impl Writer {
    fn text(&mut self, text: &str) {
        self.out.push_str(&escape(text));
        self.close();
    }

    /// Ends the element that the value just written belongs to.
    fn close(&mut self) {
        match self.open.last() {
            Some(Element::Named(name)) => self.out.push_str(&format!("</{name}>")),
            Some(Element::MapValue) => self.out.push_str("</value></entry>"),
            Some(Element::Structure | Element::List | Element::Map) | None => return,
        }
        self.open.pop();
    }

    fn end(&mut self) {
        self.open.pop();
        self.close();
    }
}

impl Sink for Writer {
    fn begin_struct(&mut self) {
        self.open.push(Element::Structure);
    }

    fn field(&mut self, name: &'static str) {
        self.out.push_str(&format!("<{name}>"));
        self.open.push(Element::Named(name));
    }

    fn end_struct(&mut self) {
        self.end();
    }

    fn begin_list(&mut self) {
        self.open.push(Element::List);
    }

    fn item(&mut self) {
        self.field(self.item);
    }

    fn end_list(&mut self) {
        self.end();
    }

    fn begin_map(&mut self) {
        self.open.push(Element::Map);
    }

    fn key(&mut self, key: &str) {
        self.out.push_str(&format!("<entry><key>{}</key><value>", escape(key)));
        self.open.push(Element::MapValue);
    }

    fn end_map(&mut self) {
        self.end();
    }

    fn str(&mut self, text: &str) {
        self.text(text);
    }

    fn int(&mut self, number: i64) {
        self.text(&number.to_string());
    }

    fn double(&mut self, number: f64) {
        self.text(&number.to_string());
    }

    fn bool(&mut self, truth: bool) {
        self.text(if truth { "true" } else { "false" });
    }

    fn time(&mut self, time: Time) {
        self.text(&time.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Schema;

    static ANY: Schema = Schema::Bool;

    crate::shape!(Inner INNER { id "Id" String, &ANY; });
    crate::shape!(Outer OUTER { name "Name" String, &ANY; inner "Inner" Vec<Inner>, &INNER; at "At" Time, &ANY; });

    #[test]
    fn structures_and_lists_nest() {
        let inner = |id: &str| Inner { id: Some(id.into()) };
        let it = Outer {
            name: Some("a<b".into()),
            inner: Some(vec![inner("1"), inner("2")]),
            at: Some(Time::from_millis(0)),
        };
        let text = response("Do", "urn:x", &it, "r");
        assert_eq!(
            text,
            "<DoResponse xmlns=\"urn:x\"><DoResult><Name>a&lt;b</Name><Inner><member><Id>1</Id></member>\
             <member><Id>2</Id></member></Inner><At>1970-01-01T00:00:00.000Z</At></DoResult>\
             <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DoResponse>"
        );
        assert!(matches!(OUTER, Schema::Struct(fields) if fields.len() == 3));
    }

    #[test]
    fn ec2_has_frames_of_its_own() {
        let inner = Inner { id: Some("1".into()) };
        let it = Outer {
            inner: Some(vec![inner]),
            ..Default::default()
        };
        assert_eq!(
            ec2_response("Do", "urn:x", &it, "r"),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DoResponse xmlns=\"urn:x/\"><requestId>r</requestId><Inner><item><Id>1</Id></item></Inner></DoResponse>"
        );
        let text = ec2_error(&ApiError::new("A", "b&c"), "r");
        assert!(text.ends_with("<Response><Errors><Error><Code>A</Code><Message>b&amp;c</Message></Error></Errors><RequestID>r</RequestID></Response>"));
    }
}
