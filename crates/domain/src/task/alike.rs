//! What a task may share with those that were launched alike. Sharing changes nothing that can be seen.

use std::sync::Arc;

use super::hex::Hex;
use super::{Container, Launch, Made, Stop, Task};

#[derive(Clone, Debug)]
pub(crate) struct Alike {
    launch: Arc<Launch>,
    containers: Box<[AlikeContainer]>,
    subnet: Option<Arc<str>>,
    /// Why the last of them ended that did not end as the one before.
    stop: Option<Arc<Stop>>,
}

#[derive(Clone, Debug)]
pub(super) struct AlikeContainer {
    pub made: Arc<Made>,
    /// Of the image that the last of them ran that did not run what the one before did: a tag can move.
    pub image_digest: Option<Arc<Hex>>,
}

impl Task {
    pub(crate) fn alike(&self) -> Alike {
        Alike {
            launch: self.origin.launch.clone(),
            containers: self.containers.iter().map(Container::alike).collect(),
            subnet: self.attachment().map(|it| it.subnet().clone()),
            stop: self.stop.clone(),
        }
    }

    /// Takes from `known` what is the same here.
    pub(crate) fn share(&mut self, known: &mut Alike) {
        if self.origin.launch == known.launch {
            self.origin.launch = known.launch.clone();
        }
        for (container, known) in self.containers.iter_mut().zip(&mut known.containers) {
            container.share(known);
        }
        if let (Some(own), Some(subnet)) = (&mut self.attachment, &known.subnet) {
            own.share(subnet);
        }
        share_last(&mut self.stop, &mut known.stop);
    }
}

/// Shares what is the same as `last`, or is the last from now on.
pub(super) fn share_last<T: PartialEq>(own: &mut Option<Arc<T>>, last: &mut Option<Arc<T>>) {
    match (own, last) {
        (Some(own), Some(last)) if own == last => *own = last.clone(),
        (Some(own), last) => *last = Some(own.clone()),
        (None, _) => {}
    }
}

#[cfg(test)]
impl Alike {
    /// Nothing of it is held twice.
    pub fn is_of(&self, other: &Self) -> bool {
        let containers = |it: &Self| {
            let of = |it: &AlikeContainer| (Arc::as_ptr(&it.made), it.image_digest.as_ref().map(Arc::as_ptr));
            it.containers.iter().map(of).collect::<Vec<_>>()
        };
        let stop = |it: &Self| it.stop.as_ref().map(Arc::as_ptr);
        Arc::ptr_eq(&self.launch, &other.launch) && containers(self) == containers(other) && stop(self) == stop(other)
    }
}
