//! China's official holiday schedule by year.
//!
//! Derived from the data of the npm package `chinese-days` 1.5.7 (© its authors, MIT licence), which transcribes the
//! yearly notices of the State Council. Only the differences from a Monday-to-Friday week are stored. A new notice,
//! usually published in November, is one more entry; until then `archive.yaml` `holidays:` can state it.

/// The differences of one year from a Monday-to-Friday week.
pub(super) struct OfficialYear {
    /// The year.
    pub year: i16,
    /// Mondays to Fridays that are days off, as month × 100 + day, ascending.
    pub off: &'static [u16],
    /// Saturdays and Sundays that are working days, in the same form.
    pub work: &'static [u16],
}

/// The known years, ascending.
pub(super) const OFFICIAL_YEARS: &[OfficialYear] = &[
    OfficialYear {
        year: 2020,
        off: &[101, 124, 127, 128, 129, 130, 131, 406, 501, 504, 505, 625, 626, 1001, 1002, 1005, 1006, 1007, 1008],
        work: &[119, 426, 509, 628, 927, 1010],
    },
    OfficialYear {
        year: 2021,
        off: &[101, 211, 212, 215, 216, 217, 405, 503, 504, 505, 614, 920, 921, 1001, 1004, 1005, 1006, 1007],
        work: &[207, 220, 425, 508, 918, 926, 1009],
    },
    OfficialYear {
        year: 2022,
        off: &[103, 131, 201, 202, 203, 204, 404, 405, 502, 503, 504, 603, 912, 1003, 1004, 1005, 1006, 1007],
        work: &[129, 130, 402, 424, 507, 1008, 1009],
    },
    OfficialYear {
        year: 2023,
        off: &[102, 123, 124, 125, 126, 127, 405, 501, 502, 503, 622, 623, 929, 1002, 1003, 1004, 1005, 1006],
        work: &[128, 129, 423, 506, 625, 1007, 1008],
    },
    OfficialYear {
        year: 2024,
        off: &[101, 212, 213, 214, 215, 216, 404, 405, 501, 502, 503, 610, 916, 917, 1001, 1002, 1003, 1004, 1007],
        work: &[204, 218, 407, 428, 511, 914, 929, 1012],
    },
    OfficialYear {
        year: 2025,
        off: &[101, 128, 129, 130, 131, 203, 204, 404, 501, 502, 505, 602, 1001, 1002, 1003, 1006, 1007, 1008],
        work: &[126, 208, 427, 928, 1011],
    },
    OfficialYear {
        year: 2026,
        off: &[101, 102, 216, 217, 218, 219, 220, 223, 406, 501, 504, 505, 619, 925, 1001, 1002, 1005, 1006, 1007],
        work: &[104, 214, 228, 509, 920, 1010],
    },
];
