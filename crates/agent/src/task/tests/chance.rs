//! Whatever happens in whatever order, some things are never done. Each seed is a task of its own and a life of its own.

use std::collections::BTreeSet;

use super::*;

const SEEDS: u64 = 400;
const STEPS: usize = 150;

struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % n.max(1)
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

/// Two to five containers, each of which may wait for those after it.
fn some_task(chance: &mut Chance) -> acs::Task {
    let names = ["a", "side-b", "c", "side-d", "e"];
    let count = 2 + chance.below(4);
    let mut task = payload("1", &names[..count]);
    for (at, it) in task.containers.iter_mut().flatten().enumerate() {
        let mut needs = Vec::new();
        for (on, name) in names.iter().enumerate().take(count).skip(at + 1) {
            // As the server has it, only what is not essential is waited for to its end.
            let conditions = match on % 2 {
                0 => &["START", "HEALTHY"][..],
                _ => &["START", "HEALTHY", "COMPLETE", "SUCCESS"],
            };
            if chance.one_in(2) {
                needs.push(acs::ContainerDependency {
                    container_name: Some((*name).into()),
                    condition: Some(conditions[chance.below(conditions.len())].into()),
                });
            }
        }
        it.depends_on = Some(needs);
        it.health_check_type = Some("docker".into());
        it.start_timeout = chance.one_in(3).then_some(20);
        it.restart_policy = chance.one_in(3).then(|| acs::RestartPolicy {
            enabled: Some(true),
            ignored_exit_codes: Some(vec![1]),
            restart_attempt_period: Some(60),
        });
    }
    match chance.one_in(2) {
        true => awsvpc(task),
        false => task,
    }
}

