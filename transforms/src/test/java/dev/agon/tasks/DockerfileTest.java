package dev.agon.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.schemas.TaskFile;
import dev.agon.schemas.Variable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileTest {

    private static final HostSystem HOST =
            new HostSystem(Set.of("git")::contains, name -> false, "3.13", "linux/amd64");

    private static final List<TaskFile> CONTEXT = List.of(file("a.txt"), file("src/b.txt"), file("src/deep/c.txt"));

    @Test
    void oddWordsAreNoneOfOurTrouble() {
        assertThat(read("FROM debian:12\nWORKDIR /app\nCOPY " + "a".repeat(2_000) + " .\n")
                        .obstacle())
                .contains("which is not among the files");
        assertThat(read("FROM debian:12\nWORKDIR /app\nENV\n").obstacle()).contains("has an empty ENV");
        assertThat(read("FROM debian:12\nWORKDIR /a\0\n").obstacle()).contains("NUL");
        assertThat(read("FROM debian:12\nWORKDIR /app\nRUN apt-get" + " -y".repeat(5_000) + " install git\n")
                        .obstacle())
                .isNull();
    }

    @Test
    void filesVariablesAndPackagesThatAreThereFitIntoASandbox() {
        ContainerEnvironment environment = read("""
                # syntax=docker/dockerfile:1
                FROM --platform=linux/amd64 python:3.13-slim AS base
                ENV ONE=1 TWO="two words"
                ENV OLD form of it
                RUN apt-get update && apt-get install -y --no-install-recommends git=1:2 tmux \\
                    # a comment within
                    && rm -rf /var/lib/apt/lists/*
                WORKDIR /srv
                WORKDIR app
                COPY --chown=1:1 src /srv/app/lib/
                COPY ["a.txt", "renamed.txt"]
                RUN mkdir -p /srv /srv/app/lib/deep
                ADD a.txt .
                USER root
                CMD ["bash"]
                """);

        assertThat(environment.obstacle()).isNull();
        assertThat(environment.workdir()).isEqualTo("/srv/app");
        assertThat(environment.files())
                .extracting(TaskFile::getPath)
                .containsExactly("a.txt", "lib/b.txt", "lib/deep/c.txt", "renamed.txt");
        assertThat(environment.variables())
                .containsExactly(
                        new Variable("OLD", "form of it"), new Variable("ONE", "1"), new Variable("TWO", "two words"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            FROM nginx:1                                 | starts from `nginx:1`
            FROM evil/ubuntu:1                           | starts from `evil/ubuntu:1`
            FROM debian:12@FROM debian:12                | starts a second stage
            FROM debian:12@RUN make                      | line 2 of its Dockerfile runs `make`
            FROM debian:12@RUN apt-get update; curl x    | runs `curl x`
            FROM debian:12@RUN apt-get install -y nginx  | installs `nginx`, which this machine does not have
            FROM debian:12@RUN <<EOF                     | has a here-document
            FROM debian:12@ENV A=$B                      | has a variable in ENV
            FROM debian:12@ENTRYPOINT ["x"]              | has the instruction ENTRYPOINT
            FROM debian:12@USER app                      | sets the user `app`
            FROM debian:12@COPY --from=x /a /b           | has COPY with `--from=x`, which is not followed here
            FROM debian:12@COPY --chmod=755 a.txt /app/  | has COPY with `--chmod=755`
            FROM debian:12@COPY --exclude=*.key . /app   | has COPY with `--exclude=*.key`
            FROM debian:12@COPY --link a.txt /app/       | has COPY with `--link`
            FROM debian:12@ADD --checksum=1 a.txt /app/  | has ADD with `--checksum=1`
            FROM debian:12@COPY $A /app/                 | copies from elsewhere
            FROM --platform=linux/s390x debian:12        | starts from `--platform=linux/s390x`
            FROM python:3.12-slim                        | starts from `python:3.12-slim`, whose Python in /usr/local/bin is not this machine's (3.13)
            FROM python:3                                | starts from `python:3`, whose Python
            FROM python                                  | starts from `python`, whose Python
            FROM python:3.1                              | starts from `python:3.1`, whose Python
            FROM ghcr.io/laude-institute/t-bench/python-3-12:1 | whose Python
            FROM debian:12@COPY src /app/a@COPY a.txt /app/a | copies the file `a.txt` over the folder /app/a
            FROM debian:12@RUN mkdir -p /app/a@COPY a.txt /app/a | copies the file `a.txt` over the folder /app/a
            FROM debian:12@WORKDIR /app/b@WORKDIR /app@COPY a.txt /app/a@COPY src /app/a | copies `src/b.txt` below the file /app/a
            FROM debian:12@COPY a.txt /app@WORKDIR /app  | has the file /app, outside of its working folder
            FROM debian:12@WORKDIR /app@RUN mkdir /app/d | needs the empty folder /app/d, and only files are laid out
            FROM debian:12@ADD https://x/y /app/         | copies `https://x/y`
            FROM debian:12@COPY *.txt /app/              | copies `*.txt`
            FROM debian:12@COPY tests /tests             | copies `tests`, which is not among the files
            FROM debian:12@COPY ../up /app/              | copies `../up`, which is not among the files
            FROM debian:12                               | without a WORKDIR
            FROM debian:12@WORKDIR /usr/src              | cannot have its files where its Dockerfile puts them
            FROM debian:12@WORKDIR /app@RUN mkdir -p /x  | needs the folder /x
            FROM debian:12@WORKDIR /app@COPY a.txt /etc/ | has the file /etc/a.txt, outside of its working folder /app
            """)
    void whateverElseItDoesIsBeyondASandbox(String dockerfile, String obstacle) {
        ContainerEnvironment environment = read(dockerfile.replace("@", "\n"));

        assertThat(environment.obstacle()).contains(obstacle);
        assertThat(environment.files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".dockerignore", "Dockerfile.dockerignore"})
    void filesThatAreToBeLeftOutAreNotCopied(String name) {
        List<TaskFile> context = List.of(file(name), file("answer.txt"));
        assertThat(Dockerfile.read("FROM debian:12\nWORKDIR /app\nCOPY . /app\n", null, context, HOST)
                        .obstacle())
                .contains("copies files, of which " + name + " leaves some out");
        assertThat(Dockerfile.read("FROM debian:12\nWORKDIR /app\n", null, context, HOST)
                        .obstacle())
                .as("nothing is copied")
                .isNull();
    }

    @Test
    void aPackageThatIsInstalledIsInstalled(@TempDir Path folder) throws IOException {
        Path status = Files.writeString(folder.resolve("status"), """
                Package: python3-pip
                Status: install ok installed

                Package: removed
                Status: deinstall ok config-files
                """);
        Set<String> packages = HostSystem.packages(status);
        assertThat(packages).containsExactly("python3-pip");
        assertThat(HostSystem.packages(folder.resolve("none"))).isEmpty();
        HostSystem host = new HostSystem(name -> false, packages::contains, null, "linux/amd64");
        assertThat(Dockerfile.read(
                                "FROM debian:12\nWORKDIR /app\nRUN apt-get install -y python3-pip\n",
                                null,
                                CONTEXT,
                                host)
                        .obstacle())
                .isNull();
        assertThat(Dockerfile.read("FROM debian:12\nRUN apt-get install -y removed\n", null, CONTEXT, host)
                        .obstacle())
                .contains("installs `removed`");
    }

    @Test
    void thePythonOfAnImageIsTheOneInUsrLocal(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("python3.13"));
        Files.createSymbolicLink(folder.resolve("python3"), Path.of("python3.13"));
        assertThat(HostSystem.python(folder.resolve("python3"))).isEqualTo("3.13");
        assertThat(HostSystem.python(folder.resolve("none"))).isNull();
        HostSystem without = new HostSystem(name -> true, name -> true, null, "linux/amd64");
        assertThat(Dockerfile.read("FROM python:3.13-slim\nWORKDIR /app\n", null, CONTEXT, without)
                        .obstacle())
                .contains("none is there");
        assertThat(read("FROM ghcr.io/laude-institute/t-bench/python-3-13:20250620\nWORKDIR /app\n")
                        .obstacle())
                .isNull();
    }

    private static ContainerEnvironment read(String text) {
        return Dockerfile.read(text, null, CONTEXT, HOST);
    }

    private static TaskFile file(String path) {
        return TaskFile.newBuilder()
                .setPath(path)
                .setContent(ByteBuffer.wrap(path.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .build();
    }
}
