//! The fast path against the full build.

use super::*;

#[test]
fn fast_path_equals_full_build_or_gives_up() {
    const OF: &str = "customers/dl/visits/2026-11-05.md";
    let mut before = archive();
    before.write("customers/dl/pictures/门头.jpg", "jpg");
    // Several problems at one position are reported in the same order.
    before.write("customers/dl/visits/2026-11-08.md", "---\n拜访人: 周岚\n拜访对象: 邱志远\n谈了备件。\n");
    before.write("customers/dl/pictures-2/门头.jpg", "jpg");
    before.advance_clock();
    type Edit = fn(&mut Memory);
    let tells: &[(&[&str], Edit)] = &[
        (&[OF], |source| source.write(OF, VISIT.replace("备件", "备件和工期"))),
        (&[OF, "customers/dl/visits/.2026-11-05.md.swp"], |source| source.write(OF, VISIT.replace("备件", "工期"))),
        (&["customers/dl/visits/4913"], |_| {}),
        (&["customers/dl/pict"], |_| {}),
        (&["customers/dl/people/邱志远.md"], |source| {
            source.write("customers/dl/people/邱志远.md", PERSON.replace("直爽", "话少"))
        }),
        (&[OF], |source| source.write(OF, VISIT.replace("2026-11-05", "昨天"))),
    ];
    for (named, edit) in tells {
        let (mut context, mut after) = (TestBuild::new(), before.clone());
        edit(&mut after);
        assert!(context.fast(&before, &after, named).is_some(), "{named:?}");
        assert!(context.site() == fresh(&after), "{named:?}");
    }
    let silent: &[(&[&str], Edit)] = &[
        (&["customers/dl/pictures/门头.jpg"], |source| assert!(source.remove("customers/dl/pictures/门头.jpg"))),
        (&["customers/dl/pictures"], |source| assert!(source.remove("customers/dl/pictures/门头.jpg"))),
        (&["customers/dl/visits"], |source| assert!(source.remove(OF))),
        (&[OF], |source| assert!(source.remove(OF))),
        (&["customers/dl/visits/2026-11-06.md"], |source| source.write("customers/dl/visits/2026-11-06.md", VISIT)),
        (&["customers/dl/people/邱志远.md"], |source| {
            source.write("customers/dl/people/邱志远.md", PERSON.replace("总工", "副总工"))
        }),
        (&["staff/周岚.md"], |source| source.write("staff/周岚.md", STAFF.replace("经理", "人员"))),
    ];
    for (named, edit) in silent {
        let (mut context, mut after) = (TestBuild::new(), before.clone());
        edit(&mut after);
        assert!(context.fast(&before, &after, named).is_none(), "{named:?}");
        assert!(context.site() == fresh(&after), "{named:?}");
    }
}
