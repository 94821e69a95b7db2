package dev.agon.pipelines.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks a JobManager what it knows. It knows less than the process table: a TaskManager that was killed is in its list until the
 * heartbeat is missed.
 *
 * <p>Flink's own RestClusterClient was tried here. It takes as many lines, and makes a command that asks once load a thousand
 * classes more and use a third more processor time.
 *
 * @param address host and port
 */
public record FlinkRest(String address) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A TaskManager that registered, with all its slots. */
    public record Registered(String name, int slots, int freeSlots) {}

    public record Job(String id, String name, String state) {}

    /** What registered so far, and the jobs; empty while the JobManager does not answer. */
    public record Answer(List<Registered> taskManagers, List<Job> jobs) {

        public Optional<Registered> taskManager(String name) {
            return taskManagers.stream()
                    .filter(registered -> registered.name().equals(name))
                    .findFirst();
        }
    }

    public Optional<Answer> ask() throws InterruptedException {
        try {
            List<Registered> taskManagers = new ArrayList<>();
            for (JsonNode each : get("/taskmanagers").path("taskmanagers")) {
                taskManagers.add(new Registered(
                        each.path("id").asText(),
                        each.path("slotsNumber").asInt(),
                        each.path("freeSlots").asInt()));
            }
            List<Job> jobs = new ArrayList<>();
            for (JsonNode each : get("/jobs/overview").path("jobs")) {
                jobs.add(new Job(
                        each.path("jid").asText(),
                        each.path("name").asText(),
                        each.path("state").asText()));
            }
            return Optional.of(new Answer(taskManagers, jobs));
        } catch (IOException e) {
            return Optional.empty(); // it does not listen yet, or no longer
        }
    }

    /** How many subtasks the cluster runs at once. */
    int slots() throws IOException, InterruptedException {
        return get("/overview").path("slots-total").asInt();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + address + path))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + " answers " + response.statusCode());
        }
        return JSON.readTree(response.body());
    }
}
