//! Points in time. Nothing here reads a clock: shells do, and pass the time in.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Time(i64);

impl Time {
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    pub const fn as_millis(self) -> i64 {
        self.0
    }

    pub const fn plus_ms(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    pub const fn plus_s(self, seconds: i64) -> Self {
        self.plus_ms(seconds.saturating_mul(1000))
    }

    /// Milliseconds from `earlier` to here; negative where it is later.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// From epoch seconds with a fraction, as JSON 1.1 carries it.
    pub fn from_epoch_seconds(seconds: f64) -> Self {
        Self((seconds * 1000.0).round() as i64)
    }

    /// `20261124T083000Z`, the form in which requests are signed.
    pub fn basic(self) -> String {
        let Civil {
            year,
            month,
            day,
            hour,
            minute,
            second,
        } = self.civil();
        format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
    }

    /// Reads what `basic` writes.
    pub fn parse_basic(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 16 || bytes[8] != b'T' || bytes[15] != b'Z' {
            return None;
        }
        let number = |from: usize, to: usize| {
            let digits = &bytes[from..to];
            digits
                .iter()
                .all(u8::is_ascii_digit)
                .then(|| digits.iter().fold(0i64, |n, d| n * 10 + i64::from(d - b'0')))
        };
        let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
        let (hour, minute, second) = (number(9, 11)?, number(11, 13)?, number(13, 15)?);
        let sane = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 61;
        sane.then(|| Self((days_from_civil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second) * 1000))
    }

    /// Reads `2026-11-24`, `2026-11-24T08:30:00` and the latter with `Z` or an offset such as `+01:00`.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let (date, rest) = text.split_at_checked(10)?;
        let (clock, offset) = match rest {
            "" => ("T00:00:00", ""),
            _ => rest.split_at_checked(9)?,
        };
        let separated = |text: &str, by: char, at: [usize; 2]| {
            let found = text.match_indices(by).map(|(at, _)| at);
            found.eq(at)
        };
        if !separated(date, '-', [4, 7]) || !separated(clock, ':', [3, 6]) {
            return None;
        }
        let local = Self::parse_basic(&format!("{}{}Z", date.replace('-', ""), clock.replace(':', "")))?;
        let minutes = match offset {
            "" | "Z" => 0,
            _ => offset_minutes(offset)?,
        };
        Some(local.plus_s(-60 * minutes))
    }

    fn civil(self) -> Civil {
        let seconds = self.0.div_euclid(1000);
        let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let (year, month, day) = civil_from_days(days);
        Civil {
            year,
            month,
            day,
            hour: rest / 3600,
            minute: rest / 60 % 60,
            second: rest % 60,
        }
    }
}

struct Civil {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
}

/// ISO 8601 with milliseconds, as XML protocols and people read it.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Civil {
            year,
            month,
            day,
            hour,
            minute,
            second,
        } = self.civil();
        let millis = self.0.rem_euclid(1000);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z"
        )
    }
}

/// Days since 1970 of a date in the proleptic Gregorian calendar, counting years from March so that leap days come last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let (month, day) = (
        if shifted < 10 { shifted + 3 } else { shifted - 9 },
        day_of_year - (153 * shifted + 2) / 5 + 1,
    );
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// Minutes east of Greenwich, from `+hh:mm` or `-hh:mm`.
fn offset_minutes(text: &str) -> Option<i64> {
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let two = |digits: &str| {
        (digits.len() == 2)
            .then(|| digits.parse::<u8>().ok())
            .flatten()
            .map(i64::from)
    };
    let size = two(hours)? * 60 + two(minutes)?;
    match text.as_bytes()[0] {
        b'+' => Some(size),
        b'-' => Some(-size),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_dates_read_as_calendars_do() {
        assert_eq!(
            Time::from_millis(1_700_000_000_123).to_string(),
            "2023-11-14T22:13:20.123Z"
        );
        assert_eq!(Time::from_millis(951_782_400_000).basic(), "20000229T000000Z");
        assert_eq!(Time::parse_basic("19700101T000001Z"), Some(Time::from_millis(1000)));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for bad in [
            "",
            "20231114",
            "2023111aT221320Z",
            "20231314T221320Z",
            "20231114T251320Z",
            "20231114T221320+",
        ] {
            assert_eq!(Time::parse_basic(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_written_time_reads_back(seconds in -60_000_000_000i64..250_000_000_000) {
            let time = Time::from_millis(seconds * 1000);
            prop_assert_eq!(Time::parse_basic(&time.basic()), Some(time));
        }
    }

    #[test]
    fn iso_8601_is_read_with_and_without_a_clock_and_an_offset() {
        let day = Time::parse_iso("2018-06-18").expect("a day");
        assert_eq!(day.basic(), "20180618T000000Z");
        let noon = day.plus_s(12 * 3600);
        for text in [
            "2018-06-18T12:00:00",
            "2018-06-18T12:00:00Z",
            "2018-06-18T14:00:00+02:00",
            "2018-06-18T10:30:00-01:30",
        ] {
            assert_eq!(Time::parse_iso(text), Some(noon), "{text}");
        }
        for bad in [
            "",
            "2018",
            "2018-06-1",
            "2018/06/18",
            "2018-13-01",
            "2018-06-18T",
            "2018-06-18T12:00:00+",
            "2018-06-18T12:00:00é",
        ] {
            assert_eq!(Time::parse_iso(bad), None, "{bad}");
        }
    }
}
