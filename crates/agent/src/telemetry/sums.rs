//! Many values as the four numbers that the protocol wants of them.

use model::tcs;

/// Values that were looked at: the least, the most, their sum and how many there were.
#[derive(Clone, Copy, Default)]
pub struct Sums<T> {
    min: T,
    max: T,
    sum: T,
    count: i32,
}

/// A number that is summed up and never wraps around.
pub trait Summed: Copy + PartialOrd + Default {
    fn plus(self, other: Self) -> Self;
}

impl Summed for f64 {
    fn plus(self, other: Self) -> Self {
        self + other
    }
}

impl Summed for i64 {
    fn plus(self, other: Self) -> Self {
        self.saturating_add(other)
    }
}

impl<T: Summed> Sums<T> {
    pub fn add(&mut self, value: T) {
        if self.count == 0 || value < self.min {
            self.min = value;
        }
        if self.count == 0 || value > self.max {
            self.max = value;
        }
        self.sum = self.sum.plus(value);
        self.count = self.count.saturating_add(1);
    }

    fn some(self) -> Option<Self> {
        (self.count > 0).then_some(self)
    }
}

impl Sums<f64> {
    pub fn told(self) -> Option<tcs::StatsSet> {
        self.some().map(|it| tcs::StatsSet {
            min: Some(it.min),
            max: Some(it.max),
            sample_count: Some(it.count),
            sum: Some(it.sum),
        })
    }
}

impl Sums<i64> {
    pub fn told(self) -> Option<tcs::LongStatsSet> {
        self.some().map(|it| tcs::LongStatsSet {
            min: Some(it.min),
            max: Some(it.max),
            sample_count: Some(it.count),
            sum: Some(it.sum),
            ..Default::default()
        })
    }
}
