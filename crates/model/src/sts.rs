// Written by `cargo xtask codegen` from the service's model. Not for editing.

use wire::{schema as s, shape};

pub static API: s::Service = s::Service {
    signing_name: "sts",
    target_prefix: "",
    version: "2011-06-15",
    xml_namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
    protocol: s::Protocol::Query,
    operations: &[
        s::Operation { name: "GetCallerIdentity", input: &GET_CALLER_IDENTITY_REQUEST, errors: &[] },
    ],
};

shape!(GetCallerIdentityRequest GET_CALLER_IDENTITY_REQUEST {
});
shape!(GetCallerIdentityResponse GET_CALLER_IDENTITY_RESPONSE {
    user_id "UserId" String, &USER_ID_TYPE;
    account "Account" String, &ACCOUNT_TYPE;
    arn "Arn" String, &ARN_TYPE;
});
static ACCOUNT_TYPE: s::Schema = s::Schema::Str { length: s::Range::ANY, pattern: None };
static ARN_TYPE: s::Schema = s::Schema::Str { length: s::Range { min: Some(20), max: Some(2048) }, pattern: Some(&s::Pattern { text: "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+", ranges: &[('u', 'u'), ('0', '0'), ('0', '0'), ('0', '0'), ('9', '9'), ('u', 'u'), ('0', '0'), ('0', '0'), ('0', '0'), ('A', 'A'), ('u', 'u'), ('0', '0'), ('0', '0'), ('0', '0'), ('D', 'D'), ('u', 'u'), ('0', '0'), ('0', '0'), ('2', '2'), ('0', '0'), ('-', '-'), ('u', 'u'), ('0', '0'), ('0', '0'), ('7', '7'), ('E', 'E'), ('u', 'u'), ('0', '0'), ('0', '0'), ('8', '8'), ('5', '5'), ('u', 'u'), ('0', '0'), ('0', '0'), ('A', 'A'), ('0', '0'), ('-', '-'), ('u', 'u'), ('D', 'D'), ('7', '7'), ('F', 'F'), ('F', 'F'), ('u', 'u'), ('E', 'E'), ('0', '0'), ('0', '0'), ('0', '0'), ('-', '-'), ('u', 'u'), ('F', 'F'), ('F', 'F'), ('F', 'F'), ('D', 'D'), ('u', 'u'), ('1', '1'), ('0', '0'), ('0', '0'), ('0', '0'), ('0', '0'), ('-', '-'), ('u', 'u'), ('1', '1'), ('0', '0'), ('F', 'F'), ('F', 'F'), ('F', 'F'), ('F', 'F')], letters: false, numbers: false, separators: false, one_or_more: true }) };
static USER_ID_TYPE: s::Schema = s::Schema::Str { length: s::Range::ANY, pattern: None };
