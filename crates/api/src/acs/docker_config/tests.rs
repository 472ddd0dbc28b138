use expect_test::{Expect, expect};
use wire::shape::Shape;

use super::*;
use crate::ecs::shape;

/// What a container of that definition is sent as, in a task with a memory of 512 MiB.
#[track_caller]
fn sent(container: &str, expected: Expect) {
    sent_in("non-blocking", container, expected);
}

/// The same, where logs have that mode unless the definition says another.
#[track_caller]
fn sent_in(log_mode: &str, container: &str, expected: Expect) {
    let text = format!(r#"{{"memory":"512","containerDefinitions":[{{"name":"a","image":"b",{container}}}]}}"#);
    let value = json::parse(text.as_bytes()).expect("a test's JSON is JSON");
    let document = ecs::TaskDefinition::decode(value).expect("a test's definition is one");
    let spec = shape::spec(&document);
    let definition = &document.container_definitions.expect("it has one")[0];
    let words = docker_config(definition, &spec.containers[0], &spec, None, log_mode);
    expected.assert_eq(&format!(
        "{}\n{}\n",
        words.config.unwrap_or_default(),
        words.host_config.unwrap_or_default()
    ));
}

#[test]
fn what_is_not_said_is_not_sent() {
    sent(
        r#""privileged":false,"readonlyRootFilesystem":false,"extraHosts":[],"linuxParameters":{}"#,
        expect![[r#"
            {}
            {"NetworkMode":"bridge"}
        "#]],
    );
}

#[test]
fn what_concerns_the_process_is_sent_in_dockers_words() {
    sent(
        r#""user":"1:2","workingDirectory":"/tmp","hostname":"h","dockerLabels":{"a":"b"},"disableNetworking":true,"interactive":true,"pseudoTerminal":true,"privileged":true,"readonlyRootFilesystem":true"#,
        expect![[r#"
            {"User":"1:2","WorkingDir":"/tmp","Hostname":"h","Labels":{"a":"b"},"NetworkDisabled":true,"OpenStdin":true,"Tty":true}
            {"NetworkMode":"bridge","Privileged":true,"ReadonlyRootfs":true}
        "#]],
    );
}

#[test]
fn names_options_and_logs_are_sent_in_dockers_words() {
    sent(
        r#""dnsServers":["10.0.0.2"],"dnsSearchDomains":["example.com"],"extraHosts":[{"hostname":"db","ipAddress":"10.0.0.3"},{"hostname":"six","ipAddress":"fd00::1"}],"dockerSecurityOptions":["no-new-privileges","label:level:s0:c1","apparmor:strict"],"logConfiguration":{"logDriver":"syslog","options":{"mode":"non-blocking","tag":"x"}}"#,
        expect![[r#"
            {}
            {"NetworkMode":"bridge","Dns":["10.0.0.2"],"DnsSearch":["example.com"],"ExtraHosts":["db:10.0.0.3","six:fd00::1"],"SecurityOpt":["no-new-privileges","label=level:s0:c1","apparmor=strict"],"LogConfig":{"Type":"syslog","Config":{"max-buffer-size":"10m","mode":"non-blocking","tag":"x"}}}
        "#]],
    );
}

#[test]
fn what_the_kernel_is_asked_for_is_sent_in_dockers_units() {
    sent(
        r#""memory":64,"memoryReservation":32,"systemControls":[{"namespace":"net.core.somaxconn","value":"64"}],"linuxParameters":{"capabilities":{"add":["NET_ADMIN"],"drop":["ALL"]},"devices":[{"hostPath":"/dev/fuse"},{"hostPath":"/dev/zero","containerPath":"/dev/none","permissions":["read","mknod"]}],"initProcessEnabled":true,"sharedMemorySize":8,"tmpfs":[{"containerPath":"/run","size":16,"mountOptions":["noexec"]}],"maxSwap":32,"swappiness":10},"ulimits":[{"name":"nofile","softLimit":10,"hardLimit":-1}]"#,
        expect![[r#"
            {}
            {"NetworkMode":"bridge","MemoryReservation":33554432,"Sysctls":{"net.core.somaxconn":"64"},"Ulimits":[{"Name":"nofile","Soft":10,"Hard":-1}],"CapAdd":["NET_ADMIN"],"CapDrop":["ALL"],"Devices":[{"PathOnHost":"/dev/fuse","PathInContainer":"/dev/fuse","CgroupPermissions":"rwm"},{"PathOnHost":"/dev/zero","PathInContainer":"/dev/none","CgroupPermissions":"rm"}],"Init":true,"ShmSize":8388608,"Tmpfs":{"/run":"size=16m,noexec"},"MemorySwap":100663296,"MemorySwappiness":10}
        "#]],
    );
    sent(
        r#""linuxParameters":{"maxSwap":0,"swappiness":10}"#,
        expect![[r#"
            {}
            {"NetworkMode":"bridge","MemorySwap":536870912,"MemorySwappiness":10}
        "#]],
    );
    sent(
        r#""linuxParameters":{"swappiness":10}"#,
        expect![[r#"
        {}
        {"NetworkMode":"bridge"}
    "#]],
    );
}

#[test]
fn logs_are_delivered_as_the_account_says_unless_the_definition_does() {
    let log = |options: &str| format!(r#""logConfiguration":{{"logDriver":"json-file"{options}}}"#);
    sent_in(
        "non-blocking",
        &log(""),
        expect![[r#"
            {}
            {"NetworkMode":"bridge","LogConfig":{"Type":"json-file","Config":{"max-buffer-size":"10m","mode":"non-blocking"}}}
        "#]],
    );
    sent_in(
        "blocking",
        &log(""),
        expect![[r#"
            {}
            {"NetworkMode":"bridge","LogConfig":{"Type":"json-file","Config":{"mode":"blocking"}}}
        "#]],
    );
    sent_in(
        "non-blocking",
        &log(r#","options":{"mode":"blocking"}"#),
        expect![[r#"
            {}
            {"NetworkMode":"bridge","LogConfig":{"Type":"json-file","Config":{"mode":"blocking"}}}
        "#]],
    );
    sent_in(
        "non-blocking",
        &log(r#","options":{"max-buffer-size":"1m"}"#),
        expect![[r#"
            {}
            {"NetworkMode":"bridge","LogConfig":{"Type":"json-file","Config":{"max-buffer-size":"1m","mode":"non-blocking"}}}
        "#]],
    );
    sent_in(
        "non-blocking",
        r#""logConfiguration":{"logDriver":"none"}"#,
        expect![[r#"
            {}
            {"NetworkMode":"bridge","LogConfig":{"Type":"none"}}
        "#]],
    );
}
