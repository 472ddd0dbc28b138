//! What a container can ask about itself, and what it cannot ask about others.

use serde_json::{Value, json};

use super::{ON_FARGATE, bridge, fargate};
use crate::docker::{self, docker};
use crate::lab::Lab;

/// Lives until the story ends it.
const WAIT: &str = "trap 'exit 0' TERM; while true; do sleep 0.2; done";

fn container(task: &Value) -> String {
    task["containers"][0]["runtimeId"].as_str().unwrap().to_owned()
}

/// A shell script inside a container: its exit code and its output.
fn inside(container: &str, script: &str) -> (i32, String) {
    let out = std::process::Command::new("docker")
        .args(["exec", container, "sh", "-c", script])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    (out.status.code().unwrap(), text)
}

/// What a container is told when it asks.
fn asked(container: &str, path: &str) -> Option<Value> {
    let (code, text) = inside(
        container,
        &format!("wget -q -O - \"$ECS_CONTAINER_METADATA_URI_V4{path}\""),
    );
    (code == 0).then(|| serde_json::from_str(&text).unwrap())
}

fn on_fargate(lab: &Lab, definition: &Value) -> Value {
    lab.register(definition);
    let arn = lab.run_task(&format!(
        "--task-definition {} {ON_FARGATE}",
        definition["family"].as_str().unwrap()
    ));
    lab.until_task(&arn, "RUNNING")
}

#[test]
fn a_fargate_tasks_first_words_may_be_a_question() {
    let lab = Lab::up();
    let script = format!("wget -q -O - \"$ECS_CONTAINER_METADATA_URI_V4/task\" || exit 1; echo; {WAIT}");
    let task = on_fargate(&lab, &fargate("curious", &script));
    let arn = task["taskArn"].as_str().unwrap();
    let told: Value = lab.until("it has asked and was told", || {
        serde_json::from_str(&docker(&["logs", &container(&task)])).ok()
    });
    assert_eq!(
        (&told["TaskARN"], &told["LaunchType"]),
        (&task["taskArn"], &"FARGATE".into())
    );
    assert_eq!((&told["Family"], &told["Revision"]), (&"curious".into(), &"1".into()));
    assert_eq!(told["Limits"], json!({"CPU": 0.25, "Memory": 512}));
    let main = &told["Containers"][0];
    assert_eq!(main["DockerId"], task["containers"][0]["runtimeId"]);
    assert_eq!(main["ContainerARN"], task["containers"][0]["containerArn"]);
    let address = task["containers"][0]["networkInterfaces"][0]["privateIpv4Address"]
        .as_str()
        .unwrap();
    let network = &main["Networks"][0];
    assert_eq!(network["IPv4Addresses"], json!([address]));
    let sandbox = docker::inspect(&format!("longshore-sandbox-{}", arn.rsplit('/').next().unwrap()));
    let networks = sandbox["NetworkSettings"]["Networks"].as_object().unwrap();
    let (gateway, prefix) = networks
        .values()
        .map(|it| (&it["Gateway"], &it["IPPrefixLen"]))
        .next()
        .unwrap();
    assert_eq!(
        network["SubnetGatewayIpv4Address"],
        format!("{}/{prefix}", gateway.as_str().unwrap())
    );
    assert!(
        network["IPv4SubnetCIDRBlock"]
            .as_str()
            .unwrap()
            .ends_with(&format!(".0/{prefix}"))
    );
}

