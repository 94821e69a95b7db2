# Stage of one namespace sandbox: lays out its writable files and starts bubblewrap over them.
#
# Runs as root of a fresh user namespace with a mount namespace of its own, in which it has no rights over anything of the
# host. One sized tmpfs holds all that commands may write - working tree, /tmp, /dev/shm - so that the disk limit is one
# limit; with a LOWER folder the working tree is an overlay over it. The stage stays as bubblewrap's parent until the end,
# because a JVM thread must not be: the kernel's parent-death signal follows the thread that forked, not the process.
#
# Arguments: ARCH STAGE_FOLDER BYTES INODES LOWER_FOLDER_OR_EMPTY COMMAND...
# `overlay` or `plain`, whichever came about, is appended to COMMAND.
use strict;
use warnings;

my %SYSCALLS = (
    amd64   => { mount => 165, setxattr => 188 },
    aarch64 => { mount => 40,  setxattr => 5 },
);
my ($arch, $stage, $bytes, $inodes, $lower, @command) = @ARGV;
my $SYS = $SYSCALLS{$arch} or die "no system call numbers for the architecture $arch\n";
use constant { MS_NOSUID => 2, MS_NODEV => 4 };

sub mount_at {
    my ($type, $target, $options) = @_;
    return syscall($SYS->{mount}, $type, $target, $type, MS_NOSUID | MS_NODEV, $options) == 0;
}

umask 0;
mount_at('tmpfs', $stage, "size=$bytes,nr_inodes=$inodes,mode=755") or die "cannot mount a tmpfs on $stage: $!\n";
for (['tree', 0755], ['tmp', 01777], ['shm', 01777], ['upper', 0755], ['overlay', 0755]) {
    mkdir "$stage/$_->[0]", $_->[1] or die "cannot make $stage/$_->[0]: $!\n";
}

# Without user extended attributes on tmpfs (kernels before 6.6) an overlay cannot hide folders that were replaced.
# (`syscall` takes no literal strings: it might write to them.)
my $tree = 'plain';
my ($upper, $attribute, $value) = ("$stage/upper", 'user.agon', '1');
if (length $lower && syscall($SYS->{setxattr}, $upper, $attribute, $value, 1, 0) == 0) {
    my $layers = "lowerdir=$lower,upperdir=$stage/upper,workdir=$stage/overlay,userxattr";
    $tree = 'overlay' if mount_at('overlay', "$stage/tree", $layers);
}

chdir '/' or die "cannot enter /: $!\n";
my $bwrap = fork();
defined $bwrap or die "cannot fork: $!\n";
if (!$bwrap) {
    exec {$command[0]} @command, $tree or die "cannot run $command[0]: $!\n";
}
# Only the server inside may hold the pipes: what reads them must see their end when it is gone.
close STDIN;
close STDOUT;
waitpid $bwrap, 0;
exit($? == 0 ? 0 : 1);
