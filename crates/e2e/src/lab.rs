//! A server, its hosts and its clients, in a directory of their own. All of it is gone when the lab is dropped.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::docker;
use crate::machine;
use crate::process::Process;

/// No step of a story takes longer on a machine that is merely slow.
const DEADLINE: Duration = Duration::from_secs(90);
const LOOK_EVERY: Duration = Duration::from_millis(50);

pub struct Lab {
    dir: PathBuf,
    server: Mutex<Process>,
    agents: Mutex<Vec<PathBuf>>,
    url: String,
}

impl Lab {
    /// `longshore up`: a server with a Fargate host.
    pub fn up() -> Self {
        Self::up_with(&[])
    }

    /// The same, with more said to it.
    pub fn up_with(more: &[&str]) -> Self {
        let lab = Self::start("up", more);
        lab.agents().push(lab.data_dir().join("agent"));
        lab
    }

    /// `longshore server`, without hosts.
    pub fn bare() -> Self {
        Self::start("server", &[])
    }

    pub fn start(role: &str, more: &[&str]) -> Self {
        Self::start_at("127.0.0.1", role, more)
    }

    /// One that serves this address.
    pub fn start_at(address: &str, role: &str, more: &[&str]) -> Self {
        machine::check();
        let dir = new_dir();
        let data_dir = dir.join("data");
        // A port that is kept over restarts, so that agents find the server again.
        let listen = format!("{address}:{}", machine::free_port());
        let mut args: Vec<String> = [role, "--data-dir", path(&data_dir), "--listen", &listen]
            .map(str::to_owned)
            .into();
        args.extend(more.iter().map(|&it| it.to_owned()));
        let server = Process::start(&args, &dir.join("server.log"));
        let scheme = if more.contains(&"--tls-cert") { "https" } else { "http" };
        let lab = Self {
            url: format!("{scheme}://{listen}"),
            dir,
            server: server.into(),
            agents: Mutex::default(),
        };
        lab.until_healthy();
        lab
    }

    pub fn server(&self) -> MutexGuard<'_, Process> {
        self.server.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Data directories of the agents.
    fn agents(&self) -> MutexGuard<'_, Vec<PathBuf>> {
        self.agents.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn until_healthy(&self) {
        self.until("the server answers", || {
            let ended = self.server().ended();
            assert!(ended.is_none(), "the server has ended: {}", self.logs());
            let asked = Command::new("curl")
                .args(["-skf", &format!("{}/_longshore/health", self.url)])
                .output()
                .unwrap();
            asked.status.success().then_some(())
        });
    }

    /// A host of a cluster, joined with a token of its own.
    pub fn agent(&self, cluster: &str) -> Process {
        self.agent_in(cluster, &[], &[])
    }

    /// One with more options, and with variables in its environment.
    pub fn agent_in(&self, cluster: &str, more: &[&str], environment: &[(String, String)]) -> Process {
        let before = self.instances(cluster).len();
        let agent = self.join_in(&["--cluster", cluster], more, environment);
        self.until("the agent is connected", || {
            let instances = self.instances(cluster);
            let connected = instances.iter().all(|it| it["agentConnected"] == true);
            (instances.len() > before && connected).then_some(())
        });
        agent
    }

    /// A host of the pool that its token is for.
    pub fn join(&self, pool: &[&str]) -> Process {
        self.join_in(pool, &[], &[])
    }

    /// The same, with more said to the agent.
    pub fn join_with(&self, pool: &[&str], more: &[&str]) -> Process {
        self.join_in(pool, more, &[])
    }

    fn join_in(&self, pool: &[&str], more: &[&str], environment: &[(String, String)]) -> Process {
        self.join_within(None, pool, more, environment)
    }

    /// A host in a network namespace of its own.
    pub fn join_within(
        &self,
        namespace: Option<&str>,
        pool: &[&str],
        more: &[&str],
        environment: &[(String, String)],
    ) -> Process {
        let token = self.longshore_ok(&[&["token"], pool].concat());
        self.join_by(namespace, token.trim(), &[pool, more].concat(), environment)
    }

    /// A host that presents this token.
    pub fn join_by(
        &self,
        namespace: Option<&str>,
        token: &str,
        words: &[&str],
        environment: &[(String, String)],
    ) -> Process {
        self.join_at(&self.url, namespace, token, words, environment)
    }

    /// One that reaches the server at this address.
    pub fn join_at(
        &self,
        url: &str,
        namespace: Option<&str>,
        token: &str,
        words: &[&str],
        environment: &[(String, String)],
    ) -> Process {
        let home = self.agent_dir(self.agents().len());
        self.agents().push(home.clone());
        let args = ["agent", "--server", url, "--token", token, "--data-dir", path(&home)];
        let args: Vec<String> = args.iter().chain(words).map(|&it| it.to_owned()).collect();
        Process::start_within(namespace, &args, environment, &home.with_extension("log"))
    }

    /// Data directory of one of the agents, in the order in which they joined.
    pub fn agent_home(&self, nth: usize) -> PathBuf {
        self.agents()[nth].clone()
    }