#[test]
fn a_task_on_an_instance_is_told_of_itself_its_tags_and_its_use() {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let _agent = lab.agent("web");
    lab.register(&bridge("curious", WAIT));
    let arn = lab.run_task("--cluster web --task-definition curious --tags key=team,value=blue");
    let task = lab.until_task(&arn, "RUNNING");
    let id = container(&task);

    let told = lab.until("the endpoint answers", || asked(&id, "/task"));
    assert_eq!(
        (&told["TaskARN"], &told["Cluster"]),
        (&arn.as_str().into(), &"web".into())
    );
    assert_eq!(
        (&told["KnownStatus"], &told["LaunchType"]),
        (&"RUNNING".into(), &"EC2".into())
    );
    let own = asked(&id, "").unwrap();
    let address = &docker::inspect(&id)["NetworkSettings"]["IPAddress"];
    assert_eq!(
        own["Networks"],
        json!([{"NetworkMode": "bridge", "IPv4Addresses": [address]}])
    );
    assert_eq!(
        (&own["DockerId"], &own["Type"]),
        (&id.as_str().into(), &"NORMAL".into())
    );
    assert_eq!(own["Labels"]["com.amazonaws.ecs.task-arn"], arn.as_str());
    assert_eq!(own["Labels"]["longshore.host"], Value::Null);
    assert_eq!(
        asked(&id, "/taskWithTags").unwrap()["TaskTags"],
        json!({"team": "blue"})
    );

    inside(&id, "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done");
    let stats = lab.until("two looks were taken", || {
        asked(&id, "/stats").filter(|it| it["network_rate_stats"].is_object())
    });
    let used = |it: &Value| it["cpu_usage"]["total_usage"].as_u64().unwrap();
    assert!(
        used(&stats["cpu_stats"]) > 0 && used(&stats["cpu_stats"]) >= used(&stats["precpu_stats"]),
        "{stats:#}"
    );
    assert!(stats["memory_stats"]["usage"].as_u64().unwrap() > 0);
    assert_eq!(stats["memory_stats"]["limit"], 64 << 20);
    assert!(stats["networks"]["eth0"]["rx_bytes"].as_u64().unwrap() > 0);
    assert_eq!(asked(&id, "/task/stats").unwrap()[&id]["id"], id.as_str());
    let seen = |name: &str| inside(&id, &format!("echo -n ${name}")).1;
    assert_eq!(seen("AWS_EXECUTION_ENV"), "AWS_ECS_EC2");
    assert_eq!(seen("AWS_REGION"), seen("AWS_DEFAULT_REGION"));
    let (code, protection) = inside(&id, "wget -q -O - \"$ECS_AGENT_URI/task-protection/v1/state\"");
    assert!(code == 0 && protection.contains("TASK_NOT_VALID"), "{protection}");
}

#[test]
fn a_task_in_the_hosts_network_asks_where_its_agent_has_the_address() {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let agent = lab.agent("web");
    let mut definition = bridge("on-host", WAIT);
    definition["networkMode"] = "host".into();
    lab.register(&definition);
    let arn = lab.run_task("--cluster web --task-definition on-host");
    let id = container(&lab.until_task(&arn, "RUNNING"));
    // Agents of one machine share its address, and one of them has it.
    if agent
        .log()
        .contains("another agent of this machine has the task metadata endpoint")
    {
        assert_eq!(
            inside(&id, "echo -n $ECS_CONTAINER_METADATA_URI_V4$ECS_AGENT_URI").1,
            ""
        );
    } else {
        assert_eq!(asked(&id, "/task").unwrap()["TaskARN"], arn.as_str());
    }
}

#[test]
fn the_endpoint_answers_again_after_its_agent_was_killed() {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let (mut on_instance, mut on_pool) = (lab.agent("web"), lab.join(&["--fargate"]));
    lab.register(&bridge("behind-bridge", WAIT));
    lab.register(&fargate("alone", WAIT));
    let run = format!("ecs run-task --task-definition alone {ON_FARGATE}");
    let answer = lab.until("the pool has its host", || {
        Some(lab.aws(&run)).filter(|it| it["failures"] == json!([]))
    });
    let tasks = [
        lab.run_task("--cluster web --task-definition behind-bridge"),
        answer["tasks"][0]["taskArn"].as_str().unwrap().to_owned(),
    ];
    let ids = tasks.each_ref().map(|arn| container(&lab.until_task(arn, "RUNNING")));
    for id in &ids {
        lab.until("the endpoint answers", || asked(id, "/task"));
    }
    for agent in [&mut on_instance, &mut on_pool] {
        agent.kill_9();
        agent.restart();
    }
    for (id, arn) in ids.iter().zip(&tasks) {
        let told = lab.until("the endpoint answers again", || asked(id, "/task"));
        assert_eq!(told["TaskARN"], arn.as_str());
    }
}

