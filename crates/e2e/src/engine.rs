//! A Docker Engine of a story's own, which may be killed, restarted and made to hang without harm to any other.
//!
//! It has its own data, sockets and containerd, and lives in a network namespace of its own, so that its bridge and its rules are seen by
//! nobody else. Images come from the machine's engine, by save and load. All of it is gone when it is dropped.

use std::fs::{self, File};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::docker::docker;
use crate::lab::path;

/// Longest that an engine takes to answer, or to end.
const DEADLINE: Duration = Duration::from_secs(90);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// What becomes of containers when their engine ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Containers {
    /// `--live-restore`: they run on, and the next start takes them up.
    RunOn,
    /// As an engine does by itself.
    End,
}

pub struct Engine {
    dir: PathBuf,
    namespace: String,
    containers: Containers,
    daemon: Option<Child>,
}

impl Engine {
    /// One that answers.
    pub fn start(containers: Containers) -> Self {
        Self::start_in(containers, |_| ())
    }

    /// One in a directory that `prepare` has put something in first: programs in `bin`, which it finds before all others, or a file system
    /// on `data`.
    pub fn start_in(containers: Containers, prepare: impl FnOnce(&Path)) -> Self {
        let namespace = new_name();
        run("ip", &["netns", "add", &namespace]);
        run("nsenter", &[&net(&namespace), "ip", "link", "set", "lo", "up"]);
        let dir = std::env::temp_dir().join(new_name());
        for made in [&dir, &dir.join("bin"), &dir.join("data")] {
            fs::create_dir(made).unwrap();
        }
        prepare(&dir);
        let mut engine = Self {
            dir,
            namespace,
            containers,
            daemon: None,
        };
        engine.restart();
        engine
    }

    /// The network namespace that it is in.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// For `DOCKER_HOST`.
    pub fn address(&self) -> String {
        format!("unix://{}", path(&self.dir.join("docker.sock")))
    }

    /// Runs the Docker client against it.
    pub fn docker(&self, args: &[&str]) -> String {
        docker(&[&["--host", &self.address()], args].concat())
    }

    pub fn pid(&self, container: &str) -> u64 {
        let pid = self.docker(&["inspect", "--format", "{{.State.Pid}}", container]);
        pid.parse().unwrap()
    }

    /// Copies an image of the machine's engine.
    pub fn load(&self, image: &str) {
        let file = self.dir.join("image.tar");
        docker(&["save", "--output", path(&file), image]);
        self.docker(&["load", "--quiet", "--input", path(&file)]);
        fs::remove_file(&file).unwrap();
    }

    /// Asks it to end, as a system does that restarts it, and waits until it has.
    pub fn terminate(&mut self) {
        self.signal("TERM");
        let mut daemon = self.daemon.take().unwrap();
        wait("the engine has ended", || daemon.try_wait().unwrap().map(drop));
    }

    pub fn kill_9(&mut self) {
        let mut daemon = self.daemon.take().unwrap();
        daemon.kill().unwrap();
        daemon.wait().unwrap();
        // Its containerd dies with it, a little later; the next start would take it for one that lives.
        let file = self.dir.join("run/containerd/containerd.pid");
        let pid = fs::read_to_string(&file).unwrap();
        wait("its containerd has ended", || {
            let gone = !Path::new("/proc").join(pid.trim()).exists();
            gone.then_some(())
        });
        fs::remove_file(&file).unwrap();
    }

    /// Makes it hang, until `signal("CONT")`.
    pub fn freeze(&self) {
        self.signal("STOP");
    }

    pub fn thaw(&self) {
        self.signal("CONT");
    }

    fn signal(&self, name: &str) {
        let pid = self.daemon.as_ref().unwrap().id();
        run("kill", &["-s", name, &pid.to_string()]);
    }

    /// Starts it where it does not run, and waits until it answers.
    pub fn restart(&mut self) {
        // A daemon that was killed leaves its own behind, and the next one takes that for a daemon that runs.
        drop(fs::remove_file(self.dir.join("docker.pid")));
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.dir.join("log"))
            .unwrap();
        let file = |name: &str| path(&self.dir.join(name)).to_owned();
        let name = &self.namespace;
        let mut command = Command::new("nsenter");
        // `ip netns exec` would put another /sys over the control groups.
        command.args([&net(name), "dockerd", "--host", &self.address()]);
        command.args(["--data-root", &file("data"), "--exec-root", &file("run")]);
        command.args(["--pidfile", &file("docker.pid"), "--insecure-registry", "0.0.0.0/0"]);
        let found = std::env::var("PATH").unwrap_or_default();
        command.env("PATH", format!("{}:{found}", file("bin")));
        command.args(["--containerd-namespace", name]);
        command.args(["--containerd-plugins-namespace", &format!("{name}-plugins")]);
        if self.containers == Containers::RunOn {
            command.arg("--live-restore");
        }
        command
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log);
        self.daemon = Some(command.spawn().unwrap());
        wait("the engine answers", || {
            let ended = self.daemon.as_mut().unwrap().try_wait().unwrap();
            assert!(ended.is_none(), "the engine has ended: {}", self.log());
            self.answers().then_some(())
        });
    }

    fn answers(&self) -> bool {
        let asked = Command::new("docker")
            .args(["--host", &self.address(), "version"])
            .output();
        asked.unwrap().status.success()
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.dir.join("log")).unwrap_or_default()
    }
}

impl Engine {
    /// Ends it with all of its containers.
    fn end(&mut self) {
        if self.daemon.is_some() {
            self.thaw();
        } else {
            self.restart();
        }
        let left = self.docker(&["ps", "--all", "--quiet", "--no-trunc"]);
        for id in left.lines() {
            self.docker(&["rm", "--force", "--volumes", id]);
        }
        self.terminate();
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // A story that failed must be able to say so, whatever state it left the engine in.
        let ended = catch_unwind(AssertUnwindSafe(|| self.end()));
        if ended.is_err()
            && let Some(mut daemon) = self.daemon.take()
        {
            drop(daemon.kill());
        }
        // Namespaces of networks stay mounted after their engine.
        for at in [
            self.dir.join("run/netns/default"),
            self.dir.join("data"),
            self.dir.join("run"),
        ] {
            drop(Command::new("umount").args(["--quiet", "--lazy", path(&at)]).output());
        }
        drop(fs::remove_dir_all(&self.dir));
        drop(Command::new("ip").args(["netns", "delete", &self.namespace]).output());
    }
}

fn net(namespace: &str) -> String {
    format!("--net=/run/netns/{namespace}")
}

fn run(program: &str, args: &[&str]) {
    let out = Command::new(program).args(args).output().unwrap();
    let told = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{program} {args:?}: {told}");
}

fn wait(what: &str, mut look: impl FnMut() -> Option<()>) {
    #[expect(clippy::disallowed_methods, reason = "a story has a deadline")]
    let begun = Instant::now();
    while look().is_none() {
        assert!(begun.elapsed() < DEADLINE, "waited in vain until {what}");
        #[expect(clippy::disallowed_methods, reason = "it does not say when")]
        std::thread::sleep(LOOK_EVERY);
    }
}

/// Of a directory and of a namespace: short, because the path of a socket has to be.
fn new_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("ls-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}
