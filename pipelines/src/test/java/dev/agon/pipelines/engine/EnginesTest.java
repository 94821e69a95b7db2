package dev.agon.pipelines.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.extensions.gcp.options.GcpOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the launcher asks engines for by name, and what it says when they end a job. */
class EnginesTest {

    @ParameterizedTest
    @CsvSource({
        "demo, agon-demo",
        "My_Run..v2, agon-my-run-v2",
        "trailing_, agon-trailing",
        "an-experiment-of-a-name-that-goes-on-and-on, agon-an-experiment-of-a-name-that-goes-o",
        "an-experiment-of-a-name-with-a-cut-at-x-hyphen, agon-an-experiment-of-a-name-with-a-cut"
    })
    void jobsHaveNamesThatEveryEngineTakes(String experiment, String job) {
        assertThat(Engines.jobName(experiment)).isEqualTo(job).matches("[a-z]([-a-z0-9]{0,38}[a-z0-9])");
    }

    @Test
    void aJobNameOfTheCommandLineStays() throws Exception {
        assertThat(Engines.of(List.of("--jobName=mine"), "demo").options().getJobName())
                .isEqualTo("mine");
        assertThat(Engines.of(List.of(), "demo").options().getJobName()).isEqualTo("agon-demo");
    }

    @Test
    void thisProcessHasOneThreadOfBeamsUnlessTheCommandLineSaysOtherwise() throws Exception {
        assertThat(Engines.of(List.of(), "demo").shards().keys()).hasSize(1);
        assertThat(Engines.of(List.of("--targetParallelism=3"), "demo").shards().keys())
                .hasSize(3);
    }

    @Test
    void optionsOfLibrariesAreFoundWhenTheCommandLineNamesOne() throws Exception {
        BeamOptions.none();
        GcpOptions options =
                Engines.of(List.of("--project=mine"), "demo").options().as(GcpOptions.class);
        assertThat(options.getProject()).isEqualTo("mine");
        assertThatThrownBy(() -> Engines.of(List.of("--projct=mine"), "demo"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("projct");
    }

    @Test
    void aJobThatWasCancelledElsewhereIsGoneOnWithByTheSameCommand() {
        assertThat(PipelineFailedException.ended(PipelineResult.State.CANCELLED))
                .hasMessage("the job ended as CANCELLED, and not at its end: what was bought is in the journal; run the"
                        + " same command again to go on");
        assertThat(PipelineFailedException.ended(null))
                .hasMessageContaining("does not say any more how the job stands");
    }
}