#[test]
fn a_port_80_of_its_own_is_left_to_the_task() {
    let lab = Lab::up();
    let script = "echo mine > index.html; httpd -p 80; trap 'exit 0' TERM; while true; do sleep 0.2; done";
    let task = on_fargate(&lab, &fargate("page", script));
    let id = container(&task);
    lab.until("its own page is served", || {
        (inside(&id, "wget -q -O - http://127.0.0.1/").1.trim() == "mine").then_some(())
    });
    assert_eq!(asked(&id, "/task").unwrap()["TaskARN"], task["taskArn"]);
}

#[test]
fn a_hostile_container_harms_only_itself() {
    let lab = Lab::up();
    let victim = on_fargate(&lab, &fargate("victim", WAIT));
    let hostile = on_fargate(&lab, &fargate("hostile", WAIT));
    let (theirs, own) = (container(&victim), container(&hostile));
    let secret = inside(&theirs, "echo -n ${ECS_CONTAINER_METADATA_URI_V4##*/}").1;
    assert_eq!(secret.len(), 32);

    // Even who knows another task's id is told what everybody is told of an id that is nobody's.
    let (_, refused) = inside(&own, &format!("wget -O - http://169.254.170.2/v4/{secret}/task"));
    assert!(refused.contains("404"), "{refused}");

    // Nothing of the agent's or of another task's is found at the gateway or at the link-local address: in its own network only the
    // endpoint itself listens.
    let gateway = inside(&own, "ip route | sed -n 's/default via \\([^ ]*\\).*/\\1/p'").1;
    let scan = |address: &str, ports: &str| {
        inside(
            &own,
            &format!(
                "for p in {ports}; do nc -w 1 {address} $p </dev/null >/dev/null 2>&1 && echo open $p; done; true"
            ),
        )
        .1
    };
    let sensitive = "22 2375 2376 51678 51679";
    let at_gateway = scan(gateway.trim(), "2375 2376 51678 51679");
    assert_eq!(at_gateway, "", "the gateway shows what is the host's");
    assert_eq!(
        scan("169.254.170.2", &format!("{sensitive} 80")),
        "open 51679\nopen 80\n"
    );
    for path in ["/var/run/docker.sock", lab.data_dir().to_str().unwrap()] {
        let (code, _) = inside(&own, &format!("test -e {path}"));
        assert_eq!(code, 1, "{path} is in the container");
    }

    // A flood is cut off for its sender, and its sender alone.
    let flood = "for i in 1 2 3 4 5 6 7 8; do (j=0; while [ $j -lt 60 ]; do wget -q -O /dev/null $ECS_CONTAINER_METADATA_URI_V4 2>&1; j=$((j+1)); done) & done; wait";
    std::thread::scope(|scope| {
        let flooding = scope.spawn(|| inside(&own, flood));
        for _ in 0..5 {
            assert_eq!(asked(&theirs, "/task").unwrap()["TaskARN"], victim["taskArn"]);
        }
        let (_, said) = flooding.join().unwrap();
        assert!(said.contains("429"), "no question of the flood was refused");
    });
    lab.until("the hostile one may ask again", || asked(&own, ""));
}

