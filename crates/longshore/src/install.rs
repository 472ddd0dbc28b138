//! `longshore agent install` and `uninstall`: the agent as a service of systemd.
//!
//! What is written is made by pure functions. The token is in a file that only root reads, never in the unit or on a command line.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use runtime_docker::{Left, Running};

use crate::agent_role::ServeArgs;
use crate::leave;

const SERVICE: &str = "longshore-agent.service";
const UNITS: &str = "etc/systemd/system";
const ENVIRONMENT: &str = "etc/longshore/agent.env";
const DATA_DIR: &str = "/var/lib/longshore/agent";
/// How an agent ends whose host was deregistered: starting it again is of no use.
pub const DEREGISTERED: u8 = 77;
/// Exists where systemd is the machine's init.
const SYSTEMD: &str = "/run/systemd/system";

#[derive(Debug, clap::Args)]
pub struct InstallArgs {
    #[command(flatten)]
    serve: ServeArgs,
    /// Write the files and do not start the service
    #[arg(long)]
    no_start: bool,
    /// Show the unit and write nothing
    #[arg(long, conflicts_with_all = ["no_start", "root"])]
    print: bool,
    /// Write below this directory instead, as for an image of a machine. Nothing is started
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct UninstallArgs {
    /// Stop the tasks that run here; without it they run on, and what they use stays
    #[arg(long)]
    stop_tasks: bool,
    /// Remove the agent's data too: the host joins anew afterwards, and tasks of before are not known to it
    #[arg(long)]
    purge: bool,
    /// Remove the files from below this directory, as in an image of a machine, and nothing else
    #[arg(long, value_name = "DIR", conflicts_with = "stop_tasks")]
    root: Option<PathBuf>,
}

pub fn install(args: &InstallArgs, connect: &cli::Connect) -> Result<()> {
    let program = std::env::current_exe().context("this program does not know where it is")?;
    let unit = unit(&program, &args.serve.words(connect.ca_cert.as_deref())?)?;
    if args.print {
        print!("{unit}");
        return Ok(());
    }
    let start = !args.no_start && args.root.is_none();
    if start && !Path::new(SYSTEMD).exists() {
        bail!(
            "systemd does not run on this machine, so the service cannot be started\n  write its files only with --no-start, show the unit with --print, or have another supervisor run: longshore agent"
        );
    }
    let root = args.root.as_deref().unwrap_or(Path::new("/"));
    let data_dir = absolute(connect.data_dir.as_deref().unwrap_or(Path::new(DATA_DIR)))?;
    if args.serve.token.is_none() && !below(root, &data_dir).join("identity.json").exists() {
        bail!(
            "a host that has not joined yet needs a join token\n  make one on the server with: longshore token, and give it with --token"
        );
    }
    let mut environment = environment(&args.serve.server, args.serve.token.as_deref(), &data_dir)?;
    if let Ok(engine) = std::env::var(ENGINE_VARIABLE) {
        environment.push_str(&format!("{ENGINE_VARIABLE}={}\n", quoted(&engine)?));
    }
    write(&root.join(ENVIRONMENT), 0o600, &environment)?;
    write(&root.join(UNITS).join(SERVICE), 0o644, &unit)?;
    println!("wrote {}", root.join(UNITS).join(SERVICE).display());
    println!("wrote {}", root.join(ENVIRONMENT).display());
    if args.root.is_none() && Path::new(SYSTEMD).exists() {
        systemctl(&["daemon-reload"])?;
    }
    if start {
        systemctl(&["enable", SERVICE])?;
        systemctl(&["restart", SERVICE])?;
        println!("started {SERVICE}; its log: journalctl -u {SERVICE}");
    }
    Ok(())
}

/// The files go last: they say where the data is, for whoever has to try again.
pub async fn uninstall(args: &UninstallArgs, connect: &cli::Connect) -> Result<()> {
    let root = args.root.as_deref().unwrap_or(Path::new("/"));
    let (unit, settings) = (root.join(UNITS).join(SERVICE), root.join(ENVIRONMENT));
    let systemd = args.root.is_none() && Path::new(SYSTEMD).exists();
    let environment = fs::read_to_string(&settings).unwrap_or_default();
    let installed = data_dir_of(&environment);
    let data_dir = absolute(connect.data_dir.as_ref().unwrap_or(&installed))?;
    // An agent that somebody else started has its data elsewhere; the service is another one then, and stays.
    let is_the_service = data_dir == installed && (unit.exists() || settings.exists());
    let data_dir = args
        .root
        .as_ref()
        .map_or(data_dir.clone(), |root| below(root, &data_dir));
    if systemd && is_the_service {
        systemctl(&["disable", "--now", SERVICE])?;
    }
    let running = match args.stop_tasks {
        true => Running::Stops,
        false => Running::Stays,
    };
    let left = match &args.root {
        Some(_) => Left::Nothing,
        None => {
            // The engine that the service has used, whatever this shell would use.
            let engine = setting(&environment, ENGINE_VARIABLE).filter(|_| is_the_service);
            leave::leave_by_data(&data_dir, engine, running).await?
        }
    };
    end_data(&data_dir, args.purge, left)?;
    if !is_the_service {
        println!("no service with this data is installed below {}", root.display());
        return Ok(());
    }
    remove(&unit)?;
    remove(&settings)?;
    println!("removed {SERVICE}");
    match systemd {
        true => systemctl(&["daemon-reload"]),
        false => Ok(()),
    }
}

fn end_data(data_dir: &Path, purged: bool, left: Left) -> Result<()> {
    let shown = data_dir.display();
    match (purged, left) {
        (true, Left::Nothing) => purge(data_dir)?,
        (true, Left::Tasks(tasks)) => bail!(
            "{tasks} tasks run here and use what is to be removed\n  end them with --stop-tasks, or leave out --purge"
        ),
        (false, Left::Nothing) => println!("kept {shown}"),
        (false, Left::Tasks(tasks)) => println!(
            "{tasks} tasks run on; what they use stays, and {shown}\n  to end them: longshore agent uninstall --stop-tasks --data-dir {shown}"
        ),
    }
    Ok(())
}

/// Nothing but an agent's own directory is removed, whatever the settings say.
fn purge(data_dir: &Path) -> Result<()> {
    if !data_dir.join("lock").exists() || !data_dir.join("tasks").is_dir() {
        bail!("{} is no agent's data; it is left alone", data_dir.display());
    }
    fs::remove_dir_all(data_dir).with_context(|| format!("cannot remove {}", data_dir.display()))?;
    println!("removed {}", data_dir.display());
    Ok(())
}

fn unit(program: &Path, options: &[String]) -> Result<String> {
    let program = program.to_str().context("the path of this program is not UTF-8")?;
    let words = [program, "agent"].into_iter().chain(options.iter().map(String::as_str));
    let command: Vec<String> = words.map(unit_word).collect::<Result<_>>()?;
    Ok(format!(
        "\
[Unit]
Description=Longshore agent, which runs tasks on this host
Wants=network-online.target docker.service
After=network-online.target docker.service
StartLimitIntervalSec=0

[Service]
EnvironmentFile=/{ENVIRONMENT}
ExecStart={}
Restart=always
RestartSec=2
# It was deregistered
RestartPreventExitStatus={DEREGISTERED}
# Tasks outlive their agent, and the kernel ends them before it.
KillMode=process
OOMScoreAdjust=-900
LimitNOFILE=65536

[Install]
WantedBy=multi-user.target
",
        command.join(" ")
    ))
}

/// A word as systemd reads it back.
fn unit_word(word: &str) -> Result<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,@+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return Ok(word.to_owned());
    }
    Ok(quoted(word)?.replace('%', "%%").replace('$', "$$"))
}

