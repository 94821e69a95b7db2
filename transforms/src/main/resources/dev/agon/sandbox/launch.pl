# Stages of namespace sandboxes: for each request a child that gives up every right over the host, lays out the writable files
# and starts bubblewrap.
#
# A child joins the memory group and drops root first, when it has it; then it is root of nothing but a user namespace with a
# mount namespace of its own. One sized tmpfs holds all that commands may write - working tree, /tmp, /dev/shm - so that the disk
# limit is one limit; with a LOWER folder the working tree is an overlay over it. The child stays as bubblewrap's parent until
# the end.
#
# Children are forked here and not by the harness: a process of many sandboxes has thousands of open files, and starting a
# program from it closes them one by one, each time. A fork of this process also spares the start of a Perl, and of sh, setpriv,
# unshare and mount: each costs a millisecond or more of processor time.
#
# Arguments: ARCH USER STAGE_FOLDER BYTES INODES SOCKET. USER (to become, for root) may be empty.
# A request on stdin is a length of 32 bits big-endian and texts, each with its length before it: TOKEN ERRORS MEMORY_GROUP
# LOWER_FOLDER FOLDERS COMMAND... FOLDERS is the number of further writable folders, `folder-0` and on. The child connects to SOCKET, sends the token, and has the connection as the standard input and output
# of COMMAND; ERRORS is the file of its error output. MEMORY_GROUP (its cgroup.procs) and LOWER_FOLDER may be empty. `overlay` or
# `plain`, whichever came about, is appended to COMMAND.
# Replies are lines: `started TOKEN PID`, `failed TOKEN REASON`, `ended PID STATUS`. The end of stdin ends this process; what it
# started goes on, until the other end of its connection closes.
# Run with -w; `use warnings` and `use constant` would add 2 ms to every start.
use strict;

my %SYSCALLS = (
    amd64 => {
        setgroups => 116, setresgid => 119, setresuid => 117, prctl => 157, unshare => 272, mount => 165, setxattr => 188, setsid => 112,
    },
    aarch64 => {
        setgroups => 159, setresgid => 149, setresuid => 147, prctl => 167, unshare => 97, mount => 40, setxattr => 5, setsid => 157,
    },
);
my ($arch, $user, $mounts, $bytes, $inodes, $socket) = @ARGV;
my $SYS = $SYSCALLS{$arch} or die "no system call numbers for the architecture $arch\n";
sub MS_NOSUID() { 2 }
sub MS_NODEV() { 4 }
sub MS_REC() { 16384 }
sub MS_PRIVATE() { 1 << 18 }
sub CLONE_NEWNS() { 0x20000 }
sub CLONE_NEWUSER() { 0x10000000 }
sub PR_SET_DUMPABLE() { 4 }
sub PR_SET_NO_NEW_PRIVS() { 38 }
sub AF_UNIX() { 1 }
sub SOCK_STREAM() { 1 }
sub WNOHANG() { 1 }
# A child's end interrupts the wait for requests; this bounds the wait when it ends just before.
sub LOOK() { 0.1 }

sub call {
    my ($name, @arguments) = @_;
    syscall($SYS->{$name}, @arguments) == 0 or die "$name: $!\n";
}

sub write_to {
    my ($path, $text) = @_;
    open my $file, '>', $path or die "cannot open $path: $!\n";
    defined syswrite $file, $text or die "cannot write $path: $!\n";
}

sub mounted {
    my ($type, $target, $options) = @_;
    return syscall($SYS->{mount}, $type, $target, $type, MS_NOSUID | MS_NODEV, $options) == 0;
}

sub connect_harness {
    my ($token, $errors) = @_;
    open STDERR, '>', $errors or die "cannot open $errors: $!\n";
    socket my $harness, AF_UNIX, SOCK_STREAM, 0 or die "cannot make a socket: $!\n";
    connect $harness, pack('S a*', AF_UNIX, "$socket\0") or die "cannot connect to $socket: $!\n";
    syswrite $harness, pack 'N', $token;
    open STDIN,  '<&', $harness or die "cannot redirect stdin: $!\n";
    open STDOUT, '>&', $harness or die "cannot redirect stdout: $!\n";
}

