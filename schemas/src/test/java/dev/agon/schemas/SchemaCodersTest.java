package dev.agon.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class SchemaCodersTest {

    @Test
    void everyPipelineKnowsTheCoderOfEveryElement() {
        CoderRegistry registry = CoderRegistry.createDefault();
        assertThat(SchemaCoders.elements())
                .isNotEmpty()
                .allSatisfy(type -> registry.getCoder(type).verifyDeterministic());
    }

    @Test
    void everyTableAndEveryMessageBetweenStepsIsAnElement() {
        List<String> elements =
                SchemaCoders.elements().map(Class::getSimpleName).collect(Collectors.toList());
        for (TableName table : TableName.values()) {
            assertThat(elements).contains(table.schema().getName());
        }
    }

    @Test
    void anElementComesBackAsItWent() throws Exception {
        Selection selection = new Selection("Python/0", 1, "final", 1, "Python/0/1/3");
        Coder<Selection> coder = CoderRegistry.createDefault().getCoder(Selection.class);
        SpecificRecord back = CoderUtils.decodeFromByteArray(coder, CoderUtils.encodeToByteArray(coder, selection));
        assertThat(back).isEqualTo(selection);
    }
}