fn quoted(text: &str) -> Result<String> {
    if text.chars().any(char::is_control) {
        bail!("{text:?} has a control character in it");
    }
    Ok(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

const DATA_DIR_VARIABLE: &str = "LONGSHORE_DATA_DIR";
const ENGINE_VARIABLE: &str = "DOCKER_HOST";

fn environment(server: &str, token: Option<&str>, data_dir: &Path) -> Result<String> {
    let data_dir = data_dir.to_str().context("the data directory's path is not UTF-8")?;
    let mut text = format!(
        "LONGSHORE_SERVER={}\n{DATA_DIR_VARIABLE}={}\n",
        quoted(server)?,
        quoted(data_dir)?
    );
    if let Some(token) = token {
        text.push_str(&format!("# Used once, to join\nLONGSHORE_TOKEN={}\n", quoted(token)?));
    }
    Ok(text)
}

/// The directory that an installed agent keeps its data in.
fn data_dir_of(environment: &str) -> PathBuf {
    setting(environment, DATA_DIR_VARIABLE).map_or_else(|| DATA_DIR.into(), PathBuf::from)
}

/// What an installed agent is given under this name.
fn setting(environment: &str, name: &str) -> Option<String> {
    let prefix = format!("{name}=\"");
    let mut lines = environment.lines();
    let quoted = lines.find_map(|it| it.strip_prefix(&prefix)?.strip_suffix('"'))?;
    Some(quoted.replace("\\\"", "\"").replace("\\\\", "\\"))
}

/// The service is started from elsewhere than this command.
fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path).with_context(|| format!("cannot tell where {} is", path.display()))
}

