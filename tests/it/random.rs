//! Seeded randomness: the same seed gives the same worlds on every machine. The choices may also be given as bytes, so
//! that a fuzzer can change one of them and keep the others.

/// SplitMix64, behind the bytes that are given.
pub(crate) struct Random {
    state: u64,
    given: std::vec::IntoIter<u8>,
}

impl Random {
    /// The numbers of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed, given: Vec::new().into_iter() }
    }

    /// One choice for each byte; when they are used up, the numbers go on as those of a seed.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self { state: bytes.len() as u64, given: Vec::from(bytes).into_iter() }
    }

    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        if let Some(byte) = self.given.next() {
            return byte.into();
        }
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("below a usize")
    }

    /// Whether one of `of` cases came up.
    pub(crate) fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    /// That many bytes.
    pub(crate) fn bytes(&mut self, count: usize) -> Vec<u8> {
        std::iter::repeat_with(|| self.next().to_le_bytes()).flatten().take(count).collect()
    }
}
