//! From an authenticated call to its answer and changes.

use domain::record::Key;
use domain::{Changes, Record};
use model::{ec2 as ec2_model, ecs as ecs_model, longshore as longshore_model, sts as sts_model};
use wire::shape::{Encode, Shape};
use wire::validate::{self, Invalid};
use wire::{ApiError, Value, schema};

use crate::cx::{Caller, Cx};
use crate::{ec2, ecs, longshore, sts};

/// One call, not yet judged against the model.
#[derive(Clone, Debug)]
pub struct Call {
    pub service: &'static Service,
    pub operation: &'static schema::Operation,
    pub input: Value,
}

/// What an operation gives back: the output for the caller, the changes for the store.
pub struct Reply<T> {
    output: T,
    changes: Changes,
}

impl<T> Reply<T> {
    pub fn new(output: T) -> Self {
        Self {
            output,
            changes: Changes::none(),
        }
    }

    pub fn put(mut self, record: impl Into<Record>) -> Self {
        self.changes.put(record);
        self
    }

    pub fn put_all(mut self, records: impl IntoIterator<Item = impl Into<Record>>) -> Self {
        records.into_iter().for_each(|it| self.changes.put(it));
        self
    }

    pub fn delete_all(mut self, keys: impl IntoIterator<Item = Key>) -> Self {
        keys.into_iter().for_each(|it| self.changes.delete(it));
        self
    }

    /// The answer rests on the record being as it was read.
    pub fn require(mut self, key: Key) -> Self {
        self.changes.require(key);
        self
    }
}

/// A reply whose type is forgotten: any protocol can write it.
pub struct Answer {
    pub output: Box<dyn Encode + Send>,
    pub changes: Changes,
}

/// Who may call an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// The account's own keys.
    Account,
    /// Those, and hosts for what is theirs: the operation checks that.
    Hosts,
    /// Anyone. The input proves itself.
    Anyone,
}

/// An operation that has behaviour.
#[derive(Debug)]
pub struct Handler {
    pub name: &'static str,
    pub access: Access,
    run: fn(&Cx<'_>, Value) -> Result<Answer, ApiError>,
}

impl Handler {
    pub const fn new(name: &'static str, access: Access, run: fn(&Cx<'_>, Value) -> Result<Answer, ApiError>) -> Self {
        Self { name, access, run }
    }
}

/// Makes a table of handlers from lines of `Operation => function, Access;`.
macro_rules! operations {
    ($($name:ident => $function:path, $access:ident;)*) => {
        pub static HANDLERS: &[$crate::Handler] = &[
            $($crate::Handler::new(stringify!($name), $crate::Access::$access, |cx, input| {
                $crate::call::answer(cx, input, $function)
            }),)*
        ];
    };
}
pub(crate) use operations;

pub(crate) fn answer<I: Shape, O: Encode + Send + 'static>(
    cx: &Cx<'_>,
    input: Value,
    operation: fn(&Cx<'_>, I) -> Result<Reply<O>, ApiError>,
) -> Result<Answer, ApiError> {
    let input = I::decode(input).map_err(|it| {
        ApiError::new(
            "SerializationException",
            format!("{} can not be converted to {}", it.kind, it.wanted),
        )
    })?;
    let Reply { output, changes } = operation(cx, input)?;
    Ok(Answer {
        output: Box::new(output),
        changes,
    })
}

/// A service's model and the operations of it that have behaviour.
#[derive(Debug)]
pub struct Service {
    pub model: &'static schema::Service,
    pub handlers: &'static [Handler],
}

impl Service {
    pub fn handler(&self, name: &str) -> Option<&'static Handler> {
        self.handlers.iter().find(|it| it.name == name)
    }
}