fn below(root: &Path, path: &Path) -> PathBuf {
    root.join(path.strip_prefix("/").unwrap_or(path))
}

fn write(path: &Path, mode: u32, text: &str) -> Result<()> {
    let written = || {
        fs::create_dir_all(path.parent().unwrap_or(Path::new("/")))?;
        // A file that is there keeps its mode, so it goes first.
        match fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(mode)
            .open(path)?
            .write_all(text.as_bytes())
    };
    written().map_err(|error: std::io::Error| explained(&error, "write", path))
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(explained(&error, "remove", path)),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn explained(error: &std::io::Error, verb: &str, path: &Path) -> anyhow::Error {
    let remedy = match error.kind() {
        ErrorKind::PermissionDenied => "\n  run this as root",
        _ => "",
    };
    anyhow::anyhow!("cannot {verb} {}: {error}{remedy}", path.display())
}

fn systemctl(args: &[&str]) -> Result<()> {
    let done = Command::new("systemctl")
        .args(args)
        .output()
        .context("systemctl cannot be run")?;
    if !done.status.success() {
        let told = String::from_utf8_lossy(&done.stderr);
        bail!(
            "systemctl {} failed: {}\n  see: journalctl -u {SERVICE}",
            args.join(" "),
            told.trim()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_unit_starts_the_agent_with_its_options_and_leaves_tasks_alone() {
        let options = ["--cluster", "web", "--attributes", "rack=r 1,cost=5%"].map(str::to_owned);
        let expected = r#"[Unit]
Description=Longshore agent, which runs tasks on this host
Wants=network-online.target docker.service
After=network-online.target docker.service
StartLimitIntervalSec=0

[Service]
EnvironmentFile=/etc/longshore/agent.env
ExecStart=/usr/local/bin/longshore agent --cluster web --attributes "rack=r 1,cost=5%%"
Restart=always
RestartSec=2
# It was deregistered
RestartPreventExitStatus=77
# Tasks outlive their agent, and the kernel ends them before it.
KillMode=process
OOMScoreAdjust=-900
LimitNOFILE=65536

[Install]
WantedBy=multi-user.target
"#;
        assert_eq!(unit(Path::new("/usr/local/bin/longshore"), &options).unwrap(), expected);
    }

    #[test]
    fn what_systemd_would_read_otherwise_is_quoted() {
        for (word, quoted) in [
            ("a", "a"),
            ("", r#""""#),
            ("a b", r#""a b""#),
            (r#"a"\"#, r#""a\"\\""#),
            ("$A", r#""$$A""#),
        ] {
            assert_eq!(unit_word(word).unwrap(), quoted);
        }
        assert!(unit_word("a\nExecStartPre=evil").is_err());
    }

    #[derive(Debug, clap::Parser)]
    struct Line {
        #[command(flatten)]
        install: InstallArgs,
        #[command(flatten)]
        connect: cli::Connect,
    }

    #[test]
    fn the_service_finds_its_data_wherever_it_is_started_from() {
        let root = tempfile::tempdir().unwrap();
        let line = format!("install --token lsj-1 --data-dir data --root {}", root.path().display());
        let line = <Line as clap::Parser>::parse_from(line.split(' '));
        install(&line.install, &line.connect).unwrap();
        let environment = fs::read_to_string(root.path().join(ENVIRONMENT)).unwrap();
        let here = std::env::current_dir().unwrap();
        assert_eq!(data_dir_of(&environment), here.join("data"));
    }

    #[test]
    fn the_token_is_in_the_environment_alone_and_the_data_directory_is_found_there_again() {
        let text = environment("https://s:1", Some("lsj-1"), Path::new("/data \"a\\b\"")).unwrap();
        assert!(text.contains("LONGSHORE_SERVER=\"https://s:1\"\n") && text.contains("LONGSHORE_TOKEN=\"lsj-1\"\n"));
        assert_eq!(data_dir_of(&text), Path::new("/data \"a\\b\""));
        assert!(
            !environment("http://s", None, Path::new("/d"))
                .unwrap()
                .contains("TOKEN")
        );
        assert_eq!(data_dir_of(""), Path::new(DATA_DIR));
        let engine = "DOCKER_HOST=\"unix:///run/d.sock\"\n";
        assert_eq!(setting(engine, ENGINE_VARIABLE).as_deref(), Some("unix:///run/d.sock"));
        assert_eq!(setting(&text, ENGINE_VARIABLE), None);
    }
}
