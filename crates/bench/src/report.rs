//! Figures with their baselines, for people and as JSON.

use anyhow::Result;
use serde_json::{Value, json};

#[derive(Default)]
pub struct Report(Vec<Value>);

impl Report {
    /// One comparison. `aim` says what the project wants of the subject or the ratio.
    pub fn compare(&mut self, name: &str, unit: &str, subject: f64, baseline: (&str, f64), aim: &str) {
        let ratio = subject / baseline.1;
        println!(
            "{name}: {subject:.3} {unit}; {}: {:.3} {unit}; ratio {ratio:.3} (aim: {aim})",
            baseline.0, baseline.1
        );
        self.0.push(json!({
            "name": name, "unit": unit, "subject": subject, "baseline": baseline.0, "baselineValue": baseline.1, "ratio": ratio, "aim": aim,
        }));
    }

    pub fn write(&self) -> Result<()> {
        let path = std::env::var("BENCH_JSON").unwrap_or_else(|_| "target/bench.json".into());
        std::fs::write(&path, serde_json::to_string_pretty(&self.0)?)?;
        println!("written to {path}");
        Ok(())
    }
}
