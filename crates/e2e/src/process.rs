//! A `longshore` that runs in the background, with its log in a file.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use crate::machine;

pub struct Process {
    args: Vec<String>,
    environment: Vec<(String, String)>,
    namespace: Option<String>,
    log: PathBuf,
    program: PathBuf,
    child: Child,
}

impl Process {
    pub fn start(args: &[String], log: &Path) -> Self {
        Self::start_in(args, &[], log)
    }

    /// With variables added to the environment.
    pub fn start_in(args: &[String], environment: &[(String, String)], log: &Path) -> Self {
        Self::start_within(None, args, environment, log)
    }

    /// In a network namespace, where one is named.
    pub fn start_within(
        namespace: Option<&str>,
        args: &[String],
        environment: &[(String, String)],
        log: &Path,
    ) -> Self {
        let program = machine::longshore();
        Self {
            args: args.to_vec(),
            environment: environment.to_vec(),
            namespace: namespace.map(str::to_owned),
            log: log.to_owned(),
            child: spawn(namespace, &program, args, environment, log),
            program,
        }
    }

    /// As when the machine loses it: nothing in it gets to run once more.
    pub fn kill_9(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub fn restart(&mut self) {
        self.child = spawn(
            self.namespace.as_deref(),
            &self.program,
            &self.args,
            &self.environment,
            &self.log,
        );
    }

    /// Another program from the next start on, as after an upgrade.
    pub fn upgrade(&mut self, program: &Path) {
        self.program = program.to_owned();
    }

    pub fn terminate(&mut self) -> ExitStatus {
        let sent = Command::new("sh")
            .args(["-c", &format!("kill {}", self.pid())])
            .status()
            .unwrap();
        assert!(sent.success());
        self.child.wait().unwrap()
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().unwrap()
    }

    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn spawn(
    namespace: Option<&str>,
    program: &Path,
    args: &[String],
    environment: &[(String, String)],
    log: &Path,
) -> Child {
    let log = File::options().create(true).append(true).open(log).unwrap();
    let mut command = match namespace {
        None => Command::new(program),
        Some(name) => {
            let mut command = Command::new("nsenter");
            command.arg(format!("--net=/run/netns/{name}")).arg(program);
            command
        }
    };
    command
        .args(args)
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .unwrap()
}