#[test]
fn what_a_task_uses_reaches_the_server() {
    let lab = Lab::up();
    let task = on_fargate(&lab, &fargate("busy", "trap 'exit 0' TERM; while true; do :; done"));
    // It is told every twenty seconds, and a busy loop uses all of the quarter core that the task has.
    let samples = lab.until("the server was told", || {
        let told: Value = serde_json::from_str(&lab.longshore_ok(&["top", "--once", "--output", "json"])).unwrap();
        let of = told["tasks"]
            .as_array()
            .unwrap()
            .iter()
            .find(|it| it["taskArn"] == task["taskArn"])?
            .clone();
        let samples = of["containers"][0]["samples"].as_array()?.clone();
        samples.iter().any(|it| it["cpuUnits"].is_number()).then_some(samples)
    });
    let units = samples
        .iter()
        .filter_map(|it| it["cpuUnits"].as_f64())
        .fold(0.0, f64::max);
    assert!(units > 128.0 && units < 400.0, "{samples:#?}");
}

#[test]
fn health_reaches_the_server_as_soon_as_it_changes() {
    let lab = Lab::up();
    let mut definition = fargate("checked", &format!("touch /tmp/well; {WAIT}"));
    definition["containerDefinitions"][0]["healthCheck"] =
        json!({"command": ["CMD-SHELL", "test -e /tmp/well"], "interval": 5, "retries": 1});
    let task = on_fargate(&lab, &definition);
    let arn = task["taskArn"].as_str().unwrap();
    let until = |health: &str| {
        lab.until(health, || {
            let seen = lab.task(arn);
            (seen["healthStatus"] == health && seen["containers"][0]["healthStatus"] == health).then_some(())
        });
    };
    until("HEALTHY");
    let told = asked(&container(&task), "").unwrap();
    assert_eq!(told["Health"]["status"], "HEALTHY", "{told:#}");
    inside(&container(&task), "rm /tmp/well");
    until("UNHEALTHY");
}

#[test]
fn people_on_the_host_may_ask_the_agent() {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let port = crate::machine::free_port().to_string();
    let _agent = lab.join_with(&["--cluster", "web"], &["--introspection-port", &port]);
    lab.until("the instance is there", || {
        (lab.instances("web").len() == 1).then_some(())
    });
    lab.register(&bridge("shown", WAIT));
    let arn = lab.run_task("--cluster web --task-definition shown");
    let task = lab.until_task(&arn, "RUNNING");
    let get = |path: &str, more: &[&str]| {
        let url = format!("http://127.0.0.1:{port}{path}");
        let out = std::process::Command::new("curl")
            .args(more)
            .args(["-s", &url])
            .output()
            .unwrap();
        String::from_utf8(out.stdout).unwrap()
    };
    let json = |path: &str| -> Value { serde_json::from_str(&get(path, &[])).unwrap() };
    assert_eq!(json("/v1/metadata")["Cluster"], "web");
    assert_eq!(
        json("/v1/metadata")["ContainerInstanceArn"],
        task["containerInstanceArn"]
    );
    assert_eq!(json("/v1/tasks")["Tasks"][0]["Arn"], arn.as_str());
    let id = container(&task);
    for query in [format!("taskarn={arn}"), format!("dockerid={}", &id[..12])] {
        let told = json(&format!("/v1/tasks?{query}"));
        assert_eq!(
            (&told["Arn"], &told["KnownStatus"]),
            (&arn.as_str().into(), &"RUNNING".into()),
            "{told}"
        );
        assert_eq!(told["Containers"][0]["DockerId"], id.as_str());
    }
    assert!(get("/license", &[]).contains("Apache License"));
    assert_eq!(get("/v1/tasks", &["-H", "Host: evil.example.com"]), "Forbidden");
    let gateway = docker::inspect(&id)["NetworkSettings"]["Gateway"]
        .as_str()
        .unwrap()
        .to_owned();
    let (code, _) = inside(&id, &format!("nc -w 1 {gateway} {port} </dev/null"));
    assert_ne!(code, 0, "a container reaches the introspection endpoint");
}
