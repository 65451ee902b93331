//! The binary: runs the command line and returns its exit code.

use std::process::ExitCode;

// A page consists of thousands of short-lived small values: a full build takes an eighth less time with this allocator.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    kedang::cli::main()
}
