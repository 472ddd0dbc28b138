//! What an agent may say of its host. It is believed about its own host alone, and only within these bounds: sums over hosts must not
//! overflow, and no instance may take up memory without end.

use domain::Instance;
use model::ecs::{self, RegisterContainerInstanceRequest, VersionInfo};
use wire::ApiError;

use crate::ecs::{attributes, errors};

/// Most attributes that one instance may have.
const MAX_ATTRIBUTES: usize = 200;
const MAX_RESOURCES: usize = 20;
/// 4,096 cores.
const MAX_CPU: i32 = 4096 * 1024;
/// 64 TiB.
const MAX_MEMORY_MIB: i32 = 64 * 1024 * 1024;
/// Ports of one protocol that a host may keep for itself: AWS's limit.
const MAX_PORTS: usize = 100;
const MAX_GPUS: usize = 64;
const MAX_TEXT: usize = 128;
/// Where an instance is in the network, which only the server knows.
const OF_SERVER: [&str; 4] = ["ecs.vpc-id", "ecs.subnet-id", "ecs.awsvpc-trunk-id", "ecs.outpost-arn"];

pub(super) fn check(input: &RegisterContainerInstanceRequest) -> Result<(), ApiError> {
    let resources = input.total_resources.as_deref().unwrap_or_default();
    if resources.len() > MAX_RESOURCES {
        return Err(errors::invalid(format!(
            "totalResources cannot have more than {MAX_RESOURCES} entries."
        )));
    }
    resources.iter().try_for_each(resource)?;
    let given = input.attributes.as_deref().unwrap_or_default();
    if given.len() > MAX_ATTRIBUTES {
        return Err(too_many_attributes());
    }
    given.iter().try_for_each(attribute)?;
    input.version_info.as_ref().map_or(Ok(()), version)
}

/// Those that it brought and those that it had.
pub(super) fn number_of_attributes(it: &Instance) -> Result<(), ApiError> {
    match it.attributes.len() > MAX_ATTRIBUTES {
        true => Err(too_many_attributes()),
        false => Ok(()),
    }
}

fn too_many_attributes() -> ApiError {
    errors::invalid(format!("attributes cannot have more than {MAX_ATTRIBUTES} entries."))
}

fn resource(it: &ecs::Resource) -> Result<(), ApiError> {
    let name = it.name.as_deref().unwrap_or_default();
    let wrong = |why: &str| Err(errors::invalid(format!("Invalid resource {}. {why}", shortened(name))));
    let number = it.integer_value.unwrap_or_default();
    let set = it.string_set_value.as_deref().unwrap_or_default();
    match name {
        "CPU" if !(0..=MAX_CPU).contains(&number) => wrong(&format!("It must be between 0 and {MAX_CPU}.")),
        "MEMORY" if !(0..=MAX_MEMORY_MIB).contains(&number) => {
            wrong(&format!("It must be between 0 and {MAX_MEMORY_MIB}."))
        }
        "PORTS" | "PORTS_UDP" if set.len() > MAX_PORTS => wrong(&format!("At most {MAX_PORTS} ports can be reserved.")),
        "PORTS" | "PORTS_UDP" if !set.iter().all(|it| it.parse::<u16>().is_ok_and(|port| port > 0)) => {
            wrong("Ports are numbers between 1 and 65535.")
        }
        "GPU" if set.len() > MAX_GPUS || set.iter().any(|id| id.len() > MAX_TEXT) => wrong(&format!(
            "At most {MAX_GPUS} ids of at most {MAX_TEXT} characters are taken."
        )),
        _ => Ok(()),
    }
}

fn attribute(it: &ecs::Attribute) -> Result<(), ApiError> {
    let name = it.name.as_deref().unwrap_or_default();
    if OF_SERVER.contains(&name) {
        return Err(errors::invalid(format!(
            "The attribute '{name}' is given by the server and cannot be registered."
        )));
    }
    if !attributes::is_name(name) {
        return Err(errors::invalid(format!(
            "Invalid attribute name '{}': use 1 to 128 letters, digits and -_./\\:@",
            shortened(name)
        )));
    }
    match it.value.as_ref().is_some_and(|value| value.len() > MAX_TEXT) {
        true => Err(errors::invalid("Attribute values have at most 128 characters.")),
        false => Ok(()),
    }
}

fn version(it: &VersionInfo) -> Result<(), ApiError> {
    let texts = [&it.agent_version, &it.agent_hash, &it.docker_version];
    match texts.into_iter().flatten().any(|text| text.len() > MAX_TEXT) {
        true => Err(errors::invalid(format!(
            "Texts of versionInfo have at most {MAX_TEXT} characters."
        ))),
        false => Ok(()),
    }
}

