# Command server of one sandbox: runs commands, writes files and reads back the working tree for the harness.
#
# Perl, because perl-base is on every Debian and Ubuntu and starts in 2 ms. In a namespace sandbox it is pid 1: signals from
# inside cannot end it, and with its end the kernel ends everything else. What runs beside it has its user id and is hostile,
# so it is not dumpable (no ptrace, no /proc/1/mem, no /proc/1/fd), a system call filter keeps others from setting its
# resource limits, its priority and its processors, and between two requests nothing else is alive.
#
# Requests on stdin and replies on stdout are frames: one letter, length as 32 bits big-endian, payload.
#   I set up        limits, working folder, environment, ignored folders        -> K
#   L limits        memory, processor time, output                              -> K
#   W write files   (kind, path, content)*                                      -> K
#   R run           timeout in ms, script                                       -> R: end letter, return code, output
#   C changes       most bytes, most files                                      -> E* (kind, path, content)*, then D or B
#   Q quit
# F instead of a reply is a message: the request could not be carried out. End of stdin ends the server, and so do bytes
# that arrive while a command runs: the harness is gone or confused.
#
# Arguments: ARCH KIND, where KIND is `overlay` or `plain` in a namespace sandbox and `host` on the bare host.
# Run with -w; `use warnings` and `use constant` would add 2 ms to every start.
use strict;

my %SYSCALLS = (
    amd64 => {
        prctl => 157, setsid => 112, prlimit64 => 302, pidfd_open => 434, clock_gettime => 228, personality => 135, audit_arch => 0xC000003E,
        # bpf, perf_event_open, userfaultfd, keyctl, add_key, request_key, io_uring_setup, syslog
        refused => [321, 298, 323, 250, 248, 249, 425, 103],
        # memfd_create, memfd_secret, shmget, semget, msgget
        uncounted => [319, 447, 29, 64, 68],
        # sched_setparam, sched_setscheduler, sched_setaffinity, sched_setattr
        schedule => [142, 144, 203, 314],
        priority => [141, 251], sockets => [41, 53], mmap => 9, shmctl => 31, msgctl => 71, semctl => 66,
    },
    aarch64 => {
        prctl => 167, setsid => 157, prlimit64 => 261, pidfd_open => 434, clock_gettime => 113, personality => 92, audit_arch => 0xC00000B7,
        refused => [280, 241, 282, 219, 217, 218, 425, 116],
        uncounted => [279, 447, 194, 190, 186],
        schedule => [118, 119, 122, 274],
        priority => [140, 30], sockets => [198, 199], mmap => 222, shmctl => 195, msgctl => 187, semctl => 191,
    },
);
my ($arch, $kind) = @ARGV;
my $SYS  = $SYSCALLS{$arch} or die "no system call numbers for the architecture $arch\n";
my $host = $kind eq 'host';

sub EPERM() { 1 }
sub ENOMEM() { 12 }
sub ENOSYS() { 38 }
sub EAFNOSUPPORT() { 97 }
sub RLIMIT_CPU() { 0 }
sub RLIMIT_FSIZE() { 1 }
sub RLIMIT_DATA() { 2 }
sub RLIMIT_CORE() { 4 }
sub RLIMIT_NPROC() { 6 }
sub PR_SET_DUMPABLE() { 4 }
sub PR_SET_SECCOMP() { 22 }
sub PR_SET_CHILD_SUBREAPER() { 36 }
sub PR_SET_NO_NEW_PRIVS() { 38 }
sub O_WRONLY() { 1 }
sub O_RDWR() { 2 }
sub O_CREAT() { 64 }
sub O_EXCL() { 128 }
sub MOST_PATH() { 3800 }
# MAX_ARG_STRLEN, with the NUL at the end
sub LONGEST_ARGUMENT() { 131072 }
sub BATCH() { 1 << 20 }
sub READ_SIZE() { 1 << 16 }
sub CLOCK_MONOTONIC() { 1 }
sub ADDR_NO_RANDOMIZE() { 0x0040000 }
# How long processes that outlive a command may go on printing, such as the `tee` of a process substitution.
sub GRACE() { 0.1 }
# How often the memory of all processes is added up, where no control group bounds it.
sub LOOK() { 0.05 }
my %LIMITED = (0 => 'processor time', 1 => 'file sizes', 2 => 'memory', 6 => 'processes');

