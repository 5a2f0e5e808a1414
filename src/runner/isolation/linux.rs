//! Landlock and seccomp.

use super::{Instruction, Level, Network, Policy, Processes, descriptors};
use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetStatus,
    Scope, path_beneath_rules,
};
use rustix::process::{Signal, getppid};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};
use std::collections::BTreeMap;

/// Ends this process when `parent` ends, even if that has happened already.
pub(super) fn die_with(parent: &str) -> Result<(), String> {
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL)).map_err(|error| error.to_string())?;
    match getppid() {
        Some(id) if id.as_raw_nonzero().to_string() == parent => Ok(()),
        _ => Err("the program that started this one has ended".to_owned()),
    }
}

/// Gives up what the policy does not grant.
pub(super) fn restrict(policy: &Policy) -> Result<(), String> {
    descriptors::close_on_exec().map_err(|error| error.to_string())?;
    if policy.level == Level::L0 {
        return Ok(());
    }
    landlock(policy).map_err(|error| format!("failed to restrict files: {error}"))?;
    seccomp(policy).map_err(|error| format!("failed to restrict system calls: {error}"))
}

/// Whether this machine grants what level 1 is made of. Both restrict the thread that asks for them and what it
/// starts, so a thread that ends at once finds out as well as a program would, in a tenth of the time.
pub(super) fn can_restrict(policy: Policy) -> bool {
    let probe = std::thread::spawn(move || landlock(&policy).is_ok() && seccomp(&policy).is_ok());
    probe.join().unwrap_or(false)
}

fn landlock(policy: &Policy) -> Result<(), Box<dyn std::error::Error>> {
    // Signals and abstract sockets came with ABI 6, TCP with 4; what an older kernel lacks, seccomp covers.
    let abi = ABI::V6;
    let mut ruleset =
        Ruleset::default().set_compatibility(CompatLevel::BestEffort).handle_access(AccessFs::from_all(abi))?;
    if policy.network == Network::None {
        ruleset = ruleset.handle_access(AccessNet::from_all(abi))?;
    }
    let ruleset = ruleset
        .scope(Scope::from_all(abi))?
        .create()?
        .add_rules(path_beneath_rules(&policy.read, AccessFs::from_read(abi)))?
        .add_rules(path_beneath_rules(["/dev/null"], AccessFs::ReadFile | AccessFs::WriteFile))?
        .add_rules(path_beneath_rules(&policy.write, AccessFs::from_all(abi)))?;
    match ruleset.restrict_self()?.ruleset {
        RulesetStatus::NotEnforced => Err("this kernel has no Landlock".into()),
        RulesetStatus::PartiallyEnforced | RulesetStatus::FullyEnforced => Ok(()),
    }
}

fn seccomp(policy: &Policy) -> Result<(), Box<dyn std::error::Error>> {
    // glibc starts threads by clone3, whose flags a filter cannot see, and falls back to clone where there is none.
    apply(BTreeMap::from([(libc::SYS_clone3, vec![])]), libc::ENOSYS)?;
    apply(forbidden(policy.processes, policy.network, std::process::id())?, libc::EPERM)
}

fn apply(rules: BTreeMap<i64, Vec<SeccompRule>>, errno: i32) -> Result<(), Box<dyn std::error::Error>> {
    Ok(seccompiler::apply_filter(&program(rules, errno)?)?)
}

fn program(rules: BTreeMap<i64, Vec<SeccompRule>>, errno: i32) -> Result<BpfProgram, Box<dyn std::error::Error>> {
    let matched = SeccompAction::Errno(errno.unsigned_abs());
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, matched, std::env::consts::ARCH.try_into()?)?;
    Ok(filter.try_into()?)
}

/// The filter of a fork that starts no other process, neither beside itself nor in its own place, as instructions.
pub(super) fn fork_filter(own: u32) -> Result<Vec<Instruction>, Box<dyn std::error::Error>> {
    let mut rules = forbidden(Processes::ThreadsOnly, Network::Allowed, own)?;
    rules.extend([libc::SYS_execve, libc::SYS_execveat].map(|call| (call, vec![])));
    let program = program(rules, libc::EPERM)?;
    Ok(program.into_iter().map(|step| (step.code, step.jt, step.jf, step.k)).collect())
}

