//! A day, as exceptions expire by and deprecations are counted in: no clock, no time zone.
//!
//! What day it is comes in from outside, so that a run can be repeated on another day with the same result.

use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar, by its number since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(i64);

/// The last day that can be written in four digits of a year.
const LAST: i64 = 2_932_896;

impl Day {
    /// The day of a moment, in seconds since 1970.
    pub fn of_seconds(seconds: u64) -> Self {
        Self(i64::try_from(seconds / 86_400).unwrap_or(LAST).min(LAST))
    }

    /// How many days there are from another one to this; less than none if that comes later.
    pub fn days_since(self, other: Self) -> i64 {
        self.0 - other.0
    }

    /// The day so many days later, up to the end of the year 9999.
    pub fn plus(self, days: u32) -> Self {
        Self((self.0 + i64::from(days)).min(LAST))
    }

    /// Year, month and day of the month. Years are counted from March here, so that the day of a leap year is the last.
    fn parts(self) -> (i64, i64, i64) {
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        (year_of_era + era * 400 + i64::from(month <= 2), month, day)
    }

    fn of_parts(year: i64, month: i64, day: i64) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
        Self(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year - 719_468)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Day {
    type Err = ();

    /// `2026-12-31` and nothing else.
    fn from_str(text: &str) -> Result<Self, ()> {
        let bytes = text.as_bytes();
        let number = |range: std::ops::Range<usize>| -> Result<i64, ()> {
            let digits = bytes.get(range).filter(|digits| digits.iter().all(u8::is_ascii_digit)).ok_or(())?;
            Ok(digits.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0')))
        };
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(());
        }
        let day = Self::of_parts(number(0..4)?, number(5..7)?, number(8..10)?);
        // A day that the calendar does not have comes back as another one.
        if day.to_string() == text { Ok(day) } else { Err(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_written_and_counted() {
        for text in ["1970-01-01", "2000-02-29", "2024-02-29", "2026-12-31", "1969-12-31", "9999-12-31", "0001-01-01"] {
            assert_eq!(text.parse::<Day>().map(|day| day.to_string()), Ok(text.to_owned()));
        }
        for text in ["2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "", "2026/01/01", "٢٠٢٦-01-01"]
        {
            assert_eq!(text.parse::<Day>(), Err(()), "{text}");
        }
        let day = |text: &str| text.parse::<Day>().expect("a day");
        assert_eq!(Day::of_seconds(0), day("1970-01-01"));
        assert_eq!(Day::of_seconds(1_796_083_199), day("2026-11-30"));
        assert_eq!(day("2026-03-01").days_since(day("2026-02-01")), 28);
        assert_eq!(day("2026-02-01").plus(28), day("2026-03-01"));
        assert_eq!(Day::of_seconds(u64::MAX).to_string(), "9999-12-31");
    }

    #[test]
    fn every_day_of_four_centuries_follows_the_one_before() {
        let mut day = "1900-01-01".parse::<Day>().expect("a day");
        for _ in 0..146_097 {
            let text = day.to_string();
            assert_eq!(text.parse::<Day>(), Ok(day), "{text}");
            day = day.plus(1);
        }
        assert_eq!(day.to_string(), "2300-01-01");
    }
}
