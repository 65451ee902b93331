//! The thin binary: words in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    kedang::cli::main()
}
