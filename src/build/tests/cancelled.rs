//! Cancelled builds, and the builds that follow them.

use super::*;

/// Cancels after a number of steps.
struct Impatient(AtomicUsize);

impl Progress for Impatient {
    fn begin(&self, _: Phase, _: usize) {}

    fn step(&self) {
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
    }

    fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }
}

#[test]
fn cancelled_build_leaves_nothing() {
    let mut steps = 0;
    loop {
        let mut context = TestBuild::new();
        match context.try_build(&archive(), None, &Impatient(AtomicUsize::new(steps))) {
            Ok(_) => break,
            Err(error) => assert!(matches!(error.downcast_ref::<BuildError>(), Some(BuildError::Cancelled)), "{error}"),
        }
        assert!(context.site().is_empty(), "after {steps} steps");
        assert!(context.own("staging").is_none());
        steps += 1;
    }
    assert!(steps > 6, "only {steps} steps");
}

/// Cancels on the nth query.
struct Abrupt(AtomicUsize);

impl Progress for Abrupt {
    fn begin(&self, _: Phase, _: usize) {}

    fn step(&self) {}

    fn is_cancelled(&self) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_err()
    }
}

#[test]
fn build_after_cancelled_fast_path_makes_whole_site() {
    let before = archive();
    let mut after = before.clone();
    // A person is added, one removed, a text changed: names, addresses and duties change.
    after.write("customers/xd/customer.md", "---\n单位名称: 信达\n级别: 核心\n负责人: 周岚\n---\n");
    after.write("customers/xd/people/沈丽萍.md", "---\n姓名: 沈丽萍\n职务: 主任\n---\n");
    after.remove("customers/hd/customer.md");
    after.write("customers/dl/visits/2026-11-05.md", VISIT.replace("备件", "工期"));
    after.advance_clock();
    let mut edited = after.clone();
    edited.write("customers/dl/people/邱志远.md", PERSON.replace("直爽", "话少"));
    edited.advance_clock();
    let (clean, newest) = (fresh(&after), fresh(&edited));
    let of = |path: &str| vec![path.to_owned()];
    let site = |archive| SiteSource { archive, theme: None };
    let mut asked = 0;
    loop {
        let mut context = TestBuild::new();
        context.builder = Builder::incremental();
        let watch = Abrupt(AtomicUsize::new(asked));
        let looks = |builder: &mut Builder, options: &BuildOptions<'_>, folder: &mut OutputFolder| {
            builder.build(site(&before), options, folder).expect("builds");
            builder.mark_dirty(&of("customers/dl/visits/2026-11-05.md"));
            let cancelled = builder.build(site(&after), &BuildOptions { progress: &watch, ..*options }, folder).is_err();
            // A save during the build: first the fast path, then a full build.
            builder.mark_dirty(&of("customers/dl/people/邱志远.md"));
            let fast = builder.build_changed_files(site(&edited), options, folder, &of("customers/dl/people/邱志远.md"));
            let fast = fast.expect("looks");
            let whole = builder.build(site(&edited), options, folder).expect("builds");
            if let Some(fast) = fast.filter(|_| !cancelled) {
                assert_eq!(fast.notices, whole.notices);
            }
            cancelled
        };
        let cancelled = context.with(&before, &NoProgress, looks).expect("opens");
        assert!(context.site() == newest, "called off when asked {asked} times");
        let _ = context.with(&after, &NoProgress, |builder, options, folder| {
            builder.build(site(&after), options, folder).expect("builds")
        });
        assert!(context.site() == clean);
        if !cancelled {
            break;
        }
        asked += 1;
    }
    assert!(asked > 12, "asked only {asked} times");
}