sub launch {
    my ($token, $errors, $memory_group, $lower, $folders, @command) = @_;
    connect_harness($token, $errors);
    write_to($memory_group, $$) if length $memory_group;
    if (length $user) {
        my $id = 0 + $user;
        call('setgroups', 0, 0);
        call('setresgid', $id, $id, $id);
        call('setresuid', $id, $id, $id);
        # Otherwise its own /proc files would be root's.
        call('prctl', PR_SET_DUMPABLE, 1, 0, 0, 0);
    }
    $< != 0 && $> != 0 or die "still root\n";
    call('prctl', PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    my ($uid, $gid) = ($>, $) + 0);
    call('unshare', CLONE_NEWUSER | CLONE_NEWNS);
    write_to('/proc/self/setgroups', 'deny');
    write_to('/proc/self/uid_map',   "0 $uid 1");
    write_to('/proc/self/gid_map',   "0 $gid 1");
    # `syscall` takes no literal strings: it might write to them.
    my $root = '/';
    call('mount', 0, $root, 0, MS_REC | MS_PRIVATE, 0);

    umask 0;
    mounted('tmpfs', $mounts, "size=$bytes,nr_inodes=$inodes,mode=755") or die "cannot mount a tmpfs on $mounts: $!\n";
    my @further = map { ["folder-$_", 0755] } 0 .. $folders - 1;
    for (['tree', 0755], ['tmp', 01777], ['shm', 01777], ['upper', 0755], ['overlay', 0755], @further) {
        mkdir "$mounts/$_->[0]", $_->[1] or die "cannot make $mounts/$_->[0]: $!\n";
    }

    # Without user extended attributes on tmpfs (kernels before 6.6) an overlay cannot hide folders that were replaced.
    my $tree = 'plain';
    my ($upper, $attribute, $value) = ("$mounts/upper", 'user.agon', '1');
    if (length $lower && syscall($SYS->{setxattr}, $upper, $attribute, $value, 1, 0) == 0) {
        my $layers = "lowerdir=$lower,upperdir=$mounts/upper,workdir=$mounts/overlay,userxattr";
        $tree = 'overlay' if mounted('overlay', "$mounts/tree", $layers);
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
}

# ---- serve ----

# A terminal's Ctrl-C is for the harness alone, which ends what it started.
syscall($SYS->{setsid});

sub receive {
    my ($length) = @_;
    my $bytes = '';
    while (length $bytes < $length) {
        my $got = sysread STDIN, $bytes, $length - length $bytes, length $bytes;
        next if !defined $got && $! == 4; # interrupted by a child's end
        exit 0 unless $got;
    }
    return $bytes;
}

sub say_line {
    my ($line) = @_;
    syswrite STDOUT, "$line\n";
}

sub start {
    my ($token, @rest) = unpack '(N/a)*', $_[0];
    my $pid = fork();
    if (!defined $pid) { return say_line("failed $token $!") }
    if (!$pid) {
        # Nothing may escape from here: the caller would go on as a second server.
        $SIG{$_} = 'DEFAULT' for 'CHLD', 'PIPE';
        eval { launch($token, @rest) };
        syswrite STDERR, $@;
        exit 126;
    }
    say_line("started $token $pid");
}

$SIG{CHLD} = sub { };
$SIG{PIPE} = 'IGNORE';
while (1) {
    while ((my $gone = waitpid -1, WNOHANG) > 0) { say_line("ended $gone $?") }
    my $ready = '';
    vec($ready, 0, 1) = 1;
    next if select($ready, undef, undef, LOOK) <= 0;
    start(receive(unpack 'N', receive(4)));
}
