//! The one place with unsafe code: closing descriptors that were inherited by number.
#![allow(unsafe_code)]

use rustix::io::{FdFlags, fcntl_setfd};
use std::os::fd::BorrowedFd;

/// Marks every descriptor from 3 on to be closed when this process becomes another program.
///
/// # Errors
/// When the open descriptors cannot be listed.
pub(super) fn close_on_exec() -> std::io::Result<()> {
    let names = std::fs::read_dir("/proc/self/fd")?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let numbers: Vec<i32> = names.filter_map(|name| name.parse().ok()).collect();
    for number in numbers.into_iter().filter(|number| *number > 2) {
        // SAFETY: the borrow lasts for one call, in a process with one thread that closes nothing meanwhile;
        // the number of the listing's own descriptor is already closed, which the call reports as an error.
        let descriptor = unsafe { BorrowedFd::borrow_raw(number) };
        let _ = fcntl_setfd(descriptor, FdFlags::CLOEXEC);
    }
    Ok(())
}