/// The ways to memory that the limit on private memory (`RLIMIT_DATA`) does not count: shared with nobody, growing
/// like a stack, in files of no name, or in the system's own stores, where it would even outlive the program.
fn uncounted_memory() -> Result<BTreeMap<i64, Vec<SeccompRule>>, Box<dyn std::error::Error>> {
    let flags = |mask: i32, value: i32| {
        let (mask, value) = (u64::from(mask.unsigned_abs()), u64::from(value.unsigned_abs()));
        let condition = SeccompCondition::new(3, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(mask), value)?;
        SeccompRule::new(vec![condition])
    };
    let shared = flags(libc::MAP_TYPE | libc::MAP_ANONYMOUS, libc::MAP_SHARED | libc::MAP_ANONYMOUS)?;
    let growing = flags(libc::MAP_GROWSDOWN, libc::MAP_GROWSDOWN)?;
    let mut rules = BTreeMap::from([(libc::SYS_mmap, vec![shared, growing])]);
    let stores = [
        libc::SYS_memfd_create,
        libc::SYS_memfd_secret,
        libc::SYS_shmget,
        libc::SYS_msgget,
        libc::SYS_semget,
        libc::SYS_mq_open,
    ];
    rules.extend(stores.map(|call| (call, vec![])));
    Ok(rules)
}

fn forbidden(
    processes: Processes,
    network: Network,
    own: u32,
) -> Result<BTreeMap<i64, Vec<SeccompRule>>, Box<dyn std::error::Error>> {
    let argument = |index, op, value| {
        let condition = SeccompCondition::new(index, SeccompCmpArgLen::Dword, op, value)?;
        SeccompRule::new(vec![condition])
    };
    let has_address = SeccompCondition::new(4, SeccompCmpArgLen::Qword, SeccompCmpOp::Ne, 0)?;
    let death_signal = u64::try_from(libc::PR_SET_PDEATHSIG)?;
    let mut rules = BTreeMap::from([
        // A program dies with this one, whether it wants to or not.
        (libc::SYS_prctl, vec![argument(0, SeccompCmpOp::Eq, death_signal)?]),
        (libc::SYS_kill, vec![]),
        (libc::SYS_tkill, vec![]),
        (libc::SYS_pidfd_open, vec![]),
        (libc::SYS_pidfd_send_signal, vec![]),
    ]);
    let always = [
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_io_uring_setup,
        libc::SYS_bpf,
        libc::SYS_perf_event_open,
        libc::SYS_userfaultfd,
        libc::SYS_keyctl,
        libc::SYS_add_key,
        libc::SYS_mount,
        libc::SYS_unshare,
        libc::SYS_setns,
        libc::SYS_setsid,
        libc::SYS_setpgid,
    ];
    rules.extend(always.map(|call| (call, vec![])));
    if network == Network::None {
        // Runtimes need pairs of sockets only. Landlock does not keep a program from the machine's own services,
        // which listen on sockets in the file system; they are reached by connecting or by an address to send to.
        rules.insert(libc::SYS_socket, vec![]);
        rules.insert(libc::SYS_connect, vec![]);
        rules.insert(libc::SYS_sendto, vec![SeccompRule::new(vec![has_address])?]);
    }
    if processes == Processes::ThreadsOnly {
        // Other processes' threads are out of reach; a program may still abort itself.
        let own = u64::from(own);
        rules.insert(libc::SYS_tgkill, vec![argument(0, SeccompCmpOp::Ne, own)?]);
        let thread = u64::try_from(libc::CLONE_THREAD)?;
        rules.insert(libc::SYS_clone, vec![argument(0, SeccompCmpOp::MaskedEq(thread), 0)?]);
        #[cfg(target_arch = "x86_64")]
        rules.extend([(libc::SYS_fork, vec![]), (libc::SYS_vfork, vec![])]);
        rules.extend(uncounted_memory()?);
    } else {
        // A compiler ends its own children.
        rules.remove(&libc::SYS_kill);
        rules.remove(&libc::SYS_setpgid);
    }
    if processes == Processes::Forks {
        // It ties its forks to itself as it is tied to this program.
        rules.remove(&libc::SYS_prctl);
    }
    Ok(rules)
}
