package dev.agon.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.schemas.TaskFile;
import dev.agon.schemas.Variable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileTest {

    private static final List<TaskFile> CONTEXT = List.of(file("a.txt"), file("src/b.txt"), file("src/deep/c.txt"));

    @Test
    void oddWordsAreNoneOfOurTrouble() {
        assertThat(read("FROM python:3\nWORKDIR /app\nCOPY " + "a".repeat(2_000) + " .\n")
                        .obstacle())
                .contains("which is not among the files");
        assertThat(read("FROM python:3\nWORKDIR /app\nENV\n").obstacle()).contains("has an empty ENV");
        assertThat(read("FROM python:3\nWORKDIR /a\0\n").obstacle()).contains("NUL");
        assertThat(read("FROM python:3\nWORKDIR /app\nRUN apt-get" + " -y".repeat(5_000) + " install git\n")
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
            FROM debian:12@COPY --from=x /a /b           | copies from elsewhere
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

    private static ContainerEnvironment read(String text) {
        return Dockerfile.read(text, null, CONTEXT, Set.of("git")::contains);
    }

    private static TaskFile file(String path) {
        return TaskFile.newBuilder()
                .setPath(path)
                .setContent(ByteBuffer.wrap(path.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .build();
    }
}