/// What was sent may be a megabyte long; the answer need not be.
fn shortened(name: &str) -> String {
    name.chars().take(MAX_TEXT).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::World;
    use expect_test::expect;

    /// What comes of these registrations, of which each is another member of the call.
    fn each(members: &[String], expected: expect_test::Expect) {
        let mut said = String::new();
        for it in members {
            let world = World::new("cluster web; host a in web; host b in web; task t1 in web on b RUNNING");
            let before = format!("{:?}", world.view().instance(world.instance("b")));
            said += &world
                .ask(&format!("as a RegisterContainerInstance {{{it}}}"))
                .show(Some("containerInstance.status"));
            let after = format!("{:?}", world.view().instance(world.instance("b")));
            assert_eq!(before, after, "another instance has changed");
        }
        expected.assert_eq(&said);
    }

    #[test]
    fn absurd_resources_are_refused() {
        let resource = |it: &str| format!(r#""totalResources":[{it}]"#);
        let ports: Vec<String> = (1..=101).map(|n| format!("\"{n}\"")).collect();
        let gpus = vec![r#""g""#; 65].join(",");
        each(
            &[
                resource(r#"{"name":"CPU","integerValue":-1}"#),
                resource(r#"{"name":"CPU","integerValue":2147483647}"#),
                resource(r#"{"name":"MEMORY","integerValue":-1}"#),
                resource(r#"{"name":"MEMORY","integerValue":2147483647}"#),
                resource(&format!(r#"{{"name":"PORTS","stringSetValue":[{}]}}"#, ports.join(","))),
                resource(r#"{"name":"PORTS","stringSetValue":["0"]}"#),
                resource(r#"{"name":"PORTS_UDP","stringSetValue":["99999"]}"#),
                resource(&format!(r#"{{"name":"GPU","stringSetValue":[{gpus}]}}"#)),
                resource(&vec![r#"{"name":"X"}"#; 21].join(",")),
            ],
            expect![[r#"
                400 InvalidParameterException: Invalid resource CPU. It must be between 0 and 4194304.
                400 InvalidParameterException: Invalid resource CPU. It must be between 0 and 4194304.
                400 InvalidParameterException: Invalid resource MEMORY. It must be between 0 and 67108864.
                400 InvalidParameterException: Invalid resource MEMORY. It must be between 0 and 67108864.
                400 InvalidParameterException: Invalid resource PORTS. At most 100 ports can be reserved.
                400 InvalidParameterException: Invalid resource PORTS. Ports are numbers between 1 and 65535.
                400 InvalidParameterException: Invalid resource PORTS_UDP. Ports are numbers between 1 and 65535.
                400 InvalidParameterException: Invalid resource GPU. At most 64 ids of at most 128 characters are taken.
                400 InvalidParameterException: totalResources cannot have more than 20 entries.
            "#]],
        );
    }

    #[test]
    fn what_is_too_long_too_much_or_not_its_to_say_is_refused() {
        let long = "x".repeat(129);
        let many = |n: usize, prefix: &str| {
            let all: Vec<String> = (0..n).map(|i| format!(r#"{{"name":"{prefix}{i}"}}"#)).collect();
            format!(r#""attributes":[{}]"#, all.join(","))
        };
        each(
            &[
                many(201, "k"),
                many(198, "k"),
                format!(r#""attributes":[{{"name":"{long}"}}]"#),
                r#""attributes":[{"name":"a b\u0007"}]"#.to_owned(),
                format!(r#""attributes":[{{"name":"a","value":"{long}"}}]"#),
                r#""attributes":[{"name":"ecs.subnet-id","value":"subnet-1"}]"#.to_owned(),
                format!(r#""versionInfo":{{"agentVersion":"{long}"}}"#),
                r#""tags":[{"key":"aws:ecs:clusterName","value":"other"}]"#.to_owned(),
            ],
            expect![[r#"
                400 InvalidParameterException: attributes cannot have more than 200 entries.
                400 InvalidParameterException: attributes cannot have more than 200 entries.
                400 InvalidParameterException: Invalid attribute name 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx': use 1 to 128 letters, digits and -_./\:@
                400 InvalidParameterException: Invalid attribute name 'a b': use 1 to 128 letters, digits and -_./\:@
                400 InvalidParameterException: Attribute values have at most 128 characters.
                400 InvalidParameterException: The attribute 'ecs.subnet-id' is given by the server and cannot be registered.
                400 InvalidParameterException: Texts of versionInfo have at most 128 characters.
                400 InvalidParameterException: Tag keys cannot start with 'aws:', which is reserved: aws:ecs:clusterName
            "#]],
        );
    }

    #[test]
    fn a_host_that_asks_again_gets_the_instance_it_has() {
        let world = World::new("cluster web; host a in web; host b in web");
        let arn = |name: &str| {
            let call = format!("as {name} RegisterContainerInstance {{}}");
            world.ask(&call).get("containerInstance.containerInstanceArn")
        };
        assert!(arn("a").is_some_and(|it| it.contains(&world.instance("a").to_string())));
        assert_ne!(arn("a"), arn("b"));
        assert_eq!(world.view().instances().count(), 2);
    }
}