my ($cap, $cpu_seconds, $data_bytes, $workdir, %environment, %ignored);
my $started = time;
my @kept;

sub now {
    my $time = "\0" x 16;
    syscall($SYS->{clock_gettime}, CLOCK_MONOTONIC, $time) == 0 or die "clock_gettime: $!\n";
    my ($seconds, $nanos) = unpack 'q2', $time;
    return $seconds + $nanos / 1e9;
}

sub limit {
    my ($which, $soft, $hard) = @_;
    my $pair = pack 'Q2', $soft, $hard;
    return if syscall($SYS->{prlimit64}, 0, $which, $pair, 0) == 0;
    my ($why, $own) = ($!, "\0" x 16);
    syscall($SYS->{prlimit64}, 0, $which, 0, $own);
    my $most = (unpack 'Q2', $own)[1];
    die "cannot limit $LIMITED{$which} to $hard: $why (the user's own limit is $most; raise it with ulimit, or ask for less)\n";
}

# Instructions that give one call an error if a masked argument is among the words; with `but`, if it is not.
sub refuse_if {
    my ($number, $error, $argument, $mask, $but, @words) = @_;
    my @block = ([0x20, 0, 0, 16 + 8 * $argument], [0x54, 0, 0, $mask]);
    push @block, map { [0x15, $#words - $_ + 1, 0, $words[$_]] } 0 .. $#words;
    push @block, [0x05, 0, 0, 1] unless $but;
    return [0x15, 0, @block + 2, $number], @block, [0x06, 0, 0, 0x00050000 | $error], [0x20, 0, 0, 0];
}

# Refused: another architecture's calls; kernel interfaces that no task needs; sockets beyond UNIX, INET, INET6 and NETLINK, which
# a network namespace may not hold; what would change the limits, priority or processors of pid 1, which later commands inherit;
# and, where no control group counts it, memory that belongs to no process.
sub refuse_system_calls {
    my ($whole, $pid) = (0xffffffff, 1);
    my @code = ([0x20, 0, 0, 4], [0x15, 1, 0, $SYS->{audit_arch}], [0x06, 0, 0, 0x00050001], [0x20, 0, 0, 0]);
    push @code, [0x35, 0, 1, 0x40000000], [0x06, 0, 0, 0x00050001];
    push @code, [0x15, 0, 1, $_], [0x06, 0, 0, 0x00050000 | EPERM] for @{ $SYS->{refused} };
    push @code, map { refuse_if($_, EAFNOSUPPORT, 0, $whole, 'but', 1, 2, 10, 16) } @{ $SYS->{sockets} };
    push @code, refuse_if($SYS->{prlimit64}, EPERM, 0, $whole, 'but', 0);
    push @code, map { refuse_if($_, EPERM, 0, $whole, '', $pid) } @{ $SYS->{schedule} };
    # Of a user: PRIO_USER and IOPRIO_WHO_USER. Of a process or group: the second argument.
    push @code, refuse_if($SYS->{priority}[0], EPERM, 0, $whole, '', 2), refuse_if($SYS->{priority}[1], EPERM, 0, $whole, '', 3);
    push @code, map { refuse_if($_, EPERM, 1, $whole, '', $pid) } @{ $SYS->{priority} };
    if ($data_bytes) {
        push @code, [0x15, 0, 1, $_], [0x06, 0, 0, 0x00050000 | ENOSYS] for @{ $SYS->{uncounted} };
        # MAP_SHARED | MAP_ANONYMOUS among the flags
        push @code, refuse_if($SYS->{mmap}, ENOMEM, 3, 0x2f, '', 0x21);
    }
    push @code, [0x06, 0, 0, 0x7fff0000];
    my $filter  = join '', map { pack 'S C C L', @$_ } @code;
    my $program = pack 'S x6 P', scalar @code, $filter;
    syscall($SYS->{prctl}, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 or die "no_new_privs: $!\n";
    syscall($SYS->{prctl}, PR_SET_SECCOMP, 2, $program, 0, 0) == 0 or die "cannot install the system call filter: $!\n";
}

# ---- memory ----

sub kib {
    my ($file, $wanted) = @_;
    open my $lines, '<', $file or return;
    my $kib;
    while (defined(my $line = <$lines>)) { $kib += $1 if $line =~ $wanted }
    return $kib;
}

# Whether the processes hold more memory together than one of them may. What a fork shares counts once for each in the quick sum;
# above the limit the exact one is asked for, and a process that hides it keeps its quick one.
sub too_much_memory {
    opendir my $processes, '/proc' or die "cannot list processes: $!\n";
    my %quick = map { $_ => kib("/proc/$_/status", qr/^(?:RssAnon|VmSwap):\s+(\d+)/) // 0 } grep { /^\d+\z/ && $_ != $$ } readdir $processes;
    my ($quick, $exact) = (0, 0);
    $quick += $_ for values %quick;
    return 0 if $quick << 10 <= $data_bytes;
    $exact += kib("/proc/$_/smaps_rollup", qr/^(?:Pss_Anon|SwapPss):\s+(\d+)/) // $quick{$_} for keys %quick;
    return $exact << 10 > $data_bytes;
}

# Shared memory, queues and semaphores of System V outlive their processes. Counted first: there are hardly ever any.
sub clear_shared {
    my $info = "\0" x 128;
    # SHM_INFO, MSG_INFO and SEM_INFO have the number that are in use
    return unless syscall($SYS->{shmctl}, 0, 14, $info) >= 0 && unpack('l', $info)
        || syscall($SYS->{msgctl}, 0, 12, $info) >= 0 && unpack('l', $info)
        || syscall($SYS->{semctl}, 0, 0, 19, $info) >= 0 && unpack('x28 l', $info);
    my %remove = (shm => sub { shmctl $_[0], 0, 0 }, msg => sub { msgctl $_[0], 0, 0 }, sem => sub { semctl $_[0], 0, 0, 0 });
    for my $kind (keys %remove) {
        open my $objects, '<', "/proc/sysvipc/$kind" or die "cannot list what System V shares: $!\n";
        my @ids = map { /^\s*-?\d+\s+(\d+)/ ? $1 : () } <$objects>;
        $remove{$kind}->($_) for @ids;
    }
}

# ---- frames ----

sub receive {
    my ($length) = @_;
    my $bytes = '';
    while (length $bytes < $length) {
        my $got = sysread STDIN, $bytes, $length - length $bytes, length $bytes;
        exit 0 unless $got;
    }
    return $bytes;
}

sub reply {
    my ($type, $payload) = @_;
    my $frame = pack('a N', $type, length $payload) . $payload;
    my $sent  = 0;
    while ($sent < length $frame) {
        my $wrote = syswrite STDOUT, $frame, length($frame) - $sent, $sent;
        exit 0 unless $wrote;
        $sent += $wrote;
    }
}

# ---- commands ----

# In a pid namespace all others die at once. On the host it is the children, and what they orphan comes to this process.
sub end_all {
    if ($host) {
        open my $children, '<', "/proc/$$/task/$$/children" or die "cannot list processes: $!\n";
        kill 'KILL', split ' ', <$children> // '';
    }
    else { kill 'KILL', -1 }
}

# A script that the kernel takes for no argument, as one that reads it from a file. The file is open, and has no name any more.
sub from_file {
    my ($script) = @_;
    my $path = ($environment{TMPDIR} // '/tmp') . "/script-$$-" . int rand 1e9;
    local $^F = 255; # stays open in the program
    sysopen my $file, $path, O_RDWR | O_CREAT | O_EXCL, 0600 or die "cannot write the command to $path: $!\n";
    unlink $path;
    my $sent = 0;
    while ($sent < length $script) {
        my $wrote = syswrite $file, $script, length($script) - $sent, $sent;
        defined $wrote or die "cannot write the command to $path: $!\n";
        $sent += $wrote;
    }
    my $number = fileno $file;
    push @kept, $file;
    return qq{eval "exec $number<&-; \$(</proc/self/fd/$number)"};
}

sub become_command {
    my ($script, $output) = @_;
    open STDERR, '>&', $output or die "cannot redirect stderr: $!\n";
    open STDOUT, '>&', $output or die "cannot redirect stdout: $!\n";
    open STDIN, '<', '/dev/null' or die "cannot open /dev/null: $!\n";
    syscall($SYS->{setsid});
    # Programs print addresses (`<object at 0x7f…>`): the same command should print the same ones.
    syscall($SYS->{personality}, ADDR_NO_RANDOMIZE) >= 0 or die "cannot fix addresses: $!\n";
    limit(RLIMIT_CPU, $cpu_seconds, $cpu_seconds + 5);
    limit(RLIMIT_DATA, $data_bytes, $data_bytes) if $data_bytes;
    if (!$host) {
        # Memory runs out: a command dies, not the server. Its own /proc files belong to it only while it is dumpable.
        syscall($SYS->{prctl}, PR_SET_DUMPABLE, 1, 0, 0, 0);
        open my $score, '>', '/proc/self/oom_score_adj' or die "cannot open oom_score_adj: $!\n";
        syswrite $score, '1000';
    }
    $script = from_file($script) if length $script >= LONGEST_ARGUMENT;
    %ENV = %environment;
    # What is ignored stays ignored in the program: `yes | head -1` would complain of a broken pipe.
    $SIG{PIPE} = 'DEFAULT';
    local $^W = 0;
    exec {'/bin/bash'} 'bash', '-c', $script or die "bash: $!\n";
}

sub run {
    my ($timeout_ms, $script) = unpack 'N a*', $_[0];
    enter_workdir();
    pipe my $output, my $writer or die "cannot make a pipe: $!\n";
    my $pid = fork() // die "cannot fork: $!\n";
    if (!$pid) {
        # Nothing may escape from here: the caller would go on as a second server.
        eval { become_command($script, $writer) };
        syswrite STDERR, $@;
        exit 126;
    }
    close $writer;
    my $pidfd = syscall($SYS->{pidfd_open}, $pid, 0);
    $pidfd >= 0 or die "pidfd_open: $! (Linux 5.3 or newer is needed)\n";
    open my $process, '<&=', $pidfd or die "cannot open the pidfd: $!\n";

    my ($printed, $end, $exited, $closed, $beyond) = ('', 'X', 0, 0, 0);
    my $before   = (times)[2] + (times)[3];
    my $now      = now();
    my $deadline = $now + $timeout_ms / 1000;
    my $look     = $data_bytes && !$host ? $now + LOOK : $deadline;
    until ($exited && $closed) {
        $now = now();
        if ($now >= $deadline) { $end = $exited ? 'X' : 'T'; last }
        if ($now >= $look) {
            # Twice in a row: a process that is about to become another program has its parent's memory for a moment.
            $beyond = too_much_memory() ? $beyond + 1 : 0;
            if ($beyond == 2) { $end = 'K'; last }
            $look = now() + LOOK;
        }
        my $wanted = '';
        vec($wanted, 0,               1) = 1;
        vec($wanted, fileno($output), 1) = 1 unless $closed;
        vec($wanted, $pidfd,          1) = 1 unless $exited;
        my $until = $look < $deadline ? $look : $deadline;
        next if select(my $ready = $wanted, undef, undef, $until > $now ? $until - $now : 0) <= 0;
        if (vec($ready, 0, 1)) {
            end_all();
            while (waitpid(-1, 0) > 0) { end_all() }
            exit 0;
        }
        if (!$closed && vec($ready, fileno($output), 1)) {
            sysread($output, $printed, READ_SIZE, length $printed) or $closed = 1;
            if (length $printed > $cap) { $end = 'O'; last }
        }
        elsif (!$exited && vec($ready, $pidfd, 1)) {
            $exited = 1;
            my $grace = now() + GRACE;
            $deadline = $grace if $grace < $deadline;
        }
    }

    my $status = 0;
    end_all();
    while ((my $gone = waitpid -1, 0) > 0) {
        $status = $? if $gone == $pid;
        end_all();
    }
    clear_shared() unless $host;
    # All writers are dead: what is still in the pipe was printed before the end.
    until ($closed || length $printed > $cap) {
        sysread($output, $printed, READ_SIZE, length $printed) or $closed = 1;
    }
    $end = 'O' if $end eq 'X' && length $printed > $cap;
    my $code = $status & 127 ? 128 + ($status & 127) : $status >> 8;
    # By SIGXCPU, or, if that is caught, by SIGKILL. A command may also end with these by itself. The kernel counts in ticks, and
    # what it tells may be less.
    my $used = (times)[2] + (times)[3] - $before;
    $end = 'P' if $end eq 'X' && ($code == 152 || $code == 137) && $used > $cpu_seconds / 2;
    reply('R', pack('a N', $end, $code) . substr($printed, 0, $cap));
}

# ---- files ----

sub enter_workdir {
    return if chdir $workdir;
    chmod 0755, $workdir;
    chdir $workdir or die "cannot enter $workdir: $!\n";
}

# Lets the owner use a folder of the tree whose mode bits forbid it.
sub make_accessible {
    my ($folder) = @_;
    my $mode = (lstat $folder)[2] // die "cannot stat $folder: $!\n";
    chmod(($mode & 07777) | 0700, $folder) if ($mode & 0700) != 0700;
}

# Makes the folders above a path real: a link or file that stands in the way is removed, never followed.
sub make_parents {
    my ($path) = @_;
    my $folder = '.';
    make_accessible($folder);
    for my $part (split m{/}, $path =~ s{/?[^/]*\z}{}r) {
        $folder .= "/$part";
        if (lstat $folder) {
            if (-d _) { make_accessible($folder); next }
            unlink $folder or die "cannot remove $folder: $!\n";
        }
        mkdir $folder, 0755 or die "cannot make $folder: $!\n";
    }
}

sub parents_are_folders {
    my ($path) = @_;
    my $folder = '.';
    for my $part (split m{/}, $path =~ s{/?[^/]*\z}{}r) {
        $folder .= "/$part";
        return 0 unless lstat $folder and -d _;
    }
    return 1;
}

sub put {
    my ($what, $path, $content) = @_;
    my $target = "./$path";
    if ($what eq 'd') { return unless parents_are_folders($path) }
    make_parents($path);
    if (lstat $target) {
        if (-d _) {
            return if $what eq 'd';
            system {'/bin/chmod'} 'chmod', '-R', 'u+rwx', '--', $target;
            system {'/bin/rm'} 'rm', '-rf', '--', $target;
        }
        else { unlink $target or die "cannot remove $path: $!\n" }
    }
    return if $what eq 'd';
    if ($what eq 'l') {
        symlink $content, $target or die "cannot link $path: $!\n";
        return;
    }
    sysopen my $file, $target, O_WRONLY | O_CREAT | O_EXCL, $what eq 'x' ? 0755 : 0644 or die "cannot create $path: $!\n";
    my $sent = 0;
    while ($sent < length $content) {
        my $wrote = syswrite $file, $content, length($content) - $sent, $sent;
        defined $wrote or die "cannot write $path: $!\n";
        $sent += $wrote;
    }
}

sub write_files {
    my ($files) = @_;
    enter_workdir();
    my $at = 0;
    while ($at < length $files) {
        my ($what, $path, $content) = unpack "x$at a N/a N/a", $files;
        put($what, $path, $content);
        $at += 9 + length($path) + length $content;
    }
    reply('K', '');
}

sub slurp {
    my ($path, $mode, $size) = @_;
    my $hidden = !($mode & 0400);
    chmod(($mode & 07777) | 0400, $path) if $hidden;
    open my $file, '<:raw', $path or die "cannot read $path: $!\n";
    my $bytes = '';
    while (length $bytes < $size) {
        sysread($file, $bytes, $size - length $bytes, length $bytes) or last;
    }
    chmod($mode & 07777, $path) if $hidden;
    return $bytes;
}

sub changes {
    my ($most_bytes, $most_files) = unpack 'Q> N', $_[0];
    enter_workdir();
    my ($batch, $bytes, $files) = ('', 0, 0);
    my @folders = ('.');
    while (defined(my $folder = pop @folders)) {
        return reply('B', 'a path is longer than ' . MOST_PATH . ' bytes') if length $folder > MOST_PATH;
        make_accessible($folder);
        opendir my $names, $folder or die "cannot list $folder: $!\n";
        while (defined(my $name = readdir $names)) {
            next if $name eq '.' || $name eq '..';
            my $path = "$folder/$name";
            my ($mode, $size, $changed) = (lstat $path)[2, 7, 10];
            defined $mode or die "cannot stat $path: $!\n";
            if (-d _) { push @folders, $path unless $ignored{$name}; next }
            my $link = -l _;
            next unless $link || -f _;
            return reply('B', "there are more than $most_files files") if ++$files > $most_files;
            # No one inside can set a change time: in an overlay one from before the start is the lower file's own.
            my $same = $kind eq 'overlay' && $changed < $started - 2;
            my $what = $same ? 'u' : $link ? 'l' : $mode & 0100 ? 'x' : 'f';
            $bytes += $size unless $same;
            return reply('B', "there are more than $most_bytes bytes") if $bytes > $most_bytes;
            my $content = $same ? '' : $link ? readlink $path : slurp($path, $mode, $size);
            $batch .= pack 'a N/a N/a', $what, substr($path, 2), $content;
            if (length $batch > BATCH) { reply('E', $batch); $batch = '' }
        }
    }
    reply('E', $batch);
    reply('D', '');
}

# ---- set up and serve ----

# A terminal's Ctrl-C is for the harness alone. In a namespace sandbox the session is the one of launch.pl.
syscall($SYS->{setsid}) if $host;

sub set_limits {
    (my $data_mb, $cpu_seconds, $cap) = unpack 'N3', $_[0];
    $data_bytes = $data_mb << 20;
}

sub set_up {
    my ($processes, $file_mb, $limits, @texts) = unpack 'N2 a12 (N/a)3', $_[0];
    set_limits($limits);
    $workdir     = $texts[0];
    %environment = split /\0/, $texts[1], -1;
    %ignored     = map { $_ => 1 } split /\0/, $texts[2];
    limit(RLIMIT_CORE, 0, 0);
    limit(RLIMIT_FSIZE, $file_mb << 20, $file_mb << 20);
    if ($host) { syscall($SYS->{prctl}, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0 or die "cannot adopt orphans: $!\n" }
    else {
        limit(RLIMIT_NPROC, $processes, $processes);
        refuse_system_calls();
    }
    reply('K', '');
}

$SIG{PIPE} = 'IGNORE';
umask 022;
%ENV = ();
$host or syscall($SYS->{prctl}, PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 or die "prctl: $!\n";
reply('H', $kind);
my %handlers = (I => \&set_up, L => sub { set_limits($_[0]); reply('K', '') }, W => \&write_files, R => \&run, C => \&changes, Q => sub { exit 0 });
while (1) {
    my ($type, $length) = unpack 'a N', receive(5);
    my $handler = $handlers{$type} or die "unknown request\n";
    my $payload = receive($length);
    eval { $handler->($payload); 1 } or reply('F', $@);
}
