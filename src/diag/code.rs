//! Codes of all diagnostics. They are public names and never change.

use super::Severity;

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident,)*) => {
        /// What a diagnostic is about. Texts in the catalogues: `diag.<name>` (message), `diag.<name>.help` (optional
        /// help) and `explain.<name>`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the names are the documentation; `explain` has a page for each")]
        pub enum Code { $($variant,)* }

        impl Code {
            /// Every code, in the order of listings.
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            /// The public name.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// Default severity.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    // Files and paths.
    FileTooLarge "file-too-large" Error,
    UnknownPlace "unknown-place" Warning,
    RecordCollision "record-collision" Error,
    AddressCollision "address-collision" Error,
    WindowsName "windows-name" Warning,
    SyncConflict "sync-conflict" Warning,
    NotAFile "not-a-file" Warning,
    NameTooLong "name-too-long" Error,
    // Encodings.
    NotUtf8 "not-utf8" Warning,
    UndecodableByte "undecodable-byte" Error,
    MixedEncoding "mixed-encoding" Error,
    NulCharacter "nul-character" Error,
    // Front matter.
    NoFrontMatter "no-front-matter" Error,
    UnclosedFrontMatter "unclosed-front-matter" Error,
    FrontMatterTooLarge "front-matter-too-large" Error,
    YamlSyntax "yaml-syntax" Error,
    YamlTooDeep "yaml-too-deep" Error,
    YamlFeature "yaml-feature" Error,
    DuplicateKey "duplicate-key" Error,
    KeyboardSlip "keyboard-slip" Warning,
    // Fields.
    UnknownKey "unknown-key" Warning,
    UnknownColumn "unknown-column" Warning,
    MissingRequired "missing-required" Error,
    PartEmpty "part-empty" Warning,
    WrongShape "wrong-shape" Error,
    BadDate "bad-date" Error,
    BadMonth "bad-month" Error,
    BadPeriod "bad-period" Error,
    BadBirthday "bad-birthday" Error,
    BadMoney "bad-money" Error,
    BadNumber "bad-number" Error,
    BadYesNo "bad-yes-no" Error,
    BadCode "bad-code" Error,
    BadSecrecy "bad-secrecy" Error,
    TextTooLong "text-too-long" Error,
    SaidTwice "said-twice" Error,
    TotalDiffers "total-differs" Warning,
    DateDiffersFromName "date-differs-from-name" Warning,
    TailNotUnderstood "tail-not-understood" Info,
    // Names.
    UnknownStaff "unknown-staff" Error,
    UnknownCustomer "unknown-customer" Error,
    UnknownUnit "unknown-unit" Warning,
    UnfiledPerson "unfiled-person" Warning,
    UnfiledName "unfiled-name" Warning,
    AmbiguousName "ambiguous-name" Error,
    DuplicateName "duplicate-name" Error,
    DuplicateNumber "duplicate-number" Error,
    CircularParent "circular-parent" Error,
    HiddenNameInVisibleText "hidden-name-in-visible-text" Warning,
    // Open items.
    UnknownItem "unknown-item" Error,
    ItemMismatch "item-mismatch" Error,
    // Markdown text.
    ProseTooDeep "prose-too-deep" Error,
    BrokenLink "broken-link" Error,
    BrokenAnchor "broken-anchor" Error,
    BrokenImage "broken-image" Error,
    BrokenWikilink "broken-wikilink" Warning,
    ForbiddenLink "forbidden-link" Warning,
    // Configuration and theme: exit code 2.
    PolicySyntax "policy-syntax" Error,
    PolicyValue "policy-value" Error,
    // Exit code 4: an error here could reveal what must be hidden.
    PolicySecrecy "policy-secrecy" Error,
    UnknownHolidays "unknown-holidays" Warning,
    TemplateError "template-error" Error,
    PageTooLarge "page-too-large" Error,
}
