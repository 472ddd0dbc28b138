//! What a task may share with those that were launched alike. Sharing changes nothing that can be seen.

use std::sync::Arc;

use super::{Container, Launch, Made, Stop, Task};

#[derive(Clone, Debug)]
pub(crate) struct Alike {
    launch: Arc<Launch>,
    made: Box<[Arc<Made>]>,
    subnet: Option<Arc<str>>,
    /// Why the last of them ended that did not end as the one before.
    stop: Option<Arc<Stop>>,
}

impl Task {
    pub(crate) fn alike(&self) -> Alike {
        Alike {
            launch: self.origin.launch.clone(),
            made: self.containers.iter().map(Container::made).cloned().collect(),
            subnet: self.attachment().map(|it| it.subnet().clone()),
            stop: self.stop.clone(),
        }
    }

    /// Takes from `known` what is the same here.
    pub(crate) fn share(&mut self, known: &mut Alike) {
        if self.origin.launch == known.launch {
            self.origin.launch = known.launch.clone();
        }
        for (container, made) in self.containers.iter_mut().zip(&known.made) {
            container.share(made);
        }
        if let (Some(own), Some(subnet)) = (&mut self.attachment, &known.subnet) {
            own.share(subnet);
        }
        match (&mut self.stop, &mut known.stop) {
            (Some(own), Some(shared)) if own == shared => *own = shared.clone(),
            (Some(own), shared) => *shared = Some(own.clone()),
            (None, _) => {}
        }
    }
}

#[cfg(test)]
impl Alike {
    /// Nothing of it is held twice.
    pub fn is_of(&self, other: &Self) -> bool {
        let made = |it: &Self| it.made.iter().map(Arc::as_ptr).collect::<Vec<_>>();
        let stop = |it: &Self| it.stop.as_ref().map(Arc::as_ptr);
        Arc::ptr_eq(&self.launch, &other.launch) && made(self) == made(other) && stop(self) == stop(other)
    }
}
