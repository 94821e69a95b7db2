package dev.agon.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FieldTest {

    private final Field<IOException> document = json("""
            {"name": "a", "size": 7, "big": 1e400, "none": null, "blank": " ", "long": "%s",
             "list": [{"x": "y"}, 3], "packed": "[1, 2]", "torn": "[1", "vars": {"A": "b", "C": "1"}, "typed": {"E": 3.10}, "flags": {"F": true}}
            """.formatted("z".repeat(50)));

    @Test
    void whatIsThereIsReadAndWhatIsAbsentIsEmpty() throws IOException {
        assertThat(document.get("name").text()).contains("a");
        assertThat(document.get("list").elements().get(0).get("x").textOr("")).isEqualTo("y");
        assertThat(document.get("size").count()).isEqualTo(7);
        assertThat(document.get("vars").textByName().toString()).isEqualTo("{A=b, C=1}");
        assertThat(document.get("packed").unpacked("").elements()).hasSize(2);
        assertThat(document.get("list").unpacked("").elements()).hasSize(2);
        for (String absent : new String[] {"none", "nothing", "none.below.it"}) {
            Field<IOException> field = document.at(absent);
            assertThat(field.isAbsent()).isTrue();
            assertThat(field.text()).isEmpty();
            assertThat(field.textOr("other")).isEqualTo("other");
            assertThat(field.number()).isEmpty();
            assertThat(field.usd()).isEmpty();
            assertThat(field.count()).isZero();
            assertThat(field.elements()).isEmpty();
            assertThat(field.textByName()).isEmpty();
        }
    }

    @Test
    void aWrongFieldIsNamedWithWhatItHoldsAndWhatWasExpected() {
        says(() -> document.get("size").text(), "f: size: is the number 7, expected text");
        says(() -> document.at("name.below"), "f: name: is the text \"a\", expected an object");
        says(
                () -> document.get("list").elements().get(0).get("x").flag(),
                "f: list[0].x: is the text \"y\", expected true or false");
        says(
                () -> document.get("list").elements().get(1).presentObject(),
                "f: list[1]: is the number 3, expected an object");
        says(() -> document.get("vars").elements(), "f: vars: is an object, expected a list");
        says(() -> document.get("big").number(), "f: big: is the number Infinity, expected a number");
        says(() -> document.get("size").number(size -> size < 7, "less"), "f: size: is the number 7, expected less");
        says(() -> document.get("none").presentElements(), "f: none: is null, expected a list");
        says(() -> document.get("nothing").presentText("a name"), "f: nothing: is missing, expected a name");
        says(() -> document.get("blank").filledText(), "f: blank: is the text \" \", expected text that is not blank");
        says(() -> document.get("torn").unpacked("JSON"), "f: torn: is the text \"[1\", expected JSON");
        says(
                () -> document.get("typed").textByName(),
                "f: typed.E: is the number 3.1, expected text, in quotes, such as \"3.1\"");
        says(
                () -> document.get("flags").textByName(),
                "f: flags.F: is true, expected text, in quotes, such as \"true\"");
        says(() -> document.get("list").textByName(), "f: list: is a list of 2, expected texts by name");
        says(() -> document.textByName(), "f: size: is the number 7, expected text, in quotes, such as \"7\"");
        says(() -> json("").presentObject(), "f: is empty, expected an object");
        says(() -> json("[]").get("x"), "f: is a list of 0, expected an object");
    }

    @Test
    void aLongTextIsShownByItsBeginning() {
        says(
                () -> document.get("long").count(),
                "f: long: is the text \"" + "z".repeat(40) + "…\", expected a whole number from 0 to 10^12");
    }

    @Test
    void aTextThatIsNotInTheLanguageIsNamedByItsLine() {
        assertThatThrownBy(() -> json("{\n\"a\": }"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("f: line 2: not readable as JSON: Unexpected character")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> Field.read(new YAMLMapper(), "a: b\nc: [", Field.Problems.in("f", IOException::new)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("f: line 2: not readable as YAML: ");
    }

    private static void says(ThrowingCallable asked, String message) {
        assertThatThrownBy(asked).isInstanceOf(IOException.class).hasMessage(message);
    }

    private static Field<IOException> json(String text) {
        try {
            return Field.read(new JsonMapper(), text, Field.Problems.in("f", IOException::new));
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