struct World {
    host: Host,
    chance: Chance,
    /// What has been true of a container at some time, as `name CONDITION`.
    came_true: BTreeSet<String>,
    /// How many reports there had been at the end of each life of the agent. A new one tells again what it does not know to be told.
    lives: Vec<usize>,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut chance = Chance((seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        Self {
            host: Host::new(some_task(&mut chance), None),
            chance,
            came_true: BTreeSet::new(),
            lives: vec![0],
        }
    }

    fn name(&self, at: usize) -> String {
        self.host.machine.spec(at).container.clone()
    }

    fn count(&self) -> usize {
        self.host.machine.specs().count()
    }

    async fn happen(&mut self) {
        let at = self.chance.below(self.count());
        let name = self.name(at);
        let runs = self.host.runs(&name);
        match self.chance.below(20) {
            0..=9 => self.perform_one().await,
            10 | 11 if runs => {
                // No two ends are at the same time: a start lies between them.
                self.host.now = self.host.now.plus_ms(1);
                let (code, at_ms) = (self.chance.below(3) as i32, self.host.now.as_millis());
                let exit = Exit {
                    code,
                    out_of_memory: false,
                    at_ms,
                };
                self.host.runtime.exit(&self.host.arn(), &name, exit);
            }
            12..=14 if runs => {
                let status = [HealthStatus::Healthy, HealthStatus::Unhealthy][self.chance.below(2)];
                if status == HealthStatus::Healthy {
                    self.came_true.insert(format!("{name} HEALTHY"));
                }
                self.host.runtime.set_health(&self.host.arn(), &name, status);
            }
            15 => {
                self.host.now = self.host.now.plus_s(self.chance.below(90) as i64);
                self.host.runtime.set_time(self.host.now.as_millis());
                self.step(Event::Due).await;
            }
            16 if self.chance.one_in(4) => self.crash().await,
            17 if self.chance.one_in(30) => {
                self.host.wanted = Desired::Stopped;
                self.step(Event::Desired(Desired::Stopped)).await;
            }
            18 if self.chance.one_in(20) && self.host.machine.status() == Status::Running => {
                self.host.runtime.vanish(&self.host.arn(), &name);
            }
            _ => self.look().await,
        }
    }

    /// Actions are done side by side: any of them may be the next to be answered. Reports go out in order.
    async fn perform_one(&mut self) {
        let choice = self.chance.below(self.host.todo.len());
        let is_report = |it: &Action| matches!(it, Action::Tell(_));
        let first_report = self.host.todo.iter().position(is_report);
        let choice = match self.host.todo.get(choice).is_some_and(is_report) {
            true => first_report.unwrap_or(choice),
            false => choice,
        };
        let Some(action) = self.host.todo.remove(choice) else {
            return;
        };
        for event in self.host.perform(action).await {
            self.step(event).await;
        }
    }

    async fn look(&mut self) {
        let seen = self.host.runtime.list().await.unwrap();
        for event in self.host.machine.compare(&seen) {
            self.step(event).await;
        }
    }

    async fn crash(&mut self) {
        self.lives.push(self.host.told.len());
        self.note().await;
        self.host.restart().await;
        let actions: Vec<Action> = self.host.todo.iter().cloned().collect();
        self.judge(&actions);
    }

    async fn step(&mut self, event: Event) {
        self.note().await;
        let before = self.host.todo.len();
        self.host.step(event).await;
        let actions: Vec<Action> = self.host.todo.iter().skip(before).cloned().collect();
        self.judge(&actions);
    }

    /// What is true of the containers now.
    async fn note(&mut self) {
        for it in self.host.runtime.list().await.unwrap() {
            let name = &it.container;
            match it.state {
                Seen::Created => {}
                Seen::Running { .. } => drop(self.came_true.insert(format!("{name} START"))),
                Seen::Exited { exit } => {
                    let all = ["START", "COMPLETE", "SUCCESS"];
                    let true_now = &all[..if exit.code == 0 { 3 } else { 2 }];
                    self.came_true
                        .extend(true_now.iter().map(|condition| format!("{name} {condition}")));
                }
            }
        }
    }

    fn judge(&self, actions: &[Action]) {
        let ended = self.host.told.iter().any(|it| it.status == Status::Stopped);
        for action in actions {
            match action {
                Action::Create(at) | Action::Start(at) => {
                    assert!(!ended, "{action:?} after the end");
                    let containers = self.host.payload.containers.as_deref().unwrap();
                    for need in containers[*at].depends_on.iter().flatten() {
                        let (name, condition) = (need.container_name.as_ref(), need.condition.as_ref());
                        let need = format!("{} {}", name.unwrap(), condition.unwrap());
                        assert!(self.came_true.contains(&need), "{action:?} before {need}");
                    }
                }
                Action::Stop(at, _) => {
                    let name = self.name(*at);
                    for it in self.host.payload.containers.iter().flatten() {
                        let depends = it.depends_on.iter().flatten();
                        let mut depends = depends.map(|need| need.container_name.as_deref());
                        let other = it.name.as_deref().unwrap();
                        if depends.any(|on| on == Some(&name)) {
                            assert!(!self.host.runs(other), "{name} was stopped before {other}");
                        }
                    }
                }
                Action::Pull(_) => assert!(!ended, "a pull after the end"),
                Action::CreateSandbox
                | Action::CreateVolumes
                | Action::Kill(_)
                | Action::TakeDown
                | Action::TellNetwork { .. }
                | Action::Tell(_) => {}
            }
        }
    }

    /// All is asked to end, and there is time.
    async fn settle(&mut self) {
        self.host.wanted = Desired::Stopped;
        self.step(Event::Desired(Desired::Stopped)).await;
        for _ in 0..100 {
            self.host.now = self.host.now.plus_s(10);
            self.host.runtime.set_time(self.host.now.as_millis());
            self.step(Event::Due).await;
            while !self.host.todo.is_empty() {
                self.perform_one().await;
            }
            self.look().await;
        }
    }

    fn judge_end(&mut self) {
        self.lives.push(self.host.told.len());
        let names = (0..self.count()).map(|at| self.name(at));
        for name in names {
            assert!(!self.host.runs(&name), "{name} still runs");
        }
        assert_eq!(self.host.last().status, Status::Stopped);
        assert_eq!(self.host.runtime.sandboxes(), 0);
        let starts = self.host.runtime.starts();
        for at in 0..self.count() {
            let started = starts
                .get(&self.host.machine.spec(at).runtime_name)
                .copied()
                .unwrap_or_default();
            let restarts = self.host.machine.restarts(at).unwrap_or_default();
            assert!(started <= 1 + restarts, "{} was started {started} times", self.name(at));
        }
        for (at, life) in (0..self.count()).flat_map(|at| self.lives.windows(2).map(move |life| (at, life))) {
            let told = &self.host.told[life[0]..life[1]];
            let of_one = told.iter().map(|it| it.containers[at].status);
            assert!(of_one.is_sorted(), "{} went back", self.name(at));
            assert!(told.iter().map(|it| it.status).is_sorted());
        }
    }
}

#[tokio::test]
async fn whatever_happens_nothing_starts_too_early_stops_too_early_or_comes_back() {
    let seeds = match std::env::var("SEED") {
        Ok(seed) => {
            let seed = seed.parse().unwrap();
            seed..seed + 1
        }
        Err(_) => 0..SEEDS,
    };
    let (mut ran, mut restarted) = (0, 0);
    for seed in seeds {
        println!("SEED={seed}");
        let mut world = World::new(seed);
        world.step(Event::Desired(Desired::Running)).await;
        for _ in 0..STEPS {
            world.happen().await;
        }
        world.settle().await;
        world.judge_end();
        ran += usize::from(world.host.told.iter().any(|it| it.status == Status::Running));
        restarted += usize::from((0..world.count()).any(|at| world.host.machine.restarts(at) > Some(0)));
    }
    assert!(ran > 0 && restarted > 0, "{ran} tasks ran, {restarted} had a restart");
}