    pub fn instances(&self, cluster: &str) -> Vec<Value> {
        let arns = self.aws(&format!("ecs list-container-instances --cluster {cluster}"));
        let arns: Vec<&str> = arns["containerInstanceArns"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        if arns.is_empty() {
            return Vec::new();
        }
        let all = self.aws(&format!(
            "ecs describe-container-instances --cluster {cluster} --container-instances {}",
            arns.join(" ")
        ));
        all["containerInstances"].as_array().unwrap().clone()
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn data_dir(&self) -> PathBuf {
        self.dir.join("data")
    }

    /// Where the agent that joins as the `n`th keeps its data.
    pub fn agent_dir(&self, n: usize) -> PathBuf {
        self.dir.join(format!("agent-{n}"))
    }

    /// A file for a client to read.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.dir.join(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// Runs the stock AWS CLI, with words as a shell takes them, and reads its answer.
    pub fn aws(&self, words: &str) -> Value {
        let out = self.shell(&format!("aws {words}"));
        assert!(
            out.status.success(),
            "aws {words}: {}{}",
            String::from_utf8_lossy(&out.stderr),
            self.logs()
        );
        serde_json::from_slice(&out.stdout).unwrap_or(Value::Null)
    }

    /// What the AWS CLI says of a call that is refused.
    pub fn aws_refused(&self, words: &str) -> String {
        let out = self.shell(&format!("aws {words}"));
        assert!(
            !out.status.success(),
            "aws {words} was not refused: {}",
            String::from_utf8_lossy(&out.stdout)
        );
        String::from_utf8(out.stderr).unwrap().trim().to_owned()
    }

    /// Runs a script with a boto3 client `ecs` at hand; gives back what it printed.
    pub fn boto3(&self, script: &str) -> String {
        let out = self.try_boto3(script);
        let told = String::from_utf8_lossy(&out.stderr);
        assert!(out.status.success(), "{script}\n{told}{}", self.logs());
        String::from_utf8(out.stdout).unwrap().trim().to_owned()
    }

    /// The same for a script that may fail.
    pub fn try_boto3(&self, script: &str) -> Output {
        let text = format!("import boto3, json\necs = boto3.client('ecs')\n{script}");
        let file = self.file("script.py", &text);
        self.shell(&format!("python {}", path(&file)))
    }

    /// Runs a shell line with the clients on the path and the environment that `longshore env` gives.
    pub fn shell(&self, line: &str) -> Output {
        let clients = machine::clients();
        let longshore = machine::longshore();
        let path_variable = format!("{}:{}", path(&clients), std::env::var("PATH").unwrap());
        let line = format!(
            "eval \"$({} env --data-dir {})\" && {line}",
            path(&longshore),
            path(&self.data_dir())
        );
        Command::new("bash")
            .args(["-c", &line])
            .env("PATH", path_variable)
            .env("AWS_PAGER", "")
            .output()
            .unwrap()
    }

    pub fn longshore(&self, args: &[&str]) -> Output {
        Command::new(machine::longshore())
            .arg("--data-dir")
            .arg(self.data_dir())
            .args(args)
            .output()
            .unwrap()
    }

    pub fn longshore_ok(&self, args: &[&str]) -> String {
        let out = self.longshore(args);
        assert!(
            out.status.success(),
            "longshore {args:?}: {}{}",
            String::from_utf8_lossy(&out.stderr),
            self.logs()
        );
        String::from_utf8(out.stdout).unwrap()
    }

    pub fn register(&self, definition: &Value) {
        let file = self.file("task-definition.json", &definition.to_string());
        self.aws(&format!(
            "ecs register-task-definition --cli-input-json file://{}",
            path(&file)
        ));
    }

    /// Starts one task by the AWS CLI; gives its ARN.
    pub fn run_task(&self, words: &str) -> String {
        let answer = self.aws(&format!("ecs run-task {words}"));
        assert_eq!(answer["failures"], Value::Array(Vec::new()));
        answer["tasks"][0]["taskArn"].as_str().unwrap().to_owned()
    }

    pub fn task(&self, arn: &str) -> Value {
        let cluster = arn.rsplit('/').nth(1).unwrap();
        self.aws(&format!("ecs describe-tasks --cluster {cluster} --tasks {arn}"))["tasks"][0].clone()
    }

    /// Waits until the task is in that status, or past it; gives the task.
    pub fn until_task(&self, arn: &str, status: &str) -> Value {
        self.until(&format!("{arn} is {status}"), || {
            let task = self.task(arn);
            let last = task["lastStatus"].as_str().unwrap();
            assert!(
                last == status || last != "STOPPED",
                "the task has stopped: {task:#}{}",
                self.logs()
            );
            (last == status).then_some(task)
        })
    }

    /// Watches until `look` finds something. Where it never does, the story fails with everything that was logged.
    pub fn until<T>(&self, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
        #[expect(clippy::disallowed_methods, reason = "a story has a deadline")]
        let begun = Instant::now();
        loop {
            if let Some(found) = look() {
                return found;
            }
            assert!(
                begun.elapsed() < DEADLINE,
                "waited in vain until {what}\n{}",
                self.logs()
            );
            #[expect(clippy::disallowed_methods, reason = "a client can only look again")]
            std::thread::sleep(LOOK_EVERY);
        }
    }

    pub fn logs(&self) -> String {
        let mut all = format!("\n--- server\n{}", self.server().log());
        for home in self.agents().iter() {
            let log = fs::read_to_string(home.with_extension("log")).unwrap_or_default();
            all.push_str(&format!("\n--- {}\n{log}", home.display()));
        }
        all
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        self.server().kill_9();
        for home in self.agents().iter() {
            let Ok(identity) = fs::read(home.join("identity.json")) else {
                continue;
            };
            let identity: Value = serde_json::from_slice(&identity).unwrap();
            docker::clean_up(identity["hostId"].as_str().unwrap());
            for task in fs::read_dir(home.join("tasks")).into_iter().flatten().flatten() {
                docker::leave_no_groups(&task.path());
            }
        }
        drop(fs::remove_dir_all(&self.dir));
    }
}

fn new_dir() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let dir = std::env::temp_dir().join(format!("longshore-e2e-{}-{count}", std::process::id()));
    fs::create_dir(&dir).unwrap();
    dir
}

pub fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}