pub static SERVICES: [Service; 4] = [
    Service {
        model: &ecs_model::API,
        handlers: ecs::HANDLERS,
    },
    Service {
        model: &longshore_model::API,
        handlers: longshore::HANDLERS,
    },
    Service {
        model: &sts_model::API,
        handlers: sts::HANDLERS,
    },
    Service {
        model: &ec2_model::API,
        handlers: ec2::HANDLERS,
    },
];

/// The service that `matches`.
pub fn service(matches: impl Fn(&schema::Service) -> bool) -> Option<&'static Service> {
    SERVICES.iter().find(|it| matches(it.model))
}

/// Judges a call and runs its operation.
pub fn run(cx: &Cx<'_>, call: &Call) -> Result<Answer, ApiError> {
    let name = call.operation.name;
    validate::check(call.operation.input, &call.input).map_err(|invalid| refused(call, &invalid))?;
    let Some(handler) = call.service.handler(name) else {
        return Err(not_served(call.operation));
    };
    let allowed = match (handler.access, cx.caller) {
        (Access::Anyone, _) | (_, Caller::Root) | (Access::Hosts, Caller::Host { .. }) => true,
        (Access::Account | Access::Hosts, Caller::Anonymous) | (Access::Account, Caller::Host { .. }) => false,
    };
    if !allowed {
        return Err(ApiError::new(
            "AccessDeniedException",
            format!("This key is not authorized to perform: {name}"),
        ));
    }
    (handler.run)(cx, call.input.clone())
}

/// The model's verdict in the service's own code for bad input.
fn refused(call: &Call, invalid: &Invalid) -> ApiError {
    let code = match invalid {
        Invalid::Type { .. } => "SerializationException",
        Invalid::Constraint { .. } if call.operation.errors.contains(&"InvalidParameterException") => {
            "InvalidParameterException"
        }
        Invalid::Constraint { .. } if call.service.model.protocol == schema::Protocol::Query => "ValidationError",
        Invalid::Constraint { .. } if call.service.model.protocol == schema::Protocol::Ec2 => "InvalidParameterValue",
        Invalid::Constraint { .. } => "ValidationException",
    };
    ApiError::new(code, invalid.to_string())
}

/// Said of an operation of the model that does nothing here yet, in the first of these codes that the model gives it.
fn not_served(operation: &schema::Operation) -> ApiError {
    let code = [
        "UnsupportedFeatureException",
        "ClientException",
        "InvalidParameterException",
    ]
    .into_iter()
    .find(|code| operation.errors.contains(code))
    .unwrap_or("ClientException");
    ApiError::new(
        code,
        format!(
            "{} is not supported by Longshore yet. See docs/compatibility.md for what is.",
            operation.name
        ),
    )
}

#[cfg(test)]
mod constraints;
#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod goldens;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::World;

    #[test]
    fn every_operation_of_the_model_answers_an_error_that_the_model_knows() {
        let world = World::new("");
        let service = &SERVICES[0];
        assert_eq!(service.model.operations.len(), 88);
        for operation in service.model.operations {
            let call = Call {
                service,
                operation,
                input: Value::Map(Vec::new()),
            };
            let Err(error) = world.with(|cx| run(cx, &call)) else {
                continue;
            };
            let known = operation.errors.iter().any(|it| **it == *error.code);
            assert!(known, "{}: {error} is none of {:?}", operation.name, operation.errors);
            assert_eq!(error.status, 400, "{}", operation.name);
        }
    }

    #[test]
    fn an_operation_without_behaviour_says_so_by_name() {
        let operation = SERVICES[0].model.operation("ListServices").expect("in the model");
        assert!(SERVICES[0].handler("ListServices").is_none());
        assert_eq!(not_served(operation).code, "ClientException");
        assert!(
            not_served(operation)
                .message
                .starts_with("ListServices is not supported")
        );
    }

    #[test]
    fn handlers_name_operations_of_their_model() {
        for service in &SERVICES {
            for handler in service.handlers {
                assert!(service.model.operation(handler.name).is_some(), "{}", handler.name);
            }
        }
    }
}
