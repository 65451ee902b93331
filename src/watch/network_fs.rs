//! Recognises file systems on which the system reports no changes by other machines.

use std::path::Path;

/// The name of the file system of `dir`, if other machines can change its files without an event here.
pub(super) fn network_fs(dir: &Path) -> Option<String> {
    super::watched_dir::unc_share(dir).or_else(|| by_statfs(dir))
}

/// `f_type` of `statfs`, from `linux/magic.h` and the sources of the file systems; the same list as in `tail -f` of the GNU
/// coreutils.
#[cfg(target_os = "linux")]
const NETWORK_FS: &[(u32, &str)] = &[
    (0x6969, "NFS"),
    (0xFF53_4D42, "SMB/CIFS"),
    (0xFE53_4D42, "SMB2"),
    (0x517B, "SMB"),
    (0x0102_1997, "9p"),
    (0x786F_4256, "vboxsf"),
    (0x7C7C_6673, "prl_fs"),
    (0xBACB_ACBC, "vmhgfs"),
    (0x00C3_6400, "Ceph"),
    (0x5346_414F, "AFS"),
    (0x6B41_4653, "AFS"),
    (0x7375_7245, "Coda"),
    (0x564C, "NCP"),
    (0x0BD0_0BD0, "Lustre"),
    (0x1983_0326, "BeeGFS"),
    (0x4750_4653, "GPFS"),
    (0x0116_1970, "GFS2"),
    (0x7461_636F, "OCFS2"),
    (0xAAD7_AAEA, "PanFS"),
    (0xBEEF_DEAD, "SNFS"),
    (0x6163_6673, "ACFS"),
    (0x0131_11A8, "IBRIX"),
];

#[cfg(target_os = "linux")]
fn by_statfs(dir: &Path) -> Option<String> {
    const FUSE: u32 = 0x6573_5546;
    // The numbers have 32 bits; a signed field may be sign-extended.
    let kind = rustix::fs::statfs(dir).ok()?.f_type as u32;
    if kind == FUSE {
        let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
        let name = mounted_as(&mounts, dir).unwrap_or_else(|| "fuse".to_owned());
        // A file system on a local disk.
        return (name != "fuseblk").then_some(name);
    }
    NETWORK_FS.iter().find(|(number, _)| *number == kind).map(|(_, name)| (*name).to_owned())
}

/// The file system type of `dir` in `/proc/self/mountinfo`, such as `fuse.sshfs`. Of several mounts at one place the last one
/// counts.
#[cfg(target_os = "linux")]
fn mounted_as(mounts: &str, dir: &Path) -> Option<String> {
    let mut best: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        let Some((mount, source)) = line.split_once(" - ") else { continue };
        let (Some(at), Some(name)) = (mount.split(' ').nth(4), source.split(' ').next()) else { continue };
        let at = at.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\");
        if dir.starts_with(&at) && best.is_none_or(|(length, _)| length <= at.len()) {
            best = Some((at.len(), name));
        }
    }
    best.map(|(_, name)| name.to_owned())
}

#[cfg(target_os = "macos")]
fn by_statfs(dir: &Path) -> Option<String> {
    /// `MNT_LOCAL`: a local disk.
    const LOCAL: u32 = 0x1000;
    let stat = rustix::fs::statfs(dir).ok()?;
    let name = stat.f_fstypename.iter().take_while(|&&byte| byte != 0).map(|&byte| char::from(byte as u8));
    (stat.f_flags & LOCAL == 0).then(|| name.collect())
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn by_statfs(_: &Path) -> Option<String> {
    None
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_local_directory_is_not_on_a_network_fs() {
        let temp = tempfile::tempdir().expect("a temporary directory");
        assert_eq!(network_fs(temp.path()), None);
        assert_eq!(network_fs(&temp.path().join("gone")), None);
        assert_eq!(network_fs(Path::new(r"\\server\share\客档")).as_deref(), Some(r"\\server\share"));
    }

    #[test]
    fn the_innermost_mount_counts() {
        let mounts = "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n\
                      36 22 0:51 / /mnt/客\\040档 rw,nosuid shared:1 - fuse.sshfs zhou@host:/archive rw\n\
                      37 22 8:17 / /mnt/disk rw - fuseblk /dev/sdb1 rw\n\
                      invalid line\n";
        let name = |dir: &str| mounted_as(mounts, Path::new(dir));
        assert_eq!(name("/mnt/客 档/东澜水务").as_deref(), Some("fuse.sshfs"));
        assert_eq!(name("/mnt/disk/x").as_deref(), Some("fuseblk"));
        assert_eq!(name("/mnt/diskette").as_deref(), Some("ext4"));
        assert_eq!(mounted_as("", Path::new("/")), None);
    }
}
