//! Moments as TOML writes them, in nanoseconds since 1970; one without a zone is meant as UTC.

use crate::model::day::Day;
use toml::value::{Datetime, Offset};

/// The moment, if it is a whole one from 1970 on that a clock can show.
pub(super) fn nanoseconds(moment: Datetime) -> Option<u64> {
    let date = moment.date?;
    let day: Day = format!("{:04}-{:02}-{:02}", date.year, date.month, date.day).parse().ok()?;
    let days = day.days_since(Day::of_seconds(0));
    let time = moment.time?;
    let minutes = match moment.offset {
        Some(Offset::Custom { minutes }) => i64::from(minutes),
        Some(Offset::Z) | None => 0,
    };
    let seconds = days * 86_400 + i64::from(time.hour) * 3_600 + i64::from(time.minute) * 60 - minutes * 60
        + i64::from(time.second);
    let whole = u64::try_from(seconds).ok()?.checked_mul(1_000_000_000)?;
    whole.checked_add(u64::from(time.nanosecond))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_counted_from_1970() {
        let of = |text: &str| nanoseconds(text.parse().expect("a moment"));
        assert_eq!(of("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(of("1970-01-02T00:00:01.5Z"), Some(86_401_500_000_000));
        assert_eq!(of("1970-01-01T01:00:00+01:00"), Some(0));
        assert_eq!(of("2026-01-01 00:00:00"), Some(1_767_225_600_000_000_000));
        assert_eq!(of("1969-12-31T23:59:59Z"), None);
        assert_eq!(of("2026-01-01"), None);
        assert_eq!(of("9999-01-01T00:00:00Z"), None);
    }
}
